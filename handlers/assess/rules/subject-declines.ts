import { within, type RuleContext } from './rule-context';
import type { Subject } from '../../../src/private/contract';
import { countDeclines } from '../../domain/declines';

/** The part of the context with the declined payments of each subject. */
export const DECLINES_OF = { customer: 'declines', card: 'cardEvents', email: 'emailEvents' } as const;

/** The parts with declined payments. */
export type DeclinesNeed = (typeof DECLINES_OF)[Subject];

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
