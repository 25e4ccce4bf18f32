import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import Razorpay from 'razorpay';
import { razorpay } from '.';
import type { ProviderConfig } from '../../../src/private/contract';
import { describePublished, vectors } from '../../../test/handlers/support/published';
import { changed, changedByte, context, request, type SignedWebhook } from '../../../test/handlers/support/webhooks';

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
function razorpayAccepts({ body, headers }: SignedWebhook, secret = SECRET): boolean {
  return Razorpay.validateWebhookSignature(body.toString(), headers[HEADER], secret);
}

describePublished('the published vectors of Razorpay', () => {
  test.each(vectors('razorpay').map((vector) => [vector.name, vector] as const))('%s', (_, { rawBody, headers, secret, valid }) => {
    const webhook = withHeader(headers['x-razorpay-signature'], rawBody);

    expect([verify(webhook, [secret!]), razorpayAccepts(webhook, secret)]).toEqual([valid ? 'authentic' : 'signature_mismatch', valid]);
  });
});

describe('verify', () => {
  test('accepts what Razorpay\'s library accepts, and rejects it with any one byte changed, as the library does', () => {
    const body = fc.jsonValue().map((value) => JSON.stringify(value));
    const byte = fc.record({ position: fc.nat(), difference: fc.integer({ min: 1, max: 255 }) });
    const character = fc.integer({ min: 0x21, max: 0x7d }).map((code) => String.fromCharCode(code));

    fc.assert(fc.property(body, byte, character, (payload, { position, difference }, replacement) => {
      const webhook = withHeader(sign(payload), payload);
      const otherSecret = changed(SECRET, position, replacement);
      const altered = [
        { ...webhook, body: changedByte(webhook.body, position, difference) },
        withHeader(changed(sign(payload), position, replacement), payload),
      ];

      expect([verify(webhook), razorpayAccepts(webhook)]).toEqual(['authentic', true]);
      expect(altered.map((forged) => [verify(forged) === 'authentic', razorpayAccepts(forged)])).toEqual([[false, false], [false, false]]);
      expect([verify(webhook, [otherSecret]), razorpayAccepts(webhook, otherSecret)]).toEqual(['signature_mismatch', false]);
    }));
  });

  test('signs the bytes as they came, where the library takes them for text', () => {
    const text = Buffer.from('{"notes":"\ufffd"}');
    const bytes = Buffer.from(text.toString('hex').replace('efbfbd', 'ff'), 'hex');
    const forged = withHeader(sign(text), bytes);

    expect([verify(forged), razorpayAccepts(forged)]).toEqual(['signature_mismatch', true]);
  });

  test('accepts a signature by the secret of before, by which old events are sent again', () => {
    expect(verify(withHeader(sign(BODY, 'before')), [SECRET, 'before'])).toBe('authentic');
  });

  test.each([
    ['nothing', '', 'signature_missing'],
    ['no digits', 'zz', 'signature_malformed'],
    ['half a signature', sign(BODY).slice(32), 'signature_mismatch'],
    ['base64 instead', createHmac('sha256', SECRET).update(BODY).digest('base64'), 'signature_malformed'],
  ])('rejects a header with %s', (_, signature, reason) => {
    expect(verify(withHeader(signature))).toBe(reason);
  });

  test('rejects a header that comes twice, even with the same value', () => {
    expect(verify({ body: Buffer.from(BODY), headers: { [HEADER]: sign(BODY), [HEADER.toLowerCase()]: sign(BODY) } })).toBe('signature_malformed');
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
  const read = (body: unknown, headers = {}) => razorpay.normalize(request({ body: Buffer.from(JSON.stringify(body)), headers }));

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
        customerId: 'cust_1',
        paymentMethod: 'card',
        emailDomain: 'mail.example',
        eventTime: new Date('2026-01-31T12:00:00Z'),
        moneyMovement: true,
        declined: false,
      },
    });
  });

  test('takes no identity from the header that is not signed', () => {
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
    ['order.paid', { order: { id: 'order_1', amount: 5, currency: 'INR', status: 'paid' }, payment: PAYMENT }, { transactionId: 'pay_1', money: { minor: 5n }, status: 'paid' }],
    ['invoice.expired', { invoice: { id: 'inv_1', amount: 5, currency: 'INR', customer_id: 'cust_2' } }, { transactionId: 'inv_1', customerId: 'cust_2' }],
    ['subscription.charged', { subscription: { id: 'sub_1', amount: null, currency: 'USD' }, payment: PAYMENT }, { money: { minor: 123456n }, currency: 'INR' }],
    ['qr_code.credited', { qr_code: { id: 'qr_1' }, payment: PAYMENT }, { transactionId: 'pay_1', money: { minor: 123456n } }],
  ])('reads %s with %j', (name, entities, fields) => {
    expect(read(eventOf(name, entities))).toMatchObject({ parsed: true, fields });
  });

  test.each<[string, number]>([['INR', 2], ['JPY', 0], ['KWD', 3]])('counts %s with %d decimals', (currency, exponent) => {
    expect(read(eventOf('payment.captured', { payment: { ...PAYMENT, currency } })).fields.money).toEqual({ minor: 123456n, exponent });
  });

  test.each([
    ['payment.authorized', 'authorized'], ['payment.failed', 'failed'], ['order.paid', 'captured'], ['refund.created', 'refunded'], ['refund.failed', 'failed'],
    ['payment.dispute.won', 'disputed'], ['payout.processed', 'paid-out'], ['payout.reversed', 'failed'], ['settlement.processed', 'paid-out'],
    ['invoice.expired', 'canceled'], ['payment_link.cancelled', 'canceled'], ['payment_link.expired', 'canceled'], ['payout_link.cancelled', 'canceled'],
    ['payout_link.expired', 'canceled'], ['subscription.cancelled', 'other'], ['payment.downtime.started', 'other'], ['constructor', 'other'],
  ])('%s is %s', (name, kind) => {
    expect(read(eventOf(name, {})).fields.kind).toBe(kind);
  });

  test.each<[string, unknown, string]>([
    ['payment.failed', 'payment_cancelled', 'canceled'], ['payment.failed', 'payment_timed_out', 'canceled'], ['payment.failed', 'payment_failed', 'failed'],
    ['payment.failed', {}, 'failed'], ['payment.captured', 'payment_cancelled', 'captured'],
  ])('%s with the reason %j is %s', (name, error_reason, kind) => {
    expect(read(eventOf(name, { payment: { ...PAYMENT, error_reason } })).fields).toMatchObject({ kind, declined: kind === 'failed' });
  });

  test('of the events that carry one payment\'s amount one moves money', () => {
    const names = [
      'payment.authorized', 'payment.captured', 'order.paid', 'invoice.paid', 'payment_link.paid', 'subscription.charged', 'virtual_account.credited', 'qr_code.credited',
    ];

    expect(names.filter((name) => read(eventOf(name, { payment: PAYMENT })).fields.moneyMovement)).toEqual(['payment.captured']);
  });

  test('of the events of one refund, one dispute and one payout one each moves money', () => {
    const names = [
      'refund.created', 'refund.speed_changed', 'refund.processed', 'refund.failed',
      'payment.dispute.created', 'payment.dispute.under_review', 'payment.dispute.lost', 'payment.dispute.closed',
      'payout.initiated', 'payout.processed', 'payout.updated', 'payout.reversed', 'payout_link.processed', 'transaction.created',
    ];

    expect(names.filter((name) => read(eventOf(name, {})).fields.moneyMovement)).toEqual(['refund.processed', 'payment.dispute.created', 'payout.processed']);
  });

  test.each([12.5, 'much', {}, 2 ** 60])('the amount %p is not parsed, the rest is', (amount) => {
    expect(read(eventOf('payment.captured', { payment: { ...PAYMENT, amount } }))).toMatchObject({
      parsed: false, fields: { transactionId: 'pay_1', money: undefined },
    });
  });

  test('an event without an amount is understood', () => {
    expect(read(eventOf('payment.downtime.started', {}))).toMatchObject({ parsed: true, fields: { money: undefined, transactionId: undefined } });
  });

  test.each([[{}], [{ event: '' }], [{ event: 5.5 }], [[]], ['text'], [null]])('%j is not understood', (body) => {
    expect(read(body)).toEqual({ parsed: false, fields: { kind: 'other', live: true, moneyMovement: false, declined: false } });
  });

  test('never throws, whatever the body holds', () => {
    const entity = fc.dictionary(fc.constantFrom('id', 'amount', 'currency', 'payment_id', 'method', 'status', 'customer_id'), fc.jsonValue());
    const name = fc.oneof(fc.constantFrom('payment.captured', 'refund.processed', 'payment.dispute.created', '__proto__.x', '..'), fc.jsonValue());
    const payload = fc.record({ payment: fc.oneof(fc.jsonValue(), fc.record({ entity })), refund: fc.oneof(fc.jsonValue(), fc.record({ entity })) });

    fc.assert(fc.property(fc.oneof(fc.jsonValue(), fc.record({ event: name, created_at: fc.jsonValue(), payload })), (value) => {
      expect(() => read(value)).not.toThrow();
    }));
    expect(razorpay.normalize(request({ body: Buffer.from([0xff, 0x00]), headers: {} })).parsed).toBe(false);
  });
});
