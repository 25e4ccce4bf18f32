import { isUtf8 } from 'node:buffer';
import { WEBHOOK_ID } from './paypal-certificates';
import { payPalDelivery } from './paypal-sender';
import {
  BASE64, HEX, adyenAltered, adyenWebhook, alteredIn, bodyHmac, braintreeAltered, braintreeWebhook, otherCode, otherField, otherText, providerConfig,
  squareWebhook, type Provider,
} from './provider-signers';
import {
  HMAC_SECRET, STANDARD_SECRET, STRIPE_SECRET, hmacWebhook, standardWebhook, standardWebhookOfBytes, stripeWebhook, stripeWebhookOfBytes,
} from './webhooks';
import { SecretField, type SchemeName } from '../../../src/private/contract';

const ADYEN_KEY = '1d7f0c2b59e8a46310f2c5d7b84e9a6036c1f5d2870b4e9acd1357902468bedf';
/** The keys of the library's own samples. */
const BRAINTREE_KEYS = { [SecretField.PUBLIC_KEY]: 'integration_public_key', [SecretField.PRIVATE_KEY]: 'integration_private_key' };
const PAYPAL_WEBHOOK = { [SecretField.WEBHOOK_ID]: WEBHOOK_ID };
const SQUARE_ENDPOINT = {
  [SecretField.SIGNATURE_KEY]: 'Kc3yTUwEpkPmkKqLOYtYNw', [SecretField.NOTIFICATION_URL]: 'https://example.com/v1/webhook/square',
};

const coinbase = jest.requireActual<{ Webhook: { computeSignature: (payload: string, secret: string) => string } }>('coinbase-commerce-node');

/** Every scheme's provider. */
export const PROVIDERS: Readonly<Record<SchemeName, Provider>> = {
  'adyen': {
    config: providerConfig('adyen'),
    secret: ADYEN_KEY,
    sign: (payload, { secret = ADYEN_KEY } = {}) => adyenWebhook(payload, secret),
    altered: adyenAltered,
    otherSecret: (change) => otherCode(ADYEN_KEY, change, HEX),
  },
  'braintree': {
    config: providerConfig('braintree'),
    secret: JSON.stringify(BRAINTREE_KEYS),
    sign: (payload, { secret = JSON.stringify(BRAINTREE_KEYS) } = {}) => braintreeWebhook(payload, secret),
    altered: braintreeAltered,
    otherSecret: otherField(BRAINTREE_KEYS, SecretField.PRIVATE_KEY),
  },
  'checkout-com': bodyHmac('checkout-com', { header: 'Cko-Signature', secret: '4f1c8b2e-93ad-4f5e-8a61-7c0d2b95e314' }),
  'coinbase-commerce': bodyHmac('coinbase-commerce', {
    header: 'X-CC-Webhook-Signature',
    secret: '7d2a1f60-5b3c-4e89-9a04-c18f6e2b7d35',
    library: (text, secret) => coinbase.Webhook.computeSignature(text, secret),
  }),
  'gocardless': bodyHmac('gocardless', { header: 'Webhook-Signature', secret: '8KZ0qXyN3vWbT5cRfJ7mHsLd2pGe9uAo1iVtYwQx' }),
  'hmac': {
    config: providerConfig('hmac', {
      hmac: { signatureHeader: 'X-Shop-Signature', algorithm: 'sha256', encoding: 'hex', prefix: 'sha256=', timestampHeader: 'X-Shop-Time' },
      fields: {
        transactionId: 'order.id',
        eventId: 'id',
        eventName: 'type',
        eventTime: 'at',
        amount: 'order.total',
        amountUnit: 'major',
        currency: 'order.currency',
        kinds: { 'order.paid': 'captured', 'order.failed': 'failed', 'order.refunded': 'refunded' },
      },
    }),
    secret: HMAC_SECRET,
    sign: (payload, { at, secret } = {}) => hmacWebhook(payload, at, secret),
    altered: alteredIn('X-Shop-Signature', 'X-Shop-Time'),
    otherSecret: otherText(HMAC_SECRET),
  },
  'mollie': bodyHmac('mollie', { header: 'X-Mollie-Signature', prefix: 'sha256=', secret: 'Wq7JxT2rKcVb9mYdLzPh4sGfNuEa6oRi' }),
  'paypal': {
    config: providerConfig('paypal'),
    secret: JSON.stringify(PAYPAL_WEBHOOK),
    sign: async (payload, { secret = JSON.stringify(PAYPAL_WEBHOOK), ...signing } = {}) => payPalDelivery(payload, secret, signing),
    altered: alteredIn('PAYPAL-TRANSMISSION-ID', 'PAYPAL-TRANSMISSION-TIME', 'PAYPAL-TRANSMISSION-SIG'),
    otherSecret: otherField(PAYPAL_WEBHOOK, SecretField.WEBHOOK_ID),
  },
  'paystack': bodyHmac('paystack', {
    header: 'x-paystack-signature', algorithm: 'sha512', secret: 'sk_test_3b9f0c6d81e25a7f4c0de9186b57fa23c4d80e91',
  }),
  'razorpay': bodyHmac('razorpay', {
    header: 'X-Razorpay-Signature', secret: 'a-razorpay-webhook-secret', unsigned: ({ name = 'any' }) => ({ 'x-razorpay-event-id': name }),
  }),
  'shopify': bodyHmac('shopify', {
    header: 'X-Shopify-Hmac-Sha256',
    encoding: 'base64',
    secret: '5c0e8f7a1b2d3946e8f7a1b2c3d49506',
    unsigned: ({ at = new Date(), name = 'orders.paid' }) => ({
      'X-Shopify-Topic': name.replace('.', '/'),
      'X-Shopify-Shop-Domain': 'a-shop.myshopify.com',
      'X-Shopify-API-Version': '2025-01',
      'X-Shopify-Webhook-Id': 'b54557e4-bdd9-4b37-8a5f-bf7d70bcd043',
      'X-Shopify-Event-Id': '98880550-7158-44d4-b7cd-2c97c8a091b5',
      'X-Shopify-Triggered-At': at.toISOString(),
    }),
  }),
  'square': {
    config: providerConfig('square'),
    secret: JSON.stringify(SQUARE_ENDPOINT),
    sign: (payload, { secret = JSON.stringify(SQUARE_ENDPOINT) } = {}) => squareWebhook(payload, secret),
    altered: alteredIn('x-square-hmacsha256-signature'),
    otherSecret: otherField(SQUARE_ENDPOINT, SecretField.SIGNATURE_KEY, SecretField.NOTIFICATION_URL),
  },
  'standard-webhooks': {
    config: providerConfig('standard-webhooks', {
      fields: {
        transactionId: 'data.id',
        eventName: 'type',
        eventTime: 'timestamp',
        amount: 'data.amount',
        currency: 'data.currency',
        kinds: { 'payment.captured': 'captured', 'payment.refunded': 'refunded', 'contact.created': 'other' },
      },
    }),
    secret: STANDARD_SECRET,
    sign: (payload, { name = 'msg_1', at, secret } = {}) => isUtf8(payload)
      ? standardWebhook(payload, name, at, secret)
      : standardWebhookOfBytes(payload, name, at),
    altered: alteredIn('webhook-id', 'webhook-timestamp', 'webhook-signature'),
    otherSecret: (change) => `whsec_${otherCode(STANDARD_SECRET.slice('whsec_'.length), change, BASE64)}`,
  },
  'stripe': {
    config: providerConfig('stripe'),
    secret: STRIPE_SECRET,
    sign: (payload, { at, secret } = {}) => isUtf8(payload) ? stripeWebhook(payload, at, secret) : stripeWebhookOfBytes(payload, at),
    altered: alteredIn('Stripe-Signature'),
    otherSecret: otherText(STRIPE_SECRET),
  },
};
