import { formatDuration } from './duration';
import { defineRule } from './rule';
import { toScaled, moneyText, spentByTransaction } from './rule-amounts';
import { eventsWithin } from './rule-context';
import type { VelocityConfig } from '../../../src/private/contract';
import { withThousands } from '../../domain/money';

/**
 * Fires when a customer has more transactions, or spends more in one currency,
 * within the window than the rule allows, this transaction included.
 *
 * Only money movements count, each transaction once, because one payment sends
 * many events. For the count, the kind does not matter, because a series of
 * refunds or payouts is as suspicious as a series of payments. A refund is mostly
 * an event of the payment's own transaction. For the total, only payments
 * matter, see `spentByTransaction`. Declined payments are not in the history:
 * `repeated-declines` counts them.
 */
export const velocity = defineRule({
  label: 'Velocity',
  applies: 'more than `count` transactions, or more than `total` in one currency, within `window`',
  reads: "the customer's money movements; each transaction counts once, by its largest payment; refunds take nothing away",
  needs: ['history'],
  evaluate(rule: VelocityConfig, context) {
    const events = eventsWithin(context, rule.windowSeconds);
    const reasons: string[] = [];
    const transactions = new Set(events.map(({ transactionId }) => transactionId)).size;
    if (rule.count !== undefined && transactions > rule.count) {
      reasons.push(`${transactions} transactions of the customer within ${formatDuration(rule.windowSeconds)}, over ${rule.count}`);
    }
    if (rule.total?.amount !== undefined && rule.total.currency !== undefined) {
      const { amount: limit, currency } = rule.total;
      const spent = [...spentByTransaction(events, currency).values()].reduce((sum, amount) => sum + amount, 0n);
      if (spent > toScaled(rule.rule, limit)) {
        reasons.push(`payments of ${moneyText(spent, currency)} by the customer within ${formatDuration(rule.windowSeconds)}, over ${withThousands(String(limit))}`);
      }
    }
    return reasons.length > 0 ? reasons.join('; ') : undefined;
  },
});
