import { isPayment } from '../rules/rule-amounts';
import { presentEvent, type PastEvent, type RuleContext } from '../rules/rule-context';
import { subjectEvents, type EventsNeed } from '../rules/subject-events';
import type { Subject } from '../../../src/private/contract';

/** The periods of facts, in seconds. */
export const PERIOD = { hour: 3_600, day: 86_400, week: 604_800, month: 2_592_000, quarter: 7_776_000 } as const;

/** The payments of a subject within a period, with the present one first. Declined payments moved no money. */
export function paymentsWithin(context: RuleContext<EventsNeed>, subject: Subject, seconds: number): readonly PastEvent[] {
  return subjectEvents(context, subject, seconds).filter((event, index) => index === 0 || (!event.declined && isPayment(event)));
}

/** The number of distinct transactions. */
export function countTransactions(events: readonly PastEvent[]): number {
  return new Set(events.map(({ transactionId }) => transactionId)).size;
}

/** The payments of other transactions than the present one. */
export function earlierOf(events: readonly PastEvent[], { detail }: RuleContext): readonly PastEvent[] {
  return events.filter(({ transactionId }) => transactionId !== detail.transaction_id);
}

/** The present transaction, if it is a payment whose amount can be compared. */
export function presentPayment({ detail }: RuleContext): PastEvent | undefined {
  const present = presentEvent(detail);
  return isPayment(present) ? present : undefined;
}
