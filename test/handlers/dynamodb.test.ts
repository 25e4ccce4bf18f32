import { DeleteItemCommand, GetItemCommand, UpdateItemCommand, type AttributeValue, type CreateTableCommandInput } from '@aws-sdk/client-dynamodb';
import { detailWith, timeAgo } from './assess/details';
import { LocalDynamoDb } from './support/dynamodb';
import { RECEIVED_AT, storedTransaction, TIERS } from './support/items';
import { TABLE_SCHEMA } from './support/table-schema';
import { readAssessmentBatch } from '../../handlers/assess/assessment-batch';
import { storeRuleSet, writeVerdict } from '../../handlers/assess/assessments';
import { countAmount } from '../../handlers/assess/count-amount';
import { loadRuleContext } from '../../handlers/assess/load-rule-context';
import type { Need } from '../../handlers/assess/rules/rule-context';
import { fitsTable, LATER_BYTES, transactionItem } from '../../handlers/ingest/transaction-item';
import { storeFitting } from '../../handlers/ingest/transaction-table';
import { storeOnce } from '../../handlers/ingest/transaction-writer';
import { closeTransaction, dueTransactions, markGivenUp, releaseClaim } from '../../handlers/publish/sweep/open-transactions';
import { MAX_ITEM_BYTES } from '../../src/private/contract';
import { render, workflowOf } from '../support/state-machine';

const DETAIL = detailWith();
const KEY = { transaction_id: { S: DETAIL.transaction_id }, timestamp: { S: DETAIL.timestamp } };
const NEEDS: ReadonlySet<Need> = new Set(['history', 'declines', 'cardEvents', 'emailEvents']);
const LISTS = { blocked: [], allowed: [], shopAmounts: new Map() };
const RESULT = { verdict: 'block', score: 100, reasons: ['one', 'two'], rule_set: 'abc' } as const;

/**
 * The handlers and the workflow on dynalite, over the network and with the
 * table of the construct. The fake table of the other tests runs dynalite's
 * code too, but with its own storage, keys and indexes.
 */
describe('on DynamoDB', () => {
  let dynamodb: LocalDynamoDb;

  beforeAll(async () => {
    dynamodb = await LocalDynamoDb.start();
    dynamodb.useForHandlers();
  });
  afterAll(() => dynamodb.stop());

  const itemAt = async (Key = KEY) => {
    const { Item } = await dynamodb.client.send(new GetItemCommand({ TableName: dynamodb.tableName, Key, ConsistentRead: true }));
    return Item;
  };
  const put = (overrides: { readonly [name: string]: AttributeValue | undefined } = {}) => dynamodb.store([storedTransaction(overrides)]);

  test('the largest item that the validator accepts is stored, and has room for its verdict and no more', async () => {
    const itemOf = (bytes: number) => ({
      transaction_id: 'stripe:large', timestamp: '-#evt_€', live: true, exponent: 2, amount_minor: 10n ** 25n, metadata: { cart: '7', other: 'é' }, body: Buffer.alloc(bytes),
    });
    const largest = Array.from({ length: 1_000 }, (_, less) => MAX_ITEM_BYTES - LATER_BYTES - less).find((bytes) => fitsTable(itemOf(bytes)))!;

    await expect(storeFitting(itemOf(largest + LATER_BYTES + 100), undefined, Date.now() + 5_000)).rejects.toThrow('Item size');
    expect(await storeOnce(itemOf(largest))).toBe('stored');
    const assess = async (bytes: number) => dynamodb.client.send(new UpdateItemCommand({
      TableName: dynamodb.tableName,
      Key: { transaction_id: { S: 'stripe:large' }, timestamp: { S: '-#evt_€' } },
      UpdateExpression: 'SET reasons = :reasons',
      ExpressionAttributeValues: { ':reasons': { L: [{ S: 'x'.repeat(bytes) }] } },
    }));
    await expect(assess(LATER_BYTES + 100)).rejects.toThrow('Item size');
    await assess(LATER_BYTES - 100);
  });

  test('the fake table has the keys and the indexes of the construct', () => {
    const byName = ({ AttributeName: a }: { AttributeName?: string }, { AttributeName: b }: { AttributeName?: string }) => a! < b! ? -1 : 1;
    const sorted = ({ AttributeDefinitions, ...rest }: Partial<CreateTableCommandInput>) => ({
      ...rest, AttributeDefinitions: [...AttributeDefinitions!].sort(byName),
    });

    expect(sorted(structuredClone(TABLE_SCHEMA) as unknown as CreateTableCommandInput)).toEqual(sorted(dynamodb.schema));
  });

  test('a transaction is stored once for any number of concurrent webhooks', async () => {
    const item = transactionItem({
      provider: { name: 'orders', scheme: 'standard-webhooks', secretArns: [] },
      normalized: {
        parsed: true,
        fields: { eventId: 'evt', transactionId: 'order', kind: 'other', live: true, moneyMovement: false, declined: false },
      },
      rawBody: Buffer.from('{}'),
      receivedAt: new Date(RECEIVED_AT),
      tiers: TIERS,
    });

    const results = await Promise.all([1, 2, 3, 4, 5].map(() => storeOnce(item)));

    expect(results.sort()).toEqual(['duplicate', 'duplicate', 'duplicate', 'duplicate', 'stored']);
  });

  test('one of five concurrent verdicts is written, and all calls return it', async () => {
    await put();

    const written = await Promise.all([10, 20, 30, 40, 50].map((score) => writeVerdict(DETAIL, { ...RESULT, score }, '2025-03-04T05:06:10.000Z')));

    expect(written.filter(({ isNew }) => isNew)).toHaveLength(1);
    expect(new Set(written.map(({ result: { score } }) => score)).size).toBe(1);
    expect(await itemAt()).toMatchObject({ verdict: { S: 'block' }, reasons: { L: [{ S: 'one' }, { S: 'two' }] }, rule_set: { S: 'abc' } });
  });

  test('a rule set keeps its first stored form', async () => {
    const key = { transaction_id: { S: 'rule-set:kept' }, timestamp: { S: '-' } };
    await dynamodb.store([{ ...key, config: { S: 'first' } }]);

    await storeRuleSet({ version: 'kept', json: 'second' });

    expect(await itemAt(key)).toMatchObject({ config: { S: 'first' } });
  });

  describe('the workflow', () => {
    const { ClaimTransaction, CloseTransaction } = workflowOf().States;
    const update = async ({ Parameters }: typeof ClaimTransaction, execution: string) => {
      const context = { Execution: { Id: execution }, State: { EnteredTime: RECEIVED_AT } };
      const { error } = await dynamodb.client.send(new UpdateItemCommand({
        ...render(Parameters, { detail: DETAIL }, context), TableName: dynamodb.tableName,
      })).then(() => ({ error: 'none' }), ({ name }: Error) => ({ error: name }));
      return error;
    };
    const CONDITION_FAILED = 'ConditionalCheckFailedException';

    test('claims a transaction for one of five executions, and again for the same one', async () => {
      await put();

      const errors = await Promise.all(['a', 'b', 'c', 'd', 'e'].map((execution) => update(ClaimTransaction, execution)));

      expect(errors.filter((error) => error === 'none')).toHaveLength(1);
      expect(errors.filter((error) => error === CONDITION_FAILED)).toHaveLength(4);
      expect(await update(ClaimTransaction, (await itemAt())!.claim_owner.S!)).toBe('none');
    });

    test('closes a transaction that it has claimed, and does not claim it again', async () => {
      await put();
      await update(ClaimTransaction, 'a');

      expect(await update(CloseTransaction, 'b')).toBe(CONDITION_FAILED);
      expect(await update(CloseTransaction, 'a')).toBe('none');

      const item = await itemAt();
      expect(item).toMatchObject({ closed_at: { S: RECEIVED_AT } });
      expect(Object.keys(item!)).not.toEqual(expect.arrayContaining(['sweep_at']));
      expect(await update(ClaimTransaction, 'a')).toBe(CONDITION_FAILED);
    });

    test('does not claim a missing transaction', async () => {
      await dynamodb.client.send(new DeleteItemCommand({ TableName: dynamodb.tableName, Key: KEY }));

      expect(await update(ClaimTransaction, 'a')).toBe(CONDITION_FAILED);
      expect(await itemAt()).toBeUndefined();
    });
  });

  describe('the sweep', () => {
    const due = Date.parse('2025-03-04T05:20:00.000Z');
    const look = { expectedSweepAt: '2025-03-04T05:16:07.089Z', nextSweepAt: '2025-03-04T05:40:00.000Z', attempt: 1, deadBefore: '2025-03-04T05:10:00.000Z' };

    test('finds open and due transactions, and no closed ones', async () => {
      await put();

      expect((await dueTransactions('8', due)).keys).toEqual([KEY]);
      expect((await dueTransactions('8', due - 600_000)).keys).toEqual([]);
      await closeTransaction(KEY, look.expectedSweepAt);
      expect((await dueTransactions('8', due)).keys).toEqual([]);
    });

    test('moves a transaction that is given up to a partition of its own, and a redrive moves it back', async () => {
      const givenUpAt = '2025-03-04T05:20:00.000Z';
      await put();

      expect(await Promise.all([1, 2].map(() => markGivenUp(KEY, { ...look, givenUpAt })))).toEqual(expect.arrayContaining([true, false]));

      expect((await dueTransactions('8', due)).keys).toEqual([]);
      expect((await dueTransactions('given-up', due)).keys).toEqual([KEY]);
      expect(await releaseClaim(KEY, { ...look, expectedSweepAt: givenUpAt })).toBe(true);
      expect((await dueTransactions('given-up', due)).keys).toEqual([]);
      expect(await itemAt()).toMatchObject({ sweep_partition: { S: '8' }, sweep_at: { S: look.nextSweepAt } });
      expect(await itemAt()).not.toHaveProperty('given_up_at');
    });

    test('releases a dead claim once', async () => {
      await put({ claim_owner: { S: 'dead' }, claimed_at: { S: '2025-03-04T05:06:08.000Z' } });

      expect(await Promise.all([releaseClaim(KEY, look), releaseClaim(KEY, look)])).toEqual(expect.arrayContaining([true, false]));

      expect(await itemAt()).toMatchObject({ sweep_at: { S: look.nextSweepAt }, sweeps: { N: '1' } });
      expect(await itemAt()).not.toHaveProperty('claim_owner');
    });

    test.each<[string, { readonly [name: string]: AttributeValue }]>([
      ['is alive', { claim_owner: { S: 'alive' }, claimed_at: { S: '2025-03-04T05:15:00.000Z' } }],
      ['has closed the transaction', { closed_at: { S: '2025-03-04T05:15:00.000Z' } }],
    ])('does not release the claim of an execution that %s', async (_, overrides) => {
      await put(overrides);

      expect(await releaseClaim(KEY, look)).toBe(false);
      expect(await itemAt()).toMatchObject(overrides);
    });
  });

  test('the rule context has the events of the customer, the card and the email address, the declines, the entries of the lists and the counts', async () => {
    const card = { card_fingerprint: { S: 'card-a' } };
    const email = { email_hash: { S: 'hash-a' } };
    const declined = { customer_key: { S: 'declined#stripe:cus_1' }, kind: { S: 'failed' }, money_movement: { BOOL: false } };
    const another = (name: string, secondsAgo: number, overrides = {}) => storedTransaction({
      transaction_id: { S: `stripe:${name}` }, occurred_at: { S: timeAgo(secondsAgo) }, sweep_partition: undefined, ...overrides,
    });
    const detail = detailWith({ card_bin: '42424242', card_fingerprint: 'card-a', email_hash: 'hash-a' });
    await dynamodb.store([
      storedTransaction(),
      another('oldest', 3601),
      another('later', -10),
      another('of another', 10, { customer_key: { S: 'stripe:cus_2' }, ...card }),
      another('of a guest', 20, { customer_key: undefined, customer_id: undefined, ...email, label: { S: 'fraud' } }),
      another('declined', 10, { ...declined, ...card, ...email }),
      { transaction_id: { S: 'blocklist:card:424242' }, timestamp: { S: '-' }, reason: { S: 'a wave' } },
      { transaction_id: { S: 'blocklist:customer:stripe:cus_2' }, timestamp: { S: '-' } },
      { transaction_id: { S: 'allowlist:email:hash-a' }, timestamp: { S: '-' }, expires_at: { N: '9999999999' } },
    ]);
    await countAmount(detail);
    await countAmount(detail);

    const batch = await readAssessmentBatch(detail);
    const { history, firstSeenAt, declines, cardEvents, emailEvents, blocked, allowed, shopAmounts } = await loadRuleContext(
      detail, NEEDS, TIERS, batch.verdict === undefined ? batch.lists : LISTS,
    );

    expect(history.map(({ transactionId }) => transactionId)).toEqual(['stripe:pi_1', 'stripe:oldest']);
    expect(history[0]).toMatchObject({ kind: 'captured', amountMinor: 1234567n, exponent: 2, currency: 'EUR' });
    expect(firstSeenAt).toBe(timeAgo(3601));
    expect(declines).toEqual([expect.objectContaining({ transactionId: 'stripe:declined', occurredAt: timeAgo(10) })]);
    expect(cardEvents).toHaveLength(2);
    expect(cardEvents).toEqual(expect.arrayContaining([
      expect.objectContaining({ transactionId: 'stripe:declined', customer: 'stripe:cus_1', cardFingerprint: 'card-a', declined: true }),
      expect.objectContaining({ transactionId: 'stripe:of another', customer: 'stripe:cus_2', cardFingerprint: 'card-a', declined: false }),
    ]));
    expect(emailEvents.map(({ transactionId, customer, emailHash, label }) => [transactionId, customer, emailHash, label])).toEqual([
      ['stripe:declined', 'stripe:cus_1', 'hash-a', undefined], ['stripe:of a guest', undefined, 'hash-a', 'fraud'],
    ]);
    expect(blocked).toEqual([{ kind: 'card', value: '424242', reason: 'a wave' }]);
    expect(allowed).toEqual([{ kind: 'email', value: 'hash-a' }]);
    expect(shopAmounts).toEqual(new Map([[81, 2]]));
  });

  test('the rule context is read past items that are not transactions', async () => {
    const customer = { customer_id: 'cus_9', transaction_id: 'stripe:pi_9' };
    const of = (id: string, secondsAgo: number) => storedTransaction({
      transaction_id: { S: id }, customer_key: { S: 'stripe:cus_9' }, occurred_at: { S: timeAgo(secondsAgo) }, sweep_partition: undefined,
    });
    await dynamodb.store([of('blocklist:a', 9e6), of('blocklist:b', 8e6), of('stripe:pi_8', 7e6), of('stripe:pi_9', 0), of('blocklist:c', 0)]);

    const { history, firstSeenAt } = await loadRuleContext(detailWith(customer), NEEDS, TIERS, LISTS);

    expect(history.map(({ transactionId }) => transactionId)).toEqual(['stripe:pi_9', 'stripe:pi_8']);
    expect(firstSeenAt).toBe(timeAgo(7e6));
  });
});
