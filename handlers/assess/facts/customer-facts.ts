import { countTransactions, earlierOf, paymentsWithin, PERIOD, presentPayment } from './fact-window';
import type { MaybeFacts } from './maybe-facts';
import { spentIn } from './spending';
import { thresholdsOf } from '../../domain/money';
import { cardNoveltyOf } from '../rules/card-novelty';
import { declinesWithin } from '../rules/declines';
import { cardsWithin } from '../rules/distinct-cards';
import { majorOf } from '../rules/rule-amounts';
import { occurredAt, within, type LoadedContext, type PastEvent } from '../rules/rule-context';

/** A customer who has been known for longer is not better known. */
const MAX_AGE_DAYS = 3_650;

/** The customer's history. Empty if the customer is unknown. */
export function customerFacts(context: LoadedContext): MaybeFacts {
  const { detail, tiers } = context;
  if (detail.customer_id === undefined) {
    return {};
  }
  const payments = paymentsWithin(context, 'customer', PERIOD.quarter);
  const [isInDay, isInHour] = [within(detail, PERIOD.day), within(detail, PERIOD.hour)];
  const day = payments.filter((event) => isInDay(event.occurredAt));
  const earlier = earlierOf(payments, context);
  const novelty = cardNoveltyOf(context);
  return {
    customerAge: ageInDays(context),
    customerPayments: countTransactions(earlier),
    customerPaymentsInHour: countTransactions(day.filter((event) => isInHour(event.occurredAt))),
    customerPaymentsInDay: countTransactions(day),
    customerSpentInDay: spentIn(day, detail.currency) / thresholdsOf(detail.currency, tiers).high,
    customerSameAmountInDay: sameAmounts(day, context),
    sinceCustomerPayment: minutesSince(earlier, occurredAt(detail)),
    customerDeclinesInHour: declinesWithin(context, 'customer', PERIOD.hour),
    customerDeclinesInDay: declinesWithin(context, 'customer', PERIOD.day),
    customerCardsInWeek: cardsWithin(context, 'customer', PERIOD.week) || undefined,
    newCard: novelty && Number(novelty.isNew),
    newCountry: newCountry(earlier, context),
  };
}

/** Zero for a customer without an earlier event. The oldest event can be a later one that arrived first. */
function ageInDays({ detail, firstSeenAt }: LoadedContext): number {
  const milliseconds = firstSeenAt === undefined ? 0 : Date.parse(occurredAt(detail)) - Date.parse(firstSeenAt);
  return Math.min(Math.max(0, milliseconds / 86_400_000), MAX_AGE_DAYS);
}

function sameAmounts(day: readonly PastEvent[], context: LoadedContext): number | undefined {
  const present = presentPayment(context);
  const amount = present && majorOf(present);
  return amount === undefined
    ? undefined
    : countTransactions(day.filter((event) => event.currency === context.detail.currency && majorOf(event) === amount));
}

/** Undefined without an earlier payment. A payment that took place later and arrived first is none. */
function minutesSince(earlier: readonly PastEvent[], now: string): number | undefined {
  const last = earlier.map((event) => event.occurredAt).filter((time) => time <= now).sort().at(-1);
  return last === undefined ? undefined : (Date.parse(now) - Date.parse(last)) / 60_000;
}

/** Undefined if neither the customer's country nor the card's can be compared with an earlier one. */
function newCountry(earlier: readonly PastEvent[], { detail }: LoadedContext): number | undefined {
  const known = [
    isNewAmong(detail.country, earlier.map(({ country }) => country)),
    isNewAmong(detail.card_country, earlier.map(({ cardCountry }) => cardCountry)),
  ].filter((isNew) => isNew !== undefined);
  return known.length === 0 ? undefined : Number(known.includes(true));
}

function isNewAmong(present: string | undefined, earlier: ReadonlyArray<string | undefined>): boolean | undefined {
  const known = earlier.filter((value) => value !== undefined);
  return present === undefined || known.length === 0 ? undefined : !known.includes(present);
}
