import type { ImageName } from '../../src/private/contract';
import type { Pattern } from '../support/event-pattern';
import type { Machine } from '../support/state-machine';

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
  readonly filters: readonly Pattern[];
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
  readonly relayStream: StreamSettings;
  readonly archivalStream: StreamSettings;
  readonly indexes: readonly IndexSettings[];
  readonly tableKeys: readonly string[];
  readonly pointInTimeRecovery: boolean;
  /** How API Gateway samples. */
  readonly sampling: Sampling;
  readonly accessLogFormat: string;
  readonly workflow: { readonly tracing: boolean; readonly sampling: Sampling; readonly logLevel: 'ALL' | 'ERROR' | 'FATAL' | 'OFF'; readonly definition: Machine };
  readonly archive: { readonly transitions: readonly Transition[]; readonly expireDays: number; readonly noncurrentDays: number };
  readonly logRetentionDays: number;
  readonly sweepsPerMonth: number;
  readonly providers: number;
  readonly alarmMetrics: number;
  readonly compositeAlarms: number;
  readonly dashboards: number;
  readonly secrets: number;
  readonly keys: number;
}

interface Resource { readonly Type: string; readonly Properties: any }

const KB = 1024;
/** S3's minimum (https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html). */
const MINIMUM_BYTES = 128 * KB;
/** X-Ray's default rule (https://docs.aws.amazon.com/xray/latest/devguide/xray-console-sampling.html). */
export const DEFAULT_SAMPLING = { rate: 0.05, reservoir: 1 };
const MINUTES_OF = { minute: 1, minutes: 1, hour: 60, hours: 60 };

/** Reads a template as JSON. A missing property has its AWS default. */
export function readDeployment(template: { readonly Resources: { readonly [id: string]: Resource } }): Deployment {
  const all = Object.entries(template.Resources).map(([id, { Type, Properties }]) => ({ id, type: Type, properties: Properties }));
  const of = (type: string) => all.filter((resource) => resource.type === type);
  const one = (type: string, condition: (properties: any) => boolean = () => true) => {
    const [found, ...more] = of(type).filter(({ properties }) => condition(properties));
    if (!found || more.length > 0) {
      throw new Error(`the template must have one ${type} here, got ${more.length + (found ? 1 : 0)}`);
    }
    return found;
  };
  const functionOf = (name: ImageName) => one('AWS::Lambda::Function', ({ FunctionName }) => String(FunctionName ?? '').startsWith(name));
  const streamOf = (name: ImageName) => streamSettings(
    one('AWS::Lambda::EventSourceMapping', ({ FunctionName }) => FunctionName.Ref === functionOf(name).id).properties,
  );
  const names: readonly ImageName[] = ['webhook-validator', 'event-relay', 'fraud-detector', 'transaction-archival'];
  const table = one('AWS::DynamoDB::GlobalTable').properties;
  const [replica, ...otherReplicas] = table.Replicas;
  if (otherReplicas.length > 0) {
    throw new Error('a table of several Regions pays for replicated writes, which this model does not include');
  }
  const stage = one('AWS::ApiGateway::Stage').properties;
  const samplingOf = (matches: (rule: any) => boolean) => {
    const rule = of('AWS::XRay::SamplingRule').map(({ properties }) => properties.SamplingRule).find(matches);
    return rule ? { rate: rule.FixedRate, reservoir: rule.ReservoirSize } : DEFAULT_SAMPLING;
  };
  const workflow = one('AWS::StepFunctions::StateMachine').properties;
  const [, rate, unit] = /^rate\((\d+) (\w+)\)$/.exec(one('AWS::Events::Rule', ({ ScheduleExpression }) => ScheduleExpression).properties.ScheduleExpression)!;

  return {
    functions: Object.fromEntries(names.map((name) => [name, functionSettings(functionOf(name).properties)])) as unknown as Deployment['functions'],
    relayStream: streamOf('event-relay'),
    archivalStream: streamOf('transaction-archival'),
    tableKeys: attributesOf(table.KeySchema),
    indexes: table.GlobalSecondaryIndexes.map(({ KeySchema, Projection }: any) => ({
      keys: attributesOf(KeySchema), attributes: Projection.NonKeyAttributes ?? [],
    })),
    pointInTimeRecovery: replica.PointInTimeRecoverySpecification?.PointInTimeRecoveryEnabled ?? false,
    sampling: samplingOf(({ ServiceType }) => ServiceType === 'AWS::ApiGateway::Stage'),
    accessLogFormat: stage.AccessLogSetting.Format,
    workflow: {
      tracing: workflow.TracingConfiguration?.Enabled ?? false,
      sampling: samplingOf(({ ResourceARN }) => JSON.stringify(ResourceARN).includes('Workflow')),
      logLevel: workflow.LoggingConfiguration?.Level ?? 'OFF',
      definition: JSON.parse(joined(workflow.DefinitionString)),
    },
    archive: archiveSettings(one('AWS::S3::Bucket', ({ VersioningConfiguration }) => VersioningConfiguration !== undefined).properties),
    logRetentionDays: Math.max(...of('AWS::Logs::LogGroup').map(({ properties }) => properties.RetentionInDays)),
    sweepsPerMonth: 30 * 24 * 60 / (Number(rate) * MINUTES_OF[unit as keyof typeof MINUTES_OF]),
    providers: JSON.parse(joined(functionOf('webhook-validator').properties.Environment.Variables.PROVIDERS)).length,
    compositeAlarms: of('AWS::CloudWatch::CompositeAlarm').length,
    alarmMetrics: of('AWS::CloudWatch::Alarm').reduce((sum, { properties }) => sum + metricsOf(properties), 0),
    dashboards: of('AWS::CloudWatch::Dashboard').length,
    secrets: of('AWS::SecretsManager::Secret').length,
    keys: of('AWS::KMS::Key').length,
  };
}

/** A joined text, with a word in place of each reference. */
function joined({ 'Fn::Join': [, parts] }: any): string {
  return parts.map((part: unknown) => typeof part === 'string' ? part : 'aws').join('');
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
