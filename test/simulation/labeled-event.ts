import type { Kind } from '../../src/private/contract';

/** An event from the merchant's own system, labeled as fraud or honest. */
export interface LabeledEvent {
  /** The time of the event. */
  readonly at: Date;
  /** The payment: its authorization, capture and refund have the same id. */
  readonly transactionId: string;
  readonly kind: Kind;
  /** Major units, with no more decimals than the currency has. */
  readonly amount: number;
  /** ISO 4217. */
  readonly currency: string;
  readonly customerId: string;
  /** Country of the customer, ISO 3166 alpha-2; absent if the checkout does not record it. */
  readonly country?: string;
  /** Country of the card's bank; absent if the payment is not by card. */
  readonly cardCountry?: string;
  /** The first six to eight digits of the card's number. */
  readonly cardBin?: string;
  /** Identifies the card without its number. */
  readonly cardFingerprint?: string;
  readonly emailDomain?: string;
  /** The merchant's account that gets the payment; absent if the merchant has only one. */
  readonly account?: string;
  /** The pattern of the fraud that it belongs to; absent if the event is honest. */
  readonly fraud?: string;
  /** The time when the merchant learns that it was fraud, such as by a dispute; absent if the event is honest. */
  readonly knownAt?: Date;
}

/** The difficulty of distinguishing fraud from honest payments. */
export interface Difficulty {
  /** Lower bound of the boldness of fraudsters, which is distributed evenly up to 1. At 0 they blend in, at 1 they hurry. */
  readonly leastBoldness: number;
  /** Share of the honest customers' unusual payments that take place, from 0 to 1: cars, expensive first orders, sprees. */
  readonly oddities: number;
}

/** Generates the events of months of 30 days and of the 90 days before them, oldest first. The same seed gives the same events. */
export type MonthGenerator = (seed: number, difficulty: Difficulty, months?: number) => LabeledEvent[];
