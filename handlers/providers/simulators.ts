import { simulator as adyen } from './adyen/simulator';
import { simulator as airwallex } from './airwallex/simulator';
import { simulator as authorizeNet } from './authorize-net/simulator';
import { simulator as braintree } from './braintree/simulator';
import { simulator as cashfree } from './cashfree/simulator';
import { simulator as checkoutCom } from './checkout-com/simulator';
import { simulator as coinbaseCommerce } from './coinbase-commerce/simulator';
import { simulator as flutterwave } from './flutterwave/simulator';
import { simulator as goCardless } from './gocardless/simulator';
import { simulator as hmac } from './hmac/simulator';
import { simulator as klarna } from './klarna/simulator';
import { simulator as lemonSqueezy } from './lemon-squeezy/simulator';
import { simulator as mollie } from './mollie/simulator';
import { simulator as paddle } from './paddle/simulator';
import { simulator as payPal } from './paypal/simulator';
import { simulator as paystack } from './paystack/simulator';
import { simulator as publicKey } from './public-key/simulator';
import { simulator as razorpay } from './razorpay/simulator';
import type { ProviderSimulator } from './shared/simulators/provider-simulator';
import { simulator as shopify } from './shopify/simulator';
import { simulator as square } from './square/simulator';
import { simulator as standardWebhooks } from './standard-webhooks/simulator';
import { simulator as stripe } from './stripe/simulator';
import { simulator as wise } from './wise/simulator';
import { simulator as worldpay } from './worldpay/simulator';
import type { SchemeName } from '../../src/private/contract';

/** The simulator of each scheme, in the order of the registry of schemes. */
export const SIMULATORS: { readonly [scheme in SchemeName]: ProviderSimulator } = {
  'stripe': stripe,
  'adyen': adyen,
  'paypal': payPal,
  'square': square,
  'razorpay': razorpay,
  'paystack': paystack,
  'checkout-com': checkoutCom,
  'shopify': shopify,
  'braintree': braintree,
  'mollie': mollie,
  'coinbase-commerce': coinbaseCommerce,
  'gocardless': goCardless,
  'wise': wise,
  'worldpay': worldpay,
  'paddle': paddle,
  'cashfree': cashfree,
  'authorize-net': authorizeNet,
  'klarna': klarna,
  'airwallex': airwallex,
  'lemon-squeezy': lemonSqueezy,
  'flutterwave': flutterwave,
  'standard-webhooks': standardWebhooks,
  'hmac': hmac,
  'public-key': publicKey,
};
