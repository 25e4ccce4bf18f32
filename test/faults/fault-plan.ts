import { PARTIAL_OPERATIONS, type FaultName } from './fault';
import { Dice } from '../simulation/marketplace-random';

/** The calls that meet one refusal, roughly. */
const REFUSED_CALLS = 4;

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

  constructor(private readonly props: FaultPlanProps) {
    this.dice = new Dice(props.seed);
  }

  /** The fault of a call; undefined if it gets none. `refused` never is one, because it comes before the call. */
  public faultOf(operation: string): FaultName | undefined {
    const possible = this.props.faults.filter((fault) => fault !== 'refused' && (fault !== 'part failed' || PARTIAL_OPERATIONS.includes(operation)));
    if (possible.length === 0 || !this.isDue(operation, this.props.rate)) {
      return undefined;
    }
    const fault = this.dice.pick(possible);
    this.count(operation);
    return fault;
  }

  /** Whether the endpoint refuses connections after this occasion. Several calls can meet one refusal. */
  public refusesNow(occasion: string): boolean {
    return this.props.faults.includes('refused') && this.isDue(`refused after ${occasion}`, this.props.rate / REFUSED_CALLS);
  }

  /** Counts a fault that took effect. */
  public count(operation: string): void {
    this.injected += 1;
    this.injectedByOperation.set(operation, (this.injectedByOperation.get(operation) ?? 0) + 1);
  }

  private isDue(occasion: string, share: number): boolean {
    const isFirst = this.props.firstOfEach && !this.seen.has(occasion);
    this.seen.add(occasion);
    return this.dice.chance(share) || isFirst;
  }
}
