import fc from 'fast-check';
import { normalizeMapped } from '../../../../handlers/providers/shared/mapped-transaction';
import type { FieldsConfig } from '../../../../src/private/contract';

const FIELDS: FieldsConfig = {
  transactionId: 'data.id',
  eventId: 'id',
  eventName: 'type',
  eventTime: 'at',
  amount: 'data.amount',
  currency: 'data.currency',
  status: 'data.status',
  customerId: 'data.customer',
  paymentMethod: 'data.method',
  country: 'data.country',
  cardCountry: 'data.card.country',
  cardBin: 'data.card.number',
  cardFingerprint: 'data.card.fingerprint',
  email: 'data.email',
  emailHash: 'data.hash',
  riskScore: 'data.risk.score',
  riskLevel: 'data.risk.level',
  threeDSecure: 'data.sca',
  live: 'live',
  kinds: { paid: 'captured', declined: 'failed', expired: 'canceled', reserved: 'authorized' },
};
const BODY = {
  id: 'evt_1',
  type: 'paid',
  at: '2026-01-31T12:00:00Z',
  live: true,
  data: {
    id: 77,
    amount: 1234,
    currency: 'eur',
    status: 'ok',
    customer: 'c_1',
    method: 'card',
    country: 'de',
    card: { country: 'FR', number: '4242424212345678', fingerprint: 'card_1' },
    email: 'Some.One@Mail.Example',
    hash: '0123abcd',
    risk: { score: '66.6', level: 'elevated' },
    sca: 'authenticated',
  },
};

const read = (body: unknown, fields: FieldsConfig = FIELDS, eventId?: string) => normalizeMapped(Buffer.from(JSON.stringify(body)), fields, eventId);
const withData = (data: object) => ({ ...BODY, data: { ...BODY.data, ...data } });

describe('normalizeMapped', () => {
  test('reads every field by its path', () => {
    const normalized = read(BODY);

    expect(normalized).toEqual({
      parsed: true,
      fields: {
        eventId: 'evt_1',
        transactionId: '77',
        eventName: 'paid',
        kind: 'captured',
        status: 'ok',
        live: true,
        money: { minor: 1234n, exponent: 2 },
        currency: 'EUR',
        customerId: 'c_1',
        paymentMethod: 'card',
        country: 'DE',
        cardCountry: 'FR',
        cardBin: '42424242',
        cardFingerprint: 'card_1',
        emailDomain: 'mail.example',
        email: 'some.one@mail.example',
        emailHash: '0123abcd',
        riskScore: 67,
        riskLevel: 'elevated',
        threeDSecure: 'authenticated',
        eventTime: new Date('2026-01-31T12:00:00Z'),
        moneyMovement: true,
        declined: false,
      },
    });
  });

  test.each<[string, unknown]>([['risk', { score: 101, level: 'medium' }], ['risk', { score: 'high', level: 2 }], ['sca', 'Y'], ['sca', true]])(
    'leaves out words and scores that have no common meaning: %s %j', (name, value) => {
      const { fields } = read(withData({ [name]: value }));

      expect(name === 'sca' ? [fields.threeDSecure] : [fields.riskScore, fields.riskLevel]).toEqual(name === 'sca' ? [undefined] : [undefined, undefined]);
    },
  );

  test('prefers an identifier that is signed outside the body', () => {
    expect(read(BODY, FIELDS, 'msg_1').fields.eventId).toBe('msg_1');
  });

  test('without paths, reads only that the event is live', () => {
    expect(read(BODY, {})).toEqual({ parsed: true, fields: expect.objectContaining({ eventId: undefined, kind: 'other', live: true, money: undefined }) });
  });

  test.each<[FieldsConfig['amountUnit'], unknown, unknown, bigint, number]>([
    [undefined, 1234, 'EUR', 1234n, 2],
    ['minor', '1234', 'JPY', 1234n, 0],
    ['major', 12.34, 'EUR', 1234n, 2],
    ['major', '12.345', 'BHD', 12345n, 3],
    ['major', '12', undefined, 1200n, 2],
    ['major', '12', 'ABC', 1200n, 2],
    ['major', '12', 'XXX', 1200n, 2],
  ])('reads an amount in %p units: %p %p', (amountUnit, amount, currency, minor, exponent) => {
    const normalized = read(withData({ amount, currency }), { ...FIELDS, amountUnit });

    expect(normalized).toMatchObject({ parsed: true, fields: { money: { minor, exponent } } });
  });

  test.each(['12,34', 1.5, {}, true, '9'.repeat(40)])('does not parse the amount %p, but all other fields', (amount) => {
    const normalized = read(withData({ amount }));

    expect(normalized).toMatchObject({ parsed: false, fields: { transactionId: '77', money: undefined } });
  });

  test.each([null, undefined])('accepts an absent amount (%p)', (amount) => {
    expect(read(withData({ amount }))).toMatchObject({ parsed: true, fields: { money: undefined } });
  });

  test.each([
    ['paid', 'captured', true], ['declined', 'failed', false], ['expired', 'canceled', false], ['reserved', 'authorized', false], ['new', 'other', false], ['constructor', 'other', false],
    [undefined, 'other', false],
  ])('reads the event %p as %s, a money movement: %p, and a decline if it failed', (type, kind, moneyMovement) => {
    expect(read({ ...BODY, type }).fields).toMatchObject({ kind, moneyMovement, declined: kind === 'failed' });
  });

  test('without kinds, takes every event for a money movement', () => {
    expect(read(BODY, { ...FIELDS, kinds: undefined }).fields).toMatchObject({ kind: 'other', moneyMovement: true });
  });

  test.each([['EUR', 'EUR'], [undefined, 'JPY'], [null, 'JPY'], ['', 'JPY'], ['ABC', undefined]])('with a default currency, reads the currency %p as %p', (currency, expected) => {
    expect(read(withData({ amount: 1234, currency }), { ...FIELDS, defaultCurrency: 'JPY' }).fields)
      .toMatchObject({ currency: expected, money: { exponent: expected === 'JPY' ? 0 : 2 } });
  });

  test.each<[unknown, boolean]>([[true, true], ['true', true], [false, false], ['false', false], ['live', true], [1, true], [undefined, true]])(
    'reads the live field %p as %p', (live, expected) => {
      expect(read({ ...BODY, live }).fields.live).toBe(expected);
    });

  test.each<[unknown, unknown]>([['41111', 'someone'], [42424242, ['a@mail.example']], [null, null], ['4242 4242', 'a@mail.example\u0000']])(
    'keeps neither %p nor %p, and parses all other fields', (number, email) => {
      expect(read(withData({ card: { number }, email }))).toMatchObject({
        parsed: true, fields: { transactionId: '77', cardBin: undefined, emailDomain: undefined },
      });
    });

  test.each(['', '{', '1', '"a"', 'null', 'a=1'])('does not parse the body %p', (text) => {
    expect(normalizeMapped(Buffer.from(text), FIELDS, 'msg_1')).toMatchObject({ parsed: false, fields: { eventId: 'msg_1', moneyMovement: false } });
  });

  test('never throws for any body', () => {
    const data = fc.record(Object.fromEntries(['id', 'amount', 'currency', 'country', 'card', 'email'].map((name) => [name, fc.jsonValue()])));

    const body = fc.oneof(fc.jsonValue(), fc.record({ type: fc.jsonValue(), at: fc.jsonValue(), data }));

    fc.assert(fc.property(body, fc.constantFrom('minor' as const, 'major' as const), (value, amountUnit) => {
      expect(() => read(value, { ...FIELDS, amountUnit })).not.toThrow();
    }));
  });
});
