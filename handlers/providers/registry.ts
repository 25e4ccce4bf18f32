/* eslint-disable @typescript-eslint/no-require-imports -- import() is not available in the CommonJS that the tests run in */
import type { Scheme } from './shared/scheme';
import type { SchemeName } from '../../src/private/contract';

/**
 * Every scheme. Its module is loaded when it is first used, so that a function pays only for the configured providers.
 *
 * The type of the keys is generated from the folders beside this file by `npx projen generate`.
 */
const LOADERS: { readonly [name in SchemeName]: () => Scheme } = {
  'stripe': () => (require('./stripe') as typeof import('./stripe')).stripe,
  'adyen': () => (require('./adyen') as typeof import('./adyen')).adyen,
  'paypal': () => (require('./paypal') as typeof import('./paypal')).payPal,
  'square': () => (require('./square') as typeof import('./square')).square,
  'razorpay': () => (require('./razorpay') as typeof import('./razorpay')).razorpay,
  'paystack': () => (require('./paystack') as typeof import('./paystack')).paystack,
  'checkout-com': () => (require('./checkout-com') as typeof import('./checkout-com')).checkoutCom,
  'shopify': () => (require('./shopify') as typeof import('./shopify')).shopify,
  'braintree': () => (require('./braintree') as typeof import('./braintree')).braintree,
  'mollie': () => (require('./mollie') as typeof import('./mollie')).mollie,
  'coinbase-commerce': () => (require('./coinbase-commerce') as typeof import('./coinbase-commerce')).coinbaseCommerce,
  'gocardless': () => (require('./gocardless') as typeof import('./gocardless')).goCardless,
  'wise': () => (require('./wise') as typeof import('./wise')).wise,
  'worldpay': () => (require('./worldpay') as typeof import('./worldpay')).worldpay,
  'paddle': () => (require('./paddle') as typeof import('./paddle')).paddle,
  'cashfree': () => (require('./cashfree') as typeof import('./cashfree')).cashfree,
  'authorize-net': () => (require('./authorize-net') as typeof import('./authorize-net')).authorizeNet,
  'klarna': () => (require('./klarna') as typeof import('./klarna')).klarna,
  'airwallex': () => (require('./airwallex') as typeof import('./airwallex')).airwallex,
  'lemon-squeezy': () => (require('./lemon-squeezy') as typeof import('./lemon-squeezy')).lemonSqueezy,
  'flutterwave': () => (require('./flutterwave') as typeof import('./flutterwave')).flutterwave,
  'standard-webhooks': () => (require('./standard-webhooks') as typeof import('./standard-webhooks')).standardWebhooks,
  'hmac': () => (require('./hmac') as typeof import('./hmac')).hmac,
  'public-key': () => (require('./public-key') as typeof import('./public-key')).publicKey,
};

/** The names of all schemes, in the order of the documentation. */
export const SCHEME_NAMES = Object.keys(LOADERS) as SchemeName[];

const loaded = new Map<SchemeName, Scheme>();

/** The scheme of a name. */
export function loadScheme(name: SchemeName): Scheme {
  const scheme = loaded.get(name) ?? LOADERS[name]();
  loaded.set(name, scheme);
  return scheme;
}
