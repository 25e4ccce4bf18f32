import type { CarriedFields, Kind } from '../../../src/private/contract';

/** An amount in minor units, with the number of decimals that its sender uses. */
export interface Money {
  readonly minor: bigint;
  readonly exponent: number;
}

/** The part of an event that `metadataKeys` chooses. */
export interface CarriedMetadata {
  /** The merchant's own metadata, as text. */
  readonly metadata?: { readonly [key: string]: string };
  /** The keys of values that cannot be carried, because they are too long or not a text, a number or a boolean. */
  readonly omittedMetadata?: readonly string[];
}

/** The content of a webhook, in the terms that all providers share. */
export interface EventFields extends CarriedFields, CarriedMetadata {
  /** The signed identifier of the event, the same in each delivery attempt. */
  readonly eventId?: string;
  readonly transactionId?: string;
  readonly eventName?: string;
  readonly kind: Kind;
  readonly live: boolean;
  readonly money?: Money;
  readonly currency?: string;
  readonly eventTime?: Date;
  /** Whether, by the scheme's own table, this is the one event that represents its movement of money. */
  readonly moneyMovement: boolean;
  /**
   * Whether the object of the event shows that no money moved, such as a pending refund or an inquiry. Then it is not a
   * money movement, even if the user chose its name.
   */
  readonly movesNothing?: boolean;
  /**
   * The email address of the customer, in its canonical form. It is never stored, published or logged: only its domain and
   * its keyed hash are.
   */
  readonly email?: string;
  /**
   * The email address or phone number of a customer without an id, in its canonical form. It is never stored, published or
   * logged: only its keyed hash is.
   */
  readonly contact?: string;
  /** Whether the bank or the provider declined a customer's payment. Canceled and expired payments were not declined. */
  readonly declined: boolean;
}

/** The violation of a schema by a body. */
export interface Violation {
  readonly field: string;
  readonly message: string;
}

/** The id that a provider signs for one delivery. It must not be used with another body. */
export interface Transmission {
  readonly id: string;
  /** The time when the delivery is too old to be accepted. */
  readonly expiresAt: Date;
}

/** The result of normalizing an authentic webhook. */
export interface NormalizedEvent {
  /** False if a part could not be parsed. The event is still stored, and counted. */
  readonly parsed: boolean;
  readonly fields: EventFields;
  readonly violation?: Violation;
  /** Only if the signature does not bind the body by itself. */
  readonly transmission?: Transmission;
}

/** The event of an authentic body that cannot be parsed. It counts as live, because it could be about real money. */
export function unparsed(eventId?: string, violation?: Violation): NormalizedEvent {
  return { parsed: false, fields: { eventId, kind: 'other', live: true, moneyMovement: false, declined: false }, violation };
}
