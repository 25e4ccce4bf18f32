import { countTransactions, paymentsWithin, PERIOD } from './fact-window';
import type { MaybeFacts } from './maybe-facts';
import { spentIn } from './spending';
import { thresholdsOf } from '../../domain/money';
import { declinesWithin } from '../rules/declines';
import { countCustomers } from '../rules/distinct-customers';
import type { LoadedContext } from '../rules/rule-context';
import { subjectEvents } from '../rules/subject-events';

/** The country and the history of the card. Without a fingerprint, a card has no history. */
export function cardFacts(context: LoadedContext): MaybeFacts {
  const { detail: { country, card_country: cardCountry } } = context;
  return {
    countryMismatch: country === undefined || cardCountry === undefined ? undefined : Number(country.toUpperCase() !== cardCountry.toUpperCase()),
    ...cardHistory(context),
  };
}

function cardHistory(context: LoadedContext): MaybeFacts {
  const { detail, tiers } = context;
  if (detail.card_fingerprint === undefined) {
    return {};
  }
  const day = paymentsWithin(context, 'card', PERIOD.day);
  return {
    cardCustomersInMonth: countCustomers(subjectEvents(context, 'card', PERIOD.month), detail.provider) || undefined,
    cardPaymentsInDay: countTransactions(day),
    cardSpentInDay: spentIn(day, detail.currency) / thresholdsOf(detail.currency, tiers).high,
    cardDeclinesInDay: declinesWithin(context, 'card', PERIOD.day),
  };
}
