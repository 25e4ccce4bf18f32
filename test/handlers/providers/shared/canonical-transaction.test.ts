import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { canonicalViolation, normalizeCanonical } from '../../../../handlers/providers/shared/canonical-transaction';
import schema from '../../../../schemas/canonical-transaction.schema.json';
import { CURRENCY_EXPONENTS } from '../../../../src/private/contract';

const accepts = addFormats(new Ajv2020({ allErrors: true, allowUnionTypes: true })).compile(schema);
const [example] = schema.examples;
const minimal = { transaction_id: 'order-1', kind: 'captured' };

describe('canonicalViolation', () => {
  test.each<[string, unknown]>([
    ['the schema\'s example', example],
    ['the required fields', minimal],
    ['an amount as a text of digits', { ...minimal, amount_minor: '123456789012345678901234567890', currency: 'VND' }],
    ['a negative amount', { ...minimal, amount_minor: -5, currency: 'JPY' }],
    ['a currency without an amount', { ...minimal, currency: 'EUR' }],
    ['200 characters beyond the basic plane', { ...minimal, transaction_id: '𝄞'.repeat(200) }],
    ['line breaks', { ...minimal, status: 'a\nb' }],
    ['six digits of a card', { ...minimal, card_bin: '424242' }],
    ['eight digits of a card', { ...minimal, card_bin: '42424242' }],
    ['a domain in another script', { ...minimal, email_domain: 'xn--bcher-kva.xn--r8jz45g' }],
    ['a domain with an underscore', { ...minimal, email_domain: '_mail.example' }],
    ['no metadata', { ...minimal, metadata: {} }],
    ['the most and the longest metadata', {
      ...minimal, metadata: Object.fromEntries([...Array(10).keys()].map((key) => [`${key}`.repeat(50), '\u{1f600}'.repeat(500)])),
    }],
    ['the longest domain', { ...minimal, email_domain: `${'a.'.repeat(125)}com` }],
  ])('finds no violation in %s', (_, body) => {
    expect(canonicalViolation(body)).toBeUndefined();
  });

  test.each<[string, unknown]>([
    ['body', []],
    ['body', null],
    ['body', 'text'],
    ['body', undefined],
    ['transaction_id', {}],
    ['transaction_id', { ...minimal, transaction_id: '' }],
    ['transaction_id', { ...minimal, transaction_id: 'x'.repeat(201) }],
    ['transaction_id', { ...minimal, transaction_id: 7 }],
    ['kind', { transaction_id: 'order-1' }],
    ['kind', { ...minimal, kind: 'paid' }],
    ['amount_minor', { ...minimal, amount_minor: 1.5, currency: 'EUR' }],
    ['amount_minor', { ...minimal, amount_minor: 2 ** 53, currency: 'EUR' }],
    ['amount_minor', { ...minimal, amount_minor: '1.50', currency: 'EUR' }],
    ['amount_minor', { ...minimal, amount_minor: null, currency: 'EUR' }],
    ['currency', { ...minimal, amount_minor: 1 }],
    ['currency', { ...minimal, currency: 'eur' }],
    ['currency', { ...minimal, currency: 'XXX' }],
    ['currency', { ...minimal, currency: 'XTS' }],
    ['currency', { ...minimal, currency: 'ZZZ' }],
    ['customer_id', { ...minimal, customer_id: {} }],
    ['payment_method', { ...minimal, payment_method: '' }],
    ['country', { ...minimal, country: 'Germany' }],
    ['card_country', { ...minimal, card_country: 'de' }],
    ['card_bin', { ...minimal, card_bin: '42424' }],
    ['card_bin', { ...minimal, card_bin: '4242424242424242' }],
    ['card_bin', { ...minimal, card_bin: 424242 }],
    ['card_bin', { ...minimal, card_bin: '٤٢٤٢٤٢' }],
    ['email_domain', { ...minimal, email_domain: 'a@mail.example' }],
    ['email_domain', { ...minimal, email_domain: 'Mail.example' }],
    ['email_domain', { ...minimal, email_domain: 'bücher.例え' }],
    ['email_domain', { ...minimal, email_domain: 'mail.example.' }],
    ['email_domain', { ...minimal, email_domain: `${'a.'.repeat(125)}.com` }],
    ['email_domain', { ...minimal, email_domain: `${'a.'.repeat(126)}com` }],
    ['email_domain', { ...minimal, email_domain: 'mail.example\n' }],
    ['email_domain', { ...minimal, email_domain: null }],
    ['metadata', { ...minimal, metadata: 'cart-7' }],
    ['metadata', { ...minimal, metadata: [] }],
    ['metadata', { ...minimal, metadata: { cart: 7 } }],
    ['metadata', { ...minimal, metadata: { cart: '' } }],
    ['metadata', { ...minimal, metadata: { cart: 'x'.repeat(501) } }],
    ['metadata', { ...minimal, metadata: { 'a/b': 7 } }],
    ['metadata', { ...minimal, metadata: { '': 'a' } }],
    ['metadata', { ...minimal, metadata: { ['x'.repeat(51)]: 'a' } }],
    ['metadata', { ...minimal, metadata: Object.fromEntries([...Array(11).keys()].map((key) => [`key-${key}`, 'a'])) }],
    ['status', { ...minimal, status: false }],
    ['event_time', { ...minimal, event_time: '2026-02-29T00:00:00Z' }],
    ['event_time', { ...minimal, event_time: 1769860800 }],
    ['live', { ...minimal, live: 'false' }],
    ['amount', { ...minimal, amount: 1 }],
    ['__proto__', JSON.parse('{"transaction_id": "order-1", "kind": "captured", "__proto__": {}}')],
  ])('reports a violation of %s', (field, body) => {
    expect(canonicalViolation(body)).toEqual({ field, message: expect.stringMatching(/^(must be|is required|is not a field)/) });
  });

  test('returns at most the beginning of a long name', () => {
    expect(canonicalViolation({ ...minimal, ['x'.repeat(1000)]: 1 })?.field).toHaveLength(100);
  });

  test('agrees with the published schema on the codes of ISO 4217', () => {
    const rejected = [...CURRENCY_EXPONENTS.keys()].filter((currency) => canonicalViolation({ ...minimal, currency }) !== undefined);

    expect(rejected).toEqual(['XTS', 'XXX']);
  });
});

describe('normalizeCanonical', () => {
  const read = (body: unknown) => normalizeCanonical(Buffer.from(JSON.stringify(body)), 'msg_1');

  test('accepts exactly the bodies that the published schema accepts, and reads their amounts and times', () => {
    const text = fc.oneof(fc.string({ maxLength: 3 }), fc.string({ unit: 'binary', minLength: 199, maxLength: 202 }), fc.jsonValue());
    const amount = fc.oneof(fc.integer(), fc.double(), fc.maxSafeInteger(), fc.stringMatching(/^-?[0-9]{0,32}$/), fc.jsonValue());
    const time = fc.oneof(
      fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
      fc.stringMatching(/^[12][0-9]{3}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-6][0-9]:[0-6][0-9](\.[0-9]{0,10})?(Z|z|[+-][0-2][0-9]:[0-6][0-9])$/),
      fc.jsonValue(),
    );
    const body = fc.record({ transaction_id: text, amount_minor: amount, event_time: time, extra: fc.jsonValue() }, { requiredKeys: [] });

    fc.assert(fc.property(fc.oneof(body, fc.jsonValue()), fc.boolean(), (sent, isComplete) => {
      const value: unknown = JSON.parse(JSON.stringify(isComplete && typeof sent === 'object' ? { ...minimal, currency: 'EUR', ...sent } : sent));
      const { parsed, fields } = read(value);

      expect(parsed).toBe(accepts(value));
      expect(fields.money !== undefined).toBe(parsed && Object.hasOwn(value as object, 'amount_minor'));
      expect(fields.eventTime !== undefined).toBe(parsed && Object.hasOwn(value as object, 'event_time'));
    }), { numRuns: 1000 });
  });

  test('reads every field', () => {
    const { parsed, fields } = read(example);

    expect(parsed).toBe(true);
    expect(fields).toEqual({
      eventId: 'msg_1',
      transactionId: 'order-4711',
      eventName: 'captured',
      kind: 'captured',
      status: 'succeeded',
      live: true,
      money: { minor: 1250000n, exponent: 2 },
      currency: 'EUR',
      account: 'shop-eu',
      reference: 'order-1001',
      metadata: { cart: 'cart-7', channel: 'app' },
      customerId: 'customer-42',
      paymentMethod: 'card',
      country: 'DE',
      cardCountry: 'DE',
      cardBin: '424242',
      emailDomain: 'mail.example',
      cardFingerprint: 'card-7f3a',
      emailHash: '9f2c4b7a1d8e4f60a3b5c7d9e1f20486',
      riskScore: 12,
      riskLevel: 'normal',
      threeDSecure: 'authenticated',
      eventTime: new Date('2026-01-31T12:00:00Z'),
      moneyMovement: true,
      declined: false,
    });
  });

  test('reads the exponent of an amount from its currency', () => {
    expect(read({ ...minimal, amount_minor: '1234', currency: 'JPY' }).fields.money).toEqual({ minor: 1234n, exponent: 0 });
  });

  test('is live and without an amount if the fields are absent', () => {
    expect(read(minimal).fields).toMatchObject({ live: true, money: undefined, eventTime: undefined });
    expect(read({ ...minimal, live: false }).fields.live).toBe(false);
  });

  test.each([
    ['authorized', false], ['captured', true], ['failed', false], ['canceled', false], ['refunded', true], ['disputed', true], ['paid-out', true], ['other', false],
  ])('is a money movement for %s: %p, and a decline if it failed', (kind, moneyMovement) => {
    expect(read({ ...minimal, kind }).fields).toMatchObject({ moneyMovement, declined: kind === 'failed' });
  });

  test.each(['{', '', '[]', '{"kind": "captured"}'])('does not parse the body %p', (text) => {
    const normalized = normalizeCanonical(Buffer.from(text), 'msg_1');

    expect(normalized).toMatchObject({ parsed: false, fields: { eventId: 'msg_1', kind: 'other', moneyMovement: false } });
    expect(normalized.violation).toBeDefined();
  });
});
