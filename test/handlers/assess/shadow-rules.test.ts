import { PutItemCommand, QueryCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { detailWith } from './details';
import { handler } from '../../../handlers/assess/handler';
import { ruleSetOf } from '../../../handlers/assess/rule-set';
import type { FraudConfig, FraudRuleConfig, RuleSetConfig } from '../../../src/private/contract';
import { FakeTable } from '../support/fake-table';
import { storedTransaction, TIERS } from '../support/items';
import { Output } from '../support/output';

const LIVE: FraudConfig = { tiers: TIERS, review: 40, block: 80, rules: [{ rule: 'amount-above', score: 40, amount: 10_000 }] };
const SHADOW: RuleSetConfig = { review: 30, block: 70, rules: [{ rule: 'amount-above', score: 70, amount: 12_000 }, { rule: 'country-mismatch', score: 5 }] };
const UNKNOWN = { rule: 'of-a-later-version', score: 1 } as unknown as FraudRuleConfig;
const VERSION = ruleSetOf({ ...SHADOW, tiers: TIERS }).version;
const REASONS = ['amount 12,345.67 EUR is over 12,000 (+70)', "country DE differs from the card's country FR (+5)"];

const table = new FakeTable();
const output = new Output();
const assessedBy = async (config: FraudConfig) => {
  process.env.FRAUD_RULES = JSON.stringify(config);
  return handler({ detail: detailWith(), execution: 'arn:aws:states:eu-central-1:123456789012:express:w:n:id', started_at: '2025-03-04T05:06:08.000Z' });
};
const stored = () => table.find(storedTransaction())!;
const failures = () => output.logged('WARN').map(({ message, error }) => [message, error]);
const countedVerdicts = () => output.metrics('ShadowVerdicts').map(({ Verdict }) => Verdict);

beforeEach(() => {
  table.reset(storedTransaction());
  output.capture();
  Object.assign(process.env, { TABLE_NAME: 'transactions', SYSTEM_NAME: 'test' });
});

describe('shadow rules', () => {
  test('have a separate verdict, which is stored in the same write and not returned', async () => {
    const answer = await assessedBy({ ...LIVE, shadow: SHADOW });

    expect(answer).toMatchObject({ verdict: 'review', score: 40, reasons: ['amount 12,345.67 EUR is over 10,000 (+40)'] });
    expect(JSON.stringify(answer)).not.toContain('12,000');
    expect(stored()).toMatchObject({
      verdict: { S: 'review' },
      shadow_verdict: { S: 'block' },
      shadow_score: { N: '75' },
      shadow_reasons: { L: REASONS.map((reason) => ({ S: reason })) },
      shadow_rule_set: { S: VERSION },
    });
    const writes = table.client.commandCalls(UpdateItemCommand).map(({ args: [{ input }] }) => Object.values(input.ExpressionAttributeNames!));
    expect(writes.filter((names) => names.includes('shadow_verdict') || names.includes('verdict'))).toHaveLength(1);
  });

  test('are counted by verdict and by rule', async () => {
    await assessedBy({ ...LIVE, shadow: SHADOW });

    expect(countedVerdicts()).toEqual(['block']);
    expect(output.metrics('ShadowRulesFired').map(({ Rule }) => Rule)).toEqual(['amount-above', 'country-mismatch']);
    expect(output.metrics('Verdicts').map(({ Verdict }) => Verdict)).toEqual(['review']);
    expect(output.metrics('RulesFired').map(({ Rule }) => Rule)).toEqual(['amount-above']);
  });

  test('are counted once for a transaction', async () => {
    await assessedBy({ ...LIVE, shadow: SHADOW });
    await assessedBy({ ...LIVE, shadow: SHADOW });

    expect(countedVerdicts()).toEqual(['block']);
  });

  test('are stored as a rule set of their own, before the verdict', async () => {
    const shadow = { ...SHADOW, review: 29 };
    await assessedBy({ ...LIVE, shadow });

    const version = ruleSetOf({ ...shadow, tiers: TIERS }).version;
    expect(JSON.parse(table.find({ transaction_id: { S: `rule-set:${version}` }, timestamp: { S: '-' } })!.config.S!)).toEqual({ ...shadow, tiers: TIERS });
    const commands = table.client.calls().map(({ args }) => args[0].constructor);
    expect(commands.lastIndexOf(PutItemCommand)).toBeLessThan(commands.indexOf(UpdateItemCommand));
  });

  test('share the reads of the live rules', async () => {
    const velocity = (count: number, windowSeconds: number): FraudRuleConfig => ({ rule: 'velocity', score: 80, count, windowSeconds });
    await assessedBy({ ...LIVE, rules: [velocity(1, 60)], shadow: { ...SHADOW, rules: [velocity(2, 3_600)] } });

    expect(table.client.commandCalls(QueryCommand)).toHaveLength(1);
  });
});

describe('shadow rules that cannot be evaluated', () => {
  const expectLiveVerdictAlone = () => {
    expect(stored()).toMatchObject({ verdict: { S: 'review' }, score: { N: '40' } });
    expect(Object.keys(stored()).filter((name) => name.startsWith('shadow'))).toEqual([]);
    expect(countedVerdicts()).toEqual(['failed']);
    expect(output.metrics('ShadowRulesFired')).toEqual([]);
  };

  test('do not stop the verdict if the image does not support one of them', async () => {
    expect(await assessedBy({ ...LIVE, shadow: { ...SHADOW, rules: [...SHADOW.rules, UNKNOWN] } })).toMatchObject({ verdict: 'review', score: 40 });

    expectLiveVerdictAlone();
    expect(failures()).toEqual([['failed to evaluate the shadow rules', 'TypeError']]);
  });

  test('do not stop the verdict if one of them throws', async () => {
    const broken: FraudRuleConfig = { rule: 'outside-hours', score: 1, startHour: 7, endHour: 22, timeZone: 'Nowhere/Nothing' };

    expect(await assessedBy({ ...LIVE, shadow: { ...SHADOW, rules: [broken] } })).toMatchObject({ verdict: 'review', score: 40 });

    expectLiveVerdictAlone();
    expect(failures()).toEqual([['failed to evaluate the shadow rules', 'RangeError']]);
  });

  test('do not stop the verdict if only they need a read that fails', async () => {
    table.client.on(QueryCommand).rejects(Object.assign(new Error(), { name: 'AccessDeniedException' }));

    await assessedBy({ ...LIVE, shadow: { ...SHADOW, rules: [{ rule: 'velocity', score: 70, count: 1, windowSeconds: 60 }] } });

    expectLiveVerdictAlone();
    expect(failures()).toEqual([['failed to evaluate the shadow rules', 'AccessDeniedException']]);
  });

  test('do not repeat a read that the live rules need too', async () => {
    const velocity: FraudRuleConfig = { rule: 'velocity', score: 80, count: 1, windowSeconds: 60 };
    table.client.on(QueryCommand).rejects(new Error('no answer'));

    await expect(assessedBy({ ...LIVE, rules: [velocity], shadow: { ...SHADOW, rules: [velocity] } })).rejects.toThrow('no answer');

    expect(table.client.commandCalls(QueryCommand)).toHaveLength(1);
    expect(failures()).toEqual([]);
  });

  test('do not stop the verdict if their rule set cannot be stored', async () => {
    // The rule set of the live rules is stored already, as by an earlier assessment.
    await assessedBy(LIVE);
    table.reset(storedTransaction());
    output.capture();
    table.client.on(PutItemCommand).rejects(Object.assign(new Error(), { name: 'ThrottlingException' }));

    await assessedBy({ ...LIVE, shadow: { ...SHADOW, review: 28 } });

    expectLiveVerdictAlone();
    expect(failures()).toEqual([['failed to evaluate the shadow rules', 'ThrottlingException']]);
  });

  test('do not hide that the live rules cannot be evaluated', async () => {
    await expect(assessedBy({ ...LIVE, rules: [UNKNOWN], shadow: SHADOW })).rejects.toThrow('the rule of-a-later-version is unknown');
    await expect(assessedBy({ ...LIVE, rules: [{ rule: 'outside-hours', score: 1, startHour: 7, endHour: 22, timeZone: 'Nowhere/Nothing' }], shadow: SHADOW })).rejects.toThrow(RangeError);

    expect(stored()).not.toHaveProperty('verdict');
    expect(countedVerdicts()).toEqual([]);
  });
});
