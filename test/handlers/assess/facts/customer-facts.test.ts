import { factsOf } from '../../../../handlers/assess/facts/facts';
import { LONG_AGO, type PastEvent } from '../../../../handlers/assess/rules/rule-context';
import type { FactName, TransactionDetail } from '../../../../src/private/contract';
import { factsWith, pastEvent, pastEvents, payments, timeAgo } from '../details';

const HOUR = 3_600;
const DAY = 24 * HOUR;

const factOf = (name: FactName, history: PastEvent[], detail: Partial<TransactionDetail> = {}) => factsOf(factsWith({ history, detail }))[name];

test.each([
  ['a new customer', undefined, 0],
  ['one whose oldest event is a later one', timeAgo(-60), 0],
  ['half a day', timeAgo(DAY / 2), 0.5],
  ['long ago', LONG_AGO, 3_650],
])('the age of the customer: %s', (_, firstSeenAt, expected) => {
  expect(factsOf(factsWith({ firstSeenAt })).customerAge).toBe(expected);
});

describe('the numbers of payments', () => {
  test.each<[string, PastEvent[], [number, number, number]]>([
    ['none before', [], [1, 1, 0]],
    ['in each period', pastEvents(HOUR, HOUR + 1, DAY, DAY + 1, 90 * DAY, 90 * DAY + 1), [2, 4, 5]],
    ['two events of one payment', [pastEvent(10), { ...pastEvent(20), transactionId: 'stripe:past_10' }], [2, 2, 1]],
    ['another event of the payment itself', [pastEvent(10, { transactionId: 'stripe:pi_1' })], [1, 1, 0]],
    ['refunds', [pastEvent(10, { kind: 'refunded' })], [1, 1, 0]],
  ])('%s', (_, history, [hour, day, earlier]) => {
    expect(factsOf(factsWith({ history }))).toMatchObject({ customerPaymentsInHour: hour, customerPaymentsInDay: day, customerPayments: earlier });
  });
});

test.each<[string, PastEvent[], Partial<TransactionDetail>, number]>([
  ['the payment alone', [], {}, 1.234567],
  ['with an earlier one', payments(100_000n), {}, 1.334567],
  ['a refund adds nothing', payments(100_000n), { kind: 'refunded' }, 0.1],
  ['another currency', [pastEvent(10, { currency: 'USD' })], {}, 1.234567],
  ['yesterday', [pastEvent(DAY + 1)], {}, 1.234567],
])('the money of a day: %s', (_, history, detail, expected) => {
  expect(factOf('customerSpentInDay', history, detail)).toBeCloseTo(expected, 9);
});

test.each<[string, PastEvent[], Partial<TransactionDetail>, number | undefined]>([
  ['once', payments(10_000n), {}, 1],
  ['three times, once with another exponent', [...payments(1_234_567n), pastEvent(500, { amountMinor: 12_345_670n, exponent: 3 })], {}, 3],
  ['in another currency', [pastEvent(10, { amountMinor: 1_234_567n, currency: 'USD' })], {}, 1],
  ['a refund', payments(1_234_567n), { kind: 'refunded' }, undefined],
  ['no amount', payments(1_234_567n), { amount_minor: undefined }, undefined],
])('the same amount: %s', (_, history, detail, expected) => {
  expect(factOf('customerSameAmountInDay', history, detail)).toBe(expected);
});

test.each<[string, PastEvent[], number | undefined]>([
  ['no payment before', [], undefined],
  ['the last of several, in any order', pastEvents(600, 90, 3_600), 1.5],
  ['a later payment that arrived first', pastEvents(-5, 120), 2],
  ['only a later payment', pastEvents(-5), undefined],
])('the time since the last payment: %s', (_, history, expected) => {
  expect(factOf('sinceCustomerPayment', history)).toBe(expected);
});

test('the declined payments of an hour and a day', () => {
  const declines = [10, HOUR, HOUR + 1, DAY, DAY + 1].map((seconds) => ({ transactionId: `stripe:declined_${seconds}`, occurredAt: timeAgo(seconds) }));

  expect(factsOf(factsWith({ declines }))).toMatchObject({ customerDeclinesInHour: 2, customerDeclinesInDay: 4 });
});

test.each<[string, PastEvent[], Partial<TransactionDetail>, number | undefined]>([
  ['no card', [], {}, undefined],
  ['the present card', [], { card_fingerprint: 'own' }, 1],
  ['an earlier card', [pastEvent(7 * DAY, { cardFingerprint: 'old' })], { card_fingerprint: 'own' }, 2],
  ['a card of eight days ago', [pastEvent(8 * DAY, { cardFingerprint: 'old' })], { card_fingerprint: 'own' }, 1],
])('the cards of a week: %s', (_, history, detail, expected) => {
  expect(factOf('customerCardsInWeek', history, detail)).toBe(expected);
});

test.each<[string, PastEvent[], Partial<TransactionDetail>, number | undefined]>([
  ['no earlier card', pastEvents(10), { card_bin: '411111' }, undefined],
  ['the same card', [pastEvent(10, { cardBin: '411111' })], { card_bin: '411111' }, 0],
  ['another card', [pastEvent(10, { cardBin: '555555' })], { card_bin: '411111' }, 1],
])('a new card: %s', (_, history, detail, expected) => {
  expect(factOf('newCard', history, detail)).toBe(expected);
});

test.each<[string, PastEvent[], Partial<TransactionDetail>, number | undefined]>([
  ['nothing before', [], {}, undefined],
  ['no country before', pastEvents(10), {}, undefined],
  ['no country now', [pastEvent(10, { country: 'IT', cardCountry: 'IT' })], { country: undefined, card_country: undefined }, undefined],
  ['the same countries', [pastEvent(10, { country: 'DE', cardCountry: 'FR' })], {}, 0],
  ['another country of the customer', [pastEvent(10, { country: 'IT', cardCountry: 'FR' })], {}, 1],
  ['another country of the card', [pastEvent(10, { cardCountry: 'IT' })], {}, 1],
  ['one of several', [pastEvent(10, { country: 'IT' }), pastEvent(20, { country: 'DE' })], {}, 0],
])('a new country: %s', (_, history, detail, expected) => {
  expect(factOf('newCountry', history, detail)).toBe(expected);
});

test('nothing is known about the history of an unknown customer', () => {
  const facts = factsOf(factsWith({ history: pastEvents(10), detail: { customer_id: undefined } }));

  expect(Object.keys(facts).filter((name) => /customer|^new/i.test(name))).toEqual([]);
});
