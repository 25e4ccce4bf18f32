import { within, type DeclineEvent, type RuleContext } from '../rule-context';
import { formatDuration } from './duration';
import type { RepeatedDeclinesConfig } from '../../../src/private/contract';

/** Within so long, the events of one transaction tell of the same decline (Stripe: of the charge, the intent, the checkout, the invoice). */
const ONE_DECLINE_MILLIS = 3_000;

/**
 * Fires when at least `count` payments of the customer were declined within
 * the window. Several declines of one transaction count each, as cards are
 * tried out that way.
 */
export function repeatedDeclines({ count, windowSeconds }: RepeatedDeclinesConfig, { detail, declines }: RuleContext): string | undefined {
  if (detail.customer_id === undefined) {
    return undefined;
  }
  const isWithin = within(detail, windowSeconds);
  const declined = countDeclines(declines.filter(({ occurredAt }) => isWithin(occurredAt)));
  return declined >= count
    ? `${declined} declined payment${declined === 1 ? '' : 's'} of the customer within ${formatDuration(windowSeconds)}, at least ${count}`
    : undefined;
}

function countDeclines(events: readonly DeclineEvent[]): number {
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
