const RealDate = Date;

/** Runs work with a fixed clock, so that the figures are the same in each run. */
export async function atTime<T>(now: Date, work: () => Promise<T>): Promise<T> {
  const millis = now.getTime();
  globalThis.Date = class extends RealDate {
    public static override now(): number {
      return millis;
    }

    constructor(...args: unknown[]) {
      super(...(args.length === 0 ? [millis] : args) as [number]);
    }
  } as DateConstructor;
  try {
    return await work();
  } finally {
    globalThis.Date = RealDate;
  }
}
