import type { TransactionKind } from './transaction-kind';

/** In which unit a provider sends amounts. */
export enum AmountUnit {
  /** Integer minor units: 1250 is 12.50 EUR. */
  MINOR = 'minor',
  /** A decimal string or number of major units: 12.50. */
  MAJOR = 'major',
}

/**
 * Where the fields of a transaction stand in a JSON body, as dotted paths
 * such as `data.payment.id`.
 *
 * Only the body is read, because it is what the signature covers. A path that
 * leads nowhere leaves its field out; the webhook is stored all the same.
 */
export interface WebhookFields {
  /**
   * The provider's id of the payment.
   *
   * @default - the event's id
   */
  readonly transactionId?: string;

  /**
   * The provider's id of the event, the same in each delivery attempt.
   *
   * @default - the SHA-256 of the body
   */
  readonly eventId?: string;

  /**
   * The provider's name for what happened.
   *
   * @default - the event has no name and its kind is `other`
   */
  readonly eventName?: string;

  /**
   * When it happened: RFC 3339, or Unix seconds.
   *
   * @default - no event time is stored
   */
  readonly eventTime?: string;

  /**
   * The amount. Without it no event of this provider is a money movement.
   *
   * @default - no amount is stored
   */
  readonly amount?: string;

  /**
   * The unit of the amount.
   *
   * @default AmountUnit.MINOR
   */
  readonly amountUnit?: AmountUnit;

  /**
   * The currency, as an ISO 4217 code in either case.
   *
   * @default - `XXX`, with two decimals, measured by the common thresholds
   */
  readonly currency?: string;

  /**
   * The provider's status.
   *
   * @default - no status is stored
   */
  readonly status?: string;

  /**
   * The provider's id of the customer. The velocity rule counts by it.
   *
   * @default - no customer is stored
   */
  readonly customerId?: string;

  /**
   * The kind of the payment method.
   *
   * @default - no payment method is stored
   */
  readonly paymentMethod?: string;

  /**
   * The customer's country, ISO 3166 alpha-2.
   *
   * @default - no country is stored
   */
  readonly country?: string;

  /**
   * The country that issued the card, ISO 3166 alpha-2.
   *
   * @default - no card country is stored
   */
  readonly cardCountry?: string;

  /**
   * The first digits of the card's number, as text: 6 to 8 are kept, and of
   * more the first 8. A whole number is stored nowhere but in the raw body.
   * What has fewer digits, or anything but digits, is left out.
   *
   * @default - no digits of the card are stored
   */
  readonly cardBin?: string;

  /**
   * The customer's email address, of which the domain alone is kept, in ASCII
   * and lower case: `example.com` of `Someone@Example.com`. The address is
   * stored nowhere but in the raw body.
   *
   * @default - no email domain is stored
   */
  readonly email?: string;

  /**
   * Whether the event is real: `false` there marks a test, which is stored but is no money movement.
   *
   * @default - every event is real
   */
  readonly live?: string;

  /**
   * What the provider's event names mean.
   *
   * @default - every event is of the kind `other`
   */
  readonly kinds?: { [eventName: string]: TransactionKind };
}
