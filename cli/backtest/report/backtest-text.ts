import { number, share } from './figures-text';
import { ruleText } from './rule-text';
import type { AssessmentScopeConfig } from '../../../src/private/contract';
import { countOf } from '../../terminal/aligned-rows';
import { textColumns } from '../../terminal/text-columns';
import { spanText } from '../../terminal/time-span';
import type { BacktestResult, Comparison, RuleSetResult } from '../backtest-result';
import type { MoneySums, VerdictMeasures } from '../measures';
import { replayedRules } from '../rule-evaluation';

/** The measures of a rule set, each with its title. */
const MEASURES: ReadonlyArray<readonly [title: string, text: (measures: VerdictMeasures) => string]> = [
  ['alerts (reviewed or blocked)', ({ alerts }) => number(alerts)],
  ['fraud among them', ({ caught }) => number(caught)],
  ['precision', ({ precision }) => share(precision)],
  ['recall, of the assessed fraud', ({ recall }) => share(recall)],
  ['recall, of all fraud', ({ recallOfAll }) => share(recallOfAll)],
  ['false-positive rate', ({ falsePositiveRate }) => share(falsePositiveRate, 4)],
  ['false alerts per 1,000 honest customers a month', ({ falseAlertsPer1000 }) => number(falseAlertsPer1000, 1)],
  ['blocked', ({ blocked }) => number(blocked)],
  ['fraud among them', ({ blockedFraud }) => number(blockedFraud)],
];

/** Sums of money of the payments labeled as fraud, each with its title. */
const MONEY: ReadonlyArray<readonly [title: string, sums: (measures: VerdictMeasures) => MoneySums]> = [
  ['money of all fraud', ({ moneyOfFraud }) => moneyOfFraud],
  ['money caught: reviewed or blocked', ({ moneyCaught }) => moneyCaught],
  ['money stopped: blocked', ({ moneyStopped }) => moneyStopped],
];

/** The result in lines for people. */
export function backtestLines(result: BacktestResult, scope: AssessmentScopeConfig | undefined): string[] {
  const { from, to, ruleSets: [{ measures }], ruleSets } = result;
  return [
    `${countOf(measures.payments, 'payment')} from ${from.slice(0, 10)} to ${to.slice(0, 10)}, ${number(measures.fraud)} of them labeled as fraud. `
      + 'A payment without a label counts as honest.',
    `Assessed: ${number(measures.assessed)} payments (${scopeText(scope)}) with ${number(measures.assessedFraud)} of the fraud.`,
    ...ruleSets.filter(({ notReplayed }) => notReplayed > 0).map(({ name, notReplayed }) => (
      `${sentenceStart(name)}, rules left out: ${notReplayed} of the kind scored-by. The answers of functions are not archived.`
    )),
    'Entries on the lists in the table are left out, because it is not known when they were added.',
    '',
    ...textColumns(['', ...ruleSets.map(({ name }) => name)], measureRows(ruleSets)),
    ...ruleSets.flatMap(setLines),
    '',
    ...comparisonLines(result),
  ];
}

function measureRows(ruleSets: readonly RuleSetResult[]): string[][] {
  const row = (title: string, text: (measures: VerdictMeasures) => string) => [title, ...ruleSets.map(({ measures }) => text(measures))];
  return [
    ...MEASURES.map(([title, text]) => row(title, text)),
    // All rule sets have the same fraud. One amount in a column keeps it narrow.
    ...MONEY.flatMap(([title, sums]) => Object.keys(ruleSets[0].measures.moneyOfFraud)
      .map((currency) => row(`${title}, ${currency}`, (measures) => number(sums(measures)[currency] ?? 0, 2)))),
  ];
}

function setLines({ name, byTier, byRule, config }: RuleSetResult): string[] {
  return [
    '',
    ...textColumns([`${name}, by tier`, 'payments', 'fraud', 'assessed', 'alerts', 'fraud found', 'precision', 'recall of all fraud'], Object.entries(byTier).map(([tier, each]) => [
      tier,
      ...[each.payments, each.fraud, each.assessed, each.alerts, each.caught].map((count) => number(count)),
      share(each.precision),
      share(each.recallOfAll),
    ])),
    ...byRule.length === 0 ? [] : [
      '',
      ...textColumns(
        [`${name}, by rule`, 'score', 'fraud', 'honest', 'fraud only by it', 'honest only by it'],
        byRule.map(({ place, fraud, honest, fraudOnlyByIt, honestOnlyByIt }) => [
          ruleText(replayedRules(config)[place]),
          number(replayedRules(config)[place].score), number(fraud), number(honest), number(fraudOnlyByIt), number(honestOnlyByIt),
        ]),
      ),
    ],
  ];
}

/** The rule sets and the baselines with the same number of alerts. */
function comparisonLines({ splitAt, alerts, assessed, all, hasRegression }: BacktestResult): string[] {
  const rowsOf = (comparison: Comparison, of: string) => comparison.ways.map(({ name, caught, precision, recall }) => [
    `${name}${of}`, number(alerts), number(caught, 1), share(precision), share(recall), share(all.fraud > 0 ? caught / all.fraud : undefined),
  ]);
  return [
    `With the same number of alerts, in the later part from ${splitAt.slice(0, 10)} on (${countOf(assessed.payments, 'assessed payment')}, ${number(assessed.fraud)} of them fraud).`,
    hasRegression ? 'The regression was learned from the earlier part.' : 'The earlier part has too little fraud to learn a regression from.',
    ...textColumns(['', 'alerts', 'fraud found', 'precision', 'recall', 'recall of all fraud'], [...rowsOf(assessed, ''), ...rowsOf(all, ', if all payments were assessed')]),
  ];
}

function scopeText(scope: AssessmentScopeConfig | undefined): string {
  switch (scope?.below) {
    case 'all':
      return 'all';
    case 'suspicious':
      return `the high tier, and others after ${countOf(scope.declines, 'declined payment')} within ${spanText(1_000 * scope.windowSeconds)}`;
    default:
      return 'the high tier';
  }
}

function sentenceStart(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
