import { eventsWithin, presentEvent, within, type Need, type PastEvent, type RuleContext } from './rule-context';
import type { Subject } from '../../../src/private/contract';

/** The part of the context with the events of each subject. */
export const EVENTS_OF = { customer: 'history', card: 'cardEvents', email: 'emailEvents' } as const satisfies { readonly [S in Subject]: Need };

/** The parts with events. */
export type EventsNeed = (typeof EVENTS_OF)[Subject];

/** How reasons name a subject: `3 transactions with the card`. */
export const WITH: { readonly [S in Subject]: string } = { customer: 'of the customer', card: 'with the card', email: 'with the email address' };

/** The events of a subject within a transaction's window, with the transaction itself first. Empty if the subject is unknown. */
export function subjectEvents(context: RuleContext<EventsNeed>, subject: Subject, seconds: number): readonly PastEvent[] {
  if (subject === 'customer') {
    return eventsWithin(context, seconds);
  }
  const { detail } = context;
  if ((subject === 'card' ? detail.card_fingerprint : detail.email_hash) === undefined) {
    return [];
  }
  const isWithin = within(detail, seconds);
  return [presentEvent(detail), ...context[EVENTS_OF[subject]].filter((event) => isWithin(event.occurredAt))];
}

/**
 * The events at the provider of the transaction. Customer ids and fingerprints of cards belong to one provider. At two
 * providers, one person is two customers, and one card has two fingerprints.
 */
export function ofSameProvider<E extends { readonly transactionId: string }>(events: readonly E[], provider: string): readonly E[] {
  const prefix = `${provider}:`;
  return events.filter(({ transactionId }) => transactionId.startsWith(prefix));
}
