import { blocklistHits } from './blocklist-hits';
import { customerDeclines, customerHistory, firstSeenAt, type CustomerDetail } from './customer-events';
import type { Needs } from './needs';
import type { LoadedContext } from './rules/rule-context';
import type { TransactionDetail } from '../../src/private/contract';

/**
 * Reads what a set of rules needs of a transaction, side by side: at most
 * three pages of the customer index and one batch of the blocklist, however
 * long the customer has been one.
 */
export async function loadRuleContext(detail: TransactionDetail, needs: Needs): Promise<LoadedContext> {
  const customer = isOfKnownCustomer(detail) ? detail : undefined;
  const [history, firstSeen, declines, blocked] = await Promise.all([
    customer && needs.historySeconds > 0 ? customerHistory(customer, needs.historySeconds) : [],
    customer && needs.firstSeen ? firstSeenAt(customer) : undefined,
    customer && needs.declinesSeconds > 0 ? customerDeclines(customer, needs.declinesSeconds) : [],
    needs.blocklist ? blocklistHits(detail) : [],
  ]);
  return { detail, history, firstSeenAt: firstSeen, declines, blocked };
}

function isOfKnownCustomer(detail: TransactionDetail): detail is CustomerDetail {
  return detail.customer_id !== undefined;
}
