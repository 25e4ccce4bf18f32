import { KILLS, PARTIAL_OPERATIONS, type FaultName } from './fault';
import { Dice } from '../simulation/marketplace-random';

/** The calls that meet one refusal, roughly. */
const REFUSED_CALLS = 4;

/** More calls than the SDK makes for one request. */
const OUTAGE_CALLS = 4;
/** The share of the faults that hit several calls in a row. */
const OUTAGES = 0.3;

/** Which faults a function meets. */
export interface FaultPlanProps {
  readonly seed: number;
  readonly faults: readonly FaultName[];
  /** The share of the calls that get a fault. */
  readonly rate: number;
  /** Whether the first call of each operation gets each of the faults. */
  readonly firstOfEach: boolean;
}

/** Decides on each call by random numbers from a seed, and counts the injected faults. */
export class FaultPlan {
  public readonly dice: Dice;
  public injected = 0;
  public readonly injectedByOperation = new Map<string, number>();
  private readonly seen = new Set<string>();
  /** How many of the next calls of an operation get a fault too. */
  private readonly outages = new Map<string, number>();

  constructor(private readonly props: FaultPlanProps) {
    this.dice = new Dice(props.seed);
  }

  /** The fault of a call; undefined if it gets none. `refused` never is one, because it comes before the call. */
  public faultOf(operation: string): FaultName | undefined {
    const possible = this.props.faults.filter((fault) => fault !== 'refused' && (fault !== 'part failed' || PARTIAL_OPERATIONS.includes(operation)));
    if (possible.length === 0) {
      return undefined;
    }
    const outage = this.outages.get(operation) ?? 0;
    const isFirst = this.isFirst(operation);
    if (outage > 0) {
      this.outages.set(operation, outage - 1);
    } else if (!isFirst && !this.dice.chance(this.props.rate)) {
      return undefined;
    } else if (isFirst || this.dice.chance(OUTAGES)) {
      this.outages.set(operation, OUTAGE_CALLS - 1);
    }
    const fault = this.dice.pick(possible);
    if (KILLS.includes(fault)) {
      // The process needs time to start again.
      this.outages.delete(operation);
    }
    this.count(operation);
    return fault;
  }

  /** Whether the endpoint refuses connections after this occasion. Several calls can meet one refusal. */
  public refusesNow(occasion: string): boolean {
    return this.props.faults.includes('refused') && (this.isFirst(`refused after ${occasion}`) || this.dice.chance(this.props.rate / REFUSED_CALLS));
  }

  /** Counts a fault that took effect. */
  public count(operation: string): void {
    this.injected += 1;
    this.injectedByOperation.set(operation, (this.injectedByOperation.get(operation) ?? 0) + 1);
  }

  private isFirst(occasion: string): boolean {
    const isFirst = this.props.firstOfEach && !this.seen.has(occasion);
    this.seen.add(occasion);
    return isFirst;
  }
}
