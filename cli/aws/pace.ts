/** The clock of a command. `sleep` can be interrupted: then it throws. */
export interface PaceClock {
  readonly now: () => Date;
  readonly sleep: (millis: number) => Promise<unknown>;
}

/** Spreads work evenly, so that it does not exceed a rate. */
export class Pace {
  private freeAt = 0;

  constructor(private readonly perSecond: number, private readonly clock: PaceClock) {}

  /** Waits until so many items can start. */
  public async take(count: number): Promise<void> {
    const now = this.clock.now().getTime();
    const startAt = Math.max(now, this.freeAt);
    this.freeAt = startAt + count * 1_000 / this.perSecond;
    if (startAt > now) {
      await this.clock.sleep(startAt - now);
    }
  }
}
