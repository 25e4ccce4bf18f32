import { amountOf, exceedsMultiple, moneyText, toScaled } from './rule-amounts';
import { presentEvent } from './rule-context';
import type { AmountAboveConfig, FraudRuleConfig, TierConfig, TransactionDetail } from '../../../src/private/contract';
import { thresholdsOf, withThousands } from '../../domain/money';

/** The part of a rule's configuration that limits an amount. */
export type LimitedAmount = Pick<AmountAboveConfig, 'amount' | 'currency' | 'timesHigh'>;

/**
 * The text of a limit that an amount of a currency exceeds; undefined if it does not exceed it. A multiple of the high
 * threshold follows the currency of the amount.
 */
export function exceededLimit(
  rule: FraudRuleConfig['rule'], { amount: limit, timesHigh }: LimitedAmount, amount: bigint, currency: string, tiers: TierConfig,
): string | undefined {
  if (timesHigh !== undefined) {
    const { high } = thresholdsOf(currency, tiers);
    return exceedsMultiple(amount, toScaled(rule, timesHigh), toScaled(rule, high))
      ? `${timesHigh === 1 ? '' : `${timesHigh} times `}the high threshold ${withThousands(String(high))}`
      : undefined;
  }
  return limit !== undefined && amount > toScaled(rule, limit) ? withThousands(String(limit)) : undefined;
}

/**
 * The reason that a transaction is over a rule's limit, in the limit's currency
 * if it has one. Every kind counts with its amount, because a large refund or
 * payout is as relevant as a large payment.
 */
export function overLimit({ rule, ...limit }: LimitedAmount & Pick<FraudRuleConfig, 'rule'>, detail: TransactionDetail, tiers: TierConfig): string | undefined {
  const amount = amountOf(presentEvent(detail));
  if (amount === undefined || (limit.currency !== undefined && limit.currency !== detail.currency)) {
    return undefined;
  }
  const exceeded = exceededLimit(rule, limit, amount, detail.currency, tiers);
  return exceeded && `amount ${moneyText(amount, detail.currency)} is over ${exceeded}`;
}
