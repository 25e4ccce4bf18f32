import type { ProviderDelivery } from './request';

/** The relevant part of a charge. The other fields of a real one are not read. */
export interface Charge {
  /** In the minor units that Stripe uses for the currency. */
  readonly amount: number;
  readonly currency?: string;
  readonly customer?: string;
  readonly paymentIntent?: string;
  readonly live?: boolean;
  /** The order of the shop. */
  readonly orderId?: string;
  /** A text that makes the event larger. */
  readonly description?: string;
}

/** `charge.succeeded`: the event of a payment that is routed. */
export function chargeSucceeded(name: string, now: Date, charge: Charge): ProviderDelivery {
  return event(name, 'charge.succeeded', now, {
    id: `ch_local_${name}`,
    object: 'charge',
    amount: charge.amount,
    currency: charge.currency ?? 'usd',
    captured: true,
    customer: charge.customer ?? `cus_local_${name}`,
    payment_intent: charge.paymentIntent ?? null,
    billing_details: { address: { country: 'US' } },
    payment_method_details: { type: 'card', card: { country: 'US' } },
    status: 'succeeded',
    metadata: charge.orderId === undefined ? {} : { order_id: charge.orderId },
    description: charge.description,
  }, charge.live);
}

/** `payment_intent.succeeded`: reports the same money as the charge. */
export function paymentIntentSucceeded(name: string, now: Date, intent: { readonly id: string; readonly amount: number }): ProviderDelivery {
  return event(name, 'payment_intent.succeeded', now, {
    id: intent.id, object: 'payment_intent', amount: intent.amount, currency: 'usd', status: 'succeeded',
  });
}

/** `customer.created`: an event without an amount. */
export function customerCreated(name: string, now: Date): ProviderDelivery {
  return event(name, 'customer.created', now, { id: `cus_local_${name}`, object: 'customer' });
}

function event(name: string, type: string, now: Date, object: object, live = true): ProviderDelivery {
  const id = `evt_local_${name}`;
  return {
    provider: 'stripe',
    id,
    body: JSON.stringify({
      id, object: 'event', type, created: Math.floor(now.getTime() / 1000), livemode: live, data: { object },
    }),
  };
}
