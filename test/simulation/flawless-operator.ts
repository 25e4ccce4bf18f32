import { isFraud } from '../../cli/backtest/measures';
import type { ReplayedPayment } from '../../cli/backtest/replayed-payments';
import type { Verdict } from '../../src/private/contract';

/** The time until an operator has checked a verdict and added a fraudster to the blocklist. */
const UNTIL_REVIEWED = 60 * 60_000;

/**
 * The verdicts of a rule set if an operator recognizes each fraud that it reports, and blocks the customer an hour later.
 * No real operator works like this: the operator looks at every alert immediately and never errs. An entry of the blocklist
 * blocks alone.
 */
export function verdictsWithOperator(payments: readonly ReplayedPayment[], ruleSet: number): readonly Verdict[] {
  const blockedAt = new Map<string, number>();
  return payments.map((payment) => {
    const { detail } = payment.event;
    const customer = detail.customer_id!;
    const time = Date.parse(detail.received_at);
    const { verdict } = payment.outcomes[ruleSet];
    if (time >= (blockedAt.get(customer) ?? Infinity)) {
      return 'block';
    }
    if (verdict !== 'approve' && isFraud(payment) && !blockedAt.has(customer)) {
      blockedAt.set(customer, time + UNTIL_REVIEWED);
    }
    return verdict;
  });
}
