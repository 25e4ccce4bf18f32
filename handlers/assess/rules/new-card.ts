import { cardNoveltyOf } from './card-novelty';
import { countText } from './figures';
import { defineRule } from './rule';
import type { NewCardConfig } from '../../../src/private/contract';

/** Fires when a customer who has paid by card before pays with another card. */
export const newCard = defineRule({
  label: 'New card',
  applies: "the card is in none of the customer's earlier payments, of which at least `payments` are by card; a card that cannot be "
    + 'compared is not new',
  reads: "the fingerprints of the cards in the customer's earlier payments, or else the first digits",
  needs: ['history'],
  evaluate({ payments }: NewCardConfig, context) {
    const novelty = cardNoveltyOf(context);
    return novelty?.isNew && novelty.payments >= payments
      ? `the card is in none of ${countText(novelty.payments, 'earlier card payment')} of the customer, at least ${payments}`
      : undefined;
  },
});
