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
  applies: 'there are at least `count` declined payments within `window`',
  reads: 'payments that the bank or the provider declined, of the customer, with the card or with the email address, if the '
    + 'provider sends them as events; not failed refunds or payouts, and not canceled or abandoned payments; the events '
    + 'of one transaction within three seconds count once',
  needs: ({ by = 'customer' }: RepeatedDeclinesConfig) => [DECLINES_OF[by]],
  evaluate({ by = 'customer', count, windowSeconds }, context) {
    const declined = declinesWithin(context, by, windowSeconds);
    return declined !== undefined && declined >= count
      ? `${declined} declined payment${declined === 1 ? '' : 's'} ${WITH[by]} within ${formatDuration(windowSeconds)}, at least ${count}`
      : undefined;
  },
});
