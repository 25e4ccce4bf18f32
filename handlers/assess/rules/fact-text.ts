import { countText, figureText, percentText } from './figures';
import { FACTS, RISK_LEVELS, type FactName } from '../../../src/private/contract';

const times = (what: string) => (value: number) => `amount ${figureText(value)} times ${what}`;
const count = (noun: string, rest: string) => (value: number) => `${countText(value, noun)} ${rest}`;
const either = (yes: string, no: string) => (value: number) => (value === 1 ? yes : no);

/** The fact with its value, for a reason. */
const TEXTS: { readonly [F in FactName]: (value: number) => string } = {
  amountToHigh: times('the high threshold'),
  amountShopRank: (value) => `amount above ${percentText(value)} of the shop's payments`,
  amountToCustomerMedian: times("the customer's median"),
  amountToCustomerMaximum: times("the customer's largest"),
  customerAge: (value) => (value === 0 ? 'customer not seen before' : `customer first seen ${countText(value, 'day')} before`),
  customerPayments: count('earlier payment', 'of the customer within 90 days'),
  customerPaymentsInHour: count('payment', 'of the customer within 1 hour'),
  customerPaymentsInDay: count('payment', 'of the customer within 1 day'),
  customerSpentInDay: (value) => `payments of the customer within 1 day: ${figureText(value)} times the high threshold`,
  customerSameAmountInDay: count('payment', 'of this amount by the customer within 1 day'),
  sinceCustomerPayment: (value) => `${countText(value, 'minute')} since the customer's last payment`,
  customerDeclinesInHour: count('declined payment', 'of the customer within 1 hour'),
  customerDeclinesInDay: count('declined payment', 'of the customer within 1 day'),
  customerCardsInWeek: count('card', 'of the customer within 7 days'),
  newCard: either('new card of the customer', 'card that the customer used before'),
  newCountry: either('new country of the customer', 'country of earlier payments of the customer'),
  countryMismatch: either("country differs from the card's country", "country is the card's country"),
  cardCustomersInMonth: count('customer', 'with the card within 30 days'),
  cardPaymentsInDay: count('payment', 'with the card within 1 day'),
  cardSpentInDay: (value) => `payments with the card within 1 day: ${figureText(value)} times the high threshold`,
  cardDeclinesInDay: count('declined payment', 'with the card within 1 day'),
  emailCustomersInMonth: count('customer', 'with the email address within 30 days'),
  emailPaymentsInDay: count('payment', 'with the email address within 1 day'),
  emailDeclinesInDay: count('declined payment', 'with the email address within 1 day'),
  earlierFraud: count('earlier payment', 'labeled as fraud'),
  providerRiskScore: (value) => `risk score ${figureText(value)} of the provider`,
  providerRiskLevel: (value) => `risk level ${RISK_LEVELS[value]} of the provider`,
  authenticated: either('payer authenticated by 3-D Secure', 'payer not authenticated by 3-D Secure'),
  hourOfDay: (value) => `hour ${value} in UTC`,
};

/** The sentence of a fact for a reason: `amount 5.2 times the high threshold`. */
export function factText(fact: FactName, value: number | undefined): string {
  return value === undefined ? `not known: ${FACTS[fact].description}` : TEXTS[fact](value);
}
