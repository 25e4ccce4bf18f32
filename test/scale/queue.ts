interface Delay {
  readonly seconds: number;
  readonly count: number;
}

/** What waits in front of a stage, first in, first out. */
export class Queue {
  private waiting = 0;
  private highest = 0;
  private readonly delays: Delay[] = [];

  public get backlog(): number {
    return this.waiting;
  }

  public get highestBacklog(): number {
    return this.highest;
  }

  /** Passes a second. The delay of what arrives is the time until the stage has processed what is before it. Returns what was processed. */
  public pass(arriving: number, capacity: number, processing: number): number {
    const waitingBefore = this.waiting;
    const processed = Math.min(waitingBefore + arriving, capacity);
    this.waiting = waitingBefore + arriving - processed;
    this.highest = Math.max(this.highest, this.waiting);
    if (arriving > 0) {
      this.delays.push({ seconds: (waitingBefore + this.waiting) / 2 / capacity + processing, count: arriving });
    }
    return processed;
  }

  /** The median and the highest delay. */
  public delay(): { readonly median: number; readonly highest: number } {
    const sorted = [...this.delays].sort((one, other) => one.seconds - other.seconds);
    let rest = sorted.reduce((sum, { count }) => sum + count, 0) / 2;
    const middle = sorted.find(({ count }) => (rest -= count) <= 0);
    return { median: middle?.seconds ?? 0, highest: sorted.at(-1)?.seconds ?? 0 };
  }
}
