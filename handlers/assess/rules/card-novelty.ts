import { isCard, isSameCard } from './cards';
import { isPayment } from './rule-amounts';
import { presentEvent, type RuleContext } from './rule-context';

/** The comparison of a payment's card with the cards of the customer's earlier payments. */
export interface CardNovelty {
  readonly isNew: boolean;
  /** The number of earlier payments by card. */
  readonly payments: number;
}

/**
 * Compares the card with the cards of the customer's earlier payments. Undefined without a customer, a card or an earlier payment
 * by card. A card that cannot be compared with an earlier one is not new.
 */
export function cardNoveltyOf({ detail, history }: RuleContext<'history'>): CardNovelty | undefined {
  const present = presentEvent(detail);
  const earlier = history.filter((event) => event.transactionId !== detail.transaction_id && isPayment(event) && isCard(event));
  return detail.customer_id === undefined || !isCard(present) || earlier.length === 0 ? undefined : {
    isNew: earlier.every((event) => isSameCard(present, event) === false),
    payments: new Set(earlier.map(({ transactionId }) => transactionId)).size,
  };
}
