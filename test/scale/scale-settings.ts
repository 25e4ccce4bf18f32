import type { Measurements } from '../../cli/cost/measured-sizes';
import { ASSUMPTIONS } from '../../cli/cost/workload';

interface Resource { readonly Type: string; readonly Properties: any }

/** How the template reads the stream. */
export interface StreamReading {
  readonly batchSize: number;
  readonly parallelizationFactor: number;
  readonly windowSeconds: number;
}

/** The settings of the template that limit the throughput. */
export interface ScaleSettings {
  /** Requests per second of one path, and how many can arrive at once. */
  readonly pathRate: number;
  readonly pathBurst: number;
  /** Undefined: the validator shares the account's concurrency. */
  readonly reservedConcurrency?: number;
  readonly relay: StreamReading;
  readonly archival: StreamReading;
}

/** What one webhook causes, on average. Measured by the cost model. */
export type Causes = Pick<Measurements, 'insertUnits' | 'updateUnits' | 'indexUnits' | 'relayed' | 'changes' | 'executions' | 'alerts'>;

/** Durations in seconds. No test measures AWS, so they are assumptions. The first two are those of the cost model. */
export const DURATIONS = {
  validator: ASSUMPTIONS.durations['webhook-validator'] / 1_000,
  detector: ASSUMPTIONS.durations['fraud-detector'] / 1_000,
  coldStart: ASSUMPTIONS.coldStarts.milliseconds / 1_000,
  /** The overhead of an invocation by the stream, and one `PutEvents` of ten entries. */
  streamInvocation: 0.02,
  putEvents: 0.02,
  /** Reading, compressing and writing one object of a full batch. */
  archivedBatch: 0.5,
} as const;

/** Reads a template as JSON. A missing property has its AWS default. */
export function readScaleSettings({ Resources }: { readonly Resources: { readonly [id: string]: Resource } }): ScaleSettings {
  const all = Object.entries(Resources).map(([id, { Type, Properties }]) => ({ id, type: Type, properties: Properties }));
  const functionOf = (name: string) => all.find(({ type, properties }) => type === 'AWS::Lambda::Function' && String(properties.FunctionName).startsWith(name))!;
  const streamOf = (name: string): StreamReading => {
    const { properties } = all.find((resource) => resource.type === 'AWS::Lambda::EventSourceMapping' && resource.properties.FunctionName.Ref === functionOf(name).id)!;
    return {
      batchSize: properties.BatchSize ?? 100,
      parallelizationFactor: properties.ParallelizationFactor ?? 1,
      windowSeconds: properties.MaximumBatchingWindowInSeconds ?? 0,
    };
  };
  const [{ ThrottlingRateLimit: pathRate, ThrottlingBurstLimit: pathBurst }] = all.find(({ type }) => type === 'AWS::ApiGateway::Stage')!.properties.MethodSettings;
  return {
    pathRate,
    pathBurst,
    reservedConcurrency: functionOf('webhook-validator').properties.ReservedConcurrentExecutions,
    relay: streamOf('event-relay'),
    archival: streamOf('transaction-archival'),
  };
}
