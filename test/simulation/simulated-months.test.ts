import { readFileSync } from 'node:fs';
import { FRESH_SEEDS, fraudSummary, fraudTables, TUNING_SEEDS } from './fraud-tables';
import { assessByHandlers } from './handlers-path';
import { measureMonth, type MonthResult } from './month-results';
import { PRESENT_RULES } from './present-rules';
import { readResults } from './result-file';
import { precisionAt, ratesOf, sumOfResults, type ResultSum } from './result-sums';
import { tryRules } from './rule-trial';
import { SHOP_DESIGNS } from './shop-designs';
import { simulatedPayments } from './simulated-payments';
import { replayPayments } from '../../cli/backtest/replayed-payments';
import { tablesOn } from '../cost/pages';

/** Each month takes seconds, and more on a busy machine. */
jest.setTimeout(600_000);

const MONTHS = SHOP_DESIGNS.flatMap((design) => Object.keys(design.difficulties).map((difficulty) => ({ name: `${design.name}, ${difficulty}`, design, difficulty })));
const results = readResults();
const sums = (seeds: readonly number[]): ReadonlyMap<string, ResultSum> => new Map(MONTHS.map(({ name, design, difficulty }) => [
  name,
  sumOfResults(results.filter((result) => result.design === design.name && result.difficulty === difficulty && seeds.includes(result.seed))),
]));
const fresh = sums(FRESH_SEEDS);

describe('the results', () => {
  test('have each month once', () => {
    expect(results.map(({ design, difficulty, seed }) => `${design}, ${difficulty}, ${seed}`))
      .toEqual(MONTHS.flatMap(({ name }) => [...TUNING_SEEDS, ...FRESH_SEEDS].map((seed) => `${name}, ${seed}`)));
  });

  // One month of each design shows that neither the rules nor the months have changed. If it fails, run `npx projen fraud --write`.
  test.each(MONTHS)('are those of the present rules: $name', ({ design, difficulty }) => {
    const stored = results.find((result) => result.design === design.name && result.difficulty === difficulty && result.seed === FRESH_SEEDS[0]);

    expect(measureMonth(design, difficulty, FRESH_SEEDS[0], PRESENT_RULES)).toEqual(stored);
  });

  test('are those on the pages', () => {
    expect(Object.fromEntries(tablesOn('docs/fraud-measurements.md', 'fraud'))).toEqual(fraudTables(results));
    expect(Object.fromEntries(tablesOn('docs/fraud.md', 'fraud'))).toEqual(fraudSummary(results));
  });
});

describe('the months', () => {
  test.each(MONTHS)('have at most 2 % fraud, and about 5 % of the payments in the high tier: $name', ({ name }) => {
    const { payments, fraud, high } = fresh.get(name)!;

    expect(fraud / payments).toBeLessThanOrEqual(0.02);
    expect(high / payments).toBeGreaterThan(0.04);
    expect(high / payments).toBeLessThan(0.06);
  });

  test.each(MONTHS)('are the same for the same seed, and labels become known later: $name', ({ design, difficulty }) => {
    const events = design.generate(7, design.difficulties[difficulty], 2);
    const frauds = events.filter(({ fraud }) => fraud);

    expect(design.generate(7, design.difficulties[difficulty], 2)).toEqual(events);
    expect(frauds.filter(({ at, knownAt }) => !(knownAt!.getTime() > at.getTime() + 24 * 60 * 60_000))).toEqual([]);
    expect(new Set(frauds.map(({ at }) => Math.floor((at.getTime() - design.start) / (30 * 24 * 60 * 60_000))))).toEqual(new Set([0, 1]));
  });
});

describe('the default rules', () => {
  test.each(MONTHS)('find at least what the earlier rules find with as many alerts: $name', ({ name }) => {
    const { before, caughtAtEarlierAlerts } = fresh.get(name)!;

    expect(caughtAtEarlierAlerts).toBeGreaterThanOrEqual(before.caught);
  });

  test('find less than 0.65 of all fraud in the months that the page names', () => {
    const [, missed] = /^- \*\*At least 0\.65 of all fraud\*\*: missed in (.+)\.$/m.exec(readFileSync('docs/fraud-measurements.md', 'utf8'))!;
    const recallOf = (name: string) => ratesOf(fresh.get(name)!, 'after').recallOfAll;

    expect(missed).toBe(MONTHS.map(({ name }) => name).filter((name) => recallOf(name) < 0.65).map((name) => `${name} (${recallOf(name).toFixed(2)})`).join('; '));
  });

  test.each(MONTHS)('find at least what an amount threshold finds with as many alerts: $name', ({ name }) => {
    const { after } = fresh.get(name)!;

    expect(after.caught).toBeGreaterThanOrEqual(after.caughtByAmount);
  });
});

describe('a scorecard of `fit`', () => {
  test.each(MONTHS)('finds at most 0.05 less than a logistic regression with as many alerts: $name', ({ name }) => {
    const { after, fraud } = fresh.get(name)!;

    expect(after.caughtByScorecard / fraud).toBeGreaterThanOrEqual(after.caughtByRegression / fraud - 0.05);
  });

  test('finds less than an amount threshold in the months that the page names', () => {
    const [, missed] = /^- \*\*With `fit`, at least what an amount threshold finds\*\*: missed in (.+)\.$/m.exec(readFileSync('docs/fraud-measurements.md', 'utf8'))!;
    const textOf = (name: string, { caughtByScorecard, caughtByAmount }: ResultSum['after']) => `${name} (${caughtByScorecard} instead of ${caughtByAmount} frauds)`;

    expect(missed).toBe(MONTHS.map(({ name }) => ({ name, after: fresh.get(name)!.after }))
      .filter(({ after }) => after.caughtByScorecard < after.caughtByAmount)
      .map(({ name, after }) => textOf(name, after)).join('; '));
  });
});

test('the replay of the backtest gives the scores of the handlers', async () => {
  for (const { design, difficulty } of MONTHS) {
    const all = design.generate(101, design.difficulties[difficulty]);
    // A few customers with large payments, and their whole history.
    const customers = new Set([...new Set(all.filter(({ amount }) => amount > design.tiers.high).map(({ customerId }) => customerId))].slice(0, 60));
    const events = all.filter(({ customerId }) => customers.has(customerId));
    const rules = PRESENT_RULES.rules(design);

    const byHandlers = await assessByHandlers(events, rules);
    // Nobody labels payments in the handlers' path.
    const unlabeled = simulatedPayments(events, design.tiers).map(({ detail, declined }) => ({ detail, declined }));
    const replayed = replayPayments(unlabeled, {
      tiers: design.tiers, ruleSets: [rules], factsOf: 'none',
    }).filter(({ assessed }) => assessed);

    expect(byHandlers.length).toBeGreaterThan(100);
    expect(new Set(byHandlers.map(({ result }) => result.verdict)).size).toBeGreaterThan(1);
    expect(replayed.map(({ event, outcomes: [{ verdict, score }] }) => ({ id: event.detail.transaction_id, verdict, score })))
      .toEqual(byHandlers.map(({ detail, result: { verdict, score } }) => ({ id: detail.transaction_id, verdict, score })));
    // Alert texts are for people.
    const withoutTexts = ({ detail }: { readonly detail: object }) => ({ ...JSON.parse(JSON.stringify(detail)), alert_subject: '', alert_text: '', alert_sms: '' });
    expect(replayed.map(({ event }) => withoutTexts(event))).toEqual(byHandlers.map(withoutTexts));
  }
});

test('rules that find nothing are shown as such', () => {
  const lines = tryRules({ ...PRESENT_RULES, rules: ({ tiers }) => ({ tiers, review: 40, block: 80, rules: [] }) }, [101]);

  expect(lines).toHaveLength(MONTHS.length);
  expect(lines.filter((line) => !line.includes(': 0 alerts, precision NaN, recall 0.00'))).toEqual([]);
});

test('precision at another share of fraud follows from recall and the false-positive rate', () => {
  const sum = sumOfResults([{
    ...results[0],
    payments: 10_000,
    fraud: 100,
    honestCustomers: 5_000,
    after: { ...results[0].after, assessed: 550, assessedFraud: 50, alerts: 50, caught: 40, blockedFraud: 10 },
  } satisfies MonthResult]);
  const rates = ratesOf(sum, 'after');

  expect(rates).toEqual({ precision: 0.8, recall: 0.8, recallOfAll: 0.4, falsePositiveRate: 0.02, falseAlertsPer1000: 2, blocked: 0.1 });
  expect(precisionAt(50 / 550, rates)).toBeCloseTo(0.8);
  expect(precisionAt(0.01, rates)).toBeCloseTo(0.008 / (0.008 + 0.0198));
});
