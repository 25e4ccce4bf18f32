import { blocklistHits } from './blocklist-hits';
import { customerDeclines, customerHistory, firstSeenAt, type CustomerDetail } from './customer-events';
import type { Needs } from './needs';
import { contextOf, type LoadedContext } from './rules/rule-context';
import type { TierConfig, TransactionDetail } from '../../src/private/contract';

/**
 * Reads the data that a set of rules needs for a transaction, in parallel: at
 * most three pages of the customer index for each query and one batch of the
 * blocklist, for any age of the customer.
 */
export async function loadRuleContext(detail: TransactionDetail, needs: Needs, tiers: TierConfig): Promise<LoadedContext> {
  const customer = isOfKnownCustomer(detail) ? detail : undefined;
  const [history, firstSeen, declines, blocked] = await Promise.all([
    customer && needs.historySeconds > 0 ? customerHistory(customer, needs.historySeconds) : [],
    customer && needs.firstSeen ? firstSeenAt(customer) : undefined,
    customer && needs.declinesSeconds > 0 ? customerDeclines(customer, needs.declinesSeconds) : [],
    needs.blocklist ? blocklistHits(detail) : [],
  ]);
  return contextOf(detail, tiers, { history, firstSeenAt: firstSeen, declines, blocked });
}

function isOfKnownCustomer(detail: TransactionDetail): detail is CustomerDetail {
  return detail.customer_id !== undefined;
}
