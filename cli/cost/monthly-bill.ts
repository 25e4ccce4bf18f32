import { transitionCharges } from './archive-cost';
import { archivedBytes, type Measurements } from './measured-sizes';
import { platformBytes } from './platform-logs';
import type { Deployment, StreamSettings } from './priced-deployment';
import { chargesOf, PRICES, type BilledQuantity, type Price } from './prices';
import { ASSUMPTIONS, FIRST_MONTH, SECONDS, type Workload } from './workload';
import { Metric, MetricBy, METRICS, MetricWidget, type ImageName, type MetricDefinition, type MetricName } from '../../src/private/contract';

/** `growing` depends on the webhooks, `email` on the alerts and their recipients. `fixed` is the same each month. */
export type Section = 'growing' | 'email' | 'fixed';

/** One line of a monthly bill. */
export interface Line {
  readonly section: Section;
  readonly what: string;
  /** Empty if nothing is charged. */
  readonly charges: readonly BilledQuantity[];
  readonly usd: number;
}
type BillEntry = readonly [what: string, ...charges: BilledQuantity[]];

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
export function billOf(
  deployment: Deployment, measured: Measurements, { webhooks, shards, emailSubscribers = ASSUMPTIONS.emailSubscribers }: Workload,
): Line[] {
  const invocations: Invocations = {
    'webhook-validator': webhooks,
    'event-relay': invocationsOf(webhooks * measured.relayed, shards, deployment.relayStream),
    'fraud-detector': webhooks * measured.executions,
    'transaction-archival': invocationsOf(webhooks * measured.changes, shards, deployment.archivalStream),
  };
  const traffic = { deployment, measured, webhooks, invocations };
  const recipients = emailSubscribers === 1 ? 'one subscriber' : `${emailSubscribers} subscribers`;
  return [
    ...billLines('growing', [
      ['API Gateway, requests', charge(webhooks, deployment.apiType === 'http' ? PRICES.httpApiRequest : PRICES.apiRequest)],
      ['Data transfer, responses', charge(webhooks * measured.responseBytes / GB, PRICES.dataOut)],
      ...tracing(traffic),
      ...functions(traffic),
      ...store(traffic),
      ...eventIndex(traffic),
      ['EventBridge, events', charge(webhooks * measured.events, PRICES.event)],
      ['Step Functions, executions', ...executionCharges(webhooks * measured.executions)],
      ['SNS, publishes', charge(webhooks * measured.alerts, PRICES.publish)],
      ['SQS, dead-letter messages'],
      ...archive(traffic),
      ...logs(traffic),
    ]),
    ...billLines('email', [
      [`SNS, emails to ${recipients}`, charge(webhooks * measured.alerts * emailSubscribers, PRICES.email)],
    ]),
    ...billLines('fixed', fixed(deployment, measured)),
  ];
}

/** The sum of the lines of some sections. */
export function usdOf(lines: readonly Line[], ...sections: readonly Section[]): number {
  return lines.filter(({ section }) => sections.includes(section)).reduce((total, { usd }) => total + usd, 0);
}

function billLines(section: Section, entries: readonly BillEntry[]): Line[] {
  return entries.map(([what, ...charges]) => ({ section, what, charges, usd: chargesOf(charges) }));
}

function charge(quantity: number, price: Price): BilledQuantity {
  return { quantity, price };
}

type Invocations = Readonly<Record<ImageName, number>>;
interface Traffic {
  readonly deployment: Deployment;
  readonly measured: Measurements;
  readonly webhooks: number;
  readonly invocations: Invocations;
}

function tracing({ deployment, webhooks, measured, invocations }: Traffic): BillEntry[] {
  const executions = webhooks * measured.executions;
  return [
    ['X-Ray, API', charge(tracesOf(webhooks, deployment.sampling), PRICES.trace)],
    // An execution continues the trace of the relay that published its event. Without a trace, its own sampling rule applies.
    ['X-Ray, workflow', ...deployment.workflow.tracing && deployment.functions['event-relay'].tracing === 'PassThrough'
      ? [charge(tracesOf(executions, deployment.workflow.sampling), PRICES.trace)] : []],
    ...(['event-relay', 'transaction-archival'] as const).map((name): BillEntry => (
      [`X-Ray, ${name}`, ...ownTraces(deployment, name, invocations[name])]
    )),
  ];
}

/** The traces that a function starts. */
function ownTraces({ functions: settings }: Deployment, name: ImageName, invocations: number): BilledQuantity[] {
  return settings[name].tracing === 'Active' ? [charge(tracesOf(invocations, LAMBDA_SAMPLING), PRICES.trace)] : [];
}

function functions({ deployment, invocations }: Traffic): BillEntry[] {
  const { coldStarts, durations } = ASSUMPTIONS;
  return (Object.keys(invocations) as ImageName[]).map((name) => {
    const { memoryMb } = deployment.functions[name];
    // Every webhook is counted as served by a provisioned environment. Those above it have the usual price and cold starts.
    const isProvisioned = name === 'webhook-validator' && deployment.provisionedConcurrency !== undefined;
    const charges = isProvisioned
      ? lambdaCharges(memoryMb, invocations[name], durations[name], PRICES.provisionedDuration)
      : lambdaCharges(memoryMb, invocations[name], durations[name] + coldStarts.share * coldStarts.milliseconds);
    return [`Lambda, ${name}`, ...charges];
  });
}

function lambdaCharges(memoryMb: number, invocations: number, milliseconds: number, duration: Price = PRICES.lambdaDuration): BilledQuantity[] {
  return [charge(invocations, PRICES.lambdaRequest), charge(invocations * milliseconds / MS * memoryMb / MB_OF_GB, duration)];
}

/** Without provisioned concurrency, there are no lines. */
function provisionedEnvironments({ functions: settings, provisionedConcurrency }: Deployment): BillEntry[] {
  return provisionedConcurrency === undefined ? [] : [[
    'Lambda, provisioned concurrency',
    charge(provisionedConcurrency * settings['webhook-validator'].memoryMb / MB_OF_GB * SECONDS, PRICES.provisionedConcurrency),
  ]];
}

function store({ deployment, measured, webhooks }: Traffic): BillEntry[] {
  const tableGb = webhooks * measured.tableBytes / GB;
  const indexGb = webhooks * measured.indexBytes / GB;
  return [
    ['DynamoDB, writes of new items', charge(webhooks * measured.insertUnits, PRICES.write)],
    ['DynamoDB, updates', charge(webhooks * measured.updateUnits, PRICES.write)],
    ['DynamoDB, index writes', charge(webhooks * measured.indexUnits, PRICES.write)],
    ['DynamoDB, reads', charge(webhooks * measured.readUnits, PRICES.read)],
    ['DynamoDB, storage, first month', charge((tableGb + indexGb) * FIRST_MONTH, PRICES.tableStorage)],
    ['DynamoDB, point-in-time recovery, first month', ...deployment.pointInTimeRecovery ? [charge(tableGb * FIRST_MONTH, PRICES.recovery)] : []],
    ['DynamoDB Streams, reads by Lambda'],
  ];
}

function executionCharges(executions: number): BilledQuantity[] {
  const { seconds, memoryGb } = ASSUMPTIONS.execution;
  return [charge(executions, PRICES.execution), charge(executions * seconds / 3600 * memoryGb, PRICES.executionDuration)];
}

function archive({ deployment, measured, webhooks, invocations: { 'transaction-archival': objects } }: Traffic): BillEntry[] {
  const bytes = archivedBytes(measured, webhooks * measured.changes / objects);
  return [
    ['S3, PUT requests', charge(objects, PRICES.put)],
    ['S3, transitions, once', ...transitionCharges(objects, bytes, deployment.archive)],
    ['S3, storage, first month', charge(objects * bytes / GB * FIRST_MONTH, PRICES.standardStorage)],
  ];
}

/** Successful executions are logged only at the level ALL (https://docs.aws.amazon.com/step-functions/latest/dg/cloudwatch-log-level.html). */
function logs({ deployment, measured, webhooks, invocations }: Traffic): BillEntry[] {
  const ofPlatform = (name: ImageName) => invocations[name] * platformBytes(deployment.functions[name]);
  const gigabytes = Object.entries({
    'access log': webhooks * measured.logBytes['access log'],
    'webhook-validator': webhooks * measured.logBytes.validator + ofPlatform('webhook-validator'),
    'event-relay': webhooks * measured.logBytes.relay + ofPlatform('event-relay'),
    'fraud-detector': webhooks * measured.logBytes.detector + ofPlatform('fraud-detector'),
    'transaction-archival': ofPlatform('transaction-archival'),
    'workflow': deployment.workflow.logLevel === 'ALL' ? webhooks * measured.logBytes.workflow : 0,
  }).map(([source, bytes]) => [source, bytes / GB] as const);
  const total = gigabytes.reduce((sum, [, gb]) => sum + gb, 0);
  return [
    ...gigabytes.map(([source, gb]): BillEntry => [`CloudWatch Logs, ${source}`, charge(gb, PRICES.logIngestion)]),
    ['CloudWatch Logs, storage', charge(total * ASSUMPTIONS.logCompression * deployment.logRetentionDays / 30, PRICES.logStorage)],
  ];
}

function fixed(deployment: Deployment, { sweepReadUnits }: Measurements): BillEntry[] {
  const { secretCache, tableKey, durations } = ASSUMPTIONS;
  const relay = deployment.functions['event-relay'];
  const sweeps = deployment.sweepsPerMonth;
  return [
    ['CloudWatch, alarms', charge(deployment.alarmMetrics, PRICES.alarm)],
    ['CloudWatch, composite alarm', charge(deployment.compositeAlarms, PRICES.compositeAlarm)],
    ['CloudWatch, custom metrics', charge(customMetrics(deployment), PRICES.metric)],
    ['CloudWatch, dashboard', charge(deployment.dashboards, PRICES.dashboard)],
    ['Secrets Manager, secret', charge(deployment.secrets, PRICES.secret)],
    ['Secrets Manager, reads', charge(deployment.providers * secretCache.sandboxes * SECONDS / secretCache.seconds, PRICES.secretRead)],
    ['KMS, customer-managed keys', charge(deployment.keys, PRICES.key)],
    ['KMS, requests for the table', charge(tableKey.principals * SECONDS / tableKey.seconds, PRICES.keyRequest)],
    ['Sweep, Lambda', ...lambdaCharges(relay.memoryMb, sweeps, durations.sweep)],
    ['Sweep, X-Ray', ...ownTraces(deployment, 'event-relay', sweeps)],
    ['Sweep, DynamoDB reads', charge(sweeps * sweepReadUnits, PRICES.read)],
    ['Heartbeat, DynamoDB writes', charge(sweeps, PRICES.write)],
    ['Heartbeat, Lambda', ...lambdaCharges(relay.memoryMb, sweeps, durations['event-relay'])],
    ...provisionedEnvironments(deployment),
    ...reconciliationRuns(deployment),
  ];
}

/** Without reconciliation, there are no lines. */
function reconciliationRuns({ reconciliation }: Deployment): BillEntry[] {
  return reconciliation ? [[
    'Reconciliation, Lambda', ...lambdaCharges(reconciliation.memoryMb, reconciliation.runsPerMonth, ASSUMPTIONS.reconciliationSeconds * MS),
  ]] : [];
}

/** Each webhook has a key in the index of events, and is looked up once in it by its own keys. */
function eventIndex({ deployment: { reconciliation }, webhooks }: Traffic): BillEntry[] {
  return reconciliation ? [
    ['Reconciliation, DynamoDB index writes', charge(webhooks, PRICES.write)],
    ['Reconciliation, DynamoDB reads', charge(webhooks / 2, PRICES.read)],
    ['Reconciliation, DynamoDB storage, first month', charge(webhooks * ASSUMPTIONS.eventIndexBytes / GB * FIRST_MONTH, PRICES.tableStorage)],
  ] : [];
}

/** Each value of a metric's second dimension is a separate metric, and so is the total. */
function customMetrics({ providers, fraudRules, shadowRules, confirmsRecipients, reconciliation }: Deployment): number {
  const common = (rules: Deployment['fraudRules']) => rules.filter((rule) => !ASSUMPTIONS.rareRules.includes(rule)).length;
  const values: Readonly<Record<string, number>> = {
    [Metric.VERDICT]: VERDICTS,
    [Metric.SHADOW_VERDICT]: VERDICTS,
    [Metric.RULE_FIRED]: common(fraudRules),
    [Metric.SHADOW_RULE_FIRED]: common(shadowRules ?? []),
    [Metric.ASSESSED_AMOUNT]: ASSUMPTIONS.currencies,
  };
  const without = [
    ...ASSUMPTIONS.failureMetrics, ...confirmsRecipients ? [] : ASSUMPTIONS.emailMetrics, ...shadowRules ? [] : ASSUMPTIONS.shadowMetrics,
  ];
  const ofReconciliation = reconciliation ? 1 + reconciliation.providers : 0;
  return Object.values<MetricDefinition>(METRICS)
    .filter(({ name, widget }) => widget !== MetricWidget.RECONCILIATION && !without.includes(name as MetricName))
    .reduce((total, { name, dimension }) => total + (dimension === MetricBy.PROVIDER ? 1 + providers : values[name] ?? 1), ofReconciliation);
}
