import type { Difficulty, MonthGenerator } from './labeled-event';
import { marketplaceMonth } from './marketplace-month';
import { replay, type Judged } from './replay';
import { scorecardOf, type Scorecard } from './scorecard';
import { wholesaleMonth } from './wholesale-month';
import { resolveFraudRules } from '../../src/private/settings/fraud-config';

const DAY = 24 * 60 * 60_000;
/** Each month takes seconds, and more on a busy machine. */
jest.setTimeout(600_000);

/** Fraudsters who hurry, and few honest customers with unusual payments. */
const PLAIN: Difficulty = { leastBoldness: 0.85, oddities: 0.25 };
/** Fraudsters of every kind, including those who blend in, and all unusual payments of honest customers. */
const HARD: Difficulty = { leastBoldness: 0, oddities: 1 };

/** Assesses the months of several seeds with the default rules, and prints the precision and recall. */
async function measure(title: string, generate: MonthGenerator, difficulty: Difficulty, seeds: readonly number[]): Promise<Scorecard> {
  const judged: Judged[] = [];
  for (const seed of seeds) {
    const events = generate(seed, difficulty);
    const monthBegins = events.at(-1)!.at.getTime() - 30 * DAY;
    judged.push(...(await replay(events, resolveFraudRules())).filter(({ event }) => event.at.getTime() >= monthBegins));
  }
  const card = scorecardOf(title, judged);
  process.stdout.write(card.text);
  return card;
}

describe('the default rules', () => {
  test.each<[string, MonthGenerator]>([
    ['a marketplace that they were tuned on', marketplaceMonth],
    ['a wholesaler that they were only checked on', wholesaleMonth],
  ])('in plain months of %s: a precision of 0.9 and a recall of 0.8', async (title, generate) => {
    const { precision, recall } = await measure(`Plain months of ${title}`, generate, PLAIN, [1, 2, 3, 4]);

    expect(precision).toBeGreaterThanOrEqual(0.9);
    expect(recall).toBeGreaterThanOrEqual(0.8);
  });

  // The figures in docs/fraud.md for less obvious fraud.
  test.each<[string, number, number, MonthGenerator]>([
    ['a marketplace', 0.7, 0.7, marketplaceMonth],
    ['a wholesaler', 0.9, 0.6, wholesaleMonth],
  ])('in hard months of %s: a precision of %d and a recall of %d', async (title, leastPrecision, leastRecall, generate) => {
    const { precision, recall } = await measure(`Hard months of ${title}`, generate, HARD, [1, 2]);

    expect(precision).toBeGreaterThanOrEqual(leastPrecision);
    expect(recall).toBeGreaterThanOrEqual(leastRecall);
  });
});

test.each([marketplaceMonth, wholesaleMonth])('a month has a thousand customers, and is the same for the same seed', (generate) => {
  const month = generate(7, HARD);

  expect(new Set(month.map(({ customerId }) => customerId)).size).toBeGreaterThan(950);
  expect(month.filter(({ fraud }) => fraud).length).toBeGreaterThan(100);
  expect(generate(7, HARD)).toEqual(month);
});

test('without rules, the measure shows that no fraud is found', async () => {
  const judged = await replay(marketplaceMonth(1, PLAIN), { tiers: { medium: 1_000, high: 10_000 }, review: 40, block: 80, rules: [] });

  expect(scorecardOf('No rules', judged)).toMatchObject({ precision: NaN, recall: 0 });
});
