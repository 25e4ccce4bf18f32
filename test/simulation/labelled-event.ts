import type { Kind } from '../../src/private/contract';

/** An event as the merchant's own system would send it, and whether somebody planted it. */
export interface LabelledEvent {
  /** When it happened. */
  readonly at: Date;
  /** The payment: its authorisation, capture and refund carry the same. */
  readonly transactionId: string;
  readonly kind: Kind;
  /** Major units, with no more decimals than the currency has. */
  readonly amount: number;
  /** ISO 4217. */
  readonly currency: string;
  readonly customerId: string;
  /** Of the customer, ISO 3166 alpha-2; absent where the checkout does not ask. */
  readonly country?: string;
  /** Of the card's bank; absent for what is not paid by card. */
  readonly cardCountry?: string;
  /** The first six to eight digits of the card's number. */
  readonly cardBin?: string;
  readonly emailDomain?: string;
  /** The pattern of the fraud that it belongs to; absent where the event is honest. */
  readonly fraud?: string;
}

/** How hard it is to tell fraud from honest payments. */
export interface Difficulty {
  /** How bold each fraudster is lies evenly between this and 1: at 0 they blend in, at 1 they hurry. */
  readonly leastBoldness: number;
  /** How many of the honest customers' unusual payments take place, from 0 to 1: cars bought once, dear first orders, sprees. */
  readonly oddities: number;
}

/** Makes the events of 30 days and of the 90 before them, oldest first: the same seed gives the same month. */
export type MonthGenerator = (seed: number, difficulty: Difficulty) => LabelledEvent[];
