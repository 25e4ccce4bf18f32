import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { square } from '.';
import { samples } from './samples';
import { SecretField } from '../../../src/private/contract';
import { describeProviderContract } from '../../../test/handlers/support/provider-contract';
import { describePublished, payloads, vectors, type PublishedVector } from '../../../test/handlers/support/published';
import { request } from '../../../test/handlers/support/webhooks';
import type { SignedWebhook } from '../shared/samples/provider-samples';

const HEADER = 'x-square-hmacsha256-signature';
const KEY = 'asdf1234-KEY_of-an_endpoint';
const URL = 'https://example.com/prod/webhook/square';
const BODY = '{"merchant_id":"M1","type":"payment.updated"}';

const secretOf = (key: string, url: string) => JSON.stringify({ [SecretField.SIGNATURE_KEY]: key, [SecretField.NOTIFICATION_URL]: url });
const SECRET = secretOf(KEY, URL);
const sign = (body: Buffer | string, key = KEY, url = URL) => createHmac('sha256', key).update(url).update(body).digest('base64');
const withHeader = (signature: string, body: Buffer | string = BODY): SignedWebhook => (
  { body: Buffer.from(body), headers: { [HEADER]: signature } }
);
const verify = (webhook: SignedWebhook, secrets: readonly string[] = [SECRET]) => square.verify(request(webhook), secrets);

/** Whether Square's own library accepts a webhook. */
const squareAccepts = async (webhook: SignedWebhook, key = KEY, url = URL) => samples.libraryAccepts(webhook, secretOf(key, url));

describeProviderContract(samples);

describePublished('the published material of Square', () => {
  const published = vectors('square') as (PublishedVector & { readonly notificationUrl: string })[];

  test.each(published.map((vector) => [vector.name, vector] as const))('%s', async (_, { rawBody, headers, secret, notificationUrl, valid }) => {
    const webhook = withHeader(headers['x-square-hmacsha256-signature'], rawBody);

    const verification = verify(webhook, [secretOf(secret!, notificationUrl)]);

    expect(verification).toBe(valid ? 'authentic' : 'signature_mismatch');
    expect(await squareAccepts(webhook, secret, notificationUrl)).toBe(valid);
  });

  test.each(payloads('square'))('%s is parsed and has an identifier', (_, body) => {
    const { parsed, fields } = square.normalize(request({ body, headers: {} }));

    expect(parsed).toBe(true);
    expect([fields.eventId, fields.transactionId, fields.eventName, fields.eventTime]).not.toContain(undefined);
  });
});

describe('verify', () => {
  test('verifies the raw bytes, but the library verifies decoded text', async () => {
    const text = Buffer.from('{"note":"\ufffd"}');
    const bytes = Buffer.from(text.toString('hex').replace('efbfbd', 'ff'), 'hex');
    const forged = withHeader(sign(text), bytes);

    expect([verify(forged), await squareAccepts(forged)]).toEqual(['signature_mismatch', true]);
  });

  test('accepts a signature by any of the secrets, each with its own URL', () => {
    const secrets = [SECRET, 'not set yet', secretOf('other', 'https://example.org/')];

    expect(verify(withHeader(sign(BODY, 'other', 'https://example.org/')), secrets)).toBe('authentic');
    expect(verify(withHeader(sign(BODY, 'other', URL)), secrets)).toBe('signature_mismatch');
  });

  test.each([
    ['an empty signature', '', 'signature_missing'],
    ['a signature that is not base64', 'no signature', 'signature_malformed'],
    ['a hexadecimal signature', Buffer.from(sign(BODY), 'base64').toString('hex'), 'signature_mismatch'],
    ['a signature without padding', sign(BODY).replace('=', ''), 'signature_malformed'],
    ['half a signature', sign(BODY).slice(0, 20), 'signature_mismatch'],
    ['a signature of only the body', createHmac('sha256', KEY).update(BODY).digest('base64'), 'signature_mismatch'],
  ])('rejects a header with %s', (_, signature, reason) => {
    expect(verify(withHeader(signature))).toBe(reason);
  });

  test('ignores the older signature', () => {
    const legacy = createHmac('sha1', KEY).update(URL).update(BODY).digest('base64');

    expect(verify({ body: Buffer.from(BODY), headers: { 'X-Square-Signature': legacy } })).toBe('signature_missing');
  });

  test.each([[KEY], ['{}'], [JSON.stringify({ [SecretField.SIGNATURE_KEY]: KEY })], [secretOf(KEY, '')], [secretOf('', URL)]])(
    'requires a key and a URL, so that %s is an unusable secret', (secret) => {
      expect(verify(withHeader(sign(BODY)), [secret])).toBe('secret_unusable');
    });

  test('checks the request before the secret', () => {
    expect(verify(withHeader(''), [KEY])).toBe('signature_missing');
    expect(verify(withHeader('no signature'), [KEY])).toBe('signature_malformed');
  });
});

test('the command in the README subscribes to each money movement', () => {
  const [, types] = /"event_types": (\[[^\]]+\])/.exec(readFileSync(join(__dirname, 'README.md'), 'utf8'))!;
  const listed = Object.keys(square.events).filter((name) => 'moneyMovement' in square.events[name]);
  const inFlows = samples.flows.flatMap(({ movements }) => movements).map((movement) => movement.split(' ')[0]);

  expect(JSON.parse(types)).toEqual(expect.arrayContaining([...listed, ...inFlows]));
});

describe('normalize', () => {
  const PAYMENT = {
    id: 'pay_1',
    status: 'COMPLETED',
    created_at: '2026-01-31T11:59:58.000Z',
    updated_at: '2026-01-31T12:00:00.100Z',
    amount_money: { amount: 120000, currency: 'USD' },
    tip_money: { amount: 3456, currency: 'USD' },
    total_money: { amount: 123456, currency: 'USD' },
    source_type: 'CARD',
    card_details: {
      status: 'CAPTURED',
      card: { bin: '540988' },
      card_payment_timeline: { authorized_at: '2026-01-31T11:59:59.000Z', captured_at: '2026-01-31T12:00:00.101Z' },
    },
    buyer_email_address: 'Someone@Mail.example',
    customer_id: 'CUSTOMER1',
    billing_address: { country: 'US' },
    order_id: 'order_1',
  };
  const REFUND = { id: 'ref_1', payment_id: 'pay_1', status: 'PENDING', amount_money: { amount: 500, currency: 'USD' }, destination_type: 'CARD' };
  const DISPUTE = { id: 'dis_1', state: 'EVIDENCE_REQUIRED', disputed_payment: { payment_id: 'pay_1' }, amount_money: { amount: 500, currency: 'USD' } };
  const PAYOUT = { id: 'po_1', status: 'PAID', amount_money: { amount: 700, currency_code: 'EUR' } };

  const eventOf = (type: unknown, object: object, name = 'payment') => ({
    merchant_id: 'M1', type, event_id: 'event-1', created_at: '2026-01-31T12:00:01.123456789Z', data: { type: name, id: 'data_1', object: { [name]: object } },
  });
  const read = (body: unknown) => square.normalize(request({ body: Buffer.from(JSON.stringify(body)), headers: {} }));
  const payment = (overrides: object, type = 'payment.updated') => read(eventOf(type, { ...PAYMENT, ...overrides })).fields;

  test('reads every field of a payment', () => {
    expect(read(eventOf('payment.updated', PAYMENT))).toEqual({
      parsed: true,
      fields: {
        eventId: 'event-1',
        transactionId: 'pay_1',
        eventName: 'payment.updated',
        kind: 'captured',
        status: 'COMPLETED',
        live: true,
        money: { minor: 123456n, exponent: 2 },
        currency: 'USD',
        account: 'M1',
        customerId: 'CUSTOMER1',
        paymentMethod: 'CARD',
        country: 'US',
        cardBin: '540988',
        emailDomain: 'mail.example',
        email: 'someone@mail.example',
        eventTime: new Date('2026-01-31T12:00:01.123Z'),
        moneyMovement: true,
        declined: false,
      },
    });
  });

  test.each([
    ['PENDING', undefined], ['NORMAL', 'normal'], ['MODERATE', 'elevated'], ['HIGH', 'highest'], ['normal', undefined], ['constructor', undefined], [null, undefined],
  ])('reads the risk level %s as %s', (level, expected) => {
    expect(payment({ risk_evaluation: { risk_level: level } }).riskLevel).toBe(expected);
  });

  test.each<[string, object, object]>([
    ['refund.created', REFUND, { transactionId: 'pay_1', kind: 'refunded', status: 'PENDING', money: { minor: 500n, exponent: 2 }, paymentMethod: 'CARD' }],
    ['dispute.created', DISPUTE, { transactionId: 'pay_1', kind: 'disputed', status: 'EVIDENCE_REQUIRED', money: { minor: 500n, exponent: 2 } }],
    ['payout.paid', PAYOUT, { transactionId: 'po_1', kind: 'paid-out', status: 'PAID', money: { minor: 700n, exponent: 2 }, currency: 'EUR' }],
    ['terminal.checkout.updated', { id: 'chk_1', status: 'COMPLETED', payment_ids: ['pay_1'], amount_money: PAYMENT.amount_money }, { transactionId: 'pay_1', kind: 'captured' }],
    ['terminal.refund.updated', { ...REFUND, status: 'IN_PROGRESS' }, { transactionId: 'pay_1', kind: 'other' }],
    ['invoice.payment_made', { id: 'inv_1', primary_recipient: { customer_id: 'CUSTOMER2' } }, { transactionId: 'inv_1', kind: 'captured', customerId: 'CUSTOMER2', money: undefined }],
    ['invoice.updated', { primary_recipient: { email_address: 'a@mail.example' } }, { emailDomain: 'mail.example', cardBin: undefined }],
    ['order.updated', { order_id: 'order_1', state: 'CANCELED' }, { transactionId: 'data_1', kind: 'canceled', status: 'CANCELED' }],
    ['order.created', { order_id: 'order_1', state: 'OPEN' }, { transactionId: 'data_1', kind: 'other', status: 'OPEN', money: undefined }],
  ])('reads %s', (type, object, fields) => {
    expect(read(eventOf(type, object, 'thing'))).toMatchObject({ parsed: true, fields });
  });

  test('finds the object if `data.type` does not name it', () => {
    const event = eventOf('terminal.checkout.updated', { id: 'chk_1' }, 'checkout');

    expect(read({ ...event, data: { ...event.data, type: 'checkout.event' } }).fields.transactionId).toBe('chk_1');
  });

  test.each<[string, string | undefined, string]>([
    ['payment.created', 'APPROVED', 'authorized'],
    ['payment.created', 'COMPLETED', 'captured'],
    ['payment.updated', 'PENDING', 'other'],
    ['payment.created', 'CANCELED', 'canceled'],
    ['payment.updated', 'CANCELED', 'canceled'],
    ['payment.updated', 'FAILED', 'failed'],
    ['payment.updated', undefined, 'other'],
    ['refund.updated', 'COMPLETED', 'refunded'],
    ['refund.updated', 'REJECTED', 'failed'],
    ['refund.updated', 'FAILED', 'failed'],
    ['terminal.checkout.created', 'PENDING', 'other'],
    ['terminal.checkout.updated', 'CANCELED', 'canceled'],
    ['terminal.refund.updated', 'CANCELED', 'other'],
    ['order.created', 'CANCELED', 'canceled'],
    ['order.updated', 'CANCELED', 'canceled'],
    ['order.updated', 'COMPLETED', 'other'],
    ['invoice.canceled', 'CANCELED', 'canceled'],
    ['terminal.refund.updated', 'COMPLETED', 'refunded'],
    ['dispute.state.updated', 'WON', 'disputed'],
    ['payout.sent', 'SENT', 'paid-out'],
    ['payout.failed', 'FAILED', 'failed'],
    ['invoice.refunded', 'REFUNDED', 'refunded'],
    ['invoice.scheduled_charge_failed', 'UNPAID', 'failed'],
    ['customer.created', undefined, 'other'],
    ['constructor', 'constructor', 'other'],
  ])('reads %s with the status %s as %s', (type, status, kind) => {
    expect(payment({ status }, type).kind).toBe(kind);
  });

  test('marks only the capture among the events of a payment as the money movement', () => {
    const FEE = [{ type: 'INITIAL', amount_money: { amount: 3000, currency: 'USD' } }];
    const history: [string, object][] = [
      ['payment.created', { status: 'APPROVED', updated_at: '2026-01-31T11:59:59.000Z', card_details: {} }],
      ['payment.updated', { status: 'APPROVED', updated_at: '2026-01-31T11:59:59.500Z', card_details: {} }],
      ['payment.updated', {}],
      ['payment.updated', { updated_at: '2026-01-31T12:00:02.000Z', customer_id: 'CUSTOMER2' }],
      ['payment.updated', { updated_at: '2026-01-31T12:00:00.900Z', processing_fee: FEE }],
      ['payment.updated', { updated_at: '2026-01-31T12:00:00.900Z', refund_ids: ['ref_1'] }],
      ['payment.updated', { updated_at: '2026-01-31T12:00:00.900Z', refunded_money: { amount: 500, currency: 'USD' } }],
    ];

    const moving = history.filter(([type, overrides]) => payment(overrides, type).moneyMovement);

    expect(moving).toEqual([['payment.updated', {}]]);
  });

  test('marks only the update of a payment that is complete from the start', () => {
    expect(['payment.created', 'payment.updated'].filter((type) => payment({}, type).moneyMovement)).toEqual(['payment.updated']);
  });

  test.each<[string, object]>([
    ['updated one second after its capture', { updated_at: '2026-01-31T12:00:01.101Z' }],
    ['without the time of its capture', { card_details: null }],
    ['without the time of its update', { updated_at: null }],
    ['without fees and refunds', { processing_fee: null, refund_ids: null, refunded_money: null }],
  ])('marks a payment %s as the money movement', (_, overrides) => {
    expect(payment(overrides).moneyMovement).toBe(true);
  });

  test('does not mark a payment that is updated later', () => {
    expect(payment({ updated_at: '2026-01-31T12:00:01.102Z' }).moneyMovement).toBe(false);
  });

  test.each<[string, object, boolean]>([
    ['refund.created', REFUND, false],
    ['refund.created', { ...REFUND, status: 'COMPLETED' }, true],
    ['refund.created', { ...REFUND, status: 'REJECTED' }, false],
    ['refund.updated', REFUND, false],
    ['refund.updated', { ...REFUND, status: 'COMPLETED' }, true],
    ['refund.updated', { ...REFUND, status: 'COMPLETED', processing_fee: 'none' }, true],
    ['terminal.refund.created', REFUND, false],
    ['dispute.created', DISPUTE, true],
    ['dispute.state.updated', DISPUTE, true],
    ['dispute.state.updated', { ...DISPUTE, state: 'WON' }, false],
    ['payout.sent', PAYOUT, false],
    ['payout.paid', PAYOUT, true],
    ['payout.failed', PAYOUT, false],
    ['invoice.payment_made', PAYMENT, false],
    ['terminal.checkout.updated', PAYMENT, false],
  ])('reads %s with %j as a money movement: %s', (type, object, moneyMovement) => {
    expect(read(eventOf(type, object)).fields.moneyMovement).toBe(moneyMovement);
  });

  test('reads the amount of a payment without a total, also with another name of the currency', () => {
    expect(payment({ total_money: null, amount_money: { amount: 5, currency_code: 'jpy' } })).toMatchObject({ money: { minor: 5n, exponent: 0 }, currency: 'JPY' });
  });

  test('reads an amount without a currency with two decimals', () => {
    expect(payment({ total_money: { amount: 5 } })).toMatchObject({ money: { minor: 5n, exponent: 2 }, currency: undefined });
  });

  test.each([12.5, 'much', {}, 2 ** 60])('does not parse the amount %p, but all other fields', (amount) => {
    expect(read(eventOf('payment.updated', { ...PAYMENT, total_money: { amount, currency: 'USD' } }))).toMatchObject({
      parsed: false, fields: { transactionId: 'pay_1', money: undefined },
    });
  });

  test.each<[unknown, string | undefined]>([
    [{ event_id: 'event-1' }, 'event-1'], [eventOf(null, {}), 'event-1'], [{ type: '' }, undefined], [[], undefined], ['text', undefined], [null, undefined],
  ])('does not parse %j, and reads its identifier as %s', (body, eventId) => {
    expect(read(body)).toMatchObject({ parsed: false, fields: { eventId, kind: 'other', moneyMovement: false } });
  });
});
