/** A bucket that is full at the beginning. */
export class TokenBucket {
  private tokens: number;

  constructor(private readonly rate: number, private readonly size: number) {
    this.tokens = size;
  }

  /** The tokens that can be taken in the second that begins now. */
  public get available(): number {
    return this.tokens + this.rate;
  }

  /** Ends a second in which some tokens were taken. */
  public take(count: number): void {
    this.tokens = Math.min(this.size, this.tokens + this.rate - count);
  }
}
