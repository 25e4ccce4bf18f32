/** The exact amount of an event. */
export interface ExactAmount {
  /** Integer minor units, such as cents. Negative if the provider sent a negative amount. */
  readonly minor: bigint;
  /** The number of decimals in `minor`: 1234 with 2 is 12.34. */
  readonly exponent: number;
  /** ISO 4217. */
  readonly currency: string;
}

/** The fields of a detail that have the amount. */
export interface AmountFields {
  readonly amount_minor?: string;
  readonly exponent?: number;
  readonly currency: string;
}

/** The exact amount of an event, to compute with. Undefined if the event has no amount. `amount` is a number for rules, and not exact. */
export function exactAmount(detail: AmountFields): ExactAmount | undefined {
  const { amount_minor: minor, exponent, currency } = detail;
  return minor === undefined || exponent === undefined ? undefined : { minor: BigInt(minor), exponent, currency };
}
