import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { FraudRule, WebhookProvider, type WebhookProcessingSystem } from '../src';
import { synthesize } from './support/system';
import { METRICS, MetricBy, MetricWidget, type MetricDefinition } from '../src/private/contract';

// The metrics of the reconciliation and of shadow rules are only on the dashboard of a system that has them.
const { system, template } = synthesize((stack) => ({
  environmentSuffix: 'test',
  providers: [WebhookProvider.stripe({ reconciliation: { apiKey: new Secret(stack, 'ApiKey') } })],
  shadowFraudRules: FraudRule.defaults(),
}));
const HANDLERS = join(__dirname, '..', 'handlers');
const definitions = Object.values<MetricDefinition>(METRICS);

const handlers = readdirSync(HANDLERS, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  .map((file) => readFileSync(join(HANDLERS, file), 'utf8'))
  .join('\n');

/** The methods for these dimensions have an argument. The method for verdicts returns one of them, and the one for shadow verdicts has an argument. */
const DIMENSIONS_BY_ARGUMENT: readonly unknown[] = [MetricBy.RULE, MetricBy.CURRENCY];
const METRICS_BY_ARGUMENT: readonly string[] = [METRICS.SHADOW_VERDICT.name];

test.each(Object.keys(METRICS))('%s is measured by a handler', (key) => {
  expect(handlers).toMatch(new RegExp(`\\bMetric\\.${key}\\b`));
});

describe.each(definitions.map((definition) => [definition.name, definition] as const))('%s', (name, { method, dimension }) => {
  test('is returned by a method of the construct', () => {
    const metricOf = system[method as 'metricStored'].bind(system) as (...args: unknown[]) => Metric;

    const { metricName, namespace } = DIMENSIONS_BY_ARGUMENT.includes(dimension) || METRICS_BY_ARGUMENT.includes(name) ? metricOf('any') : metricOf();

    expect([metricName, namespace]).toEqual([name, 'WebhookProcessingSystem']);
  });

  test('is on the dashboard', () => {
    const [{ Properties }] = Object.values(template.findResources('AWS::CloudWatch::Dashboard'));

    expect(JSON.stringify(Properties)).toContain(name);
  });
});

test('each widget shows a metric', () => {
  expect(Object.values(MetricWidget).filter((title) => !definitions.some(({ widget }) => widget === title))).toEqual([]);
});

test('no two metrics have the same name', () => {
  expect(new Set(definitions.map(({ name }) => name)).size).toBe(definitions.length);
});

test.each([
  ['OldestOpenTransactionAge', 300, system.metricOldestOpenTransactionAge()],
  ['TransactionsAwaitingRedrive', 300, system.metricAwaitingRedrive()],
  ['AlertRecipientsUnconfirmed', 3_600, system.metricAlertRecipientsUnconfirmed()],
])('%s is a maximum, because a sum would depend on the number of sweeps', (_, seconds, { statistic, period }) => {
  expect([statistic, period.toSeconds()]).toEqual(['Maximum', seconds]);
});

test.each([
  ['metricRuleFired', 'RulesFired', { Rule: 'velocity' }, (construct: WebhookProcessingSystem) => construct.metricRuleFired('velocity')],
  ['metricShadowRuleFired', 'ShadowRulesFired', { Rule: 'velocity' }, (construct: WebhookProcessingSystem) => construct.metricShadowRuleFired('velocity')],
  ['metricShadowVerdicts', 'ShadowVerdicts', { Verdict: 'failed' }, (construct: WebhookProcessingSystem) => construct.metricShadowVerdicts('failed')],
  ['metricAssessedAmount', 'AssessedAmount', { Currency: 'EUR' }, (construct: WebhookProcessingSystem) => construct.metricAssessedAmount('EUR')],
])('%s has the dimension of its argument', (_, metricName, dimensions, metricOf) => {
  expect(metricOf(system)).toMatchObject({ namespace: 'WebhookProcessingSystem', metricName, dimensions: { System: 'test', ...dimensions } });
});
