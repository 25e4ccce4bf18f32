import type { CarriedFields, Kind } from '../../../src/private/contract';

/** An amount in minor units with the number of decimals its sender counts in. */
export interface Money {
  readonly minor: bigint;
  readonly exponent: number;
}

/** What a webhook says, in the words that all providers share. */
export interface EventFields extends CarriedFields {
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
  /** Whether the bank or the provider declined a customer's payment. Canceled and expired payments were not declined. */
  readonly declined: boolean;
}

/** Where a body breaks the schema that it promised to follow. */
export interface Violation {
  readonly field: string;
  readonly message: string;
}

/** The name that a provider signs for one delivery, to which no other body may lay claim. */
export interface Transmission {
  readonly id: string;
  /** When the delivery is too old to be accepted anyway. */
  readonly expiresAt: Date;
}

/** What a scheme makes of an authentic webhook. */
export interface NormalizedEvent {
  /** False where something could not be parsed: the event is stored all the same, and counted. */
  readonly parsed: boolean;
  readonly fields: EventFields;
  readonly violation?: Violation;
  /** Only where the signature does not bind the body by itself. */
  readonly transmission?: Transmission;
}

/** The event of an authentic body that cannot be parsed. It counts as live, because it could be about real money. */
export function unparsed(eventId?: string, violation?: Violation): NormalizedEvent {
  return { parsed: false, fields: { eventId, kind: 'other', live: true, moneyMovement: false, declined: false }, violation };
}
