import fc from 'fast-check';
import { transactionItem } from '../../../handlers/ingest/transaction-item';
import type { EventFields } from '../../../handlers/providers/shared/normalized-event';
import { TIERS } from '../support/items';

const RECEIVED_AT = new Date('2026-01-31T12:34:56.789Z');
const PAYMENT: EventFields = {
  eventId: 'evt_1', transactionId: 'pi_1', kind: 'captured', live: true, money: { minor: 500n, exponent: 2 }, currency: 'EUR', moneyMovement: true, declined: false,
};
const DECLINE: Partial<EventFields> = { kind: 'failed', moneyMovement: false, declined: true };
const CARD: Partial<EventFields> = { cardFingerprint: 'card-1' };
const EMAIL: Partial<EventFields> = { emailHash: '0123456789abcdef0123456789abcdef' };

const item = (fields: Partial<EventFields>) => transactionItem({
  provider: { name: 'stripe', scheme: 'stripe', secretArns: [] },
  normalized: { parsed: true, fields: { ...PAYMENT, ...fields } },
  rawBody: Buffer.from('{}'),
  receivedAt: RECEIVED_AT,
  tiers: TIERS,
});

test('the facts of a provider are stored, with the score as a number', () => {
  expect(item({ ...CARD, ...EMAIL, riskScore: 0, riskLevel: 'elevated', threeDSecure: 'attempted' })).toMatchObject({
    card_fingerprint: 'card-1', email_hash: EMAIL.emailHash, risk_score: 0, risk_level: 'elevated', three_d_secure: 'attempted',
  });
});

test('an email address is not stored', () => {
  expect(JSON.stringify(item({ email: 'someone@mail.example' }), (_, value: unknown) => typeof value === 'bigint' ? String(value) : value)).not.toContain('someone');
});

describe('the indexes of cards and email addresses', () => {
  test.each<[string, Partial<EventFields>]>([['a card', CARD], ['an email address', EMAIL], ['a customer', { customerId: 'cus_1' }]])(
    'have payments and declined payments with %s', (_, fact) => {
      const [payment, decline] = [item(fact), item({ ...fact, ...DECLINE })];

      expect([payment.occurred_at, decline.occurred_at]).toEqual([RECEIVED_AT.toISOString(), RECEIVED_AT.toISOString()]);
    },
  );

  test('need no customer, without whom the customer index has no entry', () => {
    expect(item({ ...CARD, ...DECLINE })).not.toHaveProperty('customer_key');
  });

  test.each<[string, Partial<EventFields>]>([
    ['a payment without a customer, a card and an email address', {}],
    ['an authorization', { ...CARD, ...EMAIL, kind: 'authorized', moneyMovement: false }],
    ['a test', { ...CARD, ...EMAIL, live: false }],
    ['a declined test', { ...CARD, ...EMAIL, ...DECLINE, live: false }],
  ])('have no entry for %s', (_, fields) => {
    expect(item(fields)).not.toHaveProperty('occurred_at');
  });

  test('have keys within the limit of DynamoDB, which differ for different values', () => {
    fc.assert(fc.property(fc.string({ minLength: 1, maxLength: 3000, unit: 'binary' }), fc.string({ minLength: 1, maxLength: 3000, unit: 'binary' }), (a, b) => {
      for (const [key, attribute] of [['cardFingerprint', 'card_fingerprint'], ['emailHash', 'email_hash']] as const) {
        const [first, second] = [a, b].map((value) => String(item({ [key]: value })[attribute]));

        expect(Buffer.byteLength(first)).toBeLessThanOrEqual(256);
        expect(Buffer.byteLength(first)).toBeGreaterThan(0);
        expect(first === second).toBe(a === b);
      }
    }));
  });
});
