import { earlierOf, paymentsWithin, PERIOD, presentPayment } from './fact-window';
import type { MaybeFacts } from './maybe-facts';
import { largestPayments, medianOf } from './spending';
import { majorOf } from '../rules/rule-amounts';
import { presentEvent, type LoadedContext } from '../rules/rule-context';
import { shopRankOf } from '../rules/shop-rank';
import { thresholdsOf } from '../../domain/money';

/** The amount, compared with the threshold, the shop and the customer. Every kind has an amount; only payments have a usual one. */
export function amountFacts(context: LoadedContext): MaybeFacts {
  const { detail, tiers } = context;
  const amount = majorOf(presentEvent(detail));
  if (amount === undefined) {
    return {};
  }
  const usual = presentPayment(context) ? usualAmounts(context) : {};
  return {
    amountToHigh: amount / thresholdsOf(detail.currency, tiers).high,
    amountShopRank: shopRankOf(context)?.rank,
    amountToCustomerMedian: usual.median && amount / usual.median,
    amountToCustomerMaximum: usual.maximum && amount / usual.maximum,
  };
}

/** Of the customer's earlier payments. Payments of zero, which only check a card, are left out. */
function usualAmounts(context: LoadedContext): { readonly median?: number; readonly maximum?: number } {
  const amounts = largestPayments(earlierOf(paymentsWithin(context, 'customer', PERIOD.quarter), context), context.detail.currency).filter((amount) => amount > 0);
  return amounts.length === 0 ? {} : { median: medianOf(amounts), maximum: Math.max(...amounts) };
}
