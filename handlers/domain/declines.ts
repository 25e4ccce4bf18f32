/** Within this time, the events of one transaction are about the same decline (for Stripe: of the charge, the intent, the checkout, the invoice). */
const ONE_DECLINE_MILLIS = 3_000;

/** An event about a declined payment. */
export interface DeclineEvent {
  readonly transactionId: string;
  readonly occurredAt: string;
  readonly cardBin?: string;
  readonly cardFingerprint?: string;
}

/** The number of declines that events are about. Each of several declines of one transaction counts, because cards are tested that way. */
export function countDeclines(events: readonly DeclineEvent[]): number {
  const lastOf = new Map<string, number>();
  let declines = 0;
  for (const { transactionId, occurredAt } of [...events].sort((one, other) => (one.occurredAt < other.occurredAt ? -1 : 1))) {
    const time = Date.parse(occurredAt);
    if (time - (lastOf.get(transactionId) ?? -Infinity) >= ONE_DECLINE_MILLIS) {
      declines += 1;
      lastOf.set(transactionId, time);
    }
  }
  return declines;
}
