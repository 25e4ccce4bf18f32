import type { TransactionKind } from './transaction-kind';

/** The unit of a provider's amounts. */
export enum AmountUnit {
  /** Integer minor units: 1250 is 12.50 EUR. */
  MINOR = 'minor',
  /** A decimal string or number of major units: 12.50. */
  MAJOR = 'major',
}

/**
 * Where the fields of a transaction are in a JSON body, as dotted paths
 * such as `data.payment.id`.
 *
 * Only the body is read, because the signature covers it. If a path leads
 * nowhere, its field is left out and the webhook is stored.
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
   * @default - `body-sha256:` and the SHA-256 of the body
   */
  readonly eventId?: string;

  /**
   * The provider's name for the event.
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
   * The amount. If you do not set it, no event of this provider is a money movement.
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
   * @default - `XXX`, with two decimals and the common thresholds
   */
  readonly currency?: string;

  /**
   * The ISO 4217 code, in upper case, of the currency of amounts without one. If the sender has only one currency, set this
   * instead of `currency`.
   *
   * @default - an amount without a currency has the code `XXX`
   */
  readonly defaultCurrency?: string;

  /**
   * The provider's status.
   *
   * @default - no status is stored
   */
  readonly status?: string;

  /**
   * The provider's account that the event belongs to.
   *
   * @default - no account is stored
   */
  readonly account?: string;

  /**
   * Your own reference of the payment, such as the order number.
   *
   * @default - no reference is stored
   */
  readonly reference?: string;

  /**
   * The object with your own metadata of the payment. The event's `metadata` has the entries that `metadataKeys` lists.
   *
   * @default - no metadata is stored
   */
  readonly metadata?: string;

  /**
   * The keys of `metadata` to carry in the event, in the exact case. Required with `metadata`. At most 10 unique keys of 1
   * to 50 characters each. A key can contain dots.
   *
   * - Values are carried as text. A value that is longer than 500 characters, or that is not a text, a number or a boolean,
   *   is left out. The validator logs its key. No log contains a value.
   * - The values are stored, archived and published. Alerts contain the first 64 characters of each. Do not choose keys
   *   with personal data.
   * - DynamoDB charges each write by the size of the item, in units of 1 KB. Ten values of 500 characters add 5 KB or, if
   *   they are not ASCII, up to 20 KB.
   *
   * @default - no metadata is stored
   */
  readonly metadataKeys?: string[];

  /**
   * The provider's id of the customer. Fraud rules read a customer's history by it.
   *
   * @default - `email` or `phone` identifies the customer
   */
  readonly customerId?: string;

  /**
   * The provider's own identifier of the card, which is the same for each payment with it. Not its number.
   *
   * @default - no fingerprint is stored, and fraud rules do not recognize a card
   */
  readonly cardFingerprint?: string;

  /**
   * A keyed hash of the customer's email address that the sender computed. It is stored and published unchanged. A value with
   * an `@` is an address by mistake, and is hashed.
   *
   * @default - the hash of `email`, by the key of the system
   */
  readonly emailHash?: string;

  /**
   * The sender's own estimate of the risk of fraud, a number from 0 to 100.
   *
   * @default - no risk score is stored
   */
  readonly riskScore?: string;

  /**
   * The sender's own estimate of the risk of fraud: `normal`, `elevated` or `highest`. Other words are ignored.
   *
   * @default - no risk level is stored
   */
  readonly riskLevel?: string;

  /**
   * The outcome of 3-D Secure: `authenticated`, `attempted`, `exempted`, `failed` or `unavailable`. Other words are ignored.
   *
   * @default - no outcome is stored
   */
  readonly threeDSecure?: string;

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
   * The first digits of the card's number, as text. At most 8 digits are
   * kept; only the raw body contains the others. A value with fewer than 6
   * digits, or with other characters, is left out.
   *
   * @default - no digits of the card are stored
   */
  readonly cardBin?: string;

  /**
   * The customer's email address. Only its domain, in ASCII and lower case (`example.com` for `Someone@Example.com`), and a
   * keyed hash of the address are kept. Only the raw body contains the address. If the event has no customer id, the hash
   * also identifies the customer, see `identifyGuests`.
   *
   * @default - neither a domain nor a hash is stored
   */
  readonly email?: string;

  /**
   * The customer's phone number, as text. It is not kept. If the event has neither a customer id nor an email address, a
   * keyed hash of the number identifies the customer, see `identifyGuests`.
   *
   * @default - a phone number identifies no customer
   */
  readonly phone?: string;

  /**
   * Whether the event is real. `false` marks a test, which is stored but is not a money movement.
   *
   * @default - every event is real
   */
  readonly live?: string;

  /**
   * The kinds of the provider's event names. If you set it, only events of the kinds captured, refunded, disputed and
   * paid-out are money movements: senders often report one payment in several events with the same amount. A name that it
   * does not contain has the kind `other`.
   *
   * @default - every event has the kind `other`, and is a money movement if it has an amount
   */
  readonly kinds?: { [eventName: string]: TransactionKind };
}
