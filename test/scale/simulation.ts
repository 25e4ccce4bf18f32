import { Queue } from './queue';
import { FIXED, type Quotas } from './quotas';
import { DURATIONS, type Causes, type ScaleSettings } from './scale-settings';
import { TokenBucket } from './token-bucket';

/** The webhooks of each second. */
export interface Load {
  readonly name: string;
  readonly webhooks: readonly number[];
}

/** What limits a simulated system, in the order of the data. */
export type Limit =
  | 'throttlingRateLimit' | 'API Gateway, account' | 'Lambda, concurrency' | 'Lambda, new environments' | 'DynamoDB, table'
  | 'relay, shards' | 'PutEvents' | 'rule invocations' | 'Express starts' | 'SNS publishes';

export interface ScaleResult {
  readonly offered: number;
  readonly stored: number;
  /** Answered with 429 by API Gateway. */
  readonly throttled: number;
  /** Answered with 5xx, because Lambda has no environment. */
  readonly unserved: number;
  /** Answered with 503, because the table throttles. */
  readonly notStored: number;
  readonly shards: number;
  readonly environments: number;
  readonly published: Delays;
  readonly archived: Delays;
  /** Between the event and its targets. */
  readonly delivered: Delays;
  /** The highest rates per second. */
  readonly executions: number;
  readonly alerts: number;
  /** The seconds after the end of the load until the relay has no backlog. */
  readonly catchUpSeconds: number;
  /** How often each limit was reached, in seconds. */
  readonly limited: ReadonlyMap<Limit, number>;
  /** The limit that was reached first. */
  readonly firstLimit?: Limit;
}

interface Delays {
  readonly backlog: number;
  readonly median: number;
  readonly highest: number;
}

/** Until all backlogs are empty, at most. The stream keeps records for 24 hours. */
const LONGEST_CATCH_UP = 24 * 3_600;
/** A flow that is smaller is a rounding error. */
const NOTHING = 1e-6;

/** Sends a load through the system, second by second, as a fluid. The load is spread evenly over the paths and the partitions. */
export function simulate(load: Load, settings: ScaleSettings, quotas: Quotas, causes: Causes, paths = 1): ScaleResult {
  const run = new SimulatedSystem(settings, quotas, causes, paths);
  load.webhooks.forEach((count) => run.pass(count));
  let catchUpSeconds = 0;
  while (run.isBehind && catchUpSeconds < LONGEST_CATCH_UP) {
    run.pass(0);
    catchUpSeconds += 1;
  }
  return run.result(catchUpSeconds);
}

class SimulatedSystem {
  private second = 0;
  private readonly totals = { offered: 0, stored: 0, throttled: 0, unserved: 0, notStored: 0 };
  private readonly highest = { environments: 0, executions: 0, alerts: 0, shards: 0 };
  private readonly limited = new Map<Limit, number>();
  private readonly path: TokenBucket;
  private readonly account: TokenBucket;
  private readonly newEnvironments = new TokenBucket(FIXED.newEnvironmentsPerSecond, FIXED.newEnvironments);
  private readonly starts: TokenBucket;
  private environments = 0;
  private readonly writtenUnits: number[] = [];
  private earlierPeak = 0;
  private readonly publishing = new Queue();
  private readonly archiving = new Queue();
  private readonly delivering = new Queue();

  constructor(private readonly settings: ScaleSettings, private readonly quotas: Quotas, private readonly causes: Causes, paths: number) {
    this.path = new TokenBucket(settings.pathRate * paths, settings.pathBurst * paths);
    this.account = new TokenBucket(quotas.apiRate, quotas.apiBurst);
    this.starts = new TokenBucket(quotas.executionStarts, quotas.executionStarts);
  }

  public get isBehind(): boolean {
    return this.publishing.backlog > NOTHING;
  }

  /** Passes a second in which webhooks arrive. */
  public pass(webhooks: number): void {
    this.totals.offered += webhooks;
    const accepted = this.accept(webhooks);
    const served = this.serve(accepted);
    const stored = this.store(served);
    const events = this.publish(stored);
    this.archive(stored);
    this.deliver(events);
    this.second += 1;
  }

  public result(catchUpSeconds: number): ScaleResult {
    const delays = (queue: Queue): Delays => ({ backlog: queue.highestBacklog, ...queue.delay() });
    const [firstLimit] = this.limited.keys();
    return {
      ...this.totals,
      ...this.highest,
      published: delays(this.publishing),
      archived: delays(this.archiving),
      delivered: delays(this.delivering),
      catchUpSeconds,
      limited: this.limited,
      firstLimit,
    };
  }

  private accept(webhooks: number): number {
    const ofPath = this.limit(webhooks, this.path.available, 'throttlingRateLimit');
    const accepted = this.limit(ofPath, this.account.available, 'API Gateway, account');
    this.path.take(ofPath);
    this.account.take(accepted);
    this.totals.throttled += webhooks - accepted;
    return accepted;
  }

  /** An environment serves at most ten requests each second, even if each takes less than 100 ms. */
  private serve(requests: number): number {
    const { lambdaConcurrency } = this.quotas;
    // The streams and the detector use the account's concurrency too.
    const others = this.shards * (this.settings.relay.parallelizationFactor + this.settings.archival.parallelizationFactor)
      + Math.ceil(requests * this.causes.executions * Math.max(DURATIONS.detector, 1 / FIXED.requestsPerEnvironment));
    const available = this.settings.reservedConcurrency ?? Math.max(0, lambdaConcurrency - others);
    const capacityOf = (environments: number) => environments * Math.min(1 / DURATIONS.validator, FIXED.requestsPerEnvironment);
    const steady = this.limit(requests, capacityOf(available), 'Lambda, concurrency');
    const warm = Math.min(steady, capacityOf(this.environments));
    // While environments initialize, each request without a warm one needs a new one.
    const wanted = (steady - warm) * DURATIONS.coldStart;
    const added = this.limit(wanted, Math.min(this.newEnvironments.available, Math.max(0, available - this.environments)), 'Lambda, new environments');
    this.newEnvironments.take(added);
    this.environments += added;
    this.highest.environments = Math.max(this.highest.environments, this.environments);
    const afterStart = Math.min(steady - warm, capacityOf(added)) * (1 - DURATIONS.coldStart);
    const served = warm + added + afterStart;
    this.totals.unserved += requests - served;
    return served;
  }

  private get shards(): number {
    return Math.ceil(this.tableUnits / FIXED.partitionWriteUnits);
  }

  /** The write units that the table accepts now. */
  private get tableUnits(): number {
    return Math.min(this.quotas.tableWriteUnits, Math.max(this.quotas.warmWriteUnits, 2 * this.earlierPeak));
  }

  private store(webhooks: number): number {
    const units = this.causes.insertUnits + this.causes.updateUnits;
    const stored = this.limit(webhooks * units, this.tableUnits, 'DynamoDB, table') / units;
    this.totals.stored += stored;
    this.totals.notStored += webhooks - stored;
    this.highest.shards = Math.max(this.highest.shards, this.shards);
    this.writtenUnits.push(stored * units);
    this.earlierPeak = Math.max(this.earlierPeak, this.writtenUnits[this.second - FIXED.growthSeconds] ?? 0);
    return stored;
  }

  private publish(stored: number): number {
    const { relay: { batchSize, parallelizationFactor } } = this.settings;
    const arriving = stored * this.causes.relayed;
    const lanes = this.shards * parallelizationFactor;
    const perLane = arriving * FIXED.pollSeconds / lanes;
    // With a backlog, batches are full.
    const batch = this.publishing.backlog > NOTHING ? batchSize : Math.min(batchSize, Math.max(1, perLane));
    const seconds = relaySeconds(batch);
    const ofRelay = lanes * batchSize / relaySeconds(batchSize);
    const ofQuota = this.quotas.putEvents * Math.min(FIXED.putEventsEntries, batch);
    this.limit(arriving, ofRelay, 'relay, shards');
    this.limit(arriving, ofQuota, 'PutEvents');
    return this.publishing.pass(arriving, Math.min(ofRelay, ofQuota), FIXED.pollSeconds / 2 + seconds);
  }

  private archive(stored: number): void {
    const { archival: { batchSize, parallelizationFactor, windowSeconds } } = this.settings;
    const arriving = stored * this.causes.changes;
    const lanes = this.shards * parallelizationFactor;
    // A batch ends when it is full, or with the window.
    const untilFull = arriving > 0 ? batchSize * lanes / arriving : windowSeconds;
    this.archiving.pass(arriving, lanes * batchSize / DURATIONS.archivedBatch, Math.min(windowSeconds, untilFull) / 2 + DURATIONS.archivedBatch);
  }

  private deliver(events: number): void {
    const { alerts, executions, relayed } = this.causes;
    const share = events / relayed;
    // The alerts of the verdicts are published by the workflow, not by a rule.
    const delivered = share * alerts;
    this.limit(delivered, this.quotas.ruleInvocations, 'rule invocations');
    const processed = this.delivering.pass(delivered, this.quotas.ruleInvocations, 0);
    const started = this.limit(processed * executions / alerts, this.starts.available, 'Express starts');
    this.starts.take(started);
    this.limit(processed, this.quotas.publishes, 'SNS publishes');
    this.highest.executions = Math.max(this.highest.executions, started);
    this.highest.alerts = Math.max(this.highest.alerts, processed);
  }

  /** The flow up to a limit. Counts the seconds in which it is reached. */
  private limit(flow: number, most: number, name: Limit): number {
    if (flow > most + NOTHING) {
      this.limited.set(name, (this.limited.get(name) ?? 0) + 1);
      return most;
    }
    return flow;
  }
}

/** The duration of an invocation of the relay: its `PutEvents` follow each other. */
export function relaySeconds(records: number, putEvents: number = DURATIONS.putEvents): number {
  return DURATIONS.streamInvocation + Math.ceil(records / FIXED.putEventsEntries) * putEvents;
}
