import { createHmac } from 'node:crypto';
import { razorpay } from '.';
import { samples } from './samples';
import type { ProviderConfig } from '../../../src/private/contract';
import { describeProviderContract } from '../../../test/handlers/support/provider-contract';
import { describePublished, vectors } from '../../../test/handlers/support/published';
import { context, request } from '../../../test/handlers/support/webhooks';
import type { SignedWebhook } from '../shared/samples/provider-samples';

const CONFIG: ProviderConfig = { name: 'razorpay', scheme: 'razorpay', secretArns: [] };
const HEADER = 'X-Razorpay-Signature';
const SECRET = 'a secret of the dashboard';
const BODY = '{"entity":"event","event":"payment.captured"}';

const sign = (body: Buffer | string, secret = SECRET) => createHmac('sha256', secret).update(body).digest('hex');
const withHeader = (signature: string, body: Buffer | string = BODY): SignedWebhook => (
  { body: Buffer.from(body), headers: { [HEADER]: signature } }
);
const verify = (webhook: SignedWebhook, secrets: readonly string[] = [SECRET]) => (
  razorpay.verify(request(webhook), secrets, context(CONFIG, new Date()))
);

/** Whether Razorpay's own library accepts a webhook. */
const razorpayAccepts = (webhook: SignedWebhook, secret = SECRET) => samples.libraryAccepts(webhook, secret);

describeProviderContract(samples);

describePublished('the published vectors of Razorpay', () => {
  test.each(vectors('razorpay').map((vector) => [vector.name, vector] as const))('%s', (_, { rawBody, headers, secret, valid }) => {
    const webhook = withHeader(headers['x-razorpay-signature'], rawBody);

    expect([verify(webhook, [secret!]), razorpayAccepts(webhook, secret)]).toEqual([valid ? 'authentic' : 'signature_mismatch', valid]);
  });
});

describe('verify', () => {
  test('verifies the raw bytes, but the library verifies decoded text', () => {
    const text = Buffer.from('{"notes":"\ufffd"}');
    const bytes = Buffer.from(text.toString('hex').replace('efbfbd', 'ff'), 'hex');
    const forged = withHeader(sign(text), bytes);

    expect([verify(forged), razorpayAccepts(forged)]).toEqual(['signature_mismatch', true]);
  });

  test('accepts a signature by the previous secret, which Razorpay uses to retry old events', () => {
    expect(verify(withHeader(sign(BODY, 'before')), [SECRET, 'before'])).toBe('authentic');
  });

  test.each([
    ['an empty signature', '', 'signature_missing'],
    ['a signature without digits', 'zz', 'signature_malformed'],
    ['half a signature', sign(BODY).slice(32), 'signature_mismatch'],
    ['a base64 signature', createHmac('sha256', SECRET).update(BODY).digest('base64'), 'signature_malformed'],
  ])('rejects a header with %s', (_, signature, reason) => {
    expect(verify(withHeader(signature))).toBe(reason);
  });
});

describe('normalize', () => {
  const PAYMENT = {
    id: 'pay_1',
    entity: 'payment',
    amount: 123456,
    currency: 'INR',
    status: 'captured',
    order_id: 'order_1',
    method: 'card',
    customer_id: 'cust_1',
    created_at: 1769860700,
    email: 'Someone@Mail.example',
  };
  const REFUND = { id: 'rfnd_1', entity: 'refund', amount: 500, currency: 'INR', payment_id: 'pay_1', status: 'processed' };
  const DISPUTE = { id: 'disp_1', entity: 'dispute', payment_id: 'pay_1', amount: 700, currency: 'INR', amount_deducted: 0, phase: 'chargeback', status: 'open' };
  const PAYOUT = { id: 'pout_1', entity: 'payout', fund_account_id: 'fa_1', amount: 900, currency: 'INR', status: 'processed', mode: 'IMPS' };
  const SETTLEMENT = { id: 'setl_1', entity: 'settlement', amount: 1100, status: 'processed', fees: 12, utr: 'utr_1' };

  const eventOf = (event: unknown, entities: Record<string, unknown>) => ({
    entity: 'event',
    account_id: 'acc_1',
    event,
    contains: Object.keys(entities),
    created_at: 1769860800,
    payload: Object.fromEntries(Object.entries(entities).map(([name, entity]) => [name, { entity }])),
  });
  const read = (body: unknown, headers = {}) => razorpay.normalize(request({ body: Buffer.from(JSON.stringify(body)), headers }), samples.config);

  test('reads every field of a payment', () => {
    expect(read(eventOf('payment.captured', { payment: PAYMENT }))).toEqual({
      parsed: true,
      fields: {
        transactionId: 'pay_1',
        eventName: 'payment.captured',
        kind: 'captured',
        status: 'captured',
        live: true,
        money: { minor: 123456n, exponent: 2 },
        currency: 'INR',
        account: 'acc_1',
        customerId: 'cust_1',
        paymentMethod: 'card',
        emailDomain: 'mail.example',
        email: 'someone@mail.example',
        eventTime: new Date('2026-01-31T12:00:00Z'),
        moneyMovement: true,
        declined: false,
      },
    });
  });

  test('reads no identifier from the unsigned header', () => {
    const event = eventOf('payment.captured', { payment: PAYMENT });

    expect(read(event, { 'X-Razorpay-Event-Id': 'event-1' })).toEqual(read(event));
    expect(read(event).fields.eventId).toBeUndefined();
  });

  test.each<[string, Record<string, unknown>, object]>([
    ['refund.processed', { refund: REFUND, payment: PAYMENT }, {
      transactionId: 'pay_1', money: { minor: 500n }, status: 'processed', customerId: 'cust_1', emailDomain: 'mail.example',
    }],
    ['refund.processed', { refund: REFUND }, { transactionId: 'pay_1', money: { minor: 500n }, customerId: undefined, emailDomain: undefined }],
    ['payment.dispute.created', { payment: PAYMENT, dispute: DISPUTE }, { transactionId: 'pay_1', money: { minor: 700n }, status: 'open' }],
    ['payment.dispute.created', { dispute: DISPUTE }, { transactionId: 'pay_1', money: { minor: 700n } }],
    ['payout.processed', { payout: PAYOUT }, { transactionId: 'pout_1', money: { minor: 900n }, paymentMethod: 'IMPS' }],
    ['settlement.processed', { settlement: SETTLEMENT }, { transactionId: 'setl_1', money: { minor: 1100n, exponent: 2 }, currency: undefined }],
    ['order.paid', { order: { id: 'order_1', amount: 5, currency: 'INR', status: 'paid' }, payment: PAYMENT }, { transactionId: 'pay_1', money: { minor: 123456n }, status: 'paid' }],
    ['invoice.partially_paid', { invoice: { id: 'inv_1', amount: 5, currency: 'USD' }, payment: PAYMENT }, { transactionId: 'pay_1', money: { minor: 123456n }, currency: 'INR' }],
    ['invoice.paid', { invoice: { id: 'inv_1', amount: 5, currency: 'USD' } }, { transactionId: 'inv_1', money: { minor: 5n }, currency: 'USD' }],
    ['invoice.expired', { invoice: { id: 'inv_1', amount: 5, currency: 'INR', customer_id: 'cust_2' } }, { transactionId: 'inv_1', customerId: 'cust_2' }],
    ['subscription.charged', { subscription: { id: 'sub_1', amount: null, currency: 'USD' }, payment: PAYMENT }, { money: { minor: 123456n }, currency: 'INR' }],
    ['qr_code.credited', { qr_code: { id: 'qr_1' }, payment: PAYMENT }, { transactionId: 'pay_1', money: { minor: 123456n } }],
  ])('reads %s with %j', (name, entities, fields) => {
    expect(read(eventOf(name, entities))).toMatchObject({ parsed: true, fields });
  });

  test.each([
    ['payment.authorized', 'authorized'], ['payment.failed', 'failed'], ['order.paid', 'captured'], ['refund.created', 'refunded'], ['refund.failed', 'failed'],
    ['payment.dispute.won', 'disputed'], ['payout.processed', 'paid-out'], ['payout.reversed', 'failed'], ['settlement.processed', 'paid-out'],
    ['invoice.expired', 'canceled'], ['payment_link.cancelled', 'canceled'], ['payment_link.expired', 'canceled'], ['payout_link.cancelled', 'canceled'],
    ['payout_link.expired', 'canceled'], ['subscription.cancelled', 'other'], ['payment.downtime.started', 'other'], ['constructor', 'other'],
  ])('reads %s as %s', (name, kind) => {
    expect(read(eventOf(name, {})).fields.kind).toBe(kind);
  });

  test.each<[string, unknown, string]>([
    ['payment.failed', 'payment_cancelled', 'canceled'], ['payment.failed', 'payment_timed_out', 'canceled'], ['payment.failed', 'payment_failed', 'failed'],
    ['payment.failed', {}, 'failed'], ['payment.captured', 'payment_cancelled', 'captured'],
  ])('reads %s with the reason %j as %s', (name, error_reason, kind) => {
    expect(read(eventOf(name, { payment: { ...PAYMENT, error_reason } })).fields).toMatchObject({ kind, declined: kind === 'failed' });
  });

  test('marks one of the events with the amount of one payment as the money movement', () => {
    const names = [
      'payment.authorized', 'payment.captured', 'order.paid', 'invoice.paid', 'payment_link.paid', 'subscription.charged', 'virtual_account.credited', 'qr_code.credited',
    ];

    expect(names.filter((name) => read(eventOf(name, { payment: PAYMENT })).fields.moneyMovement)).toEqual(['payment.captured']);
  });

  test('marks one event each of a refund, a dispute and a payout as the money movement', () => {
    const names = [
      'refund.created', 'refund.speed_changed', 'refund.processed', 'refund.failed',
      'payment.dispute.created', 'payment.dispute.under_review', 'payment.dispute.lost', 'payment.dispute.closed',
      'payout.initiated', 'payout.processed', 'payout.updated', 'payout.reversed', 'payout_link.processed', 'transaction.created',
    ];

    expect(names.filter((name) => read(eventOf(name, {})).fields.moneyMovement)).toEqual(['refund.processed', 'payment.dispute.created', 'payout.processed']);
  });

  test.each([12.5, 'much', {}, 2 ** 60])('does not parse the amount %p, but all other fields', (amount) => {
    expect(read(eventOf('payment.captured', { payment: { ...PAYMENT, amount } }))).toMatchObject({
      parsed: false, fields: { transactionId: 'pay_1', money: undefined },
    });
  });

  test('parses an event without an amount', () => {
    expect(read(eventOf('payment.downtime.started', {}))).toMatchObject({ parsed: true, fields: { money: undefined, transactionId: undefined } });
  });

  test.each([[{}], [{ event: '' }], [{ event: 5.5 }], [[]], ['text'], [null]])('does not parse %j', (body) => {
    expect(read(body)).toEqual({ parsed: false, fields: { kind: 'other', live: true, moneyMovement: false, declined: false } });
  });
});
