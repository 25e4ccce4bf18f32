import type { StubEvent } from './stub-api';
import { stripeEvent } from '../../../../handlers/providers/stripe/samples';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** A charge of Stripe that succeeded. */
export function charge(name: string, at: number, more: object = {}): StubEvent {
  const object = { id: `ch_${name}`, object: 'charge', payment_intent: `pi_${name}`, amount: 1_234, currency: 'eur', captured: true, ...more };
  return { at, event: { ...stripeEvent(`evt_${name}`, 'charge.succeeded', object), created: Math.floor(at / 1_000) } };
}

/** An event of Stripe that says nothing about a payment. */
export function otherEvent(name: string, at: number): StubEvent {
  return { at, event: { ...stripeEvent(`evt_${name}`, 'product.created', { id: `prod_${name}` }), created: Math.floor(at / 1_000) } };
}

/** A capture of PayPal, by its documentation. */
export function capture(name: string, at: number): StubEvent {
  return {
    at,
    event: {
      id: `WH-${name}`,
      create_time: new Date(at).toISOString(),
      resource_type: 'capture',
      event_type: 'PAYMENT.CAPTURE.COMPLETED',
      resource: { id: `CAP-${name}`, amount: { currency_code: 'USD', value: '12.34' }, status: 'COMPLETED' },
    },
  };
}

/** A completed payment of Square, by its documentation. */
export function payment(name: string, at: number): StubEvent {
  const object = { payment: { id: `pay-${name}`, amount_money: { amount: 1_234, currency: 'USD' }, status: 'COMPLETED' } };
  return {
    at,
    event: { merchant_id: 'a-merchant', type: 'payment.updated', event_id: `square-${name}`, created_at: new Date(at).toISOString(), data: { type: 'payment', id: `pay-${name}`, object } },
  };
}

