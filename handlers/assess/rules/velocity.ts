import { exceededLimit } from './amount-limit';
import { formatDuration } from './duration';
import { defineRule } from './rule';
import { moneyText, spentByTransaction } from './rule-amounts';
import { EVENTS_OF, subjectEvents, WITH } from './subject-events';
import type { VelocityConfig } from '../../../src/private/contract';

/**
 * Fires when a customer has more transactions, or spends more in one currency,
 * within the window than the rule allows, this transaction included. It works
 * the same way for a card and an email address.
 *
 * Only money movements count, each transaction once, because one payment sends
 * many events. For the count, the kind does not matter, because a series of
 * refunds or payouts is as suspicious as a series of payments. Most refunds
 * are events of the payment's own transaction. For the total, only payments
 * matter, see `spentByTransaction`. Declined payments moved no money:
 * `repeated-declines` counts them.
 */
export const velocity = defineRule({
  label: 'Velocity',
  applies: 'there are more than `count` transactions, or payments of more than `total` in one currency, within `window`',
  reads: 'the money movements of the customer, with the card or with the email address; each transaction counts once, with its '
    + 'largest payment; refunds are not subtracted',
  needs: ({ by = 'customer' }: VelocityConfig) => [EVENTS_OF[by]],
  evaluate({ rule, by = 'customer', windowSeconds, count, total }, context) {
    const events = subjectEvents(context, by, windowSeconds).filter(({ declined }) => !declined);
    const within = `within ${formatDuration(windowSeconds)}`;
    const reasons: string[] = [];
    const transactions = new Set(events.map(({ transactionId }) => transactionId)).size;
    if (count !== undefined && transactions > count) {
      reasons.push(`${transactions} transactions ${WITH[by]} ${within}, over ${count}`);
    }
    if (total !== undefined) {
      const { currency = context.detail.currency } = total;
      const spent = [...spentByTransaction(events, currency).values()].reduce((sum, amount) => sum + amount, 0n);
      const exceeded = exceededLimit(rule, total, spent, currency, context.tiers);
      if (exceeded !== undefined) {
        reasons.push(`payments of ${moneyText(spent, currency)} ${by === 'customer' ? 'by the customer' : WITH[by]} ${within}, over ${exceeded}`);
      }
    }
    return reasons.length > 0 ? reasons.join('; ') : undefined;
  },
});
