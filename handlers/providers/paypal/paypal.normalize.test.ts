import fc from 'fast-check';
import { payPal } from '.';
import { CERTIFICATE_URL, SANDBOX_CERTIFICATE_URL } from './sample-certificates';
import { request } from '../../../test/handlers/support/webhooks';
import type { Headers } from '../shared/samples/provider-samples';

const HEADERS: Headers = {
  'PAYPAL-TRANSMISSION-ID': '5b0c2f10-fe9c-11f0-9d3a-3f1c2a7b9e54',
  'PAYPAL-TRANSMISSION-TIME': '2026-06-30T12:00:00Z',
  'PAYPAL-TRANSMISSION-SIG': 'c2lnbmF0dXJl',
  'PAYPAL-CERT-URL': CERTIFICATE_URL,
  'PAYPAL-AUTH-ALGO': 'SHA256withRSA',
};

const readBytes = (body: Buffer, headers = HEADERS) => payPal.normalize(request({ body, headers }));
const read = (body: unknown, headers = HEADERS) => readBytes(Buffer.from(JSON.stringify(body)), headers);
const eventOf = (type: string, resource: unknown, more = {}) => ({
  id: 'WH-1', event_type: type, resource, create_time: '2026-06-30T11:59:00.123Z', ...more,
});
const fieldsOf = (type: string, resource: unknown) => read(eventOf(type, resource)).fields;
const up = (path: string) => ({ rel: 'up', method: 'GET', href: `https://api.paypal.com${path}` });

const CAPTURE = {
  id: '2MN80175GX443110K',
  status: 'COMPLETED',
  amount: { currency_code: 'EUR', value: '1234.56' },
  final_capture: true,
  links: [{ rel: 'self', href: 'https://api.paypal.com/v2/payments/captures/2MN80175GX443110K' }, up('/v2/checkout/orders/8EP55331LS702421A')],
};
const ORDER = {
  id: '8EP55331LS702421A',
  status: 'COMPLETED',
  gross_amount: { currency_code: 'USD', value: '10.00' },
  payer: { payer_id: 'QYR5Z8XDVJNXQ', email_address: 'Someone@Mail.example', address: { country_code: 'US' } },
};
const PAYMENT = { id: 'PAY-1AB23', state: 'created', payer: { payment_method: 'paypal', payer_info: { payer_id: 'GBK6AQ3RUFZ8C', email: 'a@old.example', country_code: 'gb' } } };
const SALE = { id: '80F85758S3080410K', state: 'completed', amount: { total: '7.47', currency: 'USD' }, payment_mode: 'INSTANT_TRANSFER' };
const SALE_REFUND = { id: '6YX43824R4443062K', sale_id: '80F85758S3080410K', state: 'completed', amount: { total: '-0.01', currency: 'USD' } };
const CAPTURE_REFUND = { id: '1Y107995YT783435V', status: 'COMPLETED', amount: { currency_code: 'JPY', value: '500' }, links: [up('/v2/payments/captures/2MN80175GX443110K')] };
const OLD_CAPTURE_REFUND = { id: '19B33325P4950843J', capture_id: '2MN80175GX443110K', state: 'completed', amount: { total: '1.00', currency: 'USD' } };
const DISPUTE = {
  dispute_id: 'PP-D-4012',
  status: 'OPEN',
  dispute_amount: { currency_code: 'USD', value: '30.00' },
  disputed_transactions: [{ seller_transaction_id: '2MN80175GX443110K', buyer: { name: 'a buyer' } }],
};
const PAYOUT = {
  payout_item_id: 'AYNYWNCHBD8KS',
  payout_batch_id: 'Q8B9WFS7ZZJ4Q',
  transaction_id: '57J64166G9424913F',
  transaction_status: 'SUCCESS',
  payout_item: { amount: { currency: 'USD', value: '1.0' }, receiver: 'someone@example.com' },
};
const BATCH = { batch_header: { payout_batch_id: 'Q8B9WFS7ZZJ4Q', batch_status: 'SUCCESS', amount: { currency: 'USD', value: '9.90' } } };
const DISBURSEMENT = {
  item_id: 'ITEM-7', reference_id: '2MN80175GX443110K', processing_state: { status: 'SUCCESS' }, payout_amount: { currency_code: 'USD', value: '8.00' },
};
const INVOICE = { invoice: { id: 'INV2-ABCD', status: 'PAID', amount: { currency_code: 'GBP', value: '250.00' } } };
const OLD_INVOICE = { id: 'INV2-EFGH', status: 'PAID', total_amount: { currency: 'GBP', value: '3.00' } };
const SUBSCRIPTION = { id: 'I-BW452GLLEP1G', status: 'ACTIVE', subscriber: { payer_id: '2J6QB8YJQSJRJ', email_address: 'a@subscriber.example' }, shipping_amount: { currency_code: 'USD', value: '10.00' } };

test('reads every field of a capture', () => {
  expect(read(eventOf('PAYMENT.CAPTURE.COMPLETED', CAPTURE))).toEqual({
    parsed: true,
    transmission: { id: '5b0c2f10-fe9c-11f0-9d3a-3f1c2a7b9e54', expiresAt: new Date('2026-07-04T13:00:00Z') },
    fields: {
      eventId: 'WH-1',
      transactionId: '2MN80175GX443110K',
      eventName: 'PAYMENT.CAPTURE.COMPLETED',
      kind: 'captured',
      status: 'COMPLETED',
      live: true,
      money: { minor: 123456n, exponent: 2 },
      currency: 'EUR',
      customerId: undefined,
      paymentMethod: undefined,
      country: undefined,
      emailDomain: undefined,
      eventTime: new Date('2026-06-30T11:59:00.123Z'),
      moneyMovement: true,
      declined: false,
    },
  });
});

test.each<[string, object, object]>([
  ['PAYMENT.SALE.COMPLETED', SALE, {
    transactionId: '80F85758S3080410K',
    status: 'completed',
    money: { minor: 747n, exponent: 2 },
    currency: 'USD',
    paymentMethod: 'INSTANT_TRANSFER',
  }],
  ['PAYMENT.SALE.REFUNDED', SALE_REFUND, { transactionId: '80F85758S3080410K', money: { minor: 1n, exponent: 2 } }],
  ['PAYMENT.CAPTURE.REFUNDED', CAPTURE_REFUND, { transactionId: '2MN80175GX443110K', money: { minor: 500n, exponent: 0 }, currency: 'JPY' }],
  ['PAYMENT.CAPTURE.REFUNDED', OLD_CAPTURE_REFUND, { transactionId: '2MN80175GX443110K', money: { minor: 100n } }],
  ['CUSTOMER.DISPUTE.CREATED', DISPUTE, { transactionId: '2MN80175GX443110K', status: 'OPEN', money: { minor: 3000n } }],
  ['CUSTOMER.DISPUTE.CREATED', { ...DISPUTE, disputed_transactions: [] }, { transactionId: 'PP-D-4012' }],
  ['PAYMENT.PAYOUTS-ITEM.SUCCEEDED', PAYOUT, {
    transactionId: 'AYNYWNCHBD8KS', status: 'SUCCESS', money: { minor: 100n }, currency: 'USD', emailDomain: undefined,
  }],
  ['PAYMENT.PAYOUTSBATCH.SUCCESS', BATCH, { transactionId: 'Q8B9WFS7ZZJ4Q', status: 'SUCCESS', money: { minor: 990n } }],
  ['PAYMENT.REFERENCED-PAYOUT-ITEM.COMPLETED', DISBURSEMENT, { transactionId: '2MN80175GX443110K', status: 'SUCCESS', money: { minor: 800n } }],
  ['PAYMENT.REFERENCED-PAYOUT-ITEM.COMPLETED', { ...DISBURSEMENT, reference_id: undefined }, { transactionId: 'ITEM-7' }],
  ['INVOICING.INVOICE.PAID', INVOICE, { transactionId: 'INV2-ABCD', status: 'PAID', money: { minor: 25000n }, currency: 'GBP' }],
  ['INVOICING.INVOICE.PAID', OLD_INVOICE, { transactionId: 'INV2-EFGH', status: 'PAID', money: { minor: 300n }, currency: 'GBP' }],
  ['CHECKOUT.ORDER.COMPLETED', ORDER, { transactionId: '8EP55331LS702421A', money: { minor: 1000n }, customerId: 'QYR5Z8XDVJNXQ', country: 'US', emailDomain: 'mail.example' }],
  ['PAYMENTS.PAYMENT.CREATED', PAYMENT, {
    transactionId: 'PAY-1AB23', customerId: 'GBK6AQ3RUFZ8C', country: 'GB', paymentMethod: 'paypal', emailDomain: 'old.example', money: undefined,
  }],
  ['BILLING.SUBSCRIPTION.CREATED', SUBSCRIPTION, { transactionId: 'I-BW452GLLEP1G', customerId: '2J6QB8YJQSJRJ', emailDomain: 'subscriber.example', money: undefined }],
  ['CHECKOUT.ORDER.APPROVED', { payment_source: { paypal: { account_id: 'QYR5Z8XDVJNXQ', email_address: 'a@source.example' } } }, {
    customerId: 'QYR5Z8XDVJNXQ', emailDomain: 'source.example',
  }],
])('reads %s', (type, resource, fields) => {
  expect(read(eventOf(type, resource))).toMatchObject({ parsed: true, fields });
});

test.each<[unknown, string | undefined]>([
  [[up('/v1/payments/capture/2MN80175GX443110K')], '2MN80175GX443110K'],
  [[up('/v2/payments/authorizations/0VF52814937998046')], '1Y107995YT783435V'],
  [[{ rel: 'self', href: 'https://api.paypal.com/v2/payments/captures/2MN80175GX443110K' }], '1Y107995YT783435V'],
  [[up('/v2/payments/captures/2MN80175GX443110K/refund')], '1Y107995YT783435V'],
  [[null, 1, { rel: 'up' }], '1Y107995YT783435V'],
  [{ rel: 'up' }, '1Y107995YT783435V'],
  [undefined, '1Y107995YT783435V'],
])('reads the transaction of a refund with the links %j as %s', (links, transactionId) => {
  expect(fieldsOf('PAYMENT.CAPTURE.REFUNDED', { ...CAPTURE_REFUND, links }).transactionId).toBe(transactionId);
});

test.each<[object, bigint | undefined, string | undefined, number]>([
  [{ value: '10', currency_code: 'HUF' }, 10n, 'HUF', 0], [{ value: '10.00', currency_code: 'TWD' }, 10n, 'TWD', 0],
  [{ value: '10', currency_code: 'jpy' }, 10n, 'JPY', 0], [{ total: '10.5', currency: 'USD' }, 1050n, 'USD', 2],
  [{ value: '-12.30', currency_code: 'USD' }, 1230n, 'USD', 2], [{ value: '0.00', currency_code: 'USD' }, 0n, 'USD', 2],
  [{ value: 12.3, currency_code: 'USD' }, 1230n, 'USD', 2], [{ value: '12.30' }, 1230n, undefined, 2],
  [{ value: '90071992547409931.23', currency_code: 'USD' }, 9007199254740993123n, 'USD', 2],
])('reads the amount %j as %s minor units of %s', (amount, minor, currency, exponent) => {
  expect(read(eventOf('PAYMENT.CAPTURE.COMPLETED', { ...CAPTURE, amount }))).toMatchObject({ parsed: true, fields: { money: { minor, exponent }, currency } });
});

test.each([{}, { value: '10,00', currency_code: 'EUR' }, { value: '1.234', currency_code: 'EUR' }, { value: null }, '10.00', 10, [], { value: {} }])(
  'does not parse the amount %j, but all other fields', (amount) => {
    expect(read(eventOf('PAYMENT.CAPTURE.COMPLETED', { ...CAPTURE, amount }))).toMatchObject({
      parsed: false, fields: { transactionId: '2MN80175GX443110K', kind: 'captured', money: undefined },
    });
  });

test.each([{ amount: null }, {}, null, [], 'text', undefined])('parses an event about %j without an amount', (resource) => {
  expect(read(eventOf('VAULT.PAYMENT-TOKEN.CREATED', resource))).toMatchObject({
    parsed: true, fields: { eventId: 'WH-1', transactionId: undefined, kind: 'other', money: undefined, moneyMovement: false },
  });
});

test('omits an invalid time: PayPal has sent a nineteenth month', () => {
  expect(read(eventOf('BILLING.PLAN.CREATED', {}, { create_time: '2018-19-12T22:20:32.000Z' })).fields.eventTime).toBeUndefined();
});

test.each<[unknown, string | undefined]>([[{ id: 'WH-1' }, 'WH-1'], [{ id: 'WH-1', event_type: {} }, 'WH-1'], [[], undefined], ['text', undefined], [null, undefined]])(
  'does not parse %j, but reads its identifier as %s and its transmission', (body, eventId) => {
    expect(read(body)).toMatchObject({ parsed: false, fields: { eventId, kind: 'other', live: true }, transmission: { id: HEADERS['PAYPAL-TRANSMISSION-ID'] } });
  });

test.each<[string, string | undefined, boolean]>([['PayPal', CERTIFICATE_URL, true], ['its sandbox', SANDBOX_CERTIFICATE_URL, false]])(
  'reads whether an event is live from the certificate of %s, parsed or not', (_, url, live) => {
    const headers = { ...HEADERS, 'PAYPAL-CERT-URL': url! };

    expect(read(eventOf('PAYMENT.CAPTURE.COMPLETED', CAPTURE), headers).fields.live).toBe(live);
    expect(read([], headers).fields.live).toBe(live);
  });

test('keeps the transmission for longer than it is accepted', () => {
  expect(read({}, { ...HEADERS, 'PAYPAL-TRANSMISSION-TIME': '2026-06-30T14:00:00+02:00' }).transmission!.expiresAt).toEqual(new Date('2026-07-04T13:00:00Z'));
});

test('marks one of the events with the amount of one payment as the money movement', () => {
  const types = [
    'CHECKOUT.ORDER.APPROVED', 'CHECKOUT.ORDER.COMPLETED', 'CHECKOUT.ORDER.PROCESSED', 'PAYMENTS.PAYMENT.CREATED', 'PAYMENT.AUTHORIZATION.CREATED',
    'PAYMENT.CAPTURE.PENDING', 'PAYMENT.CAPTURE.COMPLETED', 'INVOICING.INVOICE.PAID',
  ];

  expect(types.filter((type) => fieldsOf(type, CAPTURE).moneyMovement)).toEqual(['PAYMENT.CAPTURE.COMPLETED']);
});

test.each([
  ['PAYMENT.SALE.COMPLETED', 'captured', true], ['PAYMENT.CAPTURE.REFUNDED', 'refunded', true], ['PAYMENT.SALE.REFUNDED', 'refunded', true],
  ['PAYMENT.REFUND.PENDING', 'refunded', false], ['PAYMENT.REFUND.FAILED', 'failed', false], ['INVOICING.INVOICE.REFUNDED', 'refunded', false],
  ['CUSTOMER.DISPUTE.CREATED', 'disputed', true], ['CUSTOMER.DISPUTE.UPDATED', 'disputed', false], ['CUSTOMER.DISPUTE.RESOLVED', 'disputed', false],
  ['RISK.DISPUTE.CREATED', 'disputed', false], ['PAYMENT.CAPTURE.REVERSED', 'disputed', false], ['PAYMENT.SALE.REVERSED', 'disputed', false],
  ['PAYMENT.PAYOUTS-ITEM.SUCCEEDED', 'paid-out', true], ['PAYMENT.PAYOUTS-ITEM.REFUNDED', 'refunded', true],
  ['PAYMENT.PAYOUTS-ITEM.RETURNED', 'failed', false], ['PAYMENT.PAYOUTS-ITEM.UNCLAIMED', 'other', false], ['PAYMENT.PAYOUTSBATCH.SUCCESS', 'paid-out', false],
  ['PAYMENT.REFERENCED-PAYOUT-ITEM.COMPLETED', 'paid-out', true], ['PAYMENT.REFERENCED-PAYOUT-ITEM.FAILED', 'failed', false],
  ['PAYMENT.CAPTURE.DENIED', 'failed', false], ['PAYMENT.CAPTURE.DECLINED', 'failed', false], ['BILLING.SUBSCRIPTION.PAYMENT.FAILED', 'failed', false],
  ['PAYMENT.AUTHORIZATION.CREATED', 'authorized', false], ['PAYMENT.AUTHORIZATION.VOIDED', 'canceled', false], ['PAYMENT.CAPTURE.PENDING', 'other', false],
  ['PAYMENT.ORDER.CANCELLED', 'canceled', false], ['PAYMENT.PAYOUTS-ITEM.CANCELED', 'canceled', false], ['INVOICING.INVOICE.CANCELLED', 'canceled', false],
  ['CHECKOUT.PAYMENT-APPROVAL.REVERSED', 'canceled', false], ['BILLING.SUBSCRIPTION.CANCELLED', 'other', false],
  ['BILLING.SUBSCRIPTION.ACTIVATED', 'other', false], ['constructor', 'other', false],
])('reads %s as %s, a money movement: %s', (type, kind, moneyMovement) => {
  expect(fieldsOf(type, {})).toMatchObject({ kind, moneyMovement });
});

test('never throws for any body and headers', () => {
  const members = fc.constantFrom('id', 'amount', 'links', 'payer', 'disputed_transactions', 'payout_item', 'status', 'sale_id');
  const resource = fc.dictionary(members, fc.jsonValue());
  const type = fc.oneof(fc.constant('PAYMENT.CAPTURE.COMPLETED'), fc.jsonValue());
  const event = fc.record({ id: fc.jsonValue(), event_type: type, create_time: fc.jsonValue(), resource });
  const json = fc.oneof(fc.jsonValue(), event).map((value) => Buffer.from(JSON.stringify(value)));
  const body = fc.oneof(json, fc.uint8Array().map((bytes) => Buffer.from(bytes)));
  const headers = fc.dictionary(fc.constantFrom(...Object.keys(HEADERS)), fc.string());

  fc.assert(fc.property(body, headers, (bytes, others) => {
    expect(() => readBytes(bytes)).not.toThrow();
    expect(() => readBytes(bytes, others)).not.toThrow();
  }));
});

test('reads a deeply nested body, and a body with an unpaired surrogate', () => {
  const deep = `{"id": "WH-1", "event_type": "a", "resource": ${'['.repeat(100_000)}${']'.repeat(100_000)}}`;

  expect(() => readBytes(Buffer.from(deep))).not.toThrow();
  expect(readBytes(Buffer.from('{"id": "\\ud83d", "event_type": "a"}')).fields.eventId).toBe('\ud83d');
});
