import { defaultQuotas, FIXED, type Quotas, type Region } from './quotas';
import type { Causes, ScaleSettings } from './scale-settings';
import { simulate, type Limit, type Load, type ScaleResult } from './simulation';

export interface ScaledSystem {
  readonly settings: ScaleSettings;
  readonly quotas: Quotas;
}

/** One step: the limit that the system reaches first, what to raise, and the result before that. */
export interface RaisingStep {
  readonly limit: Limit;
  readonly raise: string;
  readonly before: ScaleResult;
}

export interface RaisingOrder {
  readonly steps: readonly RaisingStep[];
  readonly raised: ScaledSystem;
  /** The result after the last step. */
  readonly after: ScaleResult;
}

/** Room for the peaks within a second, and for other workloads. */
const ROOM = 1.2;
const THOUSAND = 1_000;

type Raise = readonly [raise: string, system: ScaledSystem];

/** Raises one limit after the other, always the first one that a steady rate reaches, until the system takes the rate. */
export function raisingOrder(rate: number, system: ScaledSystem, causes: Causes): RaisingOrder {
  const load: Load = { name: 'steady', webhooks: Array<number>(600).fill(rate) };
  const steps: RaisingStep[] = [];
  let raised = system;
  for (;;) {
    const before = simulate(load, raised.settings, raised.quotas, causes);
    const next = [...before.limited.keys()].map((limit) => [limit, raiseOf(limit, rate, raised, causes)] as const).find(([, raise]) => raise);
    if (!next) {
      return { steps, raised, after: before };
    }
    const [limit, [raise, higher]] = next as readonly [Limit, Raise];
    steps.push({ limit, raise, before });
    raised = higher;
  }
}

/** What removes a limit; undefined for one that is fixed. */
function raiseOf(limit: Limit, rate: number, { settings, quotas }: ScaledSystem, causes: Causes): Raise | undefined {
  const { insertUnits, updateUnits, relayed, alerts, executions } = causes;
  const rounded = (value: number) => Math.ceil(value * ROOM / THOUSAND) * THOUSAND;
  const text = (value: number) => value.toLocaleString('en-US');
  const withQuota = (name: keyof Quotas, value: number, what: string): Raise => [`${what}: ${text(value)}`, { settings, quotas: { ...quotas, [name]: value } }];
  switch (limit) {
    case 'throttlingRateLimit': {
      const [pathRate, pathBurst] = [rounded(rate), 5 * THOUSAND];
      return [`\`throttlingRateLimit: ${pathRate}\`, \`throttlingBurstLimit: ${pathBurst}\``, { settings: { ...settings, pathRate, pathBurst }, quotas }];
    }
    case 'API Gateway, account':
      return withQuota('apiRate', rounded(rate), 'API Gateway, requests per second');
    case 'Lambda, concurrency':
      return withQuota('lambdaConcurrency', rounded(rate / FIXED.requestsPerEnvironment * (1 + executions) + 100), 'Lambda, concurrent executions');
    case 'Lambda, new environments':
      return undefined;
    case 'DynamoDB, table': {
      const units = rounded(rate * (insertUnits + updateUnits));
      const tableWriteUnits = Math.max(quotas.tableWriteUnits, units);
      return [`DynamoDB, warm throughput: ${text(units)} write units`, { settings, quotas: { ...quotas, warmWriteUnits: units, tableWriteUnits } }];
    }
    case 'relay, shards': {
      const parallelizationFactor = settings.relay.parallelizationFactor + 1;
      return [`parallelization factor of the relay: ${parallelizationFactor}`, { settings: { ...settings, relay: { ...settings.relay, parallelizationFactor } }, quotas }];
    }
    case 'PutEvents':
      return withQuota('putEvents', rounded(rate * relayed / FIXED.putEventsEntries * 2), 'EventBridge, `PutEvents` requests');
    case 'rule invocations':
      return withQuota('ruleInvocations', rounded(rate * alerts), 'EventBridge, invocations');
    case 'Express starts':
      return withQuota('executionStarts', rounded(rate * executions), 'Step Functions, Express starts');
    case 'SNS publishes':
      return withQuota('publishes', rounded(rate * alerts), 'SNS, publishes');
  }
}

/** The system as the construct deploys it, in an account with default quotas. */
export function defaultSystem(region: Region, settings: ScaleSettings): ScaledSystem {
  return { settings, quotas: defaultQuotas(region) };
}
