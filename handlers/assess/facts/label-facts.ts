import { countTransactions, earlierOf } from './fact-window';
import type { MaybeFacts } from './maybe-facts';
import type { LoadedContext } from '../rules/rule-context';

/** The labels of earlier payments. Unknown if the customer, the card and the email address are all unknown. */
export function labelFacts(context: LoadedContext): MaybeFacts {
  const { detail, history, cardEvents, emailEvents } = context;
  const isKnown = [detail.customer_id, detail.card_fingerprint, detail.email_hash].some((id) => id !== undefined);
  const labeled = [...history, ...cardEvents, ...emailEvents].filter(({ label }) => label === 'fraud');
  return { earlierFraud: isKnown ? countTransactions(earlierOf(labeled, context)) : undefined };
}
