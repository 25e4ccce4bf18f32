import { countTransactions, earlierOf, type FactScope } from './fact-scope';
import type { MaybeFacts } from './maybe-facts';

/** The labels of earlier payments. Unknown if the customer, the card and the email address are all unknown. */
export function labelFacts(scope: FactScope): MaybeFacts {
  const { customer, card, email, context: { history, cardEvents, emailEvents } } = scope;
  const labeled = [history, cardEvents, emailEvents].flatMap((events) => events.filter(({ label }) => label === 'fraud'));
  return { earlierFraud: customer ?? card ?? email ? countTransactions(earlierOf(labeled, scope)) : undefined };
}
