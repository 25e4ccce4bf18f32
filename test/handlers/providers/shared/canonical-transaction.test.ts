import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import currencies from 'currency-codes/data';
import fc from 'fast-check';
import { canonicalViolation, normalizeCanonical } from '../../../../handlers/providers/shared/canonical-transaction';
import schema from '../../../../schemas/canonical-transaction.schema.json';
import { KINDS } from '../../../../src/private/contract';

const accepts = addFormats(new Ajv2020({ allErrors: true, allowUnionTypes: true })).compile(schema);
const [example] = schema.examples;
const minimal = { transaction_id: 'order-1', kind: 'captured' };

describe('the published schema', () => {
  test('accepts its own example', () => {
    expect(accepts(example)).toBe(true);
  });

  test('lists the currencies of ISO 4217 but for those that stand for no money', () => {
    expect(schema.properties.currency.enum).toEqual(currencies.map(({ code }) => code).filter((code) => code !== 'XXX' && code !== 'XTS').sort());
  });

  test('lists the kinds of the contract', () => {
    expect(schema.properties.kind.enum).toEqual([...KINDS]);
  });

  test('describes each field', () => {
    expect(Object.values(schema.properties).every(({ description }) => description.length > 0)).toBe(true);
  });
});

describe('canonicalViolation', () => {
  /** The fields that the schema finds fault with. */
  function faults(body: unknown): string[] {
    accepts(body);
    return (accepts.errors ?? []).map(({ instancePath, params }) =>
      String(params.missingProperty ?? params.additionalProperty ?? (instancePath.slice(1) || 'body')));
  }

  function expectAgreement(body: unknown): void {
    const violation = canonicalViolation(body);
    const expected = faults(body);

    if (violation) {
      expect(expected).toContain(violation.field);
    } else {
      expect(expected).toEqual([]);
    }
  }

  test.each<[string, unknown]>([
    ['the schema\'s example', example],
    ['the least', minimal],
    ['an amount as its digits', { ...minimal, amount_minor: '123456789012345678901234567890', currency: 'VND' }],
    ['a negative amount', { ...minimal, amount_minor: -5, currency: 'JPY' }],
    ['a currency alone', { ...minimal, currency: 'EUR' }],
    ['200 characters beyond the basic plane', { ...minimal, transaction_id: '𝄞'.repeat(200) }],
    ['line breaks', { ...minimal, status: 'a\nb' }],
    ['six digits of a card', { ...minimal, card_bin: '424242' }],
    ['eight digits of a card', { ...minimal, card_bin: '42424242' }],
    ['a domain of another script', { ...minimal, email_domain: 'xn--bcher-kva.xn--r8jz45g' }],
    ['a domain with an underscore', { ...minimal, email_domain: '_mail.example' }],
    ['the longest domain', { ...minimal, email_domain: `${'a.'.repeat(125)}com` }],
  ])('finds nothing in %s', (_, body) => {
    expect(canonicalViolation(body)).toBeUndefined();
    expectAgreement(body);
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
    ['status', { ...minimal, status: false }],
    ['event_time', { ...minimal, event_time: '2026-02-29T00:00:00Z' }],
    ['event_time', { ...minimal, event_time: 1769860800 }],
    ['live', { ...minimal, live: 'false' }],
    ['amount', { ...minimal, amount: 1 }],
    ['__proto__', JSON.parse('{"transaction_id": "order-1", "kind": "captured", "__proto__": {}}')],
  ])('names %s', (field, body) => {
    expect(canonicalViolation(body)).toEqual({ field, message: expect.stringMatching(/^(must be|is required|is not a field)/) });
    expectAgreement(body);
  });

  test('repeats at most the beginning of a name', () => {
    expect(canonicalViolation({ ...minimal, ['x'.repeat(1000)]: 1 })?.field).toHaveLength(100);
  });

  test('agrees with the schema on any body, and names a field that breaks it', () => {
    const oneOf = <T>(...values: T[]) => fc.constantFrom(...values);
    const text = fc.oneof(fc.string({ maxLength: 3 }), fc.string({ unit: 'binary', minLength: 199, maxLength: 202 }), fc.jsonValue());
    const country = fc.oneof(fc.stringMatching(/^[A-Za-z]{1,3}$/), fc.jsonValue());
    const cardBin = fc.oneof(fc.stringMatching(/^[0-9]{5,9}$/), fc.jsonValue());
    const label = fc.oneof(fc.stringMatching(/^[a-z0-9-]{1,3}$/), fc.string({ unit: 'binary', maxLength: 3 }), fc.constant('a'.repeat(63)), fc.constant('ü'));
    const emailDomain = fc.oneof(fc.array(label, { maxLength: 6 }).map((labels) => labels.join('.')), fc.emailAddress(), fc.jsonValue());
    const amount = fc.oneof(fc.integer(), fc.double(), fc.maxSafeInteger(), fc.stringMatching(/^-?[0-9]{0,32}$/), fc.jsonValue());
    const time = fc.oneof(
      fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
      fc.stringMatching(/^[12][0-9]{3}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-6][0-9]:[0-6][0-9](\.[0-9]{0,10})?(Z|z|[+-][0-2][0-9]:[0-6][0-9])$/),
      fc.jsonValue(),
    );
    const body = fc.record({
      transaction_id: text,
      kind: fc.oneof(oneOf(...KINDS), fc.jsonValue()),
      amount_minor: amount,
      currency: fc.oneof(oneOf('EUR', 'JPY', 'XXX', 'eur', 'ABC'), fc.jsonValue()),
      customer_id: text,
      payment_method: text,
      country,
      card_country: country,
      card_bin: cardBin,
      email_domain: emailDomain,
      status: text,
      event_time: time,
      live: fc.oneof(fc.boolean(), fc.jsonValue()),
      extra: fc.jsonValue(),
    }, { requiredKeys: [] });

    const onceSent = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

    fc.assert(fc.property(fc.oneof(body, fc.jsonValue()), (value) => expectAgreement(onceSent(value))), { numRuns: 500 });
    fc.assert(fc.property(body, (fields) => expectAgreement(onceSent({ ...minimal, ...fields }))), { numRuns: 500 });
    const single = { event_time: time, transaction_id: text, country, card_bin: cardBin, email_domain: emailDomain, amount_minor: amount };
    for (const [field, values] of Object.entries(single)) {
      fc.assert(fc.property(values, (value) => expectAgreement(onceSent({ ...minimal, currency: 'EUR', [field]: value }))), { numRuns: 300 });
    }
  });
});

describe('normalizeCanonical', () => {
  const read = (body: unknown) => normalizeCanonical(Buffer.from(JSON.stringify(body)), 'msg_1');

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
      customerId: 'customer-42',
      paymentMethod: 'card',
      country: 'DE',
      cardCountry: 'DE',
      cardBin: '424242',
      emailDomain: 'mail.example',
      eventTime: new Date('2026-01-31T12:00:00Z'),
      moneyMovement: true,
      declined: false,
    });
  });

  test('takes an amount\'s exponent from its currency', () => {
    expect(read({ ...minimal, amount_minor: '1234', currency: 'JPY' }).fields.money).toEqual({ minor: 1234n, exponent: 0 });
  });

  test('is live and without an amount where nothing is said', () => {
    expect(read(minimal).fields).toMatchObject({ live: true, money: undefined, eventTime: undefined });
    expect(read({ ...minimal, live: false }).fields.live).toBe(false);
  });

  test.each([
    ['authorized', false], ['captured', true], ['failed', false], ['canceled', false], ['refunded', true], ['disputed', true], ['paid-out', true], ['other', false],
  ])('%s moves money: %p, and is a decline where it failed', (kind, moneyMovement) => {
    expect(read({ ...minimal, kind }).fields).toMatchObject({ moneyMovement, declined: kind === 'failed' });
  });

  test.each(['{', '', '[]', '{"kind": "captured"}'])('the body %p is not understood', (text) => {
    const normalized = normalizeCanonical(Buffer.from(text), 'msg_1');

    expect(normalized).toMatchObject({ parsed: false, fields: { eventId: 'msg_1', kind: 'other', moneyMovement: false } });
    expect(normalized.violation).toBeDefined();
  });
});
