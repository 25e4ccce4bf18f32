import { countTransactions, earlierOf, paymentsOf, type FactScope } from './fact-scope';
import type { MaybeFacts } from './maybe-facts';
import { spentIn } from './spending';
import { countDeclines } from '../../domain/declines';
import { cardNoveltyOf } from '../rules/card-novelty';
import { countCards } from '../rules/cards';
import { isPayment, majorOf } from '../rules/rule-amounts';
import type { PastEvent } from '../rules/rule-context';

/** The maximum age. A longer time shows nothing more about a customer. */
const MAX_AGE_DAYS = 3_650;

/** The customer's history. Empty if the customer is unknown. */
export function customerFacts(scope: FactScope): MaybeFacts {
  const { present, high, customer, customerDeclines, context } = scope;
  if (!customer) {
    return {};
  }
  const day = [present, ...paymentsOf(customer.day)];
  const earlier = earlierOf(paymentsOf(customer.quarter), scope);
  const novelty = cardNoveltyOf(context);
  return {
    customerAge: ageInDays(scope),
    customerPayments: countTransactions(earlier),
    customerPaymentsInHour: countTransactions([present, ...paymentsOf(customer.hour)]),
    customerPaymentsInDay: countTransactions(day),
    customerSpentInDay: spentIn(day, context.detail.currency) / high,
    customerSameAmountInDay: sameAmounts(day, scope),
    sinceCustomerPayment: minutesSince(earlier, present.occurredAt),
    customerDeclinesInHour: countDeclines(customerDeclines.hour),
    customerDeclinesInDay: countDeclines(customerDeclines.day),
    customerCardsInWeek: countCards([present, ...customer.week, ...customerDeclines.week]) || undefined,
    newCard: novelty && Number(novelty.isNew),
    newCountry: newCountry(present, earlier),
  };
}

/** Zero for a customer without an earlier event. The oldest event can be a later one that arrived first. */
function ageInDays({ present, context: { firstSeenAt = present.occurredAt } }: FactScope): number {
  const days = (Date.parse(present.occurredAt) - Date.parse(firstSeenAt)) / 86_400_000;
  return Math.min(Math.max(0, days), MAX_AGE_DAYS);
}

function sameAmounts(day: readonly PastEvent[], { present, amount }: FactScope): number | undefined {
  return amount === undefined || !isPayment(present)
    ? undefined
    : countTransactions(day.filter((event) => event.currency === present.currency && majorOf(event) === amount));
}

/** Undefined without an earlier payment. Ignores a payment that took place later but arrived first. */
function minutesSince(earlier: readonly PastEvent[], now: string): number | undefined {
  let last = '';
  for (const { occurredAt } of earlier) {
    last = occurredAt <= now && occurredAt > last ? occurredAt : last;
  }
  return last === '' ? undefined : (Date.parse(now) - Date.parse(last)) / 60_000;
}

/** Undefined if neither the customer's country nor the card's can be compared with an earlier one. */
function newCountry(present: PastEvent, earlier: readonly PastEvent[]): number | undefined {
  const known = [
    isNewAmong(present.country, earlier.map(({ country }) => country)),
    isNewAmong(present.cardCountry, earlier.map(({ cardCountry }) => cardCountry)),
  ].filter((isNew) => isNew !== undefined);
  return known.length === 0 ? undefined : Number(known.includes(true));
}

function isNewAmong(country: string | undefined, earlier: ReadonlyArray<string | undefined>): boolean | undefined {
  return country === undefined || earlier.every((each) => each === undefined) ? undefined : !earlier.includes(country);
}
