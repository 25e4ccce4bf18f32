import type { ProviderDelivery, ProviderName } from './request';
import { samples as adyen } from '../../handlers/providers/adyen/samples';
import { samples as razorpay } from '../../handlers/providers/razorpay/samples';
import type { Headers, SignNow } from '../../handlers/providers/shared/samples/provider-samples';
import { samples as square } from '../../handlers/providers/square/samples';
import { samples as standardWebhooks } from '../../handlers/providers/standard-webhooks/samples';
import { samples as stripe } from '../../handlers/providers/stripe/samples';

/** A delivery with the signature of its provider. */
export interface Signed {
  readonly headers: Headers;
  readonly body: string;
}

const SIGN: Readonly<Record<ProviderName, SignNow>> = {
  'stripe': stripe.sign,
  'adyen': adyen.sign,
  'square': square.sign,
  'razorpay': razorpay.sign,
  'standard-webhooks': standardWebhooks.sign,
};

/** Signs a delivery as its provider does. */
export function signDelivery({ provider, id, body }: ProviderDelivery, secret: string, signedAt: Date): Signed {
  const { headers, body: signed } = SIGN[provider](Buffer.from(body), { secret, at: signedAt, name: id });
  return { headers, body: signed.toString() };
}
