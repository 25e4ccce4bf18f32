import type { MonthResult } from './month-results';
import { precisionAt, ratesOf, sumOfResults, type ResultSum } from './result-sums';

/** The points of the default rules were tuned on these months of every design. */
export const TUNING_SEEDS: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8];
/** No point was tuned on these months, and nobody had looked at them before the points were final. */
export const FRESH_SEEDS: readonly number[] = [301, 302, 303, 304];

const RULE_SETS = ['before', 'after'] as const;
/** A pattern is listed as missed if the present rules report a smaller share of its payments. */
const MISSED_BELOW = 0.5;

interface Group {
  readonly title: string;
  readonly sum: ResultSum;
}

/**
 * The tables of docs/fraud-measurements.md, by the names of their markers. The table `seeds` shows the months of all seeds, the
 * others those of the given seeds.
 */
export function fraudTables(results: readonly MonthResult[], shown: readonly number[] = FRESH_SEEDS): Record<string, string> {
  const groups = groupsOf(results.filter(({ seed }) => shown.includes(seed)));
  const ofBoth = (cells: (group: Group, ruleSet: typeof RULE_SETS[number]) => readonly string[]) => groups
    .flatMap((group) => RULE_SETS.map((ruleSet) => [group.title, ruleSet, ...cells(group, ruleSet)]));
  return {
    months: table(
      ['months', 'payments a month', 'fraud among them', 'high tier', 'assessed', 'fraud among the assessed'],
      groups.map(({ title, sum }) => [
        title, whole(sum.payments / sum.months), percent(sum.fraud / sum.payments), percent(sum.high / sum.payments),
        percent(sum.after.assessed / sum.payments), percent(sum.after.assessedFraud / sum.after.assessed),
      ]),
    ),
    verdicts: table(
      ['months', 'rules', 'precision', 'recall, assessed', 'recall, all', 'blocked', 'false-positive rate', 'false alerts per 1,000'],
      ofBoth(({ sum }, ruleSet) => {
        const rates = ratesOf(sum, ruleSet);
        return [
          ratio(rates.precision), ratio(rates.recall), ratio(rates.recallOfAll), ratio(rates.blocked),
          percent(rates.falsePositiveRate), rates.falseAlertsPer1000.toFixed(1),
        ];
      }),
    ),
    precision: table(
      ['months', 'rules', 'as simulated', '5 % fraud', '1 % fraud', '0.1 % fraud'],
      ofBoth(({ sum }, ruleSet) => {
        const rates = ratesOf(sum, ruleSet);
        return [ratio(rates.precision), ...[0.05, 0.01, 0.001].map((share) => ratio(precisionAt(share, rates)))];
      }),
    ),
    baselines: table(
      ['months', 'rules', 'alerts a month', 'these rules', 'amount threshold', 'logistic regression', 'with `fit`', 'present rules'],
      ofBoth(({ sum }, ruleSet) => {
        const { alerts, caught, caughtByAmount, caughtByRegression, caughtByScorecard } = sum[ruleSet];
        const present = ruleSet === 'before' ? sum.caughtAtEarlierAlerts : caught;
        const found = [caught, caughtByAmount, caughtByRegression, caughtByScorecard, present];
        return [whole(alerts / sum.months), ...found.map((number) => ratio(number / sum.fraud))];
      }),
    ),
    operator: table(
      ['months', 'rules', 'precision', 'with operator', 'recall, all', 'with operator', 'blocked', 'with operator'],
      ofBoth(({ sum }, ruleSet) => {
        const alone = sum[ruleSet];
        const { withOperator } = alone;
        return [
          ratio(alone.caught / alone.alerts), ratio(withOperator.caught / withOperator.alerts),
          ratio(alone.caught / sum.fraud), ratio(withOperator.caught / sum.fraud),
          ratio(alone.blockedFraud / sum.fraud), ratio(withOperator.blockedFraud / sum.fraud),
        ];
      }),
    ),
    seeds: table(
      ['months', 'seeds', 'precision', 'recall, assessed', 'recall, all', 'false-positive rate'],
      [TUNING_SEEDS, FRESH_SEEDS].flatMap((seeds) => groupsOf(results.filter(({ seed }) => seeds.includes(seed))).map(({ title, sum }) => {
        const { precision, recall, recallOfAll, falsePositiveRate } = ratesOf(sum, 'after');
        return [title, `${seeds[0]} to ${seeds[seeds.length - 1]}`, ratio(precision), ratio(recall), ratio(recallOfAll), percent(falsePositiveRate)];
      })),
    ),
    missed: table(
      ['months', 'pattern', 'payments a month', 'assessed', 'reported'],
      groups.filter(({ title }) => !title.endsWith('plain')).flatMap(({ title, sum }) => Object.entries(sum.patterns)
        .filter(([, [payments, , caught]]) => caught / payments < MISSED_BELOW)
        .map(([pattern, [payments, assessed, caught]]) => [
          title, pattern.replaceAll('-', ' '), (payments / sum.months).toFixed(1), percent(assessed / payments), percent(caught / payments),
        ])),
    ),
  };
}

/** The table of docs/fraud.md, which shows only what an operator needs first. */
export function fraudSummary(results: readonly MonthResult[]): Record<string, string> {
  const groups = groupsOf(results.filter(({ seed }) => FRESH_SEEDS.includes(seed)));
  return {
    summary: table(
      ['simulated months', 'fraud found', 'alerts that are fraud', 'the same, if 1 % of the assessed payments are fraud', 'false alerts a month for 1,000 customers'],
      groups.map(({ title, sum }) => {
        const rates = ratesOf(sum, 'after');
        return [title, ratio(rates.recallOfAll), ratio(rates.precision), ratio(precisionAt(0.01, rates)), rates.falseAlertsPer1000.toFixed(1)];
      }),
    ),
  };
}

/** The months of each design and difficulty, in their order. */
function groupsOf(results: readonly MonthResult[]): Group[] {
  const titleOf = ({ design, difficulty }: MonthResult) => `${design}, ${difficulty}`;
  return [...new Set(results.map(titleOf))].map((title) => ({ title, sum: sumOfResults(results.filter((result) => titleOf(result) === title)) }));
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function ratio(value: number): string {
  return Number.isNaN(value) ? '–' : value.toFixed(2);
}

function percent(value: number): string {
  return Number.isNaN(value) ? '–' : `${(100 * value).toFixed(1)} %`;
}

function whole(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}
