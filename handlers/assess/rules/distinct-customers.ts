import { formatDuration } from './duration';
import { defineRule } from './rule';
import type { PastEvent } from './rule-context';
import { EVENTS_OF, ofSameProvider, subjectEvents, WITH } from './subject-events';
import type { DistinctCustomersConfig } from '../../../src/private/contract';

/** Fires when more customers than the rule allows use one card or email address within the window, the present one included. */
export const distinctCustomers = defineRule({
  label: 'Distinct customers',
  applies: 'there are more than `count` customers with one card or one email address within `window`, including the present one',
  reads: 'payments and declined payments with the card or with the email address at the same provider',
  needs: ({ by = 'card' }: DistinctCustomersConfig) => [EVENTS_OF[by]],
  evaluate({ by = 'card', count, windowSeconds }, context) {
    const customers = countCustomers(subjectEvents({ ...context, history: [] }, by, windowSeconds), context.detail.provider);
    return customers > count ? `${customers} customers ${WITH[by]} within ${formatDuration(windowSeconds)}, over ${count}` : undefined;
  },
});

/** The number of known customers at one provider. */
export function countCustomers(events: readonly PastEvent[], provider: string): number {
  return new Set(ofSameProvider(events, provider).flatMap(({ customer }) => customer ?? [])).size;
}
