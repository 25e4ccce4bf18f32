import { isFraud } from './measures';
import { FactRegression } from './model/fact-features';
import type { ReplayedPayment } from './replayed-payments';
import { thresholdsOf } from '../../handlers/domain/money';
import type { TierConfig } from '../../src/private/contract';

/** Ranks a payment. The highest scores are alerted first. */
export type Ranking = (payment: ReplayedPayment) => number;

/** The share of the payments that models learn from. The later ones check them. */
export const LEARNING_SHARE = 0.7;

/** Ranks by the amount, as a multiple of the high threshold of its currency. */
export function amountRanking(tiers: TierConfig): Ranking {
  return ({ event: { detail: { amount, currency } } }) => amount! / thresholdsOf(currency, tiers).high;
}

/** Ranks by a logistic regression on the facts, learned from payments whose facts were computed. */
export function regressionRanking(learned: readonly ReplayedPayment[]): Ranking {
  const regression = FactRegression.fit(learned.map(({ facts }) => facts!), learned.map(isFraud));
  return ({ facts }) => regression.score(facts!);
}

/** The payments before and after a point in time. */
export interface TimeSplit {
  /** The receipt of the first later payment. */
  readonly at: string;
  readonly earlier: readonly ReplayedPayment[];
  readonly later: readonly ReplayedPayment[];
}

/**
 * Splits payments at the receipt of the one after a share of them, so that both parts have payments however these are spread
 * over the time. They are in the order of their receipt.
 */
export function splitByTime(payments: readonly ReplayedPayment[], share = LEARNING_SHARE): TimeSplit {
  const at = payments.length > 0 ? payments[Math.floor(share * payments.length)].event.detail.received_at : '';
  return {
    at,
    earlier: payments.filter(({ event }) => event.detail.received_at < at),
    later: payments.filter(({ event }) => event.detail.received_at >= at),
  };
}
