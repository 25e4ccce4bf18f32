import { createHmac } from 'node:crypto';
import { mollie } from '.';
import { samples } from './samples';
import { describeProviderContract } from '../../../test/handlers/support/provider-contract';
import { proxyEvent, request } from '../../../test/handlers/support/webhooks';
import { parseRequest } from '../shared/webhook-request';

const SECRET = 'whs_0123456789abcdefghijklmnop';
const BODY = Buffer.from('{"resource":"event","id":"event_1","type":"payment.paid"}');

const sign = (body: Buffer, secret = SECRET, algorithm = 'sha256') => `${algorithm}=${createHmac(algorithm, secret).update(body).digest('hex')}`;
/** Verifies a request with the header as API Gateway passes it if it is repeated. */
const withHeaders = (values: string[], secrets: readonly string[] = [SECRET]) => mollie.verify(
  parseRequest({ ...proxyEvent({ body: BODY, headers: {} }), multiValueHeaders: { 'X-Mollie-Signature': values } }), secrets,
);

describeProviderContract(samples);

describe('verify', () => {
  const old = sign(BODY, 'old');
  const current = sign(BODY);

  test.each<[string, string[]]>([
    ['one header', [current]],
    ['hex in upper case', [`sha256=${current.slice('sha256='.length).toUpperCase()}`]],
    ['a header for each signature, the old one first', [old, current]],
    ['a header for each signature, the new one first', [current, old]],
    ['one header that joins both', [`${old}, ${current}`]],
    ['one header that joins both without a space', [`${current},${old}`]],
    ['the same signature twice', [current, current]],
  ])('accepts %s', (_, headers) => {
    expect(withHeaders(headers)).toBe('authentic');
  });

  test('accepts two signatures if either of two secrets matches, and rejects them otherwise', () => {
    expect(withHeaders([old, current], ['other', 'old'])).toBe('authentic');
    expect(withHeaders([old, current], ['other'])).toBe('signature_mismatch');
  });

  test.each<[string, string[], string]>([
    ['no header', [], 'signature_missing'],
    ['an empty header', [''], 'signature_missing'],
    ['two empty headers', ['', ''], 'signature_missing'],
    ['a signature without its prefix, which is not documented', [current.slice('sha256='.length)], 'signature_malformed'],
    ['another algorithm', [sign(BODY, SECRET, 'sha512')], 'signature_malformed'],
    ['a signature that is not hexadecimal', ['sha256=rubbish'], 'signature_malformed'],
    ['only a prefix', ['sha256='], 'signature_malformed'],
    ['an invalid signature next to a valid one', [current, 'rubbish'], 'signature_malformed'],
    ['an empty header next to a valid one', [current, ''], 'signature_malformed'],
    ['a list with a gap', [`${current},`], 'signature_malformed'],
    ['a list with more than a space', [`${old},  ${current}`], 'signature_malformed'],
    ['another separator', [`${current};${old}`], 'signature_malformed'],
    ['half a signature', [current.slice(0, -32)], 'signature_mismatch'],
    ['the signature of another body', [sign(Buffer.from('{}'))], 'signature_mismatch'],
  ])('rejects %s', (_, headers, reason) => {
    expect(withHeaders(headers)).toBe(reason);
  });
});

describe('normalize', () => {
  const PAYMENT = {
    resource: 'payment',
    id: 'tr_1',
    mode: 'live',
    amount: { currency: 'EUR', value: '1234.56' },
    method: 'creditcard',
    status: 'paid',
    customerId: 'cst_1',
    countryCode: 'NL',
    billingAddress: { country: 'DE', email: 'Someone@Mail.example' },
    details: { cardCountryCode: 'FR', cardNumber: '4242' },
  };
  const eventOf = (type: string, entity?: object, key = 'entity') => ({
    resource: 'event',
    id: 'event_1',
    type,
    entityId: 'tr_1',
    createdAt: '2026-01-31T12:00:00.0Z',
    ...entity && { _embedded: { [key]: entity } },
  });
  const read = (body: unknown) => mollie.normalize(request({ body: Buffer.from(JSON.stringify(body)), headers: {} }), samples.config);
  const entityOf = (overrides: object, type = 'payment.paid') => read(eventOf(type, { id: 'tr_1', ...overrides })).fields;

  test('reads every field of a payment', () => {
    expect(read(eventOf('payment.paid', PAYMENT))).toEqual({
      parsed: true,
      fields: {
        eventId: 'event_1',
        transactionId: 'tr_1',
        eventName: 'payment.paid',
        kind: 'captured',
        status: 'paid',
        live: true,
        money: { minor: 123456n, exponent: 2 },
        currency: 'EUR',
        customerId: 'cst_1',
        paymentMethod: 'creditcard',
        country: 'DE',
        cardCountry: 'FR',
        emailDomain: 'mail.example',
        email: 'someone@mail.example',
        eventTime: new Date('2026-01-31T12:00:00Z'),
        moneyMovement: true,
        declined: false,
      },
    });
  });

  test.each(['entity', 'payment-link', 'constructor'])('reads the snapshot that is embedded as %s', (key) => {
    expect(read(eventOf('payment-link.paid', PAYMENT, key)).fields.money).toEqual({ minor: 123456n, exponent: 2 });
  });

  test('reads nothing from other embedded objects', () => {
    const embedded = { profile: { id: 'pfl_1', mode: 'test', amount: { currency: 'EUR', value: '1.00' } }, rubbish: null, entity: PAYMENT };

    expect(read({ ...eventOf('payment.paid'), _embedded: embedded }).fields).toMatchObject({ live: true, money: { minor: 123456n } });
  });

  test('reads the embedded entity as the snapshot, even with another identifier', () => {
    expect(read({ ...eventOf('payment.paid', PAYMENT), entityId: 'other_1' }).fields).toMatchObject({ transactionId: 'other_1', money: { minor: 123456n } });
  });

  test('reads an event without a snapshot as parsed and live, without an amount', () => {
    expect(read(eventOf('payment.paid'))).toMatchObject({
      parsed: true,
      fields: {
        eventId: 'event_1', transactionId: 'tr_1', kind: 'captured', live: true, money: undefined, currency: undefined, emailDomain: undefined,
      },
    });
  });

  test.each<[string]>([['refund.refunded'], ['chargeback.received'], ['capture.succeeded']])('reads the transaction of %s from its payment', (type) => {
    const entity = { id: 're_1', paymentId: 'tr_1', amount: { currency: 'EUR', value: '5.95' } };

    expect(read({ ...eventOf(type, entity), entityId: 're_1' }).fields).toMatchObject({ transactionId: 'tr_1', money: { minor: 595n, exponent: 2 } });
  });

  test.each<[string, object, bigint]>([
    ['payment.paid', { amount: { currency: 'EUR', value: '10.00' }, amountCaptured: { currency: 'EUR', value: '6.50' } }, 650n],
    ['payment.paid', { amount: { currency: 'EUR', value: '10.00' }, amountCaptured: null }, 1000n],
    ['payment.authorized', { amount: { currency: 'EUR', value: '10.00' }, amountCaptured: { currency: 'EUR', value: '0.00' } }, 1000n],
    ['sales-invoice.paid', { totalAmount: { currency: 'EUR', value: '107.69' }, amountDue: { currency: 'EUR', value: '0.00' } }, 10769n],
    ['balance-transaction.created', { resultAmount: { currency: 'EUR', value: '9.71' }, initialAmount: { currency: 'EUR', value: '10.00' } }, 971n],
    ['payment.paid', { amount: { currency: 'EUR', value: '-1.05' } }, -105n],
  ])('reads the amount of %s with %j as %s', (type, entity, minor) => {
    expect(entityOf(entity, type).money).toEqual({ minor, exponent: 2 });
  });

  test.each<[string, string, bigint, number]>([['JPY', '1500', 1500n, 0], ['ISK', '1500.00', 1500n, 0], ['BHD', '1.234', 1234n, 3]])(
    'reads %s %s as %s with %d decimals', (currency, value, minor, exponent) => {
      expect(entityOf({ amount: { currency, value } })).toMatchObject({ money: { minor, exponent }, currency });
    });

  test.each<[unknown]>([[10], ['10.00'], [{}], [[]], [{ currency: 'EUR' }], [{ currency: 'EUR', value: 'much' }], [{ currency: 'EUR', value: '0.001' }]])(
    'does not parse the amount %j, but all other fields', (amount) => {
      expect(read(eventOf('payment.paid', { ...PAYMENT, amount }))).toMatchObject({
        parsed: false, fields: { transactionId: 'tr_1', customerId: 'cst_1', money: undefined },
      });
    });

  test.each<[unknown, boolean]>([['live', true], ['test', false], [undefined, true], [false, true]])('reads the mode %p as live: %s', (mode, live) => {
    expect(entityOf({ mode }).live).toBe(live);
  });

  test('reads the country that Mollie detected if there is no billing address', () => {
    expect(entityOf({ countryCode: 'nl', billingAddress: { country: null } }).country).toBe('NL');
  });

  test.each<[unknown]>([[{ id: 'o_1', resource: 'organization' }], [{ resource: 'payment' }], [{ id: 'event_1', type: {} }], [{ type: '' }], [[]], ['text'], [null], [5]])(
    'does not parse %j, and does not read its id as the event identifier', (body) => {
      expect(read(body)).toMatchObject({ parsed: false, fields: { eventId: undefined, kind: 'other' } });
    });

  test.each<[unknown]>([
    [null], [[]], ['text'], [{ entity: null }], [{ entity: 'tr_1' }], [{ entity: {} }], [{ profile: { id: 'pfl_1', amount: 1 } }],
  ])('reads no snapshot from the embedded %j', (embedded) => {
    expect(read({ ...eventOf('payment.paid'), _embedded: embedded })).toMatchObject({
      parsed: true, fields: { money: undefined, transactionId: 'tr_1' },
    });
  });

  test.each<[object, string, string | undefined]>([
    [{ ...PAYMENT }, 'payment.paid', 'payment.paid:tr_1'],
    [{ ...PAYMENT, status: 'open' }, 'payment.open', undefined],
    [{ resource: 'payment-link', id: 'pl_1', paidAt: '2026-01-31T12:00:00Z' }, 'payment-link.paid', undefined],
    [{ resource: 'payment-link', id: 'pl_1', paidAt: null }, 'payment-link', undefined],
    [{ resource: 'refund', id: 're_1', paymentId: 'tr_1', status: 'refunded' }, 'refund.refunded', 'refund.refunded:re_1'],
    [{ resource: 'chargeback', id: 'chb_1', paymentId: 'tr_1', reversedAt: null }, 'chargeback.received', 'chargeback.received:chb_1'],
    [{ resource: 'chargeback', id: 'chb_1', paymentId: 'tr_1', reversedAt: '2026-01-31T12:00:00Z' }, 'chargeback.reversed', undefined],
  ])('reads the entity %j without an envelope as %s', (entity, eventName, eventId) => {
    const normalized = read(entity);

    expect(normalized).toMatchObject({ parsed: true, fields: { eventName, eventId, moneyMovement: eventId !== undefined, eventTime: undefined } });
  });

  test.each([
    ['payment.authorized', 'authorized'], ['payment.paid', 'captured'], ['payment-link.paid', 'captured'], ['sales-invoice.paid', 'captured'],
    ['capture.succeeded', 'captured'], ['payment.failed', 'failed'], ['payment.expired', 'canceled'], ['payment.canceled', 'canceled'],
    ['sales-invoice.canceled', 'canceled'], ['capture.failed', 'failed'],
    ['refund.failed', 'failed'], ['refund.canceled', 'failed'], ['payout.failed', 'failed'], ['payout.canceled', 'canceled'],
    ['business-account-transfer.returned', 'failed'], ['refund.queued', 'refunded'], ['refund.refunded', 'refunded'], ['chargeback.received', 'disputed'],
    ['chargeback.reversed', 'disputed'], ['dispute.created', 'disputed'], ['payout.completed', 'paid-out'], ['business-account-transfer.processed', 'paid-out'],
    ['payment.pending', 'other'], ['payout.initiated', 'other'], ['balance-transaction.created', 'other'], ['sales-invoice.issued', 'other'],
    ['constructor', 'other'],
  ])('reads %s as %s', (type, kind) => {
    expect(entityOf({}, type).kind).toBe(kind);
  });

  test('marks one event of a payment, a refund, a chargeback and a payout as the money movement', () => {
    const types = [
      'payment.pending', 'payment.authorized', 'payment.paid', 'capture.succeeded', 'payment-link.paid', 'sales-invoice.paid', 'balance-transaction.created',
      'refund.queued', 'refund.pending', 'refund.processing', 'refund.refunded', 'dispute.created', 'chargeback.received', 'chargeback.reversed',
      'payout.initiated', 'payout.processing-at-bank', 'payout.completed', 'business-account-transfer.initiated', 'business-account-transfer.processed',
    ];

    expect(types.filter((type) => entityOf(PAYMENT, type).moneyMovement)).toEqual([
      'payment.paid', 'refund.refunded', 'chargeback.received', 'payout.completed', 'business-account-transfer.processed',
    ]);
  });
});
