import { FIXED, QUOTA_ROWS, REGIONS, type Region } from './quotas';
import { defaultSystem, raisingOrder, type ScaledSystem } from './raising';
import { DURATIONS, type Causes, type ScaleSettings } from './scale-settings';
import { relaySeconds, simulate, type Load, type ScaleResult } from './simulation';
import { ASSUMPTIONS } from '../../cli/cost/workload';

const HOUR = 3_600;
const TARGET = 10_000;
const EMAILS_PER_SECOND = 10;

/** The loads of the tables. */
export const LOADS: readonly Load[] = [
  ...[100, 1_000, 3_000, TARGET].map((rate) => ({ name: `${text(rate)}, for an hour`, webhooks: Array<number>(HOUR).fill(rate) })),
  { name: `${text(TARGET)}, for 5 minutes`, webhooks: Array<number>(300).fill(TARGET) },
];

/** The generated parts of docs/scale.md, by the names of their markers. */
export function scaleTables(settings: ScaleSettings, causes: Causes): Readonly<Record<string, string>> {
  const [region] = REGIONS;
  const system = defaultSystem(region, settings);
  const { raised } = raisingOrder(TARGET, system, causes);
  return {
    'settings': settingsTable(settings, causes),
    'quotas': quotasTable(),
    'default': loadsTable(system, causes),
    'delays': delaysTable(system, causes),
    'raised': loadsTable(raised, causes),
    'raised-delays': delaysTable(raised, causes),
    ...Object.fromEntries(REGIONS.map((each, index) => [`order-${index + 1}`, orderTable(each, settings, causes)])),
    'shard': shardTable(settings, causes),
    'email': `With the default thresholds and the shares of the [cost model](cost.md#assumptions), ${text(Math.floor(EMAILS_PER_SECOND / causes.alerts))} webhooks per second cause ${EMAILS_PER_SECOND} alerts per second.`,
  };
}

function loadsTable({ settings, quotas }: ScaledSystem, causes: Causes): string {
  return table(
    ['webhooks per second', 'stored', '429 by API Gateway', '5xx by Lambda', '503 by the table', 'environments', 'shards', 'executions per second', 'alerts per second', 'limits, in the order that they are reached'],
    LOADS.map((load) => {
      const result = simulate(load, settings, quotas, causes);
      const share = (part: number) => percent(part / result.offered);
      return [
        load.name, share(result.stored), share(result.throttled), share(result.unserved), share(result.notStored),
        text(Math.ceil(result.environments)), text(result.shards),
        text(Math.round(result.executions)), text(Math.round(result.alerts)), limitsOf(result),
      ];
    }),
  );
}

function delaysTable({ settings, quotas }: ScaledSystem, causes: Causes): string {
  return table(
    ['webhooks per second', 'to the bus: median', 'maximum', 'backlog', 'to the archive: median', 'maximum', 'to the targets: maximum', 'catch-up after the load'],
    LOADS.map((load) => {
      const { published, archived, delivered, catchUpSeconds } = simulate(load, settings, quotas, causes);
      return [
        load.name, seconds(published.median), seconds(published.highest), text(Math.round(published.backlog)),
        seconds(archived.median), seconds(archived.highest), seconds(delivered.highest), seconds(catchUpSeconds),
      ];
    }),
  );
}

function limitsOf({ limited }: ScaleResult): string {
  return [...limited.keys()].join('; ') || '-';
}

function orderTable(region: Region, settings: ScaleSettings, causes: Causes): string {
  const { steps, after } = raisingOrder(TARGET, defaultSystem(region, settings), causes);
  const row = (limit: string, { stored, offered, published }: ScaleResult, raise: string, step: string) => (
    [step, limit, percent(stored / offered), seconds(published.highest), raise]
  );
  return table(
    ['step', 'limit that is reached first', 'stored', 'maximum delay to the bus', 'raise'],
    [
      ...steps.map(({ limit, raise, before }, index) => row(limit, before, raise, String(index + 1))),
      row(limitsOf(after), after, '-', 'then'),
    ],
    ['---', '---', '---:', '---:', '---'],
  );
}

function settingsTable({ pathRate, pathBurst, reservedConcurrency, relay, archival }: ScaleSettings, causes: Causes): string {
  return table(['setting or measurement', 'value', 'source'], [
    ['requests per second of a path, and burst', `${text(pathRate)}, ${text(pathBurst)}`, 'template: `throttlingRateLimit`, `throttlingBurstLimit`'],
    ['reserved concurrency of the validator', reservedConcurrency === undefined ? 'none' : text(reservedConcurrency), 'template: `validatorReservedConcurrency`'],
    ...([['relay', relay], ['archival', archival]] as const).map(([name, { batchSize, parallelizationFactor, windowSeconds }]) => [
      `${name}: batch size, parallelization factor, window`, `${text(batchSize)}, ${parallelizationFactor}, ${windowSeconds} s`, 'template',
    ]),
    ['write units of the table for one webhook', `${count(causes.insertUnits)}, and ${count(causes.updateUnits)} for the workflow`, 'measured by the cost model'],
    ['changes in the stream, and those for the relay', `${count(causes.changes)}, ${count(causes.relayed)}`, 'measured by the cost model'],
    ['executions and alerts', `${count(causes.executions)}, ${count(causes.alerts)}`, 'measured by the cost model'],
    ['validator, detector', `${milliseconds(DURATIONS.validator)}, ${milliseconds(DURATIONS.detector)}`, 'assumption, as in the cost model'],
    ['initialization of an environment', milliseconds(DURATIONS.coldStart), 'assumption, as in the cost model'],
    ['`PutEvents` of ten entries, and the overhead of an invocation by the stream', `${milliseconds(DURATIONS.putEvents)}, ${milliseconds(DURATIONS.streamInvocation)}`, 'assumption'],
    ['one full batch of the archival', milliseconds(DURATIONS.archivedBatch), 'assumption'],
    ['high-value transactions with a second alert', percent(ASSUMPTIONS.secondAlerts), 'assumption, as in the cost model'],
  ], ['---', '---:', '---']);
}

function quotasTable(): string {
  return table(
    ['service', 'quota', 'default', 'raise by', 'simulated'],
    QUOTA_ROWS.map(({ service, quota, value, raise, simulated, source }) => [service, `[${quota}](${source})`, value, raise, simulated ? 'yes' : 'no']),
    ['---', '---', '---:', '---', '---'],
  );
}

/** How many records the relay processes, by the duration of `PutEvents`, beside how many a partition accepts. */
function shardTable({ relay: { batchSize } }: ScaleSettings, { insertUnits, updateUnits, relayed }: Causes): string {
  const accepted = (units: number) => FIXED.partitionWriteUnits / units * relayed;
  const factors = [1, 2, 4];
  return table(
    ['`PutEvents` takes', ...factors.map((factor) => `parallelization factor ${factor}`), 'a partition accepts', 'a partition accepts, webhooks of 1 write unit'],
    [0.01, 0.02, 0.05, 0.1].map((putEvents) => [
      milliseconds(putEvents), ...factors.map((factor) => text(Math.round(factor * batchSize / relaySeconds(batchSize, putEvents)))),
      text(Math.round(accepted(insertUnits + updateUnits))), text(Math.round(accepted(1 + updateUnits / 2))),
    ]),
  );
}

function table(header: readonly string[], rows: ReadonlyArray<readonly string[]>, alignment?: readonly string[]): string {
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [row(header), row(alignment ?? header.map((title, column) => column === 0 || title.startsWith('limits') ? '---' : '---:')), ...rows.map(row)].join('\n');
}

function text(value: number): string {
  return value.toLocaleString('en-US');
}

function count(value: number): string {
  return String(Number(value.toFixed(3)));
}

function percent(share: number): string {
  return `${Number((share * 100).toFixed(1))} %`;
}

function milliseconds(value: number): string {
  return `${Math.round(value * 1_000)} ms`;
}

/** A duration in the largest fitting unit. */
function seconds(value: number): string {
  return value >= HOUR ? `${(value / HOUR).toFixed(1)} h` : value >= 120 ? `${Math.round(value / 60)} min` : `${Number(value.toFixed(1))} s`;
}
