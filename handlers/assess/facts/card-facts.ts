import { countTransactions, paymentsOf, type FactScope } from './fact-scope';
import type { MaybeFacts } from './maybe-facts';
import { spentIn } from './spending';
import { countDeclines } from '../../domain/declines';
import { countCustomers } from '../rules/distinct-customers';

/** The country and the history of the card. Without a fingerprint, a card has no history. */
export function cardFacts(scope: FactScope): MaybeFacts {
  const { country, card_country: cardCountry } = scope.context.detail;
  return {
    countryMismatch: country === undefined || cardCountry === undefined ? undefined : Number(country.toUpperCase() !== cardCountry.toUpperCase()),
    ...cardHistory(scope),
  };
}

function cardHistory({ card, present, high, context: { detail } }: FactScope): MaybeFacts {
  if (!card) {
    return {};
  }
  const day = [present, ...paymentsOf(card.day)];
  return {
    cardCustomersInMonth: countCustomers([present, ...card.month], detail.provider) || undefined,
    cardPaymentsInDay: countTransactions(day),
    cardSpentInDay: spentIn(day, detail.currency) / high,
    cardDeclinesInDay: countDeclines(card.day.filter(({ declined }) => declined)),
  };
}
