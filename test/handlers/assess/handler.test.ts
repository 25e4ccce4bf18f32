import { BatchGetItemCommand, GetItemCommand, PutItemCommand, QueryCommand, UpdateItemCommand, type UpdateItemCommandInput } from '@aws-sdk/client-dynamodb';
import { detailWith } from './details';
import { handler } from '../../../handlers/assess/handler';
import type { AssessmentRequest, FraudConfig, TransactionDetail } from '../../../src/private/contract';
import { FakeTable } from '../support/fake-table';
import { ASSESSMENT, storedTransaction } from '../support/items';
import { Output } from '../support/output';

const CONFIG: FraudConfig = {
  tiers: { medium: 1_000, high: 10_000 },
  review: 40,
  block: 80,
  rules: [
    { rule: 'amount-above', score: 40, amount: 10000 },
    { rule: 'velocity', score: 50, count: 1, windowSeconds: 3600 },
    { rule: 'blocked', score: 100 },
  ],
};
const AMOUNT_REASON = 'amount 12,345.67 EUR is over 10,000 (+40)';
const EXECUTION = 'arn:aws:states:eu-central-1:123456789012:express:transaction-workflow:name:id';

/** The input from the workflow. */
function requestFor(overrides: Partial<TransactionDetail> = {}): AssessmentRequest {
  return { detail: detailWith(overrides), execution: EXECUTION, started_at: '2025-03-04T05:06:08.000Z' };
}

describe('fraud-detector', () => {
  const table = new FakeTable();
  const output = new Output();
  const earlier = storedTransaction({ transaction_id: { S: 'stripe:earlier' }, occurred_at: { S: '2025-03-04T05:00:00.000Z' } });
  const ofMetric = (name: string) => output.metrics(name).map((line) => line[name]);

  const useRules = (rules: FraudConfig['rules']) => {
    process.env.FRAUD_RULES = JSON.stringify({ ...CONFIG, rules });
  };

  beforeEach(() => {
    jest.useFakeTimers({ now: new Date('2025-03-04T05:06:10.500Z'), doNotFake: ['nextTick', 'setImmediate'] });
    table.reset(storedTransaction());
    output.capture();
    Object.assign(process.env, { TABLE_NAME: 'transactions', SYSTEM_NAME: 'test', FRAUD_RULES: JSON.stringify(CONFIG) });
  });

  afterEach(() => {
    jest.useRealTimers();
  });

  test('assesses with the customer\'s history and the blocklist, and writes the verdict', async () => {
    table.store(earlier);
    table.store({ transaction_id: { S: 'blocklist:country:FR' }, timestamp: { S: '-' }, reason: { S: 'a wave' } });

    const assessment = await handler(requestFor());

    const reasons = [AMOUNT_REASON, '2 transactions of the customer within 1 hour, over 1 (+50)', 'blocked country FR (a wave) (+100)'];
    expect(assessment).toMatchObject({ verdict: 'block', score: 190, reasons, rule_set: expect.stringMatching(/^[0-9a-f]{12}$/) });
    expect(table.find(storedTransaction())).toMatchObject({
      verdict: { S: 'block' },
      score: { N: '190' },
      reasons: { L: reasons.map((reason) => ({ S: reason })) },
      rule_set: { S: assessment.rule_set },
      assessed_at: { S: '2025-03-04T05:06:10.500Z' },
    });
  });

  test('leaves the transaction open, because people have not been alerted yet', async () => {
    await handler(requestFor());

    expect(table.find(storedTransaction())).toMatchObject({ sweep_partition: { S: '8' }, sweep_at: { S: expect.any(String) } });
    expect(table.find(storedTransaction())).not.toHaveProperty('closed_at');
  });

  test('returns the alert for the workflow to send, with links to the transaction and the execution', async () => {
    const { alert_subject: subject, alert_text: text, alert_sms: sms } = await handler(requestFor());

    expect(subject).toBe('REVIEW: captured 12,345.67 EUR (stripe, test)');
    expect(text).toContain(AMOUNT_REASON);
    expect(text).toContain('https://eu-central-1.console.aws.amazon.com/dynamodbv2/home?region=eu-central-1#edit-item');
    expect(text).toContain(`https://eu-central-1.console.aws.amazon.com/states/home?region=eu-central-1#/express-executions/details/${EXECUTION}`);
    expect(sms.length).toBeLessThanOrEqual(160);
  });

  test('ignores keys that the workflow or an emulator adds', async () => {
    const request = { ...requestFor(), _request_id: 'x' };

    expect(await handler(request)).toMatchObject({ verdict: 'review', score: 40 });
  });

  test('does not read a history that no rule needs or that does not exist', async () => {
    await handler(requestFor({ customer_id: undefined }));
    table.store(storedTransaction());
    useRules([{ rule: 'country-mismatch', score: 40 }]);
    await handler(requestFor());

    expect(table.client.commandCalls(BatchGetItemCommand)).toHaveLength(2);
    expect([...table.client.commandCalls(QueryCommand), ...table.client.commandCalls(GetItemCommand)]).toEqual([]);
  });

  test('stores the rule set before the verdict', async () => {
    useRules([{ rule: 'country-mismatch', score: 41 }]);

    const { rule_set: version } = await handler(requestFor());

    const config = table.find({ transaction_id: { S: `rule-set:${version}` }, timestamp: { S: '-' } })!.config.S!;
    expect(JSON.parse(config)).toEqual({ tiers: { medium: 1_000, high: 10_000 }, review: 40, block: 80, rules: [{ rule: 'country-mismatch', score: 41 }] });
    const commands = table.client.calls().map(({ args }) => args[0].constructor);
    expect(commands.indexOf(PutItemCommand)).toBeGreaterThan(-1);
    expect(commands.indexOf(PutItemCommand)).toBeLessThan(commands.indexOf(UpdateItemCommand));
  });

  test('returns one verdict to five concurrent calls, and counts it once', async () => {
    useRules([1, 2, 3, 4, 5].map((amount) => ({ rule: 'amount-above', score: amount, amount })));

    const results = await Promise.all([150, 250, 350, 450, 550].map((minor) => handler(requestFor({ amount_minor: String(minor) }))));

    const writes = table.client.commandCalls(UpdateItemCommand)
      .map(({ args }) => (args[0].input as UpdateItemCommandInput).ExpressionAttributeValues!);
    expect(new Set(writes.flatMap(({ ':score': score }) => score?.N ?? [])).size).toBe(5);
    expect(writes.filter((values) => values[':one'])).toHaveLength(1);
    expect(results.map(({ score }) => score)).toEqual(results.map(() => results[0].score));
    expect(table.find(storedTransaction())).toMatchObject({ verdict: { S: results[0].verdict }, score: { N: String(results[0].score) } });
    expect(ofMetric('TransactionsAssessed')).toEqual([1]);
    expect(output.metrics('Verdicts').map(({ Verdict }) => Verdict)).toEqual([results[0].verdict]);
  });

  test('returns an existing verdict even if other reads fail', async () => {
    table.reset(storedTransaction(ASSESSMENT));
    table.client.on(QueryCommand).rejects(new Error('throttled'));

    expect(await handler(requestFor())).toMatchObject({ verdict: 'review', score: 40, rule_set: '0123456789ab', alert_subject: expect.stringMatching(/^REVIEW/) });
    expect(table.client.calls()).toHaveLength(1);
    expect(ofMetric('TransactionsAssessed')).toEqual([]);
  });

  test('returns an existing verdict even if the rules cannot be read', async () => {
    table.reset(storedTransaction(ASSESSMENT));
    process.env.FRAUD_RULES = 'no rules';

    expect(await handler(requestFor())).toMatchObject({ verdict: 'review', score: 40 });
  });

  test('counts the amount once, after the verdict, for later assessments', async () => {
    await handler(requestFor());
    await handler(requestFor());

    const counts = { transaction_id: { S: 'amount-counts:EUR:2025-03' }, b81: { N: '1' } };
    expect(table.itemsOf('amount-counts')).toEqual([expect.objectContaining(counts)]);
  });

  test('returns the verdict if the amount cannot be counted', async () => {
    table.client.on(UpdateItemCommand).callsFake((input: UpdateItemCommandInput) => {
      if (input.Key!.transaction_id.S!.startsWith('amount-counts')) {
        throw new Error('throttled');
      }
      return table.update(input);
    });

    expect(await handler(requestFor())).toMatchObject({ verdict: 'review', score: 40 });
    expect(table.find(storedTransaction())).toMatchObject({ verdict: { S: 'review' } });
    expect(output.logged('WARN')).toEqual([expect.objectContaining({ message: 'failed to count an amount' })]);
  });

  test('throws errors, so that the workflow retries', async () => {
    table.client.on(QueryCommand).rejects(new Error('throttled'));

    await expect(handler(requestFor())).rejects.toThrow('throttled');
    expect(table.find(storedTransaction())).not.toHaveProperty('verdict');
    expect(ofMetric('TransactionsAssessed')).toEqual([]);
  });

  test('counts the verdict, the rules that fired, the amount and the time since the event', async () => {
    table.store(earlier);

    await handler(requestFor());

    expect(ofMetric('TransactionsAssessed')).toEqual([1]);
    expect(output.metrics('Verdicts').map(({ Verdict, Verdicts }) => [Verdict, Verdicts])).toEqual([['block', 1]]);
    expect(output.metrics('RulesFired').map(({ Rule }) => Rule)).toEqual(['amount-above', 'velocity']);
    expect(output.metrics('AssessedAmount').map(({ Currency, AssessedAmount }) => [Currency, AssessedAmount])).toEqual([['EUR', 12345.67]]);
    expect(ofMetric('TimeToVerdict')).toEqual([10_500]);
  });

  test('counts no time for an event from the future, and no amount for an event without one', async () => {
    await handler(requestFor({ event_time: '2025-03-04T05:07:00.000Z', amount: undefined, amount_minor: undefined }));

    expect(ofMetric('TimeToVerdict')).toEqual([0]);
    expect(ofMetric('AssessedAmount')).toEqual([]);
  });

  test('logs the verdict with ids and without other data of the transaction', async () => {
    const { rule_set } = await handler(requestFor(), { awsRequestId: 'request-1' });

    expect(output.logged('INFO')).toEqual([{
      level: 'INFO',
      message: 'assessed transaction',
      requestId: 'request-1',
      execution: EXECUTION,
      provider: 'stripe',
      result: 'assessed',
      transactionId: 'stripe:pi_1',
      eventId: 'evt_1',
      verdict: 'review',
      score: 40,
      rule_set,
    }]);
  });
});
