import { createHmac } from 'node:crypto';
import { checkoutCom } from '.';
import { samples } from './samples';
import type { ProviderConfig } from '../../../src/private/contract';
import { describeProviderContract } from '../../../test/handlers/support/provider-contract';
import { context, request } from '../../../test/handlers/support/webhooks';
import type { Headers, SignedWebhook } from '../shared/samples/provider-samples';

const SECRET = 'Zm9vYmFy%key';
const CONFIG: ProviderConfig = { name: 'checkout', scheme: 'checkout-com', secretArns: [] };
const AT = new Date('2026-01-31T12:00:00Z');
const BODY = Buffer.from('{"id":"evt_1","type":"payment_captured"}');

const sign = (body: Buffer, secret: string | Buffer = SECRET, algorithm = 'sha256') => createHmac(algorithm, secret).update(body).digest('hex');
const verify = (webhook: SignedWebhook, secrets: readonly string[] = [SECRET]) => checkoutCom.verify(request(webhook), secrets, context(CONFIG, AT));

describeProviderContract(samples);

describe('verify', () => {
  test('accepts a signature by any of the secrets, and hex in upper case', () => {
    const webhook = { body: BODY, headers: { 'cko-signature': sign(BODY).toUpperCase() } };

    expect(verify(webhook, ['new', SECRET])).toBe('authentic');
  });

  test.each<[string, Headers, string]>([
    ['no header', {}, 'signature_missing'],
    ['an empty header', { 'Cko-Signature': '' }, 'signature_missing'],
    ['only the authorization key', { Authorization: SECRET }, 'signature_missing'],
    ['a repeated header', { 'Cko-Signature': sign(BODY), 'cko-signature': sign(BODY) }, 'signature_malformed'],
    ['a signature that is not hexadecimal', { 'Cko-Signature': 'rubbish' }, 'signature_malformed'],
    ['a prefix', { 'Cko-Signature': `sha256=${sign(BODY)}` }, 'signature_malformed'],
    ['half a signature', { 'Cko-Signature': sign(BODY).slice(32) }, 'signature_mismatch'],
    ['another algorithm', { 'Cko-Signature': sign(BODY, SECRET, 'sha512') }, 'signature_mismatch'],
    ['a signature by the decoded key', { 'Cko-Signature': sign(BODY, Buffer.from(SECRET, 'base64')) }, 'signature_mismatch'],
  ])('rejects %s', (_, headers, reason) => {
    expect(verify({ body: BODY, headers })).toBe(reason);
  });
});

describe('normalize', () => {
  const PAYMENT = {
    id: 'pay_1',
    action_id: 'act_1',
    reference: 'order-1',
    amount: 123456,
    currency: 'EUR',
    response_summary: 'Approved',
    customer: { id: 'cus_1', email: 'Someone@Mail.example' },
    source: { id: 'src_1', type: 'card', bin: '42424212', issuer_country: 'FR', billing_address: { country: 'DE' } },
  };
  const eventOf = (type: string, data: unknown) => ({ id: 'evt_1', type, version: '1.0.29', created_on: '2026-01-31T12:00:00.8821546Z', data });
  const read = (body: unknown) => checkoutCom.normalize(request({ body: Buffer.from(JSON.stringify(body)), headers: {} }), samples.config);
  const dataOf = (data: object, type = 'payment_captured') => read(eventOf(type, data)).fields;

  test('reads every field of a payment', () => {
    expect(read(eventOf('payment_captured', PAYMENT))).toEqual({
      parsed: true,
      fields: {
        eventId: 'evt_1',
        transactionId: 'pay_1',
        eventName: 'payment_captured',
        kind: 'captured',
        status: 'Approved',
        live: true,
        money: { minor: 123456n, exponent: 2 },
        currency: 'EUR',
        reference: 'order-1',
        customerId: 'cus_1',
        paymentMethod: 'card',
        country: 'DE',
        cardCountry: 'FR',
        cardBin: '42424212',
        emailDomain: 'mail.example',
        email: 'someone@mail.example',
        eventTime: new Date('2026-01-31T12:00:00.882Z'),
        moneyMovement: true,
        declined: false,
      },
    });
  });

  test('reads the time of types with a `timestamp`', () => {
    const time = read({ id: 'evt_1', type: 'payment_captured', timestamp: '2026-01-31T12:00:00.357+00:00', data: {} }).fields.eventTime;

    expect(time).toEqual(new Date('2026-01-31T12:00:00.357Z'));
  });

  test.each<[string, object, string | undefined]>([
    ['dispute_received', { id: 'dsp_1', payment_id: 'pay_1' }, 'pay_1'],
    ['payment_refunded', { id: 'pay_1', action_id: 'act_2' }, 'pay_1'],
    ['payout_paid', { payout_id: 'pay_2' }, 'pay_2'],
    ['authentication_approved', { session_id: 'sid_1', payment_id: 'pay_1' }, 'pay_1'],
    ['report_generated', {}, undefined],
  ])('reads the transaction of %s with %j as %s', (type, data, transactionId) => {
    expect(dataOf(data, type).transactionId).toBe(transactionId);
  });

  test('reads the source amount of a payout', () => {
    const instruction = { source_amount: 10000, source_currency: 'GBP', destination_amount: 11500, destination_currency: 'EUR' };

    expect(dataOf({ payout_id: 'pay_2', instruction }, 'payout_paid')).toMatchObject({ money: { minor: 10000n, exponent: 2 }, currency: 'GBP' });
  });

  test.each<[object, string | undefined]>([
    [{ source: { type: 'klarna' } }, 'klarna'],
    [{ source: { type: 'currency_account' }, destination: { type: 'bank_account' } }, 'bank_account'],
    [{ payment_method: 'VISA' }, 'VISA'],
    [{}, undefined],
  ])('reads the method of %j as %s', (data, paymentMethod) => {
    expect(dataOf(data).paymentMethod).toBe(paymentMethod);
  });

  test('prefers the status to the summary of a response', () => {
    expect(dataOf({ status: 'Captured', response_summary: 'Approved' }).status).toBe('Captured');
  });

  test('is live with links of the sandbox, because no documented field distinguishes the sandbox', () => {
    const links = { self: { href: 'https://api.sandbox.checkout.com/workflows/events/evt_1' } };

    expect(read({ ...eventOf('payment_captured', PAYMENT), _links: links }).fields.live).toBe(true);
  });

  test.each([12.5, '12.50', 'much', {}, [], 2 ** 60])('does not parse the amount %p, but all other fields', (amount) => {
    expect(read(eventOf('payment_captured', { ...PAYMENT, amount }))).toMatchObject({
      parsed: false, fields: { transactionId: 'pay_1', currency: 'EUR', money: undefined },
    });
  });

  test.each<[unknown]>([[undefined], [null], [[]], ['text'], [{ amount: null }]])('parses the data %j without an amount', (data) => {
    expect(read(eventOf('card_verified', data))).toMatchObject({
      parsed: true, fields: { eventId: 'evt_1', kind: 'other', live: true, money: undefined, moneyMovement: false },
    });
  });

  test.each<[unknown, string | undefined]>([
    [{ id: 'evt_1' }, 'evt_1'], [{ id: 'evt_1', type: {} }, 'evt_1'], [{ type: '' }, undefined], [[], undefined], ['text', undefined], [null, undefined],
  ])('does not parse %j, and reads its identifier as %s', (body, eventId) => {
    expect(read(body)).toMatchObject({ parsed: false, fields: { eventId, kind: 'other' } });
  });

  test.each([
    ['payment_approved', 'authorized'], ['payment_authorization_incremented', 'authorized'], ['payment_captured', 'captured'],
    ['payment_declined', 'failed'], ['payment_expired', 'canceled'], ['payment_canceled', 'canceled'], ['payment_capture_declined', 'failed'],
    ['payment_refund_declined', 'failed'], ['payment_returned', 'failed'], ['payment_refunded', 'refunded'], ['payment_refund_pending', 'refunded'],
    ['dispute_received', 'disputed'], ['dispute_evidence_required', 'disputed'], ['dispute_won', 'disputed'], ['dispute_lost', 'disputed'],
    ['dispute_arbitration_lost', 'disputed'], ['payment_paid', 'paid-out'], ['payout_paid', 'paid-out'], ['payment_pending', 'other'],
    ['payment_voided', 'canceled'], ['payment_void_declined', 'other'], ['dispute_canceled', 'disputed'], ['card_verified', 'other'], ['constructor', 'other'],
  ])('reads %s as %s', (type, kind) => {
    expect(dataOf({}, type).kind).toBe(kind);
  });

  test('marks one event of a payment, a refund, a dispute and a payout as the money movement', () => {
    const types = [
      'payment_pending', 'payment_approved', 'payment_capture_pending', 'payment_captured', 'payment_refund_pending', 'payment_refunded', 'payment_returned',
      'dispute_received', 'dispute_evidence_required', 'dispute_evidence_submitted', 'dispute_accepted', 'dispute_lost', 'payment_paid', 'payout_paid',
    ];

    expect(types.filter((type) => dataOf(PAYMENT, type).moneyMovement)).toEqual(['payment_captured', 'payment_refunded', 'dispute_evidence_required', 'payment_paid']);
  });

  test.each<[object, string, boolean]>([
    [{ type: 'card' }, 'paid-out', true],
    [{ type: 'bank_account' }, 'authorized', false],
  ])('reads an approved payout to %j as %s, a money movement: %s', (destination, kind, moneyMovement) => {
    expect(dataOf({ id: 'pay_2', amount: 100, currency: 'GBP', destination }, 'payment_approved')).toMatchObject({ kind, moneyMovement });
  });

  test('reads a declined payout to a card as failed', () => {
    expect(dataOf({ destination: { type: 'card' } }, 'payment_declined')).toMatchObject({ kind: 'failed', moneyMovement: false });
  });
});
