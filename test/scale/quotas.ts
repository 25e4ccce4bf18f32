/** The quotas of an account in a Region that the simulation enforces. Each is the default of a new quota, per second unless named otherwise. */
export interface Quotas {
  /** Requests to all APIs of the account, and how many can arrive at once. */
  readonly apiRate: number;
  readonly apiBurst: number;
  /** Environments of all functions. */
  readonly lambdaConcurrency: number;
  /** Write units that the table accepts now, and the most that it grows to. */
  readonly warmWriteUnits: number;
  readonly tableWriteUnits: number;
  /** Requests of `PutEvents`. */
  readonly putEvents: number;
  /** Events that a rule sends to a target. More are delayed. */
  readonly ruleInvocations: number;
  readonly executionStarts: number;
  readonly publishes: number;
}

/** The quotas that differ between Regions. */
const BY_REGION = {
  'US East (N. Virginia)': { apiRate: 10_000, apiBurst: 5_000, putEvents: 10_000, ruleInvocations: 18_750, publishes: 30_000 },
  'Europe (Frankfurt)': { apiRate: 10_000, apiBurst: 5_000, putEvents: 2_400, ruleInvocations: 4_500, publishes: 1_500 },
  'Europe (Milan)': { apiRate: 2_500, apiBurst: 1_250, putEvents: 400, ruleInvocations: 750, publishes: 300 },
} as const;

export type Region = keyof typeof BY_REGION;
/** A Region with the highest quotas, one in the middle, and one with the lowest. */
export const REGIONS = Object.keys(BY_REGION) as readonly Region[];

/** The default quotas in a Region. */
export function defaultQuotas(region: Region): Quotas {
  return { lambdaConcurrency: 1_000, warmWriteUnits: 4_000, tableWriteUnits: 40_000, executionStarts: 6_000, ...BY_REGION[region] };
}

/** Limits that no request raises. */
export const FIXED = {
  /** Write units of one partition. The stream has one shard for each partition. */
  partitionWriteUnits: 1_000,
  /** Environments that Lambda adds to a function: this many at once, and a tenth of them each second. */
  newEnvironments: 1_000,
  newEnvironmentsPerSecond: 100,
  /** Requests that one environment serves each second. */
  requestsPerEnvironment: 10,
  putEventsEntries: 10,
  /** How often Lambda reads a shard. */
  pollSeconds: 0.25,
  /** A table accepts twice its previous peak. The peak counts after this time. */
  growthSeconds: 30 * 60,
} as const;

interface QuotaRow {
  readonly service: string;
  readonly quota: string;
  readonly value: string;
  readonly raise: string;
  /** Whether the simulation enforces it. */
  readonly simulated: boolean;
  readonly source: string;
}

const regional = (name: keyof (typeof BY_REGION)[Region]) => Object.values(BY_REGION).map((values) => values[name].toLocaleString('en-US')).join(', ');

/** The quotas on the page. The three values of a Regional quota are those of `REGIONS`. */
export const QUOTA_ROWS: readonly QuotaRow[] = [
  { service: 'API Gateway', quota: 'requests per second of the account', value: regional('apiRate'), raise: 'Service Quotas', simulated: true, source: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html' },
  { service: 'API Gateway', quota: 'burst of the account', value: regional('apiBurst'), raise: 'follows the rate', simulated: true, source: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html' },
  { service: 'Lambda', quota: 'concurrent executions of the account', value: '1,000; less in new accounts', raise: 'Service Quotas', simulated: true, source: 'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html' },
  { service: 'Lambda', quota: 'synchronous requests per second', value: '10 times the concurrency', raise: 'follows the concurrency', simulated: true, source: 'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html' },
  { service: 'Lambda', quota: 'new environments of a function', value: '1,000 every 10 seconds', raise: 'fixed', simulated: true, source: 'https://docs.aws.amazon.com/lambda/latest/dg/scaling-behavior.html' },
  { service: 'DynamoDB', quota: 'write units of a new on-demand table', value: '4,000, then twice the previous peak', raise: 'warm throughput', simulated: true, source: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/on-demand-capacity-mode.html' },
  { service: 'DynamoDB', quota: 'write units of a table', value: '40,000', raise: 'Service Quotas', simulated: true, source: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html' },
  { service: 'DynamoDB', quota: 'write units of a partition', value: '1,000', raise: 'fixed', simulated: true, source: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/warm-throughput-scenarios.html' },
  { service: 'DynamoDB Streams', quota: 'readers of a shard', value: '2: the relay and the archival', raise: 'fixed', simulated: false, source: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html' },
  { service: 'EventBridge', quota: '`PutEvents` requests per second', value: regional('putEvents'), raise: 'Service Quotas', simulated: true, source: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html' },
  { service: 'EventBridge', quota: 'invocations of targets per second; more are delayed', value: regional('ruleInvocations'), raise: 'Service Quotas', simulated: true, source: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html' },
  { service: 'Step Functions', quota: 'Express starts per second, and bucket', value: '6,000 and 6,000', raise: 'Service Quotas', simulated: true, source: 'https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html' },
  { service: 'SNS', quota: 'publishes per second', value: regional('publishes'), raise: 'Service Quotas', simulated: true, source: 'https://docs.aws.amazon.com/general/latest/gr/sns.html' },
  { service: 'SNS', quota: 'emails per second', value: '10', raise: 'fixed', simulated: false, source: 'https://docs.aws.amazon.com/general/latest/gr/sns.html' },
  { service: 'SNS', quota: 'SMS messages per second', value: '20', raise: 'AWS Support', simulated: false, source: 'https://docs.aws.amazon.com/general/latest/gr/sns.html' },
  { service: 'Secrets Manager', quota: '`GetSecretValue` requests per second', value: '10,000', raise: 'fixed', simulated: false, source: 'https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_limits.html' },
  { service: 'KMS', quota: 'cryptographic operations per second, symmetric keys', value: '10,000 to 100,000, by Region', raise: 'Service Quotas', simulated: false, source: 'https://docs.aws.amazon.com/kms/latest/developerguide/requests-per-second.html' },
  { service: 'S3', quota: 'PUT requests per second of a prefix', value: '3,500', raise: 'S3 scales by prefix', simulated: false, source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/optimizing-performance.html' },
];
