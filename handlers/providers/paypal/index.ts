import { verify as verifySignature, type KeyObject } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { SecretField, type Kind, type ProviderConfig } from '../../../src/private/contract';
import type { Exponents } from '../../domain/money';
import { isTrusted } from '../shared/certificate-chain';
import { customerOf } from '../shared/customer';
import { meaningOf, type EventTable } from '../shared/event-table';
import { moneyFromMajor, isRfc3339, parseEventTime, parseCurrency } from '../shared/event-values';
import { firstAt, isJsonObject, parseCode, parseJson, parseText, present, valueAt } from '../shared/json';
import { unparsed, type Money, type NormalizedEvent } from '../shared/normalized-event';
import { outcomeOfStatus } from '../shared/risk-values';
import type { Scheme, Verification } from '../shared/scheme';
import { secretObject } from '../shared/secret-object';
import { decodeSignature, verification, isWithinTolerance } from '../shared/signature';
import { singleHeader, type WebhookRequest } from '../shared/webhook-request';

/** https://developer.paypal.com/api/rest/reference/currency-codes */
const EXPONENTS: Exponents = { HUF: 0, TWD: 0 };
const SIGNATURE_HEADER = 'paypal-transmission-sig';
const DELIVERY_HEADERS = ['paypal-transmission-id', 'paypal-transmission-time', SIGNATURE_HEADER, 'paypal-cert-url', 'paypal-auth-algo'];
const ALGORITHM = 'SHA256withRSA';
/** At most 50 characters (https://developer.paypal.com/api/webhooks/v1/definitions/verify_webhook_signature); PayPal sends UUIDs. */
const TRANSMISSION_ID = /^[\w-]{1,50}$/;
/** The sender names the address. Compared as text, so that no two parsers can read it differently. */
const CERTIFICATE_URL = /^https:\/\/(api(?:\.sandbox)?\.paypal\.com)\/v1\/notifications\/certs\/[\w-]{1,100}$/;
const SANDBOX_HOST = 'api.sandbox.paypal.com';
const LIVE_CERTIFICATE = 'messageverificationcerts.paypal.com';
const SANDBOX_CERTIFICATE = 'messageverificationcerts.sandbox.paypal.com';
/** PayPal tries 25 times in 3 days (https://developer.paypal.com/api/rest/webhooks/rest/); another day covers internal failures. */
const MAX_AGE_MS = 4 * 24 * 3_600_000;
/** A transmission is stored longer than it is accepted, for any difference between the local clock and the table's. */
const CLOCK_MARGIN_MS = 3_600_000;

/**
 * The names are PayPal's: https://developer.paypal.com/api/rest/webhooks/event-names/.
 * PayPal reverses an approval and cancels its order if the merchant does not
 * capture in time (https://developer.paypal.com/payment-methods/uncaptured-payments).
 *
 * Money movements: an order, an invoice and a batch of payouts repeat the
 * amounts of their captures, sales and items. A payment that PayPal reverses was
 * disputed before.
 *
 * Declines: PayPal calls a payment a capture, in the first version a sale.
 */
const EVENTS: EventTable = {
  'CHECKOUT.CHECKOUT.BUYER-APPROVED': { kind: 'authorized' },
  'CHECKOUT.ORDER.APPROVED': { kind: 'authorized' },
  'PAYMENT.AUTHORIZATION.CREATED': { kind: 'authorized' },
  'PAYMENTS.PAYMENT.CREATED': { kind: 'authorized' },
  'CHECKOUT.ORDER.COMPLETED': { kind: 'captured' },
  'INVOICING.INVOICE.PAID': { kind: 'captured' },
  'PAYMENT.CAPTURE.COMPLETED': { kind: 'captured', moneyMovement: true },
  'PAYMENT.SALE.COMPLETED': { kind: 'captured', moneyMovement: true },
  'BILLING.SUBSCRIPTION.PAYMENT.FAILED': { kind: 'failed', declined: true },
  'CHECKOUT.ORDER.DECLINED': { kind: 'failed', declined: true },
  'PAYMENT.CAPTURE.DECLINED': { kind: 'failed', declined: true },
  'PAYMENT.CAPTURE.DENIED': { kind: 'failed', declined: true },
  'PAYMENT.PAYOUTS-ITEM.BLOCKED': { kind: 'failed' },
  'PAYMENT.PAYOUTS-ITEM.DENIED': { kind: 'failed' },
  'PAYMENT.PAYOUTS-ITEM.FAILED': { kind: 'failed' },
  'PAYMENT.PAYOUTS-ITEM.RETURNED': { kind: 'failed' },
  'PAYMENT.PAYOUTSBATCH.DENIED': { kind: 'failed' },
  'PAYMENT.REFERENCED-PAYOUT-ITEM.FAILED': { kind: 'failed' },
  'PAYMENT.REFUND.FAILED': { kind: 'failed' },
  'PAYMENT.SALE.DENIED': { kind: 'failed', declined: true },
  'CHECKOUT.PAYMENT-APPROVAL.REVERSED': { kind: 'canceled' },
  'INVOICING.INVOICE.CANCELLED': { kind: 'canceled' },
  'PAYMENT.AUTHORIZATION.VOIDED': { kind: 'canceled' },
  'PAYMENT.ORDER.CANCELLED': { kind: 'canceled' },
  'PAYMENT.PAYOUTS-ITEM.CANCELED': { kind: 'canceled' },
  'INVOICING.INVOICE.REFUNDED': { kind: 'refunded' },
  'PAYMENT.CAPTURE.REFUNDED': { kind: 'refunded', moneyMovement: true },
  'PAYMENT.PAYOUTS-ITEM.REFUNDED': { kind: 'refunded', moneyMovement: true },
  'PAYMENT.REFUND.PENDING': { kind: 'refunded' },
  'PAYMENT.SALE.REFUNDED': { kind: 'refunded', moneyMovement: true },
  'CUSTOMER.DISPUTE.CREATED': { kind: 'disputed', moneyMovement: true },
  'CUSTOMER.DISPUTE.RESOLVED': { kind: 'disputed' },
  'CUSTOMER.DISPUTE.UPDATED': { kind: 'disputed' },
  'PAYMENT.CAPTURE.REVERSED': { kind: 'disputed' },
  'PAYMENT.SALE.REVERSED': { kind: 'disputed' },
  'RISK.DISPUTE.CREATED': { kind: 'disputed' },
  'PAYMENT.PAYOUTS-ITEM.SUCCEEDED': { kind: 'paid-out', moneyMovement: true },
  'PAYMENT.PAYOUTSBATCH.SUCCESS': { kind: 'paid-out' },
  'PAYMENT.REFERENCED-PAYOUT-ITEM.COMPLETED': { kind: 'paid-out', moneyMovement: true },
};

/** The paths to the payment in a refund, a dispute or a disbursement. */
const PAYMENT_IDS = ['sale_id', 'capture_id', 'disputed_transactions.0.seller_transaction_id', 'reference_id'];
/**
 * The stage before a claim, in which buyer and seller find a solution
 * (https://developer.paypal.com/disputes/disputes-lifecycle). Each later update of
 * the dispute shows only its current stage, so no update shows that it is the
 * one that escalates.
 */
const INQUIRY = 'INQUIRY';
/** Events about a refund. Its status decides: PayPal completes some refunds later (https://developer.paypal.com/docs/api/payments/v2/#refunds_get). */
const REFUNDS: readonly string[] = ['PAYMENT.CAPTURE.REFUNDED', 'PAYMENT.SALE.REFUNDED'];
/** The statuses of a refund that moved no money. Those of the first version are in lower case. */
const UNDONE_REFUNDS: ReadonlyMap<string | undefined, Kind> = new Map([
  ['PENDING', 'refunded'], ['CANCELLED', 'canceled'], ['FAILED', 'failed'],
]);
/** The amount of a subscription's payment that failed (https://developer.paypal.com/docs/api/subscriptions/v1/#subscriptions_get). */
const FAILED_PAYMENT = 'BILLING.SUBSCRIPTION.PAYMENT.FAILED';
const FAILED_AMOUNT = 'billing_info.last_failed_payment.amount';
/** The agreements of subscriptions, as opposed to those of single payments. */
const SUBSCRIPTION_ID = /^I-/;
const CAPTURE_LINK = /\/payments\/captures?\/([\w-]{1,50})$/;
const OWN_IDS = ['id', 'payout_item_id', 'item_id', 'batch_header.payout_batch_id', 'invoice.id', 'dispute_id'];
const AMOUNTS = [
  'amount', 'dispute_amount', 'payout_item.amount', 'payout_amount', 'batch_header.amount', 'invoice.amount', 'total_amount', 'gross_amount',
];
const STATUSES = ['status', 'state', 'transaction_status', 'processing_state.status', 'batch_header.batch_status', 'invoice.status'];
/** The second version's fields first, then those of the first version. An order has them in its purchase unit. */
const REFERENCES = [
  'custom_id', 'invoice_id', 'purchase_units.0.custom_id', 'purchase_units.0.invoice_id', 'custom', 'invoice_number', 'disputed_transactions.0.custom',
  'disputed_transactions.0.invoice_number', 'payout_item.sender_item_id',
];
const ACCOUNTS = ['payee.merchant_id', 'purchase_units.0.payee.merchant_id'];
const CUSTOMERS = ['payer.payer_id', 'payer.payer_info.payer_id', 'subscriber.payer_id', 'payment_source.paypal.account_id'];
const EMAILS = ['payer.email_address', 'payer.payer_info.email', 'subscriber.email_address', 'payment_source.paypal.email_address'];
const COUNTRIES = ['payer.address.country_code', 'payer.payer_info.country_code'];
const METHODS = ['payer.payment_method', 'payment_mode'];
/** Of an order that is paid by card (https://developer.paypal.com/api/orders/v2/definitions/three_d_secure_authentication_response). */
const THREE_D_SECURE = 'payment_source.card.authentication_result.three_d_secure.authentication_status';

interface Delivery {
  readonly id: string;
  /** In the signed spelling. */
  readonly time: string;
  readonly signature: Buffer;
  readonly certificateUrl: string;
}

/**
 * PayPal: RSA-SHA256 of `<transmission id>|<time>|<webhook id>|<CRC-32 of the
 * raw body>` (https://developer.paypal.com/api/rest/webhooks/rest/). A CRC does
 * not bind the body: an attacker can change the amount of a captured delivery
 * and keep the CRC. A transmission is therefore bound to its first body.
 */
export const payPal = {
  events: EVENTS,
  exponents: EXPONENTS,

  /**
   * The checks without cost come first, so that a forgery does not cause a fetch.
   * Rejecting the time before the signature does not help an attacker, because
   * neither check uses a secret.
   */
  async verify(request, secrets, { config, now, certificates }): Promise<Verification> {
    if (!singleHeader(request, SIGNATURE_HEADER).value) {
      return 'signature_missing';
    }
    const delivery = deliveryOf(request);
    if (!delivery) {
      return 'signature_malformed';
    }
    if (!CERTIFICATE_URL.test(delivery.certificateUrl)) {
      return 'certificate_untrusted';
    }
    const webhookIds = secrets
      .map((secret) => secretObject(secret, [SecretField.WEBHOOK_ID])?.[SecretField.WEBHOOK_ID])
      .filter((id) => id !== undefined);
    if (webhookIds.length === 0) {
      return 'secret_unusable';
    }
    if (!isTimely(sentAt(delivery), config, now)) {
      return 'timestamp_out_of_tolerance';
    }
    const chain = await certificates(new URL(delivery.certificateUrl));
    if (!chain || !isTrusted(chain, isFromSandbox(delivery) ? SANDBOX_CERTIFICATE : LIVE_CERTIFICATE, now)) {
      return 'certificate_untrusted';
    }
    const signed = (webhookId: string) => `${delivery.id}|${delivery.time}|${webhookId}|${crc32(request.body)}`;
    return verification(webhookIds.some((webhookId) => isSignedWithCertificate(chain.leaf.publicKey, signed(webhookId), delivery.signature)));
  },

  normalize(request): NormalizedEvent {
    const delivery = deliveryOf(request);
    const { parsed, fields } = readEvent(request.body);
    return {
      parsed,
      // The header is not signed, but its host determines the certificate that must have signed.
      fields: { ...fields, live: !delivery || !isFromSandbox(delivery) },
      transmission: delivery && { id: delivery.id, expiresAt: new Date(sentAt(delivery) + MAX_AGE_MS + CLOCK_MARGIN_MS) },
    };
  },
} satisfies Scheme;

/** The values of the headers, if each occurs once and is well-formed. */
function deliveryOf(request: WebhookRequest): Delivery | undefined {
  const headers = DELIVERY_HEADERS.map((name) => singleHeader(request, name));
  const [id, time, signed, certificateUrl, algorithm] = headers.map(({ value = '' }) => value);
  const signature = decodeSignature(signed, 'base64');
  const isWellFormed = TRANSMISSION_ID.test(id) && isRfc3339(time) && certificateUrl !== '' && algorithm === ALGORITHM;
  return signature && isWellFormed && !headers.some(({ repeated }) => repeated) ? { id, time, signature, certificateUrl } : undefined;
}

function sentAt({ time }: Delivery): number {
  return Date.parse(time);
}

function isTimely(sent: number, config: ProviderConfig, now: Date): boolean {
  return sent <= now.getTime() ? now.getTime() - sent <= MAX_AGE_MS : isWithinTolerance(Math.floor(sent / 1000), config, now);
}

function isFromSandbox({ certificateUrl }: Delivery): boolean {
  return certificateUrl.startsWith(`https://${SANDBOX_HOST}/`);
}

function isSignedWithCertificate(key: KeyObject, signed: string, signature: Buffer): boolean {
  return key.asymmetricKeyType === 'rsa' && verifySignature('sha256', Buffer.from(signed), key, signature);
}

function readEvent(body: Buffer): NormalizedEvent {
  const event = parseJson(body);
  const eventName = isJsonObject(event) ? parseText(event.event_type) : undefined;
  if (!isJsonObject(event) || eventName === undefined) {
    return unparsed(parseText(valueAt(event, 'id')));
  }
  const { resource } = event;
  const first = <Value>(paths: readonly string[], parse: (value: unknown) => Value | undefined) => firstAt(resource, paths, parse);
  const amount = first(eventName === FAILED_PAYMENT ? [FAILED_AMOUNT] : AMOUNTS, present);
  const currency = parseCurrency(valueAt(amount, 'currency_code') ?? valueAt(amount, 'currency'));
  const money = moneyFromMajor(valueAt(amount, 'value') ?? valueAt(amount, 'total'), currency, EXPONENTS);
  const { kind, moneyMovement, declined } = meaningOf(EVENTS, eventName);
  const status = first(STATUSES, parseText);
  const undone = REFUNDS.includes(eventName) ? UNDONE_REFUNDS.get(status?.toUpperCase()) : undefined;
  const isInquiry = valueAt(resource, 'dispute_life_cycle_stage') === INQUIRY;
  return {
    parsed: amount === undefined || money !== undefined,
    fields: {
      eventId: parseText(event.id),
      transactionId: first(PAYMENT_IDS, parseText) ?? captureAbove(valueAt(resource, 'links')) ?? first(OWN_IDS, parseText),
      eventName,
      kind: undone ?? kind,
      status,
      live: true,
      money: money && unsigned(money),
      currency,
      account: first(ACCOUNTS, parseText),
      reference: first(REFERENCES, parseText),
      ...customerOf(event.resource, { id: first(CUSTOMERS, parseText), emails: EMAILS }),
      paymentMethod: first(METHODS, parseText),
      country: first(COUNTRIES, (value) => parseCode(value, 2)),
      threeDSecure: outcomeOfStatus(valueAt(resource, THREE_D_SECURE)),
      eventTime: parseEventTime(event.create_time),
      moneyMovement,
      movesNothing: undone !== undefined || isInquiry || undefined,
      declined: declined && !isDeclinedElsewhere(eventName, resource),
    },
  };
}

/**
 * Whether another event counts as the same decline: the failed payment of a
 * subscription also has an event of the subscription, and a declined capture has
 * its own event in addition to that of its order
 * (https://developer.paypal.com/api/rest/webhooks/event-names/).
 */
function isDeclinedElsewhere(eventName: string, resource: unknown): boolean {
  switch (eventName) {
    case 'PAYMENT.SALE.DENIED':
      return SUBSCRIPTION_ID.test(parseText(valueAt(resource, 'billing_agreement_id')) ?? '');
    case 'CHECKOUT.ORDER.DECLINED':
      return present(valueAt(resource, 'purchase_units.0.payments.captures.0')) !== undefined;
    default:
      return false;
  }
}

/** Refunds and reversals of sales have a negative amount. The kind of the event shows the direction. */
function unsigned({ minor, exponent }: Money): Money {
  return { minor: minor < 0n ? -minor : minor, exponent };
}

/** A refund of the second version names its capture only in a link. The link of a capture leads to its order or authorization. */
function captureAbove(links: unknown): string | undefined {
  const up = Array.isArray(links) ? links.find((link: unknown) => valueAt(link, 'rel') === 'up') as unknown : undefined;
  return CAPTURE_LINK.exec(parseText(valueAt(up, 'href')) ?? '')?.[1];
}
