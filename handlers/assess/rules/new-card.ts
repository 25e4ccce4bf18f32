import { cardNoveltyOf } from './card-novelty';
import { countText } from './figures';
import { defineRule } from './rule';
import type { NewCardConfig } from '../../../src/private/contract';

/** Fires when a customer who has paid by card before pays with another card. */
export const newCard = defineRule({
  label: 'New card',
  applies: "at least `payments` of the customer's earlier payments are by card, and all of them are with another card; a card that "
    + 'cannot be compared is not new',
  reads: "the fingerprints of the cards in the customer's earlier payments, or else the first digits",
  needs: ['history'],
  evaluate({ payments }: NewCardConfig, context) {
    const novelty = cardNoveltyOf(context);
    return novelty?.isNew && novelty.payments >= payments
      ? `new card: the customer has ${countText(novelty.payments, 'earlier payment')} with other cards, at least ${payments}`
      : undefined;
  },
});
