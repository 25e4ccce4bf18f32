import { formatDuration } from './duration';
import { countText } from './figures';
import { defineRule } from './rule';
import { EVENTS_OF, subjectEvents, WITH } from './subject-events';
import type { EarlierFraudConfig } from '../../../src/private/contract';

/**
 * Fires when an earlier payment of the customer, with the card or with the email
 * address is labeled as fraud. The label of the transaction itself does not
 * count: it is about this payment, not about an earlier one.
 */
export const earlierFraud = defineRule({
  label: 'Earlier fraud',
  applies: 'an earlier payment within `window` is labeled as fraud, by a dispute or by a person',
  reads: 'the labels of other payments of the customer, with the card or with the email address',
  needs: ({ by = 'customer' }: EarlierFraudConfig) => [EVENTS_OF[by]],
  evaluate({ by = 'customer', windowSeconds }, context) {
    const labeled = subjectEvents(context, by, windowSeconds)
      .filter(({ transactionId, label }) => label === 'fraud' && transactionId !== context.detail.transaction_id);
    const payments = new Set(labeled.map(({ transactionId }) => transactionId)).size;
    return payments > 0 ? `${countText(payments, 'earlier payment')} ${WITH[by]} within ${formatDuration(windowSeconds)} labeled as fraud` : undefined;
  },
});
