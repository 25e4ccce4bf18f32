import { adyen } from './adyen';
import { braintree } from './braintree';
import { checkoutCom } from './checkout-com';
import { coinbaseCommerce } from './coinbase-commerce';
import { goCardless } from './gocardless';
import { hmac } from './hmac';
import { mollie } from './mollie';
import { payPal } from './paypal';
import { paystack } from './paystack';
import { razorpay } from './razorpay';
import type { Scheme } from './shared/scheme';
import { shopify } from './shopify';
import { square } from './square';
import { standardWebhooks } from './standard-webhooks';
import { stripe } from './stripe';
import type { SchemeName } from '../../src/private/contract';

/** The schemes that the validator knows. To join: a file of its own and a row here. */
export const SCHEMES: Readonly<Record<SchemeName, Scheme>> = {
  'adyen': adyen,
  'braintree': braintree,
  'checkout-com': checkoutCom,
  'coinbase-commerce': coinbaseCommerce,
  'gocardless': goCardless,
  'hmac': hmac,
  'mollie': mollie,
  'paypal': payPal,
  'paystack': paystack,
  'razorpay': razorpay,
  'shopify': shopify,
  'square': square,
  'standard-webhooks': standardWebhooks,
  'stripe': stripe,
};
