import { adyenItem, samples as adyen } from '../../handlers/providers/adyen/samples';
import { payPalEvent, samples as paypal } from '../../handlers/providers/paypal/samples';
import type { ProviderSamples, SignedWebhook } from '../../handlers/providers/shared/samples/provider-samples';
import { samples as stripe, stripeEvent } from '../../handlers/providers/stripe/samples';

export type ProviderName = 'stripe' | 'adyen' | 'paypal';
export const PROVIDER_NAMES: readonly ProviderName[] = ['stripe', 'adyen', 'paypal'];

/** In minor units of a currency with two decimals. */
export const HIGH_VALUE = 1_250_000;
const LOW_VALUE = 4_900;

const SAMPLES: { readonly [name in ProviderName]: ProviderSamples } = { stripe, adyen, paypal };

const EVENTS: { readonly [name in ProviderName]: (index: number, amount: number) => object } = {
  stripe: (index, amount) => stripeEvent(`evt_${index}`, 'charge.succeeded', {
    id: `ch_${index}`,
    object: 'charge',
    amount,
    amount_captured: amount,
    captured: true,
    currency: 'eur',
    payment_intent: `pi_${index}`,
    status: 'succeeded',
  }),
  adyen: (index, value) => adyenItem(`PSP${index}`, 'AUTHORISATION', { amount: { currency: 'EUR', value }, originalReference: undefined }),
  paypal: (index, amount) => payPalEvent(`WH-${index}`, 'PAYMENT.CAPTURE.COMPLETED', {
    id: `CAPTURE${index}`, status: 'COMPLETED', amount: { currency_code: 'EUR', value: (amount / 100).toFixed(2) },
  }),
};

let sent = 0;

export interface WebhookOptions {
  readonly amount?: number;
  readonly payload?: object;
  /** In addition to the payload. */
  readonly padding?: string;
  /** Default: the secret of the system. */
  readonly secret?: string;
  /** Default: now. */
  readonly at?: Date;
}

/** The next payment of a provider, signed. */
export async function paymentWebhook(
  provider: ProviderName, { amount = LOW_VALUE, payload, padding, secret, at }: WebhookOptions = {},
): Promise<SignedWebhook> {
  sent += 1;
  const body = JSON.stringify({ ...payload ?? EVENTS[provider](sent, amount), padding });
  return SAMPLES[provider].sign(Buffer.from(body), { secret, at: at ?? new Date(Date.now()) });
}

/** A well-formed secret that is not the one of the system. */
export function otherSecret(provider: ProviderName): string {
  return SAMPLES[provider].otherSecret({ position: 9, difference: 2, character: 'x' });
}
