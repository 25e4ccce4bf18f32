import { createHmac } from 'node:crypto';
import { shopify } from '.';
import { samples } from './samples';
import type { ProviderConfig } from '../../../src/private/contract';
import { describeProviderContract } from '../../../test/handlers/support/provider-contract';
import { describePublished, payloads, vectors } from '../../../test/handlers/support/published';
import { context, request } from '../../../test/handlers/support/webhooks';
import type { Headers, SignedWebhook } from '../shared/samples/provider-samples';

const CONFIG: ProviderConfig = { name: 'shopify', scheme: 'shopify', secretArns: [] };
const HEADER = 'X-Shopify-Hmac-Sha256';
const SECRET = 'shpss_0123456789abcdef0123456789abcdef';
const BODY = '{"id":450789469,"financial_status":"paid"}';
const UNSIGNED: Headers = {
  'X-Shopify-Topic': 'order_transactions/create',
  'X-Shopify-Shop-Domain': 'example.myshopify.com',
  'X-Shopify-API-Version': '2025-07',
  'X-Shopify-Webhook-Id': 'b54557e4-bdd9-4b37-8a5f-bf7d70bcd043',
  'X-Shopify-Event-Id': '98880550-7158-44d4-b7cd-2c97c8a091b5',
  'X-Shopify-Triggered-At': '2026-01-31T12:00:00.000000000Z',
};

const sign = (body: Buffer | string, secret = SECRET) => createHmac('sha256', secret).update(body).digest('base64');
const withHeader = (signature: string, body: Buffer | string = BODY, unsigned = UNSIGNED): SignedWebhook => (
  { body: Buffer.from(body), headers: { ...unsigned, [HEADER]: signature } }
);
const verify = (webhook: SignedWebhook, secrets: readonly string[] = [SECRET]) => (
  shopify.verify(request(webhook), secrets, context(CONFIG, new Date()))
);

/** Whether Shopify's own library accepts a webhook. */
const shopifyAccepts = async (webhook: SignedWebhook, secret = SECRET) => samples.libraryAccepts(webhook, secret);

describeProviderContract(samples);

describePublished('the published material of Shopify', () => {
  test.each(vectors('shopify').map((vector) => [vector.name, vector] as const))('%s', async (_, { rawBody, headers, secret, valid }) => {
    const webhook = withHeader(headers['x-shopify-hmac-sha256'], rawBody);

    expect([verify(webhook, [secret!]), await shopifyAccepts(webhook, secret)]).toEqual([valid ? 'authentic' : 'signature_mismatch', valid]);
  });

  test.each(payloads('shopify'))('%s is parsed with the transaction of its order', (_, body) => {
    expect(shopify.normalize(request({ body, headers: {} }), samples.config)).toMatchObject({
      parsed: true, fields: { transactionId: 'gid://shopify/Order/820982911946154500', live: true },
    });
  });
});

describe('verify', () => {
  test('verifies the raw bytes, but the library verifies decoded text', async () => {
    const text = Buffer.from('{"note":"\ufffd"}');
    const bytes = Buffer.from(text.toString('hex').replace('efbfbd', 'ff'), 'hex');
    const forged = withHeader(sign(text), bytes);

    expect([verify(forged), await shopifyAccepts(forged)]).toEqual(['signature_mismatch', true]);
  });

  test('does not require the unsigned headers, unlike the library', async () => {
    const bare = withHeader(sign(BODY), BODY, {});

    expect([verify(bare), await shopifyAccepts(bare)]).toEqual(['authentic', false]);
  });

  test('accepts a signature by the previous secret, which Shopify uses for an hour after a rotation', () => {
    expect(verify(withHeader(sign(BODY, 'before')), [SECRET, 'before'])).toBe('authentic');
  });

  test.each([
    ['an empty signature', '', 'signature_missing'],
    ['a signature that is not base64', 'no signature', 'signature_malformed'],
    ['a signature without padding', sign(BODY).replace('=', ''), 'signature_malformed'],
    ['half a signature', sign(BODY).slice(0, 20), 'signature_mismatch'],
    ['a hexadecimal signature', createHmac('sha256', SECRET).update(BODY).digest('hex'), 'signature_mismatch'],
  ])('rejects a header with %s', (_, signature, reason) => {
    expect(verify(withHeader(signature))).toBe(reason);
  });
});

describe('normalize', () => {
  const ORDER_ID = '9820982911946154508';
  const ORDER = `gid://shopify/Order/${ORDER_ID}`;
  const TRANSACTION = `{
    "id": 389404469389404469, "order_id": ${ORDER_ID}, "kind": "sale", "gateway": "shopify_payments", "status": "success", "test": false,
    "created_at": "2026-01-31T07:00:00-05:00", "processed_at": "2026-01-31T07:00:01-05:00", "parent_id": null,
    "amount": "1234.50", "currency": "CAD", "payment_details": { "payment_method_name": "visa", "credit_card_bin": "424242" },
    "admin_graphql_api_id": "gid://shopify/OrderTransaction/389404469389404469"
  }`;
  const DISPUTE = `{
    "id": 598735659598735659, "order_id": ${ORDER_ID}, "type": "chargeback", "amount": "11.50", "currency": "USD", "reason": "fraudulent",
    "network_reason_code": "4837", "status": "needs_response", "evidence_due_by": "2026-02-14T19:00:00-05:00", "evidence_sent_on": null,
    "finalized_on": null, "initiated_at": "2026-01-31T07:00:00-05:00"
  }`;
  const ORDER_BODY = `{
    "id": ${ORDER_ID}, "admin_graphql_api_id": "${ORDER}", "created_at": "2026-01-31T07:00:00-05:00", "updated_at": "2026-01-31T07:30:00-05:00",
    "financial_status": "paid", "total_price": "1234.50", "currency": "CAD", "test": false,
    "email": "Someone@Mail.example", "customer": { "id": 7207119900720711990 }, "billing_address": { "country_code": "CA" }
  }`;
  const REFUND = `{
    "id": 509562969509562969, "order_id": ${ORDER_ID}, "created_at": "2026-01-31T07:00:00-05:00", "refund_line_items": [], "transactions": [],
    "admin_graphql_api_id": "gid://shopify/Refund/509562969509562969"
  }`;
  const TENDER = `{
    "id": 999225631999225631, "order_id": ${ORDER_ID}, "amount": "-5.00", "currency": "CAD", "test": false, "processed_at": "2026-01-31T07:00:00-05:00",
    "remote_reference": "1001", "payment_method": "credit_card"
  }`;

  const readText = (text: string, headers: Headers = {}) => shopify.normalize(request({ body: Buffer.from(text), headers }), samples.config);
  /** A body with some members repeated with other values. The last one counts, and the digits of the other members stay. */
  const withMembers = (body: string, members: object) => `${body.trimEnd().slice(0, -1)}, ${JSON.stringify(members).slice(1)}`;
  const read = (body: string, members?: object) => readText(members ? withMembers(body, members) : body);

  test('reads every field of an order\'s transaction', () => {
    expect(read(TRANSACTION)).toEqual({
      parsed: true,
      fields: {
        transactionId: ORDER,
        eventName: 'order_transactions.sale',
        kind: 'captured',
        status: 'success',
        live: true,
        money: { minor: 123450n, exponent: 2 },
        currency: 'CAD',
        reference: ORDER_ID,
        paymentMethod: 'visa',
        cardBin: '424242',
        eventTime: new Date('2026-01-31T12:00:01Z'),
        moneyMovement: true,
        declined: false,
      },
    });
  });

  test('reads nothing from unsigned headers', () => {
    expect(readText(TRANSACTION, { ...UNSIGNED, 'X-Shopify-Topic': 'disputes/create', 'X-Shopify-Test': 'true' })).toEqual(readText(TRANSACTION));
    expect(readText(TRANSACTION, UNSIGNED).fields.eventId).toBeUndefined();
  });

  test.each<[string, string, object]>([
    ['a dispute', DISPUTE, {
      transactionId: ORDER, eventName: 'disputes.chargeback', kind: 'disputed', status: 'needs_response', money: { minor: 1150n }, eventTime: new Date('2026-01-31T12:00:00Z'),
    }],
    ['an order', ORDER_BODY, {
      transactionId: ORDER,
      eventName: 'orders.paid',
      kind: 'captured',
      status: 'paid',
      money: { minor: 123450n },
      customerId: '7207119900720711990',
      country: 'CA',
      emailDomain: 'mail.example',
      eventTime: new Date('2026-01-31T12:30:00Z'),
    }],
    ['a refund', REFUND, { transactionId: ORDER, eventName: 'refunds', kind: 'refunded', money: undefined }],
    ['a tender', TENDER, { transactionId: ORDER, eventName: 'tender_transactions', kind: 'other', money: { minor: -500n } }],
    ['an order without a global id', `{"id": ${ORDER_ID}, "financial_status": null, "total_price": "1.00"}`, { transactionId: ORDER_ID, eventName: 'orders' }],
    ['a dispute without an order', DISPUTE.replace(ORDER_ID, 'null'), { transactionId: '598735659598735659', eventName: 'disputes.chargeback' }],
    ['a body without an amount', '{"id": 1, "admin_graphql_api_id": "gid://shopify/Product/1", "title": "sale"}', {
      transactionId: 'gid://shopify/Product/1', eventName: undefined, kind: 'other', money: undefined,
    }],
    ['a body without an id', '{}', { transactionId: undefined, eventName: undefined, kind: 'other' }],
  ])('reads %s', (_, body, fields) => {
    expect(read(body)).toMatchObject({ parsed: true, fields });
  });

  test('reads different orders from ids beyond 2^53 that differ in their last digit', () => {
    const ids = ['9820982911946154508', '9820982911946154509'].map((id) => read(TRANSACTION.replace(ORDER_ID, id)).fields.transactionId);

    expect(ids).toEqual(['gid://shopify/Order/9820982911946154508', 'gid://shopify/Order/9820982911946154509']);
  });

  test.each<[object, string, boolean]>([
    [{ kind: 'authorization' }, 'authorized', false],
    [{ kind: 'emv_authorization' }, 'authorized', false],
    [{ kind: 'capture' }, 'captured', true],
    [{ kind: 'sale' }, 'captured', true],
    [{ kind: 'refund' }, 'refunded', true],
    [{ kind: 'void' }, 'canceled', false],
    [{ kind: 'void', status: 'pending' }, 'other', false],
    [{ kind: 'void', status: 'failure' }, 'other', false],
    [{ kind: 'change' }, 'other', false],
    [{ kind: 'suggested_refund' }, 'other', false],
    [{ kind: 'sale', status: 'pending' }, 'other', false],
    [{ kind: 'sale', status: 'failure' }, 'failed', false],
    [{ kind: 'refund', status: 'error' }, 'failed', false],
    [{ kind: null }, 'other', false],
  ])('reads a transaction with %j as %s, a money movement: %s', (members, kind, moneyMovement) => {
    expect(read(TRANSACTION, members).fields).toMatchObject({ kind, moneyMovement });
  });

  test.each<[object, boolean]>([
    [{ status: 'needs_response' }, true],
    [{ status: 'under_review' }, true],
    [{ status: 'under_review', evidence_sent_on: '2026-02-01T07:00:00-05:00' }, false],
    [{ status: 'won', evidence_sent_on: '2026-02-01T07:00:00-05:00', finalized_on: '2026-03-01T07:00:00-05:00' }, false],
    [{ status: 'lost', finalized_on: '2026-03-01T07:00:00-05:00' }, false],
    [{ status: 'needs_response', finalized_on: '2026-03-01T07:00:00-05:00' }, false],
    [{ status: 'accepted' }, false],
    [{ type: 'inquiry' }, false],
  ])('reads a dispute with %j as a money movement: %s', (members, moneyMovement) => {
    expect(read(DISPUTE, members).fields).toMatchObject({ kind: 'disputed', moneyMovement });
  });

  test.each([
    ['authorized', 'authorized'], ['paid', 'captured'], ['partially_paid', 'captured'], ['partially_refunded', 'refunded'], ['refunded', 'refunded'],
    ['pending', 'other'], ['voided', 'canceled'], ['expired', 'canceled'], ['constructor', 'other'],
  ])('reads an order with the status %s as %s, without a money movement', (status, kind) => {
    expect(read(ORDER_BODY, { financial_status: status, cancelled_at: null }).fields).toMatchObject({
      eventName: `orders.${status}`, kind, moneyMovement: false,
    });
  });

  test.each([
    ['authorized', 'canceled'], ['paid', 'canceled'], ['pending', 'canceled'], [null, 'canceled'], ['refunded', 'refunded'], ['partially_refunded', 'refunded'],
  ])('reads a canceled order with the status %s as %s', (status, kind) => {
    expect(read(ORDER_BODY, { financial_status: status, cancelled_at: '2026-01-31T07:30:00-05:00' }).fields.kind).toBe(kind);
  });

  test.each([REFUND, TENDER])('reads %s without a money movement', (body) => {
    expect(read(body).fields.moneyMovement).toBe(false);
  });

  test.each<[unknown, boolean]>([[true, false], [false, true], [null, true], ['true', true]])('reads a transaction with the test %j as live: %s', (value, live) => {
    expect(read(TRANSACTION, { test: value }).fields.live).toBe(live);
  });

  test.each<[string, unknown, object]>([
    ['403', 'JPY', { minor: 403n, exponent: 0 }],
    ['403.00', 'JPY', { minor: 403n, exponent: 0 }],
    ['1.234', 'KWD', { minor: 1234n, exponent: 3 }],
    ['11.5', undefined, { minor: 1150n, exponent: 2 }],
    ['9007199254740993.01', 'USD', { minor: 900719925474099301n, exponent: 2 }],
  ])('reads %s %s', (amount, currency, money) => {
    expect(read(TRANSACTION, { amount, currency })).toMatchObject({ parsed: true, fields: { money } });
  });

  test.each(['11.505', '1,5', 'much', {}, []])('does not parse the amount %p, but all other fields', (amount) => {
    expect(read(TRANSACTION, { amount })).toMatchObject({ parsed: false, fields: { transactionId: ORDER, money: undefined } });
  });

  test('reads the gateway as the payment method and the creation as the time, if other fields are absent', () => {
    expect(read(TRANSACTION, { payment_details: null, processed_at: null }).fields).toMatchObject({
      paymentMethod: 'shopify_payments', eventTime: new Date('2026-01-31T12:00:00Z'),
    });
  });

  test.each(['[]', '"text"', 'null', '1', '', '{', '['.repeat(100_000)])('does not parse %.20j', (body) => {
    expect(readText(body)).toEqual({ parsed: false, fields: { kind: 'other', live: true, moneyMovement: false, declined: false } });
  });
});
