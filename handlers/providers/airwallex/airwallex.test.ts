import { createHmac } from 'node:crypto';
import { airwallex } from '.';
import { samples } from './samples';
import { describeProviderContract } from '../../../test/handlers/support/provider-contract';
import { context, request } from '../../../test/handlers/support/webhooks';
import type { Headers } from '../shared/samples/provider-samples';

const AT = new Date('2026-01-31T12:00:00Z');
const TIME = String(AT.getTime());
const BODY = Buffer.from('{"id":"evt_1","name":"payment_intent.succeeded","data":{"object":{}}}');
const sign = (time = TIME) => createHmac('sha256', samples.secret).update(time).update(BODY).digest('hex');
const read = (body: unknown) => airwallex.normalize(request({ body: Buffer.from(JSON.stringify(body)), headers: {} }), samples.config);
const eventOf = (name: string, object: unknown, more: object = {}) => ({ id: 'evt_1', name, data: { object }, ...more });
const dataOf = (name: string, object: object) => read(eventOf(name, object)).fields;

describeProviderContract(samples);

describe('verify', () => {
  const verify = (headers: Headers, now = AT) => airwallex.verify(request({ body: BODY, headers }), [samples.secret], context(samples.config, now));

  test.each<[string, Headers, string]>([
    ['a signature of the time and the body', { 'x-timestamp': TIME, 'x-signature': sign() }, 'authentic'],
    ['a signature of another time', { 'x-timestamp': TIME, 'x-signature': sign('1769860800001') }, 'signature_mismatch'],
    ['a signature of the body only', { 'x-timestamp': TIME, 'x-signature': sign('') }, 'signature_mismatch'],
    ['a time in seconds', { 'x-timestamp': TIME.slice(0, 10), 'x-signature': sign(TIME.slice(0, 10)) }, 'timestamp_out_of_tolerance'],
    ['a time that is not a number', { 'x-timestamp': AT.toISOString(), 'x-signature': sign(AT.toISOString()) }, 'signature_malformed'],
    ['no time', { 'x-signature': sign() }, 'signature_malformed'],
    ['no signature', { 'x-timestamp': TIME }, 'signature_missing'],
  ])('answers %s with the right result', (_, headers, result) => {
    expect(verify(headers)).toBe(result);
  });

  test.each([[300_000, 'authentic'], [301_000, 'timestamp_out_of_tolerance'], [-301_000, 'timestamp_out_of_tolerance']])('is %d ms after the signature %s', (after, result) => {
    expect(verify({ 'x-timestamp': TIME, 'x-signature': sign() }, new Date(AT.getTime() + after))).toBe(result);
  });
});

describe('normalize', () => {
  /** https://www.airwallex.com/docs/payments/reference/payments-webhooks */
  test('reads every field of a PaymentIntent like the one that Airwallex publishes', () => {
    const intent = {
      request_id: 'd6a92e2a-02e5-c37b-c977-13796ec7443a',
      id: 'int_1',
      merchant_order_id: '0000000000',
      amount: 16.66,
      currency: 'USD',
      captured_amount: 0,
      status: 'REQUIRES_PAYMENT_METHOD',
      created_at: '2023-01-13T07:32:05+0000',
      updated_at: '2023-01-13T07:32:06+0000',
    };

    expect(read({ id: 'evt_100', name: 'payment_intent.created', accountId: '78814faa', data: { object: intent } })).toEqual({
      parsed: true,
      fields: {
        eventId: 'evt_100',
        transactionId: 'int_1',
        eventName: 'payment_intent.created',
        kind: 'other',
        status: 'REQUIRES_PAYMENT_METHOD',
        live: true,
        money: { minor: 1666n, exponent: 2 },
        currency: 'USD',
        account: '78814faa',
        reference: '0000000000',
        eventTime: new Date('2023-01-13T07:32:06Z'),
        moneyMovement: false,
        declined: false,
      },
    });
  });

  test.each([
    ['2026-01-31T12:00:00+0000', '2026-01-31T12:00:00Z'],
    ['2026-01-31T23:00:00+1100', '2026-01-31T12:00:00Z'],
    ['2026-01-31T12:00:00Z', '2026-01-31T12:00:00Z'],
    ['2026-01-31T12:00:00+00:00', '2026-01-31T12:00:00Z'],
  ])('reads the time %s', (time, expected) => {
    expect(read(eventOf('payment_intent.succeeded', {}, { created_at: time })).fields.eventTime).toEqual(new Date(expected));
  });

  test.each<[string, unknown, boolean | undefined]>([
    ['payment_dispute.requires_response', 'CHARGEBACK', undefined],
    ['payment_dispute.requires_response', 'PRE_CHARGEBACK', true],
    ['payment_dispute.requires_response', 'RFI', true],
    ['payment_dispute.requires_response', undefined, true],
    ['payment_dispute.accepted', 'PRE_CHARGEBACK', undefined],
    ['payment_dispute.accepted', 'Pre-chargeback', undefined],
    ['payment_dispute.accepted', 'CHARGEBACK', true],
    ['payment_dispute.accepted', 'PRE_ARBITRATION', true],
  ])('knows whether %s in the stage %s takes no money: %s', (name, stage, movesNothing) => {
    expect(dataOf(name, { amount: 5, currency: 'EUR', stage })).toMatchObject({ moneyMovement: true, movesNothing });
  });

  test.each<[string, unknown, string | undefined]>([
    ['payment_attempt.authorized', 'Y', 'authenticated'],
    ['payment_attempt.authorized', 'U', 'unavailable'],
    ['payment_attempt.authorized', '', undefined],
    ['payment_attempt.authentication_failed', 'C', 'failed'],
    ['payment_attempt.authentication_failed', undefined, 'failed'],
  ])('reads the outcome of 3-D Secure of %s with the status %p as %s', (name, status, expected) => {
    expect(dataOf(name, { authentication_data: { ds_data: { pa_res_status: status } } }).threeDSecure).toBe(expected);
  });

  test('reads the email address that old versions have in the card', () => {
    expect(dataOf('payment_attempt.authorized', { payment_method: { card: { billing: { email: 'Someone@Mail.example' } } } }))
      .toMatchObject({ contact: 'someone@mail.example', emailDomain: 'mail.example' });
  });

  test('reads the reference from the metadata of the config', () => {
    const event = eventOf('payment_intent.succeeded', { metadata: { cart: 'cart-7' } });

    expect(airwallex.normalize(request({ body: Buffer.from(JSON.stringify(event)), headers: {} }), { ...samples.config, referenceKey: 'cart' }).fields.reference).toBe('cart-7');
  });

  test.each<[unknown, string | undefined]>([
    [{}, undefined], [null, undefined], ['text', undefined], [[], undefined], [{ id: 'evt_1', name: 'payment_intent.succeeded' }, 'evt_1'], [{ id: 'evt_1', data: {} }, 'evt_1'],
  ])('does not parse %j, and reads its id as %s', (body, eventId) => {
    expect(read(body)).toMatchObject({ parsed: false, fields: { eventId, kind: 'other', moneyMovement: false } });
  });

  test.each([12.505, 'much', {}])('does not parse the amount %p, but the other fields', (amount) => {
    expect(read(eventOf('payment_intent.succeeded', { id: 'int_1', amount, currency: 'EUR' }))).toMatchObject({ parsed: false, fields: { transactionId: 'int_1', money: undefined } });
  });
});
