/** The facts about a payment that fraud rules, scorecards and a user's own score compare. It has only names and texts, and imports nothing. */

/** What a payment turned out to be. */
export const LABELS = ['fraud', 'honest'] as const;
export type Label = (typeof LABELS)[number];

/** The author of a label that a dispute set. */
export const DISPUTE_AUTHOR = 'dispute';

/** The providers' own estimate of the risk of a payment, in common words. */
export const RISK_LEVELS = ['normal', 'elevated', 'highest'] as const;
export type RiskLevel = (typeof RISK_LEVELS)[number];

/**
 * The outcomes of 3-D Secure, in common words. `attempted`: the bank or the card does not participate, and the provider has a proof
 * of the attempt. `exempted`: it was not required. `unavailable`: it could not be performed.
 */
export const THREE_D_SECURE_OUTCOMES = ['authenticated', 'attempted', 'exempted', 'failed', 'unavailable'] as const;
export type ThreeDSecureOutcome = (typeof THREE_D_SECURE_OUTCOMES)[number];

/** The subject of a history. */
export const SUBJECTS = ['customer', 'card', 'email'] as const;
export type Subject = (typeof SUBJECTS)[number];

/** A number about a payment, with its unit. Users' scorecards contain the names, so a name must not change. */
export interface FactDefinition {
  /** Completes the sentence "The fact is …". */
  readonly description: string;
  readonly unit: 'times' | 'share' | 'days' | 'minutes' | 'payments' | 'declines' | 'cards' | 'customers' | 'hour' | 'score' | 'level' | 'yes or no';
}

/** Every fact. A fact that is not known for a payment is missing. Scorecards have separate points for that. */
export const FACTS = {
  amountToHigh: { description: 'the amount, as a multiple of the high threshold of its currency', unit: 'times' },
  amountShopRank: { description: "the share of the shop's assessed payments in the same currency, of this month and the last, that were smaller", unit: 'share' },
  amountToCustomerMedian: { description: "the amount, as a multiple of the median of the customer's earlier payments within 90 days in the same currency", unit: 'times' },
  amountToCustomerMaximum: { description: "the amount, as a multiple of the largest of the customer's earlier payments within 90 days in the same currency", unit: 'times' },
  customerAge: { description: "the time since the customer's first money movement", unit: 'days' },
  customerPayments: { description: "the number of the customer's earlier payments within 90 days", unit: 'payments' },
  customerPaymentsInHour: { description: "the number of the customer's payments within one hour, with this one", unit: 'payments' },
  customerPaymentsInDay: { description: "the number of the customer's payments within 24 hours, with this one", unit: 'payments' },
  customerSpentInDay: { description: "the customer's payments within 24 hours in the same currency, with this one, as a multiple of the high threshold", unit: 'times' },
  customerSameAmountInDay: { description: "the number of the customer's payments within 24 hours with exactly this amount, with this one", unit: 'payments' },
  sinceCustomerPayment: { description: "the time since the customer's last payment", unit: 'minutes' },
  customerDeclinesInHour: { description: "the number of the customer's declined payments within one hour", unit: 'declines' },
  customerDeclinesInDay: { description: "the number of the customer's declined payments within 24 hours", unit: 'declines' },
  customerCardsInWeek: { description: "the number of cards in the customer's payments and declined payments within seven days, with this one", unit: 'cards' },
  newCard: { description: 'whether a customer with earlier payments by card pays with another card than in all of them', unit: 'yes or no' },
  newCountry: { description: 'whether the customer has earlier payments, and all of them have another country of the customer or of the card', unit: 'yes or no' },
  countryMismatch: { description: "whether the customer's country and the card's are known and differ", unit: 'yes or no' },
  cardCustomersInMonth: { description: 'the number of customers who used the card within 30 days, with this one', unit: 'customers' },
  cardPaymentsInDay: { description: 'the number of payments with the card within 24 hours, with this one', unit: 'payments' },
  cardSpentInDay: { description: 'the payments with the card within 24 hours in the same currency, with this one, as a multiple of the high threshold', unit: 'times' },
  cardDeclinesInDay: { description: 'the number of declined payments with the card within 24 hours', unit: 'declines' },
  emailCustomersInMonth: { description: 'the number of customers with the email address within 30 days, with this one', unit: 'customers' },
  emailPaymentsInDay: { description: 'the number of payments with the email address within 24 hours, with this one', unit: 'payments' },
  emailDeclinesInDay: { description: 'the number of declined payments with the email address within 24 hours', unit: 'declines' },
  earlierFraud: { description: 'the number of earlier payments of the customer, with the card or with the email address that are labeled as fraud', unit: 'payments' },
  providerRiskScore: { description: "the provider's own risk score", unit: 'score' },
  providerRiskLevel: { description: "the provider's own risk level: 0 for normal, 1 for elevated, 2 for highest", unit: 'level' },
  authenticated: { description: 'whether 3-D Secure authenticated the payer', unit: 'yes or no' },
  hourOfDay: { description: 'the hour of the payment in UTC', unit: 'hour' },
} as const satisfies { readonly [name: string]: FactDefinition };

export type FactName = keyof typeof FACTS;
