import { factsOf } from '../../../../handlers/assess/facts/facts';
import type { PastEvent } from '../../../../handlers/assess/rules/rule-context';
import type { FactName, TransactionDetail } from '../../../../src/private/contract';
import { factsWith, pastEvent } from '../details';

const DAY = 86_400;
const KNOWN = { card_fingerprint: 'card', email_hash: 'hash' };
const EVENTS = [
  pastEvent(10, { customer: 'stripe:other' }),
  pastEvent(DAY + 1, { customer: 'stripe:third' }),
  pastEvent(31 * DAY, { customer: 'stripe:fourth' }),
  pastEvent(20, { customer: 'adyen:other', transactionId: 'adyen:psp' }),
  pastEvent(30, { declined: true, kind: 'failed' }),
];

describe('the card', () => {
  test('has the customers, payments, money and declines of its events', () => {
    expect(factsOf(factsWith({ detail: KNOWN, cardEvents: EVENTS }))).toMatchObject({
      cardCustomersInMonth: 3, cardPaymentsInDay: 3, cardSpentInDay: 1.254567, cardDeclinesInDay: 1,
    });
  });

  test('has no history without a fingerprint', () => {
    expect(Object.keys(factsOf(factsWith({ cardEvents: EVENTS }))).filter((name) => name.startsWith('card'))).toEqual([]);
  });

  test('has no number of customers if no customer is known', () => {
    expect(factsOf(factsWith({ detail: { ...KNOWN, customer_id: undefined } })).cardCustomersInMonth).toBeUndefined();
  });

  test.each([['DE', 'FR', 1], ['DE', 'de', 0], [undefined, 'FR', undefined], ['DE', undefined, undefined]])('countries %s and %s', (country, card_country, expected) => {
    expect(factsOf(factsWith({ detail: { country, card_country } })).countryMismatch).toBe(expected);
  });
});

describe('the email address', () => {
  test('has the customers, payments and declines of its events', () => {
    expect(factsOf(factsWith({ detail: KNOWN, emailEvents: EVENTS }))).toMatchObject({
      emailCustomersInMonth: 3, emailPaymentsInDay: 3, emailDeclinesInDay: 1,
    });
  });

  test('has no history if the address is not known, and no number of customers if no customer is known', () => {
    expect(Object.keys(factsOf(factsWith({ emailEvents: EVENTS }))).filter((name) => name.startsWith('email'))).toEqual([]);
    expect(factsOf(factsWith({ detail: { ...KNOWN, customer_id: undefined } })).emailCustomersInMonth).toBeUndefined();
  });
});

describe('earlier fraud', () => {
  const fraud = (transactionId: string): PastEvent => pastEvent(10, { transactionId, label: 'fraud' });

  test('counts a payment once that is in several histories', () => {
    const parts = { history: [fraud('stripe:a'), pastEvent(1)], cardEvents: [fraud('stripe:a'), fraud('stripe:b')], emailEvents: [fraud('adyen:c')] };

    expect(factsOf(factsWith({ ...parts, detail: KNOWN })).earlierFraud).toBe(3);
  });

  test('does not count the label of the payment itself, or of an honest payment', () => {
    expect(factsOf(factsWith({ history: [fraud('stripe:pi_1'), pastEvent(10, { label: 'honest' })] })).earlierFraud).toBe(0);
  });

  test.each<[Partial<TransactionDetail>, number | undefined]>([
    [{ customer_id: undefined }, undefined], [{ customer_id: undefined, email_hash: 'hash' }, 0], [{ customer_id: undefined, card_fingerprint: 'card' }, 0],
  ])('with only %j known: %s', (detail, expected) => {
    expect(factsOf(factsWith({ detail })).earlierFraud).toBe(expected);
  });
});

test.each<[Partial<TransactionDetail>, FactName, number | undefined]>([
  [{ risk_score: 0 }, 'providerRiskScore', 0],
  [{}, 'providerRiskScore', undefined],
  [{ risk_level: 'normal' }, 'providerRiskLevel', 0],
  [{ risk_level: 'highest' }, 'providerRiskLevel', 2],
  [{}, 'providerRiskLevel', undefined],
  [{ three_d_secure: 'authenticated' }, 'authenticated', 1],
  [{ three_d_secure: 'attempted' }, 'authenticated', 0],
  [{}, 'authenticated', undefined],
  [{ event_time: '2025-03-04T23:59:59.999Z' }, 'hourOfDay', 23],
])('of %j, %s is %s', (detail, name, expected) => {
  expect(factsOf(factsWith({ detail }))[name]).toBe(expected);
});
