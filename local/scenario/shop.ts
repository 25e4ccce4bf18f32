import type { Request } from './request';
import { until, type Step } from './scenario-context';
import { describeAnswers } from '../observe/describe';
import type { BusEvent } from '../observe/taps';

/** An order that waits for its payment. */
export interface Order {
  readonly reference: string;
  readonly amountMinor: string;
  readonly currency: string;
}

/** A consumer of the events: a shop that ships an order when it is paid. */
export class Shop {
  private readonly open: Map<string, Order>;

  constructor(orders: readonly Order[]) {
    this.open = new Map(orders.map((order) => [order.reference, order]));
  }

  /** Ships the order of a payment if the amount is right. Events arrive at least once: a repeated one ships nothing. */
  public receive({ detail: { kind, money_movement: moneyMovement, reference = 'no reference', amount_minor: minor, currency } }: BusEvent): string {
    const order = this.open.get(reference);
    if (!order || kind !== 'captured' || !moneyMovement) {
      return `${reference}: nothing to ship`;
    }
    if (minor !== order.amountMinor || currency !== order.currency) {
      return `${reference}: wrong amount`;
    }
    this.open.delete(reference);
    return `${reference} shipped`;
  }
}

/** Sends a payment, and lets a shop act on the event that its target of the tier receives. */
export function shipsTheOrder(payment: Request, order: Order): Step {
  return async ({ sender, observe }) => {
    const shop = new Shop([order]);
    const answer = await sender.send(payment);
    const paid = await until(observe, ({ matches }) => matches.find(({ event }) => event.detail.event_id === payment.id));
    return `${describeAnswers([answer])}, ${shop.receive(paid.event)}`;
  };
}
