import { formatDuration } from './duration';
import { defineRule } from './rule';
import { within, type DeclineEvent } from './rule-context';
import type { RepeatedDeclinesConfig } from '../../../src/private/contract';

/** Within this time, the events of one transaction are about the same decline (for Stripe: of the charge, the intent, the checkout, the invoice). */
const ONE_DECLINE_MILLIS = 3_000;

/**
 * Fires when at least `count` payments of the customer were declined within
 * the window. Each of several declines of one transaction counts, because cards
 * are tested that way.
 */
export const repeatedDeclines = defineRule({
  label: 'Repeated declines',
  applies: 'at least `count` declined payments within `window`',
  reads: 'payments that the bank or the provider declined, if the provider sends them as events: no failed refunds or '
    + 'payouts, and no payments that were canceled or abandoned; the events of one transaction within three seconds count '
    + 'once',
  needs: ['declines'],
  evaluate({ count, windowSeconds }: RepeatedDeclinesConfig, { detail, declines }) {
    if (detail.customer_id === undefined) {
      return undefined;
    }
    const isWithin = within(detail, windowSeconds);
    const declined = countDeclines(declines.filter(({ occurredAt }) => isWithin(occurredAt)));
    return declined >= count
      ? `${declined} declined payment${declined === 1 ? '' : 's'} of the customer within ${formatDuration(windowSeconds)}, at least ${count}`
      : undefined;
  },
});

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
