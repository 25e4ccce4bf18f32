import { number, share } from './figures-text';
import { FACTS, type FactName, type ScorecardFact, type ScorecardInterval } from '../../../src/private/contract';
import { countOf } from '../../terminal/aligned-rows';
import { textColumns } from '../../terminal/text-columns';
import type { FittedScorecard } from '../fit-scorecard';
import type { ScorecardFile } from '../rule-sets/scorecard-rules';

/** The scorecard in lines for people: its points, and a comparison. */
export function fitLines({ scorecard, splitAt, learned, checked, ownAlerts, comparison }: FittedScorecard): string[] {
  return [
    `Learned from ${countOf(learned.payments, 'assessed payment')} before ${splitAt.slice(0, 10)}, ${number(learned.fraud)} of them fraud, for ${countOf(learned.alerts, 'alert')}.`,
    `Checked with ${countOf(checked.payments, 'assessed payment')} from then on, ${number(checked.fraud)} of them fraud.`,
    '',
    ...textColumns(['fact', 'points by the value of the fact', 'unknown'], scorecard.facts.map(({ fact, intervals, missing = 0 }) => [
      fact, intervals.map((interval) => intervalText(fact, interval)).join(', ') || '–', String(missing),
    ])),
    '',
    `Review from ${scorecard.reviewScore} points on: ${countOf(ownAlerts.alerts, 'alert')} in the later part, ${number(ownAlerts.caught)} of them fraud.`,
    scorecard.blockScore === undefined
      ? 'Block: no number of points is precise enough. Only review.'
      : `Block from ${scorecard.blockScore} points on.`,
    '',
    `With ${countOf(checked.alerts, 'alert')} each, in the later part:`,
    ...textColumns(['', 'fraud found', 'precision', 'recall'], comparison.map(({ name, caught, precision, recall }) => [name, number(caught, 1), share(precision), share(recall)])),
  ];
}

function intervalText(fact: FactName, { from, points }: ScorecardInterval): string {
  const { unit } = FACTS[fact];
  return unit === 'yes or no' ? `${from > 0 ? 'yes' : 'no'}: ${points}` : `from ${from} ${unit}: ${points}`;
}

/** The scorecard as code for a CDK app. */
export function scorecardCode({ facts, reviewScore, blockScore }: ScorecardFile): string {
  return [
    `fraudReviewScore: ${reviewScore},`,
    ...blockScore === undefined ? [] : [`fraudBlockScore: ${blockScore},`],
    'fraudRules: [',
    // A scorecard replaces the other rules, not the lists.
    '  FraudRule.blocked({ score: 100 }),',
    '  FraudRule.allowed(),',
    '  FraudRule.scorecard({',
    '    facts: [',
    ...facts.map((fact) => `      ${factCode(fact)},`),
    '    ],',
    '  }),',
    '],',
  ].join('\n');
}

function factCode({ fact, intervals, missing }: ScorecardFact): string {
  const constant = fact.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
  const points = intervals.map(({ from, points: each }) => `{ minimum: ${from}, points: ${each} }`).join(', ');
  return `{ fact: FraudFact.${constant}, intervals: [${points}]${missing === undefined ? '' : `, missing: ${missing}`} }`;
}
