import { simulator as adyen } from './adyen/simulator';
import { simulator as braintree } from './braintree/simulator';
import { simulator as checkoutCom } from './checkout-com/simulator';
import { simulator as goCardless } from './gocardless/simulator';
import { simulator as hmac } from './hmac/simulator';
import { simulator as mollie } from './mollie/simulator';
import { simulator as payPal } from './paypal/simulator';
import { simulator as publicKey } from './public-key/simulator';
import type { ProviderSimulator } from './shared/simulators/provider-simulator';
import { simulator as shopify } from './shopify/simulator';
import { simulator as square } from './square/simulator';
import { simulator as standardWebhooks } from './standard-webhooks/simulator';
import { simulator as stripe } from './stripe/simulator';
import { simulator as wise } from './wise/simulator';

/** The simulator of each scheme, in the order of the registry of schemes. */
export const SIMULATORS: { readonly [scheme: string]: ProviderSimulator } = {
  'stripe': stripe,
  'adyen': adyen,
  'paypal': payPal,
  'square': square,
  'checkout-com': checkoutCom,
  'shopify': shopify,
  'braintree': braintree,
  'mollie': mollie,
  'gocardless': goCardless,
  'wise': wise,
  'standard-webhooks': standardWebhooks,
  'hmac': hmac,
  'public-key': publicKey,
};
