import { earlierOf, paymentsOf, type FactScope } from './fact-scope';
import type { MaybeFacts } from './maybe-facts';
import { largestPayments, medianOf } from './spending';
import { isPayment } from '../rules/rule-amounts';
import { shopRankOf } from '../rules/shop-rank';

/** The amount, compared with the threshold, the shop and the customer. Only payments are compared with the customer's earlier ones. */
export function amountFacts(scope: FactScope): MaybeFacts {
  const { amount, high, context } = scope;
  if (amount === undefined) {
    return {};
  }
  const { median, maximum } = usualAmounts(scope);
  return {
    amountToHigh: amount / high,
    amountShopRank: shopRankOf(context)?.rank,
    amountToCustomerMedian: median && amount / median,
    amountToCustomerMaximum: maximum && amount / maximum,
  };
}

/** The median and the maximum of the customer's earlier payments. Payments of zero are left out: they only check a card. */
function usualAmounts(scope: FactScope): { readonly median?: number; readonly maximum?: number } {
  const { present, customer, context: { detail } } = scope;
  const earlier = customer && isPayment(present) ? earlierOf(paymentsOf(customer.quarter), scope) : [];
  const amounts = largestPayments(earlier, detail.currency).filter((amount) => amount > 0);
  return amounts.length === 0 ? {} : { median: medianOf(amounts), maximum: Math.max(...amounts) };
}
