import { formatDuration } from './duration';
import { defineRule } from './rule';
import { DECLINES_OF, declinesWithin } from './subject-declines';
import { WITH } from './subject-events';
import type { RepeatedDeclinesConfig } from '../../../src/private/contract';

/**
 * Fires when at least `count` payments of the customer, with the card or with
 * the email address were declined within the window.
 */
export const repeatedDeclines = defineRule({
  label: 'Repeated declines',
  applies: 'at least `count` declined payments within `window`',
  reads: 'payments of the customer, with the card or with the email address that the bank or the provider declined, if the '
    + 'provider sends them as events: no failed refunds or payouts, and no payments that were canceled or abandoned; the events '
    + 'of one transaction within three seconds count once',
  needs: ({ by = 'customer' }: RepeatedDeclinesConfig) => [DECLINES_OF[by]],
  evaluate({ by = 'customer', count, windowSeconds }, context) {
    const declined = declinesWithin(context, by, windowSeconds);
    return declined !== undefined && declined >= count
      ? `${declined} declined payment${declined === 1 ? '' : 's'} ${WITH[by]} within ${formatDuration(windowSeconds)}, at least ${count}`
      : undefined;
  },
});
