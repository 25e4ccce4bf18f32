import type { LabeledEvent } from './labeled-event';
import type { Card, Customer } from './wholesale-customers';

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** A Sunday: the offset of a day modulo 7 is its weekday. */
export const MONTH_START = Date.UTC(2026, 2, 1);
export const MONTH_DAYS = 30;
/** The start of the history, so that the customers have earlier orders on the first of the month. */
export const HISTORY_DAYS = 90;
const HISTORY_START = MONTH_START - HISTORY_DAYS * DAY;

const USUAL_CAPTURE_DELAY = 3 * SECOND;

export interface Order {
  readonly customer: Customer;
  /** The time when it was authorized or declined, or the transfer arrived. */
  readonly at: number;
  readonly amount: number;
  /** Absent for a transfer. */
  readonly card?: Card;
  /** Absent if it is the customer's own. */
  readonly currency?: string;
  /** Absent if it is the customer's own. */
  readonly country?: string;
  /** Absent if the card is charged at once. */
  readonly captureDelay?: number;
  readonly fraud?: string;
}

export interface Repayment {
  readonly kind: 'refunded' | 'paid-out';
  readonly at: number;
  readonly amount: number;
}

function cents(amount: number): number {
  return Math.round(amount * 100) / 100;
}

/** Collects the events, in any order. */
export class Ledger {
  private readonly events: LabeledEvent[] = [];
  private payments = 0;
  private readonly end: number;

  /** With the number of days from the start of the first month to the end of the last one. */
  public constructor(days: number) {
    this.end = MONTH_START + days * DAY;
  }

  /** Returns the id of the transaction, for a later repayment. */
  public pay(order: Order): string {
    const transactionId = this.nextId();
    if (order.card) this.record(order, transactionId, 'authorized', order.at);
    const delay = order.card ? order.captureDelay ?? USUAL_CAPTURE_DELAY : 0;
    this.record(order, transactionId, 'captured', order.at + delay);
    return transactionId;
  }

  public decline(order: Order): void {
    this.record(order, this.nextId(), 'failed', order.at);
  }

  /** A payout that belongs to no payment gets a separate id. */
  public repay(order: Order, repayment: Repayment, transactionId = this.nextId()): void {
    this.record({ ...order, amount: repayment.amount }, transactionId, repayment.kind, repayment.at);
  }

  public oldestFirst(): LabeledEvent[] {
    return this.events.sort((one, other) => one.at.getTime() - other.at.getTime());
  }

  private nextId(): string {
    this.payments += 1;
    return `wt-${String(this.payments).padStart(6, '0')}`;
  }

  private record(order: Order, transactionId: string, kind: LabeledEvent['kind'], at: number): void {
    if (at < HISTORY_START || at >= this.end) return;
    const { customer, card, fraud } = order;
    const country = order.country ?? customer.country;
    this.events.push({
      at: new Date(at),
      transactionId,
      kind,
      amount: cents(order.amount),
      currency: order.currency ?? customer.currency,
      customerId: customer.id,
      emailDomain: customer.emailDomain,
      ...(country && { country }),
      ...(card && { cardCountry: card.country, cardBin: card.bin, cardFingerprint: card.fingerprint }),
      // Events before the first month are only its history and are not counted as hits or misses.
      ...(fraud && at >= MONTH_START && { fraud }),
    });
  }
}
