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
  test('writes only the verdict, and does not close the transaction, which is the workflow\'s task', async () => {
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

  test('writes the result of the shadow rules with it', async () => {
    const written = await writeVerdict(DETAIL, RESULT, ASSESSED_AT, { verdict: 'review', score: 50, reasons: ['three'], rule_set: '999999999999' });

    expect(written).toEqual({ isNew: true, result: RESULT });
    expect(table.client.commandCalls(UpdateItemCommand)).toHaveLength(1);
    expect(table.find(storedTransaction())).toEqual(storedTransaction({
      verdict: { S: 'block' },
      score: { N: '95' },
      reasons: { L: [{ S: 'one' }, { S: 'two' }] },
      rule_set: { S: 'abcdef012345' },
      assessed_at: { S: ASSESSED_AT },
      shadow_verdict: { S: 'review' },
      shadow_score: { N: '50' },
      shadow_reasons: { L: [{ S: 'three' }] },
      shadow_rule_set: { S: '999999999999' },
    }));
  });

  test('writes a verdict without reasons', async () => {
    await writeVerdict(DETAIL, OTHER, ASSESSED_AT);

    expect(await writeVerdict(DETAIL, RESULT, ASSESSED_AT)).toEqual({ isNew: false, result: OTHER });
  });

  test('returns the existing verdict with its rules, and does not change it', async () => {
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

  test('finds its verdict if it repeats a write whose answer was lost', async () => {
    table.client.on(UpdateItemCommand).callsFakeOnce((input: UpdateItemCommandInput) => {
      table.update(input);
      throw Object.assign(new Error('timed out'), { name: 'TimeoutError' });
    }).callsFake((input: UpdateItemCommandInput) => table.update(input));

    await expect(writeVerdict(DETAIL, RESULT, ASSESSED_AT)).rejects.toThrow('timed out');
    const standing = await writeVerdict(DETAIL, OTHER, ASSESSED_AT);

    expect(standing).toEqual({ isNew: false, result: RESULT });
  });

  test('rejects a missing transaction, and does not create it', async () => {
    const other = { ...DETAIL, transaction_id: 'stripe:missing' };

    await expect(writeVerdict(other, RESULT, ASSESSED_AT)).rejects.toThrow('the transaction to assess is not in the table');
    expect(table.find(storedTransaction({ transaction_id: { S: 'stripe:missing' } }))).toBeUndefined();
  });

  test.each([['without a verdict', {}], ['with the verdict alone', { verdict: { S: 'approve' } }]])(
    'returns the verdict and does not store it if the customer was erased in the meantime, %s', async (_, left) => {
      const item = storedTransaction({ ...left, erased_at: { S: ASSESSED_AT }, customer_id: undefined });
      table.store(item);

      expect(await writeVerdict(DETAIL, RESULT, ASSESSED_AT)).toEqual({ isNew: false, result: RESULT });
      expect(table.find(item)).toEqual(item);
    });

  test.each(['verdict', 'score', 'reasons', 'rule_set'])('rejects an existing verdict whose %s cannot be read', async (attribute) => {
    table.store(storedTransaction({ ...ASSESSMENT, verdict: { S: 'review' }, [attribute]: attribute === 'verdict' ? { S: 'perhaps' } : undefined }));

    await expect(writeVerdict(DETAIL, RESULT, ASSESSED_AT)).rejects.toThrow(`the attribute ${attribute} is missing or not as expected`);
  });
});

describe('storeRuleSet', () => {
  const puts = () => table.client.commandCalls(PutItemCommand);
  const keyOf = (version: string) => ({ transaction_id: { S: `rule-set:${version}` }, timestamp: { S: '-' } });

  test('stores each version once for each instance', async () => {
    for (const version of ['first', 'first', 'second', 'first']) {
      await storeRuleSet({ version, json: `{"of":"${version}"}` });
    }

    expect(puts().map(({ args }) => args[0].input.Item!.transaction_id)).toEqual([{ S: 'rule-set:first' }, { S: 'rule-set:second' }]);
    expect(puts()[0].args[0].input.TableName).toBe('transactions');
    expect(table.find(keyOf('first'))).toEqual({ ...keyOf('first'), record_type: { S: 'rule-set' }, config: { S: '{"of":"first"}' } });
  });

  test('does not change the version that another instance has stored, and does not check again', async () => {
    const present = { ...keyOf('present'), record_type: { S: 'rule-set' }, config: { S: '{}' } };
    table.store(present);

    await storeRuleSet({ version: 'present', json: '{"written":"again"}' });
    await storeRuleSet({ version: 'present', json: '{"written":"again"}' });

    expect(table.find(present)).toEqual(present);
    expect(puts()).toHaveLength(1);
  });

  test('tries again after a failure', async () => {
    table.client.on(PutItemCommand).rejectsOnce(new Error('throttled')).resolves({});

    await expect(storeRuleSet({ version: 'failed', json: '{}' })).rejects.toThrow('throttled');
    await storeRuleSet({ version: 'failed', json: '{}' });

    expect(puts()).toHaveLength(2);
  });
});
