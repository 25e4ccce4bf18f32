import { transactionItem } from '../../../handlers/ingest/transaction-item';
import { SCHEME_NAMES, loadScheme } from '../../../handlers/providers/registry';
import type { Money } from '../../../handlers/providers/shared/normalized-event';
import type { FieldsConfig, ProviderConfig, SchemeName } from '../../../src/private/contract';
import { request } from '../support/webhooks';

const FIELDS: FieldsConfig = { eventName: 'type', kinds: { rejected: 'failed', paid: 'captured', lapsed: 'canceled' } };

/** An event by its name and what else it says, in each scheme's form. */
const BODIES: Readonly<Record<SchemeName, (name: string, content?: object) => unknown>> = {
  'adyen': (eventCode, content) => ({
    pspReference: 'psp1', merchantAccountCode: 'm1', amount: { value: 1, currency: 'EUR' }, eventCode, success: 'false', ...content,
  }),
  'braintree': (kind, content = { type: 'sale' }) => {
    const members = Object.entries(content).map(([name, value]) => `<${name}>${value}</${name}>`).join('');
    const xml = `<notification><kind>${kind}</kind><subject><transaction><id>tx1</id>${members}</transaction></subject></notification>`;
    return new URLSearchParams({ bt_payload: Buffer.from(xml).toString('base64') }).toString();
  },
  'checkout-com': (type, content) => ({ id: 'evt_1', type, data: { id: 'pay_1', ...content } }),
  'coinbase-commerce': (type, content) => ({ event: { id: 'e1', type, data: { code: 'c1', ...content } } }),
  'gocardless': (name) => ({ id: 'EV1', resource_type: name.split('.')[0], action: name.split('.')[1] }),
  'hmac': (type) => ({ type }),
  'mollie': (type) => ({ id: 'e1', type, entityId: 'tr_1' }),
  'paypal': (type) => ({ id: 'WH-1', event_type: type, resource: { id: 'o1' } }),
  'paystack': (event) => ({ event, data: { id: 1 } }),
  'razorpay': (event, content) => ({ event, payload: { payment: { entity: { id: 'pay_1', ...content } } } }),
  'shopify': (kind, content) => ({ id: 1, gateway: 'bogus', kind, status: 'failure', ...content }),
  'square': (type, content = { status: 'FAILED' }) => ({ type, data: { object: { subject: { id: 's1', ...content } } } }),
  'standard-webhooks': (kind) => ({ transaction_id: 'o1', kind }),
  'stripe': (type) => ({ id: 'evt_1', type, livemode: true, data: { object: { id: 'o_1' } } }),
};

const DECLINES: readonly [SchemeName, string, object?][] = [
  ['adyen', 'AUTHORISATION'],
  ['adyen', 'AUTHORISATION_ADJUSTMENT'],
  ['braintree', 'subscription_charged_unsuccessfully'],
  ['braintree', 'transaction_settlement_declined'],
  ['braintree', 'transaction_retried', { status: 'processor_declined' }],
  ['braintree', 'transaction_retried', { status: 'gateway_rejected' }],
  ['braintree', 'transaction_retried', { status: 'settlement_declined' }],
  ['checkout-com', 'payment_declined'],
  ['checkout-com', 'payment_declined', { destination: null }],
  ['checkout-com', 'payment_authentication_failed'],
  ['checkout-com', 'payment_authorization_increment_declined'],
  ['gocardless', 'payments.failed'],
  ['hmac', 'rejected'],
  ['mollie', 'payment.failed'],
  ['paypal', 'BILLING.SUBSCRIPTION.PAYMENT.FAILED'],
  ['paypal', 'CHECKOUT.ORDER.DECLINED'],
  ['paypal', 'PAYMENT.CAPTURE.DECLINED'],
  ['paypal', 'PAYMENT.CAPTURE.DENIED'],
  ['paypal', 'PAYMENT.SALE.DENIED'],
  ['paystack', 'bank.transfer.rejected'],
  ['paystack', 'invoice.payment_failed'],
  ['razorpay', 'payment.failed', { error_reason: 'insufficient_funds' }],
  ['razorpay', 'payment.failed', { error_reason: null }],
  ['shopify', 'authorization'],
  ['shopify', 'emv_authorization'],
  ['shopify', 'sale'],
  ['square', 'invoice.scheduled_charge_failed', {}],
  ['square', 'payment.created'],
  ['square', 'payment.updated'],
  ['standard-webhooks', 'failed'],
  ['stripe', 'charge.failed'],
  ['stripe', 'checkout.session.async_payment_failed'],
  ['stripe', 'invoice.payment_failed'],
  ['stripe', 'payment_intent.payment_failed'],
];

/** Refunds, payouts and transfers, what was authorized before, and payments that the customer denied. */
const OTHER_FAILURES: readonly [SchemeName, string, object?][] = [
  ['adyen', 'REFUND'],
  ['adyen', 'PAYOUT_THIRDPARTY'],
  ['adyen', 'CAPTURE'],
  ['adyen', 'CAPTURE_FAILED', { success: 'true' }],
  ['adyen', 'PAYOUT_DECLINE', { success: 'true' }],
  ['adyen', 'REFUND_FAILED', { success: 'true' }],
  ['braintree', 'refund_failed'],
  ['braintree', 'disbursement_exception'],
  ['braintree', 'transaction_settlement_declined', { type: 'credit' }],
  ['braintree', 'transaction_retried', { type: 'credit', status: 'processor_declined' }],
  ['braintree', 'transaction_retried', { status: 'failed' }],
  ['checkout-com', 'payment_capture_declined'],
  ['checkout-com', 'payment_refund_declined'],
  ['checkout-com', 'payment_returned', { destination: { type: 'bank_account' } }],
  ['checkout-com', 'payment_declined', { destination: { type: 'card' } }],
  ['coinbase-commerce', 'charge:failed'],
  ['gocardless', 'refunds.failed'],
  ['gocardless', 'outbound_payments.failed'],
  ['gocardless', 'payments.customer_approval_denied'],
  ['gocardless', 'payments.late_failure_settled'],
  ['mollie', 'capture.failed'],
  ['mollie', 'payout.failed'],
  ['mollie', 'refund.failed'],
  ['mollie', 'business-account-transfer.failed'],
  ['paypal', 'PAYMENT.PAYOUTS-ITEM.DENIED'],
  ['paypal', 'PAYMENT.REFUND.FAILED'],
  ['paystack', 'refund.failed'],
  ['paystack', 'transfer.failed'],
  ['paystack', 'preauthorization.capture.failed'],
  ['razorpay', 'payout.failed'],
  ['razorpay', 'refund.failed'],
  ['razorpay', 'transfer.failed'],
  ['shopify', 'refund'],
  ['shopify', 'capture'],
  ['shopify', 'sale', { status: 'error' }],
  ['square', 'payout.failed'],
  ['square', 'refund.updated'],
  ['square', 'terminal.refund.updated'],
  ['stripe', 'payout.failed'],
  ['stripe', 'refund.failed'],
];

/** Neither declined nor failed: canceled, voided or expired. */
const CANCELLATIONS: readonly [SchemeName, string, object?][] = [
  ['adyen', 'CANCELLATION', { success: 'true' }],
  ['adyen', 'EXPIRE', { success: 'true' }],
  ['adyen', 'OFFER_CLOSED', { success: 'true' }],
  ['braintree', 'local_payment_expired'],
  ['braintree', 'transaction_retried', { status: 'voided' }],
  ['checkout-com', 'payment_canceled'],
  ['checkout-com', 'payment_expired'],
  ['checkout-com', 'payment_voided'],
  ['coinbase-commerce', 'charge:failed', { timeline: [{ status: 'EXPIRED' }] }],
  ['gocardless', 'payments.cancelled'],
  ['hmac', 'lapsed'],
  ['mollie', 'payment.canceled'],
  ['mollie', 'payment.expired'],
  ['paypal', 'CHECKOUT.PAYMENT-APPROVAL.REVERSED'],
  ['paypal', 'PAYMENT.AUTHORIZATION.VOIDED'],
  ['paystack', 'preauthorization.release.success'],
  ['razorpay', 'payment.failed', { error_reason: 'payment_cancelled' }],
  ['razorpay', 'payment.failed', { error_reason: 'payment_timed_out' }],
  ['shopify', 'void', { status: 'success' }],
  ['square', 'payment.updated', { status: 'CANCELED' }],
  ['standard-webhooks', 'canceled'],
  ['stripe', 'checkout.session.expired'],
  ['stripe', 'payment_intent.canceled'],
];

/** Nothing of it failed or was canceled, or nothing is known to. */
const SUCCESSES: readonly [SchemeName, string, object?][] = [
  ['adyen', 'AUTHORISATION', { success: 'true' }],
  ['braintree', 'transaction_retried', { status: 'authorized' }],
  ['hmac', 'paid'],
  ['shopify', 'sale', { status: 'success' }],
  ['shopify', 'void'],
  ['square', 'payment.updated', { status: 'COMPLETED' }],
  ['standard-webhooks', 'captured'],
];

/** Not every scheme signs who the customer is: here all of them do, as they all have an amount or none has. */
async function item([scheme, name, content]: readonly [SchemeName, string, object?], money?: Money, isChosen?: boolean) {
  const provider: ProviderConfig = { name: scheme, scheme, secretArns: [], ...scheme === 'hmac' && { fields: FIELDS } };
  const body = BODIES[scheme](name, content);
  const rawBody = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  const normalized = await loadScheme(scheme).normalize(request({ body: rawBody, headers: {} }), provider);
  return transactionItem({
    provider: { ...provider, ...isChosen && { moneyMovementEvents: [normalized.fields.eventName!] } },
    normalized: { ...normalized, fields: { ...normalized.fields, money, customerId: 'alice' } },
    rawBody,
    receivedAt: new Date(),
    tiers: { medium: 1000, high: 10000 },
  });
}

async function stored(row: readonly [SchemeName, string, object?]) {
  const { kind, customer_key: key } = await item(row);
  return { kind, key };
}

// Spelled out, the parameter that a row lacks would be Jest's callback.
test.each(DECLINES)('%s: %s lies among the customer\'s declines', async (...row) => {
  expect(await stored(row)).toEqual({ kind: 'failed', key: `declined#${row[0]}:alice` });
});

test.each(OTHER_FAILURES)('%s: %s failed, and is no decline', async (...row) => {
  expect(await stored(row)).toEqual({ kind: 'failed', key: undefined });
});

test.each(CANCELLATIONS)('%s: %s is canceled, and is no decline', async (...row) => {
  expect(await stored(row)).toEqual({ kind: 'canceled', key: undefined });
});

test.each(CANCELLATIONS)('%s: %s moves no money, even if the user chooses its name', async (...row) => {
  expect(await item(row, { minor: 5_000_000n, exponent: 2 }, true)).toMatchObject({ kind: 'canceled', amount_minor: 5_000_000n, money_movement: false });
});

test.each(SUCCESSES)('%s: %s did not fail', async (...row) => {
  expect(await stored(row)).toEqual({ kind: expect.not.stringMatching('failed|canceled'), key: undefined });
});

test('every scheme has a decline, but for the one of which nobody rejects a payment', () => {
  const schemes = new Set([...DECLINES.map(([scheme]) => scheme), 'coinbase-commerce']);

  expect(schemes).toEqual(new Set(SCHEME_NAMES));
});

test('every scheme has a cancellation', () => {
  expect(new Set(CANCELLATIONS.map(([scheme]) => scheme))).toEqual(new Set(SCHEME_NAMES));
});
