import { eventsOf } from './event-lines';
import { alertCurve, caughtWith } from '../../../cli/backtest/alert-curve';
import { amountRanking, splitByTime } from '../../../cli/backtest/baselines';
import { ruleSetRanking, withEqualAlerts } from '../../../cli/backtest/equal-alerts';
import { measuresByRule, measuresByTier, measuresOf } from '../../../cli/backtest/measures';
import { replayPayments } from '../../../cli/backtest/replayed-payments';
import type { FraudConfig } from '../../../src/private/contract';

const TIERS = { medium: 10, high: 50 };
/** Blocks mismatches above 150, and reviews all other mismatches and amounts above 300. */
const RULES: FraudConfig = {
  tiers: TIERS,
  review: 40,
  block: 80,
  rules: [{ rule: 'country-mismatch', score: 40 }, { rule: 'amount-above', score: 40, amount: 150 }, { rule: 'amount-above', score: 10, amount: 300 }],
};
const MISMATCH = { country: 'DE', card_country: 'US' };

/** Nine payments in two months of 30 days by known, unknown and one-time payers. */
const LINES = [
  { event_time: '2026-01-01T00:00:00Z', customer_id: 'a' },
  { event_time: '2026-01-02T00:00:00Z', customer_id: 'a', ...MISMATCH },
  { event_time: '2026-01-03T00:00:00Z', customer_id: 'b', ...MISMATCH, label: 'fraud' },
  { event_time: '2026-01-04T00:00:00Z', customer_id: 'c', ...MISMATCH, amount_minor: 20_000, label: 'fraud' },
  { event_time: '2026-01-05T00:00:00Z', customer_id: undefined, card_fingerprint: 'x', amount_minor: 500 },
  { event_time: '2026-01-06T00:00:00Z', customer_id: undefined, email_hash: 'y', amount_minor: 500, label: 'fraud' },
  { event_time: '2026-02-05T00:00:00Z', customer_id: undefined, email_hash: 'z' },
  { event_time: '2026-02-06T00:00:00Z', customer_id: undefined, label: 'honest' },
  { event_time: '2026-02-07T00:00:00Z', customer_id: 'a', label: 'fraud', currency: 'USD', amount_minor: 6_010 },
];
const payments = replayPayments(eventsOf(LINES), { tiers: TIERS, ruleSets: [RULES], factsOf: 'none' });

test('measures verdicts as computed by hand', () => {
  expect(measuresOf(payments, 0)).toEqual({
    payments: 9,
    fraud: 4,
    assessed: 7,
    assessedFraud: 3,
    alerts: 3,
    caught: 2,
    blocked: 1,
    blockedFraud: 1,
    precision: 2 / 3,
    recall: 2 / 3,
    recallOfAll: 2 / 4,
    falsePositiveRate: 1 / 4,
    // In January, the customer `a` and a card; in February, an email address and a payer without a name.
    falseAlertsPer1000: 1_000 / 4,
    moneyCaught: { EUR: 300 },
    moneyStopped: { EUR: 200 },
    moneyOfFraud: { EUR: 305, USD: 60.1 },
  });
});

test('measures nothing without payments', () => {
  const shares = { precision: undefined, recall: undefined, recallOfAll: undefined, falsePositiveRate: undefined, falseAlertsPer1000: undefined };

  expect(measuresOf([], 0)).toMatchObject({ payments: 0, alerts: 0, ...shares });
});

test('measures each tier with payments', () => {
  expect(measuresByTier(payments, 0)).toMatchObject({
    high: { payments: 7, alerts: 3, recallOfAll: 2 / 3 }, low: { payments: 2, assessed: 0, recallOfAll: 0 },
  });
  expect(Object.keys(measuresByTier(payments, 0))).toEqual(['high', 'low']);
});

test('measures what each rule adds', () => {
  expect(measuresByRule(payments, 0, 3)).toEqual([
    { place: 0, fraud: 2, honest: 1, fraudOnlyByIt: 1, honestOnlyByIt: 1 },
    { place: 1, fraud: 1, honest: 0, fraudOnlyByIt: 0, honestOnlyByIt: 0 },
    { place: 2, fraud: 0, honest: 0, fraudOnlyByIt: 0, honestOnlyByIt: 0 },
  ]);
});

test('compares rankings with the same number of alerts', () => {
  const assessed = payments.filter((payment) => payment.assessed);
  const [rules, amount] = withEqualAlerts(assessed, new Map([['rules', ruleSetRanking(0)], ['amount', amountRanking(TIERS)]]), 2);

  // The first alert has 80 points and is fraud; of the two with 40 points, one is.
  expect(rules).toMatchObject({ caught: 1.5, precision: 0.75, recall: 0.5 });
  // The largest amount is fraud; of the five of 100.00, one is.
  expect(amount.caught).toBeCloseTo(1 + 1 / 5);
});

test('has no precision without an alert and no recall without fraud', () => {
  const honest = payments.slice(0, 2);

  expect(withEqualAlerts(honest, new Map([['amount', amountRanking(TIERS)]]), 0)).toMatchObject([{ caught: 0, precision: undefined, recall: undefined }]);
});

test('uses the threshold of the currency for the amount, and ranks payments that are not assessed last', () => {
  const [eur, , , , small, , , , usd] = payments;
  const ranking = amountRanking({ ...TIERS, groups: [{ currencies: ['USD'], medium: 1, high: 10 }] });

  expect([eur, usd].map(ranking)).toEqual([2, 6.01]);
  expect([eur, small].map(ruleSetRanking(0))).toEqual([0, -1]);
});

test('finds all of the fraud with more alerts than payments', () => {
  const curve = alertCurve([{ score: 1, isFraud: true }, { score: 2, isFraud: false }, { score: 2, isFraud: true }]);

  expect(curve).toEqual([
    { alerts: 0, caught: 0, threshold: Infinity }, { alerts: 2, caught: 1, threshold: 2 }, { alerts: 3, caught: 2, threshold: 1 },
  ]);
  expect([0, 1, 2, 3, 9].map((alerts) => caughtWith(curve, alerts))).toEqual([0, 0.5, 1, 2, 2]);
});

test('splits payments at a share of them', () => {
  const { at, earlier, later } = splitByTime(payments, 0.7);

  expect(at).toBe('2026-02-05T00:00:00.000Z');
  expect([earlier.length, later.length]).toEqual([6, 3]);
});

test('splits no payments', () => {
  expect(splitByTime([])).toEqual({ at: '', earlier: [], later: [] });
});
