import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Stack } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { HARMLESS_ONLY } from '../../../cli/local/assembly/exclusion-rules';
import { everythingLeftOut, leaveOutRefused, type LeftOut } from '../../../cli/local/assembly/left-out';
import { describeLeftOut } from '../../../local/report/left-out-line';
import { LIMITS } from '../../../local/report/limits';
import { counts, toJson } from '../../../local/report/report';
import { styleFor } from '../../../local/report/style';
import { ResultTable } from '../../../local/report/table';
import { rejected, storedOnly } from '../../../local/scenario/expectations';
import { resultOf, type Result } from '../../../local/scenario/result';
import { scenario } from '../../../local/scenario/scenario';
import { WebhookProvider } from '../../../src';
import { synthesize } from '../../support/system';

const root = join(__dirname, '../../..');
/** The providers of the example app. */
const exampleOf = (stack: Stack) => [
  WebhookProvider.stripe({ reconciliation: { apiKey: Secret.fromSecretNameV2(stack, 'StripeApiKey', 'key') } }),
  WebhookProvider.adyen(), WebhookProvider.square(), WebhookProvider.razorpay(), WebhookProvider.standardWebhooks(),
];
const plain = styleFor({}, {});
const good: Result = { name: 'good', expected: rejected('401 no'), actual: rejected('401 no'), alerts: [] };
const bad: Result = { name: 'bad', expected: storedOnly('other, no amount'), actual: rejected('200 stored'), alerts: [{ text: 'with a time' }] };

describe('the report', () => {
  test('of a successful run equals the report that CI expects', () => {
    const results = scenario(new Date()).map((each) => resultOf(each, each.expected, []));
    const templates = new Map([['system', synthesize((stack) => ({ providers: exampleOf(stack) })).template.toJSON()]]);
    const leftOut = everythingLeftOut(leaveOutRefused(templates, HARMLESS_ONLY));

    expect(toJson({ results, unexpected: [], leftOut })).toBe(readFileSync(join(root, 'local/expected-report.json'), 'utf8'));
  });

  test('counts failed cases, and unexpected records as one more', () => {
    expect(counts({ results: [good, bad], unexpected: [] })).toEqual({ passed: 2, failed: 1 });
    expect(counts({ results: [good, bad], unexpected: ['alerts: 1', 'items in the table: 2'] })).toEqual({ passed: 1, failed: 2 });
  });

  test('shows the expectation beside a failure', () => {
    const { events } = JSON.parse(toJson({ results: [good, bad], unexpected: [], leftOut: [] }));

    expect(events).toEqual([{ event: 'good', ...good.actual }, { event: 'bad', ...bad.actual, expected: bad.expected }]);
  });

  test('lists the resources that were not deployed', () => {
    const leftOut: LeftOut[] = [{ type: 'AWS::XRay::SamplingRule', count: 1 }];

    expect(JSON.parse(toJson({ results: [good], unexpected: [], leftOut }))).toMatchObject({ passed: 2, failed: 0, leftOut });
    expect(describeLeftOut(leftOut)).toBe('Left out of the local deployment, because the emulator does not support it: AWS::XRay::SamplingRule (1)');
  });

  test.each(LIMITS)('names existing tests for $what', ({ testFile, group }) => {
    expect(readFileSync(join(root, testFile), 'utf8')).toContain(`describe('${group}'`);
  });
});

describe('the scenario', () => {
  test('has unique case names', () => {
    const cases = scenario(new Date());
    const ids = cases.flatMap(({ eventIds }) => eventIds);

    expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('ResultTable', () => {
  test('aligns the columns by their expected texts', () => {
    const table = new ResultTable([good, bad], plain);

    expect([table.header(), ...table.lines(good)]).toEqual([
      '  event  answer      item              events    rule  verdict  alert  audit',
      '✓ good   401 no      -                 -         -     -        -      -',
    ]);
  });

  test('shows each column that differs', () => {
    expect(new ResultTable([good, bad], plain).lines(bad)).toEqual([
      '✗ bad    200 stored  -                 -         -     -        -      -',
      '    item: expected other, no amount, got -',
      '    events: expected received, got -',
      '    audit: expected 1, got -',
    ]);
  });

  test('shows the reasons of a verdict below its line', () => {
    const assessed = { ...good, actual: { ...good.actual, reasons: 'one (+10); another (+5)' }, expected: { ...good.expected, reasons: 'one (+20)' } };

    expect(new ResultTable([good, bad], plain).lines(assessed).slice(1)).toEqual([
      '    one (+10)', '    another (+5)', '    reasons: expected one (+20), got one (+10); another (+5)',
    ]);
  });

  test('uses two lines on a narrow terminal', () => {
    const table = new ResultTable([good, bad], plain, 70);

    expect([table.header(), ...table.lines({ ...bad, actual: bad.expected }), ...table.lines(good)]).toEqual([
      '  event  answer',
      '✓ bad    200 stored',
      '    item other, no amount · events received · audit 1',
      '✓ good   401 no',
    ]);
  });

  test('does not split a result on the narrowest terminal', () => {
    expect(new ResultTable([good, bad], plain, 45).lines({ ...bad, actual: bad.expected })).toEqual([
      '✓ bad    200 stored',
      '    item other, no amount · events received',
      '    audit 1',
    ]);
  });

  test('is colored on a terminal, unless colors are disabled', () => {
    const lines = (isTTY: boolean, environment: NodeJS.ProcessEnv) =>
      new ResultTable([good], styleFor({ isTTY }, environment)).lines(good).join();

    expect(lines(true, {})).toContain('\x1b[32m✓');
    expect(lines(true, { NO_COLOR: '1' })).not.toContain('\x1b');
    expect(lines(false, {})).not.toContain('\x1b');
  });
});
