import { within, type DeclineEvent, type RuleContext } from './rule-context';
import type { Subject } from '../../../src/private/contract';

/** The part of the context with the declined payments of each subject. */
export const DECLINES_OF = { customer: 'declines', card: 'cardEvents', email: 'emailEvents' } as const;

/** The parts with declined payments. */
export type DeclinesNeed = (typeof DECLINES_OF)[Subject];

/** Within this time, the events of one transaction are about the same decline (for Stripe: of the charge, the intent, the checkout, the invoice). */
const ONE_DECLINE_MILLIS = 3_000;

/** The number of declined payments of a subject within a transaction's window; undefined if the subject is unknown. */
export function declinesWithin(context: RuleContext<DeclinesNeed>, subject: Subject, seconds: number): number | undefined {
  const { detail, declines, cardEvents, emailEvents } = context;
  const events = {
    customer: detail.customer_id === undefined ? undefined : declines,
    card: detail.card_fingerprint === undefined ? undefined : cardEvents.filter(({ declined }) => declined),
    email: detail.email_hash === undefined ? undefined : emailEvents.filter(({ declined }) => declined),
  }[subject];
  const isWithin = within(detail, seconds);
  return events && countDeclines(events.filter(({ occurredAt }) => isWithin(occurredAt)));
}

/** The number of declined payments. Each of several declines of one transaction counts, because cards are tested that way. */
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
