import { countCards } from './cards';
import { formatDuration } from './duration';
import { defineRule } from './rule';
import { within, type Need } from './rule-context';
import { EVENTS_OF, ofSameProvider, subjectEvents, WITH } from './subject-events';
import type { DistinctCardsConfig } from '../../../src/private/contract';

/** The parts with the cards of each subject. The customer's declined payments are not in the history. */
const CARDS_OF = { customer: [EVENTS_OF.customer, 'declines'], email: [EVENTS_OF.email] } as const satisfies { readonly [subject: string]: readonly Need[] };

/**
 * Fires when a customer or an email address uses more cards within the window
 * than the rule allows, the present one included. Declined payments count,
 * because stolen cards are tested with them. Cards that can be the same one count once.
 */
export const distinctCards = defineRule({
  label: 'Distinct cards',
  applies: 'there are more than `count` cards within `window`, including the present one',
  reads: 'the fingerprints of the cards, or else the first digits, in payments and declined payments of the customer or with the '
    + 'email address at the same provider',
  needs: ({ by = 'customer' }: DistinctCardsConfig) => CARDS_OF[by],
  evaluate({ by = 'customer', count, windowSeconds }, context) {
    const events = subjectEvents({ ...context, cardEvents: [] }, by, windowSeconds);
    const isWithin = within(context.detail, windowSeconds);
    const declined = by === 'customer' && events.length > 0 ? context.declines.filter(({ occurredAt }) => isWithin(occurredAt)) : [];
    const cards = countCards(ofSameProvider([...events, ...declined], context.detail.provider));
    return cards > count ? `${cards} cards ${WITH[by]} within ${formatDuration(windowSeconds)}, over ${count}` : undefined;
  },
});
