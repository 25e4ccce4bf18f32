import { countText, figureText, percentText } from './figures';
import { FACTS, RISK_LEVELS, type FactName } from '../../../src/private/contract';

const times = (what: string) => (value: number) => `amount ${figureText(value)} times ${what}`;
const quantity = (noun: string, rest: string) => (value: number) => `${countText(value, noun)} ${rest}`;
const either = (yes: string, no: string) => (value: number) => (value === 1 ? yes : no);

/** The fact with its value, for a reason. */
const TEXTS: { readonly [F in FactName]: (value: number) => string } = {
  amountToHigh: times('the high threshold'),
  amountShopRank: (value) => `amount above ${percentText(value)} of the shop's payments`,
  amountToCustomerMedian: times("the customer's median"),
  amountToCustomerMaximum: times("the customer's largest"),
  customerAge: (value) => (value === 0 ? 'customer not seen before' : `customer first seen ${countText(value, 'day')} before`),
  customerPayments: quantity('earlier payment', 'of the customer within 90 days'),
  customerPaymentsInHour: quantity('payment', 'of the customer within 1 hour'),
  customerPaymentsInDay: quantity('payment', 'of the customer within 1 day'),
  customerSpentInDay: (value) => `payments of the customer within 1 day: ${figureText(value)} times the high threshold`,
  customerSameAmountInDay: quantity('payment', 'of this amount by the customer within 1 day'),
  sinceCustomerPayment: (value) => `${countText(value, 'minute')} since the customer's last payment`,
  customerDeclinesInHour: quantity('declined payment', 'of the customer within 1 hour'),
  customerDeclinesInDay: quantity('declined payment', 'of the customer within 1 day'),
  customerCardsInWeek: quantity('card', 'of the customer within 7 days'),
  newCard: either('new card of the customer', 'card that the customer used before'),
  newCountry: either('new country of the customer', 'country of earlier payments of the customer'),
  countryMismatch: either("country differs from the card's country", "country is the card's country"),
  cardCustomersInMonth: quantity('customer', 'with the card within 30 days'),
  cardPaymentsInDay: quantity('payment', 'with the card within 1 day'),
  cardSpentInDay: (value) => `payments with the card within 1 day: ${figureText(value)} times the high threshold`,
  cardDeclinesInDay: quantity('declined payment', 'with the card within 1 day'),
  emailCustomersInMonth: quantity('customer', 'with the email address within 30 days'),
  emailPaymentsInDay: quantity('payment', 'with the email address within 1 day'),
  emailDeclinesInDay: quantity('declined payment', 'with the email address within 1 day'),
  earlierFraud: quantity('earlier payment', 'labeled as fraud'),
  providerRiskScore: (value) => `risk score ${figureText(value)} of the provider`,
  providerRiskLevel: (value) => `risk level ${RISK_LEVELS[value]} of the provider`,
  authenticated: either('payer authenticated by 3-D Secure', 'payer not authenticated by 3-D Secure'),
  hourOfDay: (value) => `hour ${value} in UTC`,
};

/** The sentence of a fact for a reason: `amount 5.2 times the high threshold`. */
export function factText(fact: FactName, value: number | undefined): string {
  return value === undefined ? `not known: ${FACTS[fact].description}` : TEXTS[fact](value);
}
