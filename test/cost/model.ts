import { objectTransitionCost } from './archive-cost';
import type { Deployment, StreamSettings } from './deployment';
import { platformBytes } from './logs';
import { archivedBytes, type Measurements } from './measurements';
import { costOf, PRICES } from './prices';
import { ASSUMPTIONS, FIRST_MONTH, SECONDS, type Workload } from './workload';
import { Metric, MetricBy, METRICS, MetricWidget, type ImageName, type MetricDefinition, type MetricName } from '../../src/private/contract';
import { resolveFraudRules } from '../../src/private/settings/fraud-config';

/** `growing` depends on the webhooks, `email` on the alerts and their recipients. `fixed` is the same each month. */
export type Section = 'growing' | 'email' | 'fixed';

/** One line of a monthly bill. */
export interface Line {
  readonly section: Section;
  readonly what: string;
  readonly usd: number;
}
type Entry = readonly [what: string, usd: number];

const GB = 1e9;
const MS = 1000;
const MB_OF_GB = 1024;
/** Lambda polls a shard four times a second (https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-eventsourcemapping.html). */
const POLL_SECONDS = 0.25;
/** Lambda's own rate, which cannot be changed (https://docs.aws.amazon.com/lambda/latest/dg/services-xray.html). */
const LAMBDA_SAMPLING = { rate: 0.05, reservoir: 1 };
const VERDICTS = 3;

/**
 * The number of invocations by the stream in a month: in each shard, one for
 * each window with a change, and one for each full batch.
 */
export function invocationsOf(
  changes: number, shards: number, { batchSize, windowSeconds }: Pick<StreamSettings, 'batchSize' | 'windowSeconds'>,
): number {
  const ofShard = changes / shards;
  const windows = SECONDS / Math.max(windowSeconds, POLL_SECONDS);
  return shards * Math.max(windows * (1 - Math.exp(-ofShard / windows)), ofShard / batchSize);
}

/** The number of recorded requests in a month, if a fixed number each second and a share of the rest are recorded. */
export function tracesOf(requests: number, { rate, reservoir }: Deployment['sampling']): number {
  const most = reservoir * SECONDS;
  const first = most === 0 ? 0 : most * (1 - Math.exp(-requests / most));
  return first + rate * (requests - first);
}

/** A monthly bill. */
export function billOf(deployment: Deployment, measured: Measurements, { webhooks, shards }: Workload): Line[] {
  const invocations: Invocations = {
    'webhook-validator': webhooks,
    'event-relay': invocationsOf(webhooks * measured.relayed, shards, deployment.relayStream),
    'fraud-detector': webhooks * measured.executions,
    'transaction-archival': invocationsOf(webhooks * measured.changes, shards, deployment.archivalStream),
  };
  const traffic = { deployment, measured, webhooks, invocations };
  return [
    ...linesOf('growing', [
      ['API Gateway, requests', costOf(webhooks, PRICES.apiRequest)],
      ['Data transfer, responses', costOf(webhooks * measured.responseBytes / GB, PRICES.dataOut)],
      ...tracing(traffic),
      ...functions(traffic),
      ...store(traffic),
      ['EventBridge, events', costOf(webhooks * measured.events, PRICES.event)],
      ['Step Functions, executions', executionCost(webhooks * measured.executions)],
      ['SNS, publishes', costOf(webhooks * measured.alerts, PRICES.publish)],
      ['SQS, dead-letter messages', 0],
      ...archive(traffic),
      ...logs(traffic),
    ]),
    ...linesOf('email', [
      ['SNS, emails to one subscriber', costOf(webhooks * measured.alerts * ASSUMPTIONS.emailSubscribers, PRICES.email)],
    ]),
    ...linesOf('fixed', fixed(deployment, measured)),
  ];
}

/** The sum of the lines of some sections. */
export function totalOf(lines: readonly Line[], ...sections: readonly Section[]): number {
  return lines.filter(({ section }) => sections.includes(section)).reduce((total, { usd }) => total + usd, 0);
}

function linesOf(section: Section, entries: readonly Entry[]): Line[] {
  return entries.map(([what, usd]) => ({ section, what, usd }));
}

type Invocations = Readonly<Record<ImageName, number>>;
interface Traffic {
  readonly deployment: Deployment;
  readonly measured: Measurements;
  readonly webhooks: number;
  readonly invocations: Invocations;
}

function tracing({ deployment, webhooks, measured, invocations }: Traffic): Entry[] {
  const executions = webhooks * measured.executions;
  return [
    ['X-Ray, API', costOf(tracesOf(webhooks, deployment.sampling), PRICES.trace)],
    // An execution continues the trace of the relay that published its event. Without a trace, its own sampling rule applies.
    ['X-Ray, workflow', deployment.workflow.tracing && deployment.functions['event-relay'].tracing === 'PassThrough'
      ? costOf(tracesOf(executions, deployment.workflow.sampling), PRICES.trace) : 0],
    ...(['event-relay', 'transaction-archival'] as const).map((name): Entry => (
      [`X-Ray, ${name}`, ownTraces(deployment, name, invocations[name])]
    )),
  ];
}

/** The cost of the traces that a function starts. */
function ownTraces({ functions: settings }: Deployment, name: ImageName, invocations: number): number {
  return settings[name].tracing === 'Active' ? costOf(tracesOf(invocations, LAMBDA_SAMPLING), PRICES.trace) : 0;
}

function functions({ deployment, invocations }: Traffic): Entry[] {
  const { coldStarts, durations } = ASSUMPTIONS;
  return (Object.keys(invocations) as ImageName[]).map((name) => (
    [`Lambda, ${name}`, lambdaCost(deployment, name, invocations[name], durations[name] + coldStarts.share * coldStarts.milliseconds)]
  ));
}

function lambdaCost({ functions: settings }: Deployment, name: ImageName, invocations: number, milliseconds: number): number {
  const gigabyteSeconds = invocations * milliseconds / MS * settings[name].memoryMb / MB_OF_GB;
  return costOf(invocations, PRICES.lambdaRequest) + costOf(gigabyteSeconds, PRICES.lambdaDuration);
}

function store({ deployment, measured, webhooks }: Traffic): Entry[] {
  const tableGb = webhooks * measured.tableBytes / GB;
  const indexGb = webhooks * measured.indexBytes / GB;
  return [
    ['DynamoDB, writes of new items', costOf(webhooks * measured.insertUnits, PRICES.write)],
    ['DynamoDB, updates', costOf(webhooks * measured.updateUnits, PRICES.write)],
    ['DynamoDB, index writes', costOf(webhooks * measured.indexUnits, PRICES.write)],
    ['DynamoDB, reads', costOf(webhooks * measured.readUnits, PRICES.read)],
    ['DynamoDB, storage, first month', costOf((tableGb + indexGb) * FIRST_MONTH, PRICES.tableStorage)],
    ['DynamoDB, point-in-time recovery, first month', deployment.pointInTimeRecovery ? costOf(tableGb * FIRST_MONTH, PRICES.recovery) : 0],
    ['DynamoDB Streams, reads by Lambda', 0],
  ];
}

function executionCost(executions: number): number {
  const { seconds, memoryGb } = ASSUMPTIONS.execution;
  return costOf(executions, PRICES.execution) + costOf(executions * seconds / 3600 * memoryGb, PRICES.executionDuration);
}

function archive({ deployment, measured, webhooks, invocations: { 'transaction-archival': objects } }: Traffic): Entry[] {
  const bytes = archivedBytes(measured, webhooks * measured.changes / objects);
  return [
    ['S3, PUT requests', costOf(objects, PRICES.put)],
    ['S3, transitions, once', objects * objectTransitionCost(bytes, deployment.archive)],
    ['S3, storage, first month', costOf(objects * bytes / GB * FIRST_MONTH, PRICES.standardStorage)],
  ];
}

function logs({ deployment, measured, webhooks, invocations }: Traffic): Entry[] {
  const ofPlatform = (name: ImageName) => invocations[name] * platformBytes(deployment.functions[name]);
  const gigabytes = Object.entries({
    'access log': webhooks * measured.logBytes['access log'],
    'webhook-validator': webhooks * measured.logBytes.validator + ofPlatform('webhook-validator'),
    'event-relay': webhooks * measured.logBytes.relay + ofPlatform('event-relay'),
    'fraud-detector': webhooks * measured.logBytes.detector + ofPlatform('fraud-detector'),
    'transaction-archival': ofPlatform('transaction-archival'),
    'workflow': webhooks * measured.logBytes.workflow,
  }).map(([source, bytes]) => [source, bytes / GB] as const);
  const total = gigabytes.reduce((sum, [, gb]) => sum + gb, 0);
  return [
    ...gigabytes.map(([source, gb]): Entry => [`CloudWatch Logs, ${source}`, costOf(gb, PRICES.logIngestion)]),
    ['CloudWatch Logs, storage', costOf(total * ASSUMPTIONS.logCompression * deployment.logRetentionDays / 30, PRICES.logStorage)],
  ];
}

function fixed(deployment: Deployment, { sweepReadUnits }: Measurements): Entry[] {
  const { secretCache, tableKey, durations } = ASSUMPTIONS;
  const sweeps = deployment.sweepsPerMonth;
  return [
    ['CloudWatch, alarms', costOf(deployment.alarmMetrics, PRICES.alarm)],
    ['CloudWatch, composite alarm', costOf(deployment.compositeAlarms, PRICES.compositeAlarm)],
    ['CloudWatch, custom metrics', costOf(customMetrics(deployment), PRICES.metric)],
    ['CloudWatch, dashboard', costOf(deployment.dashboards, PRICES.dashboard)],
    ['Secrets Manager, secret', costOf(deployment.secrets, PRICES.secret)],
    ['Secrets Manager, reads', costOf(deployment.providers * secretCache.sandboxes * SECONDS / secretCache.seconds, PRICES.secretRead)],
    ['KMS, customer-managed keys', costOf(deployment.keys, PRICES.key)],
    ['KMS, requests for the table', costOf(tableKey.principals * SECONDS / tableKey.seconds, PRICES.keyRequest)],
    ['Sweep, Lambda', lambdaCost(deployment, 'event-relay', sweeps, durations.sweep)],
    ['Sweep, X-Ray', ownTraces(deployment, 'event-relay', sweeps)],
    ['Sweep, DynamoDB reads', costOf(sweeps * sweepReadUnits, PRICES.read)],
    ['Heartbeat, DynamoDB writes', costOf(sweeps, PRICES.write)],
    ['Heartbeat, Lambda', lambdaCost(deployment, 'event-relay', sweeps, durations['event-relay'])],
  ];
}

/** Each value of a metric's second dimension is a separate metric, and so is the total. */
function customMetrics({ providers }: Deployment): number {
  const values: Readonly<Record<string, number>> = {
    [Metric.VERDICT]: VERDICTS,
    [Metric.RULE_FIRED]: new Set(resolveFraudRules().rules.map(({ rule }) => rule)).size,
    [Metric.ASSESSED_AMOUNT]: ASSUMPTIONS.currencies,
  };
  const without = [...ASSUMPTIONS.failureMetrics, ...ASSUMPTIONS.emailMetrics];
  return Object.values<MetricDefinition>(METRICS)
    .filter(({ name, widget }) => widget !== MetricWidget.RECONCILIATION && !without.includes(name as MetricName))
    .reduce((total, { name, dimension }) => total + (dimension === MetricBy.PROVIDER ? 1 + providers : values[name] ?? 1), 0);
}
