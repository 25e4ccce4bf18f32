import { Env, Index, type ApiTypeName, type FraudConfig, type FraudRuleConfig, type RuleSetConfig, type ImageName, type ProviderConfig } from '../../src/private/contract';
import { UsageError } from '../terminal/usage-error';

export interface FunctionSettings {
  readonly memoryMb: number;
  readonly tracing: 'Active' | 'PassThrough';
  readonly logFormat: 'Text' | 'JSON';
  readonly systemLogLevel: 'DEBUG' | 'INFO' | 'WARN';
}
export interface StreamSettings {
  readonly batchSize: number;
  readonly windowSeconds: number;
  /** Empty if every change invokes the function. */
  readonly filters: ReadonlyArray<{ [key: string]: unknown }>;
}
export interface IndexSettings {
  readonly keys: readonly string[];
  readonly attributes: readonly string[];
}
export interface Transition {
  readonly storageClass: 'STANDARD_IA' | 'GLACIER';
  readonly afterDays: number;
  /** Smaller objects are not moved. */
  readonly minimumBytes: number;
}

/** The share of the requests that is recorded, and the number that is always recorded each second. */
export interface Sampling {
  readonly rate: number;
  readonly reservoir: number;
}

/** The settings that the price of a deployment depends on. */
export interface Deployment {
  readonly functions: { readonly [name in ImageName]: FunctionSettings };
  /** The environments of the validator that are kept initialized. Absent: none. */
  readonly provisionedConcurrency?: number;
  readonly relayStream: StreamSettings;
  readonly archivalStream: StreamSettings;
  readonly indexes: readonly IndexSettings[];
  readonly tableKeys: readonly string[];
  readonly pointInTimeRecovery: boolean;
  readonly apiType: ApiTypeName;
  /** How API Gateway samples. An HTTP API records nothing. */
  readonly sampling: Sampling;
  readonly accessLogFormat: string;
  readonly workflow: { readonly tracing: boolean; readonly sampling: Sampling; readonly logLevel: 'ALL' | 'ERROR' | 'FATAL' | 'OFF'; readonly definition: any };
  readonly archive: { readonly transitions: readonly Transition[]; readonly expireDays: number; readonly noncurrentDays: number };
  readonly logRetentionDays: number;
  readonly sweepsPerMonth: number;
  readonly providers: number;
  /** The kinds of fraud rules, and of shadow rules if there are any: each kind is a metric. */
  readonly fraudRules: readonly FraudRuleConfig['rule'][];
  readonly shadowRules?: readonly FraudRuleConfig['rule'][];
  /** Recipients of alerts by email whose confirmation the sweep checks. */
  readonly confirmsRecipients: boolean;
  readonly emailSubscribers: number;
  /** The runs of all reconciliations in a month, and the reconciled providers. Absent: nothing is reconciled. */
  readonly reconciliation?: { readonly runsPerMonth: number; readonly providers: number; readonly memoryMb: number };
  readonly alarmMetrics: number;
  readonly compositeAlarms: number;
  readonly dashboards: number;
  readonly secrets: number;
  readonly keys: number;
}

/** The part of a template that prices depend on. */
export interface PricedTemplate {
  readonly Resources: { readonly [id: string]: { readonly Type: string; readonly Properties: any } };
}

const KB = 1024;
/** S3's minimum (https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html). */
const MINIMUM_BYTES = 128 * KB;
/** X-Ray's default rule (https://docs.aws.amazon.com/xray/latest/devguide/xray-console-sampling.html). */
export const DEFAULT_SAMPLING = { rate: 0.05, reservoir: 1 };
const MINUTES_OF = { minute: 1, hour: 60, day: 1440 };
const MINUTES = 30 * 24 * 60;
/** Logs that are kept for ever cost more each month. This is the first year. */
const FOREVER_DAYS = 365;
/** The constructs of the functions, in the system. */
const CONSTRUCTS = {
  'webhook-validator': 'WebhookValidator',
  'event-relay': 'EventRelay',
  'fraud-detector': 'FraudDetector',
  'transaction-archival': 'TransactionArchival',
} as const satisfies { readonly [name in ImageName]: string };

/**
 * Reads the settings of a system from the template of its stack, which can have other resources. `system` is the id of the
 * construct in it. A missing property has its AWS default.
 */
export function readDeployment({ Resources }: PricedTemplate, system: string): Deployment {
  const own = Object.entries(Resources).filter(([id]) => id.startsWith(system)).map(([id, { Type, Properties = {} }]) => ({
    path: id.slice(system.length), type: Type, properties: Properties,
  }));
  const of = (type: string, construct = '') => own.filter((resource) => resource.type === type && resource.path.startsWith(construct));
  const one = (type: string, construct: string) => {
    const [found, ...more] = of(type, construct);
    if (!found || more.length > 0) {
      throw new UsageError(`the template must have one ${type} in ${system}/${construct}, got ${more.length + (found ? 1 : 0)}. Use the version of the tool that the stack was deployed with.`);
    }
    return found.properties;
  };
  const functionOf = (name: ImageName) => one('AWS::Lambda::Function', `${CONSTRUCTS[name]}HandlerFunction`);
  const streamOf = (name: ImageName) => streamSettings(one('AWS::Lambda::EventSourceMapping', `${CONSTRUCTS[name]}HandlerFunction`));
  const settingOf = (name: ImageName, variable: string) => resolvedText(functionOf(name).Environment.Variables[variable]);
  const table = one('AWS::DynamoDB::GlobalTable', 'TransactionsTable');
  const [replica, ...otherReplicas] = table.Replicas;
  if (otherReplicas.length > 0) {
    throw new UsageError('a table of several Regions pays for replicated writes, which the cost model does not include');
  }
  const samplingOf = (construct: string) => {
    const [rule] = of('AWS::XRay::SamplingRule', construct).map(({ properties }) => properties.SamplingRule);
    return rule ? { rate: rule.FixedRate, reservoir: rule.ReservoirSize } : DEFAULT_SAMPLING;
  };
  const isHttpApi = of('AWS::ApiGatewayV2::Api', 'HttpIngress').length > 0;
  const workflow = one('AWS::StepFunctions::StateMachine', 'WorkflowStateMachine');
  const providers = JSON.parse(settingOf('webhook-validator', Env.PROVIDERS)) as ProviderConfig[];
  const hasGuestKey = functionOf('webhook-validator').Environment.Variables[Env.GUEST_KEY_ARN] !== undefined;
  const schedules = of('AWS::Events::Rule', 'WebhookReconcilerSchedule');
  const [archiveBucket] = of('AWS::S3::Bucket', 'ArchiveBucket');
  const rules = functionOf('fraud-detector').Environment.Variables[Env.FRAUD_RULES] ?? of('AWS::SSM::Parameter', 'FraudDetector')[0].properties.Value;
  const fraud = JSON.parse(resolvedText(rules)) as FraudConfig;
  const names = Object.keys(CONSTRUCTS) as ImageName[];
  const [alias] = of('AWS::Lambda::Alias', 'WebhookValidatorProvisioned');

  return {
    functions: Object.fromEntries(names.map((name) => [name, functionSettings(functionOf(name))])) as unknown as Deployment['functions'],
    provisionedConcurrency: alias?.properties.ProvisionedConcurrencyConfig.ProvisionedConcurrentExecutions,
    relayStream: streamOf('event-relay'),
    archivalStream: streamOf('transaction-archival'),
    tableKeys: attributesOf(table.KeySchema),
    indexes: table.GlobalSecondaryIndexes.filter(({ IndexName }: any) => IndexName !== Index.EVENT).map(({ KeySchema, Projection }: any) => ({
      keys: attributesOf(KeySchema), attributes: Projection.NonKeyAttributes ?? [],
    })),
    pointInTimeRecovery: replica.PointInTimeRecoverySpecification?.PointInTimeRecoveryEnabled ?? false,
    ...isHttpApi ? {
      apiType: 'http' as const,
      sampling: { rate: 0, reservoir: 0 },
      accessLogFormat: resolvedText(one('AWS::ApiGatewayV2::Stage', 'HttpIngressStage').AccessLogSettings.Format),
    } : {
      apiType: 'rest' as const,
      sampling: samplingOf('IngressTraceSampling'),
      accessLogFormat: resolvedText(one('AWS::ApiGateway::Stage', 'IngressApi').AccessLogSetting.Format),
    },
    workflow: {
      tracing: workflow.TracingConfiguration?.Enabled ?? false,
      sampling: samplingOf('WorkflowTraceSampling'),
      logLevel: workflow.LoggingConfiguration?.Level ?? 'OFF',
      definition: JSON.parse(resolvedText(workflow.DefinitionString)),
    },
    archive: archiveBucket ? archiveSettings(archiveBucket.properties) : NO_LIFECYCLE,
    logRetentionDays: Math.max(...of('AWS::Logs::LogGroup').map(({ properties }) => properties.RetentionInDays ?? FOREVER_DAYS)),
    sweepsPerMonth: runsPerMonth(one('AWS::Events::Rule', 'EventRelaySweep')),
    providers: providers.length,
    fraudRules: ruleKindsOf(fraud),
    shadowRules: fraud.shadow && ruleKindsOf(fraud.shadow),
    confirmsRecipients: functionOf('event-relay').Environment.Variables[Env.ALERT_RECIPIENTS] !== undefined,
    emailSubscribers: of('AWS::SNS::Subscription').filter(({ properties }) => /^email/.test(properties.Protocol)).length,
    ...schedules.length > 0 && {
      reconciliation: {
        runsPerMonth: schedules.reduce((sum, { properties }) => sum + runsPerMonth(properties), 0),
        providers: schedules.length,
        memoryMb: functionSettings(one('AWS::Lambda::Function', 'WebhookReconcilerHandlerFunction')).memoryMb,
      },
    },
    compositeAlarms: of('AWS::CloudWatch::CompositeAlarm').length,
    alarmMetrics: of('AWS::CloudWatch::Alarm').reduce((sum, { properties }) => sum + metricsOf(properties), 0),
    dashboards: of('AWS::CloudWatch::Dashboard').length,
    secrets: providers.reduce((sum, { secretArns }) => sum + secretArns.length, 0) + (hasGuestKey ? 1 : 0) + schedules.length,
    keys: replica.SSESpecification?.KMSMasterKeyId === undefined ? 0 : 1,
  };
}

/** A bucket that was passed in has a lifecycle of its own. */
const NO_LIFECYCLE: Deployment['archive'] = { transitions: [], expireDays: Infinity, noncurrentDays: 0 };

function runsPerMonth({ ScheduleExpression }: any): number {
  const [, rate, unit] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(ScheduleExpression)!;
  return MINUTES / (Number(rate) * MINUTES_OF[unit as keyof typeof MINUTES_OF]);
}

/** A text, with a word in place of each reference. */
function resolvedText(text: any): string {
  return typeof text === 'string' ? text : text['Fn::Join'][1].map((part: unknown) => typeof part === 'string' ? part : 'aws').join('');
}

function functionSettings({ MemorySize, TracingConfig, LoggingConfig }: any): FunctionSettings {
  return {
    memoryMb: MemorySize ?? 128,
    tracing: TracingConfig?.Mode ?? 'PassThrough',
    logFormat: LoggingConfig?.LogFormat ?? 'Text',
    systemLogLevel: LoggingConfig?.SystemLogLevel ?? 'INFO',
  };
}

function streamSettings({ BatchSize, MaximumBatchingWindowInSeconds, FilterCriteria }: any): StreamSettings {
  return {
    batchSize: BatchSize ?? 100,
    windowSeconds: MaximumBatchingWindowInSeconds ?? 0,
    filters: (FilterCriteria?.Filters ?? []).map(({ Pattern: pattern }: any) => JSON.parse(pattern)),
  };
}

function archiveSettings({ LifecycleConfiguration: lifecycle }: any): Deployment['archive'] {
  const rules: any[] = lifecycle.Rules;
  const isVarying = lifecycle.TransitionDefaultMinimumObjectSize === 'varies_by_storage_class';
  return {
    transitions: rules.flatMap(({ Transitions = [] }) => Transitions).map(({ StorageClass, TransitionInDays }: any) => ({
      storageClass: StorageClass, afterDays: TransitionInDays, minimumBytes: isVarying && StorageClass === 'GLACIER' ? 0 : MINIMUM_BYTES,
    })),
    expireDays: rules.find(({ ExpirationInDays }) => ExpirationInDays).ExpirationInDays,
    noncurrentDays: rules.find(({ NoncurrentVersionExpiration }) => NoncurrentVersionExpiration).NoncurrentVersionExpiration.NoncurrentDays,
  };
}

/** An alarm is billed for each metric that it evaluates. */
function metricsOf({ Metrics }: any): number {
  return Metrics?.filter(({ MetricStat }: any) => MetricStat).length ?? 1;
}

function attributesOf(schema: readonly { readonly AttributeName: string }[]): string[] {
  return schema.map(({ AttributeName }) => AttributeName);
}

function ruleKindsOf({ rules }: RuleSetConfig): FraudRuleConfig['rule'][] {
  return [...new Set(rules.map(({ rule }) => rule))];
}
