import { amountFacts } from './amount-facts';
import { cardFacts } from './card-facts';
import { customerFacts } from './customer-facts';
import { emailFacts } from './email-facts';
import { factScopeOf, type FactScope } from './fact-scope';
import { labelFacts } from './label-facts';
import type { MaybeFacts } from './maybe-facts';
import { providerFacts } from './provider-facts';
import { timeFacts } from './time-facts';
import type { FactValues, LoadedContext } from '../rules/rule-context';

const TOPICS: ReadonlyArray<(scope: FactScope) => MaybeFacts> = [
  amountFacts, customerFacts, cardFacts, emailFacts, labelFacts, providerFacts, timeFacts,
];

/**
 * The known facts about a payment. Pure: the same context always has the same facts. A fact is right only if the parts of the
 * context that it is computed from were loaded (`FACT_NEEDS`).
 */
export function factsOf(context: LoadedContext): FactValues {
  const scope = factScopeOf(context);
  return Object.fromEntries(TOPICS.flatMap((topic) => Object.entries(topic(scope))).filter(([, value]) => Number.isFinite(value)));
}
