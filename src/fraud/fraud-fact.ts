/**
 * The facts about a payment that a scorecard gives points for. If a fact is not known for a payment, it gets the points of
 * `FraudFactPoints.missing`. Each history has at most the 200 newest events before the payment.
 */
export enum FraudFact {
  /** The amount, as a multiple of the high threshold of its currency. */
  AMOUNT_TO_HIGH = 'amountToHigh',

  /**
   * The share of the shop's assessed payments in the same currency, of this month and the last, that were smaller. From 0
   * to 1.
   */
  AMOUNT_SHOP_RANK = 'amountShopRank',

  /** The amount, as a multiple of the median of the customer's earlier payments within 90 days in the same currency. */
  AMOUNT_TO_CUSTOMER_MEDIAN = 'amountToCustomerMedian',

  /** The amount, as a multiple of the largest of the customer's earlier payments within 90 days in the same currency. */
  AMOUNT_TO_CUSTOMER_MAXIMUM = 'amountToCustomerMaximum',

  /** The time since the customer's first money movement. In days. */
  CUSTOMER_AGE = 'customerAge',

  /** The number of the customer's earlier payments within 90 days. */
  CUSTOMER_PAYMENTS = 'customerPayments',

  /** The number of the customer's payments within one hour, with this one. */
  CUSTOMER_PAYMENTS_IN_HOUR = 'customerPaymentsInHour',

  /** The number of the customer's payments within 24 hours, with this one. */
  CUSTOMER_PAYMENTS_IN_DAY = 'customerPaymentsInDay',

  /** The customer's payments within 24 hours in the same currency, with this one, as a multiple of the high threshold. */
  CUSTOMER_SPENT_IN_DAY = 'customerSpentInDay',

  /** The number of the customer's payments within 24 hours with exactly this amount, with this one. */
  CUSTOMER_SAME_AMOUNT_IN_DAY = 'customerSameAmountInDay',

  /** The time since the customer's last payment. In minutes. */
  SINCE_CUSTOMER_PAYMENT = 'sinceCustomerPayment',

  /** The number of the customer's declined payments within one hour. */
  CUSTOMER_DECLINES_IN_HOUR = 'customerDeclinesInHour',

  /** The number of the customer's declined payments within 24 hours. */
  CUSTOMER_DECLINES_IN_DAY = 'customerDeclinesInDay',

  /** The number of cards in the customer's payments and declined payments within seven days, with this one. */
  CUSTOMER_CARDS_IN_WEEK = 'customerCardsInWeek',

  /** Whether a customer with earlier payments by card pays with another card than in all of them. 1 for yes, 0 for no. */
  NEW_CARD = 'newCard',

  /**
   * Whether the customer has earlier payments, and all of them have another country of the customer or of the card. 1 for yes, 0
   * for no.
   */
  NEW_COUNTRY = 'newCountry',

  /** Whether the customer's country and the card's are known and differ. 1 for yes, 0 for no. */
  COUNTRY_MISMATCH = 'countryMismatch',

  /** The number of customers who used the card within 30 days, with this one. */
  CARD_CUSTOMERS_IN_MONTH = 'cardCustomersInMonth',

  /** The number of payments with the card within 24 hours, with this one. */
  CARD_PAYMENTS_IN_DAY = 'cardPaymentsInDay',

  /**
   * The payments with the card within 24 hours in the same currency, with this one, as a multiple of the high threshold.
   */
  CARD_SPENT_IN_DAY = 'cardSpentInDay',

  /** The number of declined payments with the card within 24 hours. */
  CARD_DECLINES_IN_DAY = 'cardDeclinesInDay',

  /** The number of customers with the email address within 30 days, with this one. */
  EMAIL_CUSTOMERS_IN_MONTH = 'emailCustomersInMonth',

  /** The number of payments with the email address within 24 hours, with this one. */
  EMAIL_PAYMENTS_IN_DAY = 'emailPaymentsInDay',

  /** The number of declined payments with the email address within 24 hours. */
  EMAIL_DECLINES_IN_DAY = 'emailDeclinesInDay',

  /** The number of earlier payments of the customer, with the card or with the email address that are labeled as fraud. */
  EARLIER_FRAUD = 'earlierFraud',

  /** The provider's own risk score. From 0 to 100. */
  PROVIDER_RISK_SCORE = 'providerRiskScore',

  /** The provider's own risk level: 0 for normal, 1 for elevated, 2 for highest. */
  PROVIDER_RISK_LEVEL = 'providerRiskLevel',

  /** Whether 3-D Secure authenticated the payer. 1 for yes, 0 for no. */
  AUTHENTICATED = 'authenticated',

  /** The hour of the payment in UTC. From 0 to 23. */
  HOUR_OF_DAY = 'hourOfDay',
}
