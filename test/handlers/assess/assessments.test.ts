import { GetItemCommand, PutItemCommand, UpdateItemCommand, type UpdateItemCommandInput } from '@aws-sdk/client-dynamodb';
import { detailWith } from './details';
import { storeRuleSet, writeVerdict } from '../../../handlers/assess/assessments';
import type { AssessmentResult } from '../../../src/private/contract';
import { FakeTable } from '../support/fake-table';
import { ASSESSMENT, storedTransaction } from '../support/items';

const DETAIL = detailWith();
const RESULT: AssessmentResult = { verdict: 'block', score: 95, reasons: ['one', 'two'], rule_set: 'abcdef012345' };
const OTHER: AssessmentResult = { verdict: 'approve', score: 0, reasons: [], rule_set: 'ffffffffffff' };
const ASSESSED_AT = '2025-03-04T05:06:10.000Z';

const table = new FakeTable();

beforeEach(() => {
  process.env.TABLE_NAME = 'transactions';
  table.reset(storedTransaction());
});

describe('writeVerdict', () => {
  test('writes the verdict and leaves all else, the closing too: that is the workflow\'s', async () => {
    const written = await writeVerdict(DETAIL, RESULT, ASSESSED_AT);

    expect(written).toEqual({ isNew: true, result: RESULT });
    expect(table.find(storedTransaction())).toEqual(storedTransaction({
      verdict: { S: 'block' },
      score: { N: '95' },
      reasons: { L: [{ S: 'one' }, { S: 'two' }] },
      rule_set: { S: 'abcdef012345' },
      assessed_at: { S: ASSESSED_AT },
    }));
    expect(table.client.commandCalls(GetItemCommand)).toEqual([]);
  });

  test('writes one without reasons', async () => {
    await writeVerdict(DETAIL, OTHER, ASSESSED_AT);

    expect(await writeVerdict(DETAIL, RESULT, ASSESSED_AT)).toEqual({ isNew: false, result: OTHER });
  });

  test('returns the verdict that stands, with the rules that gave it, and leaves it', async () => {
    const item = storedTransaction(ASSESSMENT);
    table.store(item);

    const standing = await writeVerdict(DETAIL, RESULT, ASSESSED_AT);

    expect(standing).toEqual({
      isNew: false,
      result: { verdict: 'review', score: 40, reasons: ['amount 12,345.67 EUR is over 10,000 (+40)'], rule_set: '0123456789ab' },
    });
    expect(table.find(item)).toEqual(item);
    expect(table.client.commandCalls(GetItemCommand)[0].args[0].input).toEqual({
      TableName: 'transactions',
      Key: { transaction_id: item.transaction_id, timestamp: item.timestamp },
      ConsistentRead: true,
    });
  });

  test('a write whose answer was lost is found to stand when it is repeated', async () => {
    table.client.on(UpdateItemCommand).callsFakeOnce((input: UpdateItemCommandInput) => {
      table.update(input);
      throw Object.assign(new Error('timed out'), { name: 'TimeoutError' });
    }).callsFake((input: UpdateItemCommandInput) => table.update(input));

    await expect(writeVerdict(DETAIL, RESULT, ASSESSED_AT)).rejects.toThrow('timed out');
    const standing = await writeVerdict(DETAIL, OTHER, ASSESSED_AT);

    expect(standing).toEqual({ isNew: false, result: RESULT });
  });

  test('a transaction that is not there is an error, and is not made', async () => {
    const other = { ...DETAIL, transaction_id: 'stripe:none' };

    await expect(writeVerdict(other, RESULT, ASSESSED_AT)).rejects.toThrow('the transaction to assess is not in the table');
    expect(table.find(storedTransaction({ transaction_id: { S: 'stripe:none' } }))).toBeUndefined();
  });

  test.each(['verdict', 'score', 'reasons', 'rule_set'])('of a standing verdict whose %s cannot be read none is made up', async (attribute) => {
    table.store(storedTransaction({ ...ASSESSMENT, verdict: { S: 'review' }, [attribute]: attribute === 'verdict' ? { S: 'perhaps' } : undefined }));

    await expect(writeVerdict(DETAIL, RESULT, ASSESSED_AT)).rejects.toThrow(`the attribute ${attribute} is missing or not as expected`);
  });
});

describe('storeRuleSet', () => {
  const puts = () => table.client.commandCalls(PutItemCommand);
  const keyOf = (version: string) => ({ transaction_id: { S: `rule-set:${version}` }, timestamp: { S: '-' } });

  test('stores each version once an instance', async () => {
    for (const version of ['first', 'first', 'second', 'first']) {
      await storeRuleSet({ version, json: `{"of":"${version}"}` });
    }

    expect(puts().map(({ args }) => args[0].input.Item!.transaction_id)).toEqual([{ S: 'rule-set:first' }, { S: 'rule-set:second' }]);
    expect(puts()[0].args[0].input.TableName).toBe('transactions');
    expect(table.find(keyOf('first'))).toEqual({ ...keyOf('first'), record_type: { S: 'rule-set' }, config: { S: '{"of":"first"}' } });
  });

  test('leaves the one that another instance has stored, and asks no more', async () => {
    const present = { ...keyOf('present'), record_type: { S: 'rule-set' }, config: { S: '{}' } };
    table.store(present);

    await storeRuleSet({ version: 'present', json: '{"written":"again"}' });
    await storeRuleSet({ version: 'present', json: '{"written":"again"}' });

    expect(table.find(present)).toEqual(present);
    expect(puts()).toHaveLength(1);
  });

  test('tries again where it failed', async () => {
    table.client.on(PutItemCommand).rejectsOnce(new Error('throttled')).resolves({});

    await expect(storeRuleSet({ version: 'failed', json: '{}' })).rejects.toThrow('throttled');
    await storeRuleSet({ version: 'failed', json: '{}' });

    expect(puts()).toHaveLength(2);
  });
});
