import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { handler } from '../../../handlers/assess/handler';
import { RULES } from '../../../handlers/assess/rules/rules';
import type { StoredItem } from '../../../handlers/aws/stored-item';
import { transactionItem } from '../../../handlers/ingest/transaction-item';
import { marshal } from '../../../handlers/ingest/transaction-table';
import { normalizeCanonical } from '../../../handlers/providers/shared/canonical-transaction';
import { toTransactionDetail } from '../../../handlers/publish/events/detail';
import { readUnits, sizeOf, type Item } from '../../cost/item-size';
import { FakeTable } from '../support/fake-table';
import { DETAIL_CONFIG } from '../support/items';
import { Output } from '../support/output';
import { fromWire } from '../support/wire-item';

const NOW = new Date('2026-06-30T12:00:00.000Z');
const TIERS = { medium: 1_000, high: 10_000 };
/** The time between two events of a customer. */
const INTERVAL = 20 * 60_000;
/** One in this number of events is a declined payment. */
const DECLINED = 20;
/** The transaction, nine values on each of two lists, and the counts of two months. */
const BATCH = 1 + 2 * 9 + 2;

/** One of the events with a customer, a card and an email address, as the validator writes it. 0 is the current event, which has a high value. */
function itemOf(customer: string, number: number) {
  const at = new Date(NOW.getTime() - number * INTERVAL);
  const rawBody = Buffer.from(JSON.stringify({
    transaction_id: `${customer}-${number}`,
    kind: number % DECLINED === 1 ? 'failed' : 'captured',
    amount_minor: number === 0 ? 1_500_000 : 20_000 + number,
    currency: 'EUR',
    customer_id: customer,
    country: 'DE',
    card_country: 'FR',
    card_bin: '42424242',
    card_fingerprint: `card-of-${customer}`,
    email_domain: 'mail.example',
    email_hash: `email-of-${customer}`,
    event_time: at.toISOString(),
  }));
  return fromWire<Item>(marshal(transactionItem({
    provider: { name: 'orders', scheme: 'standard-webhooks', secretArns: [] },
    normalized: normalizeCanonical(rawBody, `${customer}-${number}`),
    rawBody,
    receivedAt: at,
    tiers: TIERS,
  })));
}

/** The read units of an eventually consistent query, which are those of all its items together. */
function unitsOf(items: readonly Item[]): number {
  return readUnits(items.reduce((sum, item) => sum + sizeOf(item), 0), false);
}

/**
 * dynalite counts the items that a query reads. 4,000 events exceed every
 * limit of a read, which are 200 items, three requests and DynamoDB's 1 MB, so
 * more events would not change the result.
 */
describe('an assessment that reads everything', () => {
  const table = new FakeTable();
  const output = new Output();

  beforeAll(() => {
    const rules = [{ rule: 'velocity', score: 10, count: 100, windowSeconds: 86_400 }];
    Object.assign(process.env, { TABLE_NAME: 'transactions', FRAUD_RULES: JSON.stringify({ tiers: TIERS, review: 40, block: 80, rules }) });
    jest.replaceProperty(RULES, 'velocity', { ...RULES.velocity, needs: ['history', 'firstSeenAt', 'declines', 'cardEvents', 'emailEvents'] });
  });

  interface Cost {
    /** The requests before the verdict is written, by their names. */
    readonly reads: readonly string[];
    readonly writes: readonly string[];
    readonly itemsRead: number;
    /** Of the four pages. The batch has a unit for each key, and the transaction's item one for each 4 KB. */
    readonly queryUnits: number;
  }

  async function costOf(events: number): Promise<Cost> {
    table.reset(...Array.from({ length: events }, (_, number) => itemOf(`of-${events}`, number)));
    output.capture();
    await handler({
      detail: toTransactionDetail(itemOf(`of-${events}`, 0) as StoredItem, { ...DETAIL_CONFIG, tiers: TIERS }),
      execution: 'arn:aws:states:us-east-1:000000000000:express:workflow:name:id',
      started_at: NOW.toISOString(),
    });
    const names = table.client.calls().map(({ args }) => args[0].constructor.name.replace('Command', ''));
    const answers = await Promise.all(table.client.calls().map(async ({ returnValue }) => (
      returnValue as Promise<{ readonly Items?: readonly Item[] }>
    )));
    return {
      reads: names.filter((name) => name === 'Query' || name.includes('Get')),
      writes: names.filter((name) => !(name === 'Query' || name.includes('Get'))),
      itemsRead: table.itemsRead,
      queryUnits: answers.reduce((sum, { Items }) => sum + (Items ? unitsOf(Items) : 0), 0),
    };
  }

  test('reads in five requests, the same for few and for many events of the customer, the card and the email address', async () => {
    const costs = [await costOf(100), await costOf(1_000), await costOf(4_000)];

    expect(costs.map(({ reads }) => reads)).toEqual(costs.map(() => ['BatchGetItem', 'Query', 'Query', 'Query', 'Query']));
    // Of 100 events, 95 are movements and five are declined payments. The card and the email address have both.
    // Of 1,000 events, 50 are declined payments.
    const events = [95 + 5 + 100 + 100, 200 + 50 + 200 + 200, 200 + 200 + 200 + 200];
    expect(costs.map(({ itemsRead }) => itemsRead)).toEqual(events.map((items) => BATCH + items));
    expect(costs.map(({ queryUnits: units }) => units)).toEqual([11, 23, 28.5]);
  }, 60_000);

  test('writes the rules of the first verdict, the verdict and the count of the amount', async () => {
    const first = await costOf(10);
    const second = await costOf(11);

    expect([first, second].map(({ writes }) => writes.filter((name) => name !== 'PutItem'))).toEqual([['UpdateItem', 'UpdateItem'], ['UpdateItem', 'UpdateItem']]);
    expect(second.writes).not.toContain('PutItem');
  });

  test('reads an existing verdict in one request', async () => {
    await costOf(10);
    const item = itemOf('of-10', 0);
    table.client.resetHistory();

    await handler({
      detail: toTransactionDetail(item as StoredItem, { ...DETAIL_CONFIG, tiers: TIERS }), execution: 'arn:aws:states:us-east-1:0:execution', started_at: NOW.toISOString(),
    });

    expect(table.client.calls()).toHaveLength(1);
    expect(table.client.commandCalls(GetItemCommand)).toEqual([]);
  });
});
