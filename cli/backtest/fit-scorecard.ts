import { alertCurve } from './alert-curve';
import { amountRanking, regressionRanking, splitByTime, type Ranking } from './baselines';
import { customerMonths } from './customer-months';
import { ruleSetRanking, withEqualAlerts, type EqualAlerts } from './equal-alerts';
import { isFraud } from './measures';
import { intervalWeights } from './model/interval-weights';
import { scorecardOfWeights, totalPoints } from './model/whole-points';
import type { ReplayedPayment } from './replayed-payments';
import type { ScorecardFile } from './rule-sets/scorecard-rules';
import type { TierConfig } from '../../src/private/contract';

/** The minimum number of frauds to learn from and to check with. With fewer, the intervals would be mostly chance. */
export const LEAST_FRAUD = { learn: 30, check: 10 } as const;
/** The minimum number of alerts to compute a precision from. */
const LEAST_BLOCKS = 10;

/** How a scorecard is learned. */
export interface FitSettings {
  readonly tiers: TierConfig;
  readonly reviewScore: number;
  /** The share of fraud among the payments that the proposed score blocks. */
  readonly blockPrecision: number;
  /** Alerts for 1,000 customers in a month. Default: as many as the first rule set of the outcomes has. */
  readonly alertsPer1000?: number;
  readonly learningShare?: number;
}

/** A part of the time. */
export interface FitPart {
  readonly payments: number;
  readonly fraud: number;
  /** The alerts that the parts are compared with. */
  readonly alerts: number;
}

/** A scorecard, and its results in the part of the time that it was not learned from. */
export interface FittedScorecard {
  readonly scorecard: ScorecardFile;
  readonly splitAt: string;
  readonly learned: FitPart;
  readonly checked: FitPart;
  /** In the later part, at its own score for a review. */
  readonly ownAlerts: { readonly alerts: number; readonly caught: number };
  /** In the later part. */
  readonly comparison: readonly EqualAlerts[];
}

/** Thrown if there is too little labeled fraud to learn from and to check with. */
export interface TooLittleFraud {
  readonly fraud: { readonly learned: number; readonly checked: number };
}

/** Learns a scorecard from the assessed payments of the earlier part, and checks it with the payments of the later part. */
export function fitScorecard(payments: readonly ReplayedPayment[], settings: FitSettings): FittedScorecard | TooLittleFraud {
  const { tiers, reviewScore, learningShare } = settings;
  if (payments.length === 0) {
    return { fraud: { learned: 0, checked: 0 } };
  }
  const split = splitByTime(payments, learningShare);
  const [earlier, later] = [split.earlier, split.later].map((part) => part.filter(({ assessed }) => assessed));
  const [learnedFraud, checkedFraud] = [earlier, later].map((part) => part.filter(isFraud).length);
  if (learnedFraud < LEAST_FRAUD.learn || checkedFraud < LEAST_FRAUD.check) {
    return { fraud: { learned: learnedFraud, checked: checkedFraud } };
  }
  const [learnedAlerts, checkedAlerts] = [split.earlier, split.later].map((part) => alertBudget(part, settings));
  const facts = earlier.map((payment) => payment.facts!);
  const card = scorecardOfWeights(intervalWeights(facts, earlier.map(isFraud)), facts, reviewScore, learnedAlerts);
  const scorecardRanking: Ranking = (payment) => totalPoints(card, payment.facts!);
  const hasRules = later.every(({ outcomes }) => outcomes.length > 0);
  const rankings = new Map<string, Ranking>([
    ['scorecard', scorecardRanking],
    ...hasRules ? [['current rules', ruleSetRanking(0)] as const] : [],
    ['amount threshold', amountRanking(tiers)],
    ['logistic regression', regressionRanking(earlier)],
  ]);
  const alerted = later.filter((payment) => scorecardRanking(payment) >= reviewScore);
  return {
    scorecard: { version: 1, facts: card, reviewScore, ...blockScoreOf(later, scorecardRanking, settings) },
    splitAt: split.at,
    learned: { payments: earlier.length, fraud: learnedFraud, alerts: learnedAlerts },
    checked: { payments: later.length, fraud: checkedFraud, alerts: checkedAlerts },
    ownAlerts: { alerts: alerted.length, caught: alerted.filter(isFraud).length },
    comparison: withEqualAlerts(later, rankings, checkedAlerts),
  };
}

function alertBudget(part: readonly ReplayedPayment[], { alertsPer1000 }: FitSettings): number {
  return alertsPer1000 === undefined
    ? part.filter(({ outcomes: [current] }) => current !== undefined && current.verdict !== 'approve').length
    : Math.round(alertsPer1000 * customerMonths(part.map(({ event }) => event.detail)) / 1_000);
}

/** The lowest score above the review score at which the share of fraud is high enough. */
function blockScoreOf(
  later: readonly ReplayedPayment[], ranking: Ranking, { reviewScore, blockPrecision }: FitSettings,
): Pick<ScorecardFile, 'blockScore'> {
  const precise = alertCurve(later.map((payment) => ({ score: ranking(payment), isFraud: isFraud(payment) })))
    .filter(({ threshold, alerts, caught }) => threshold > reviewScore && alerts >= LEAST_BLOCKS && caught >= blockPrecision * alerts);
  return precise.length > 0 ? { blockScore: precise[precise.length - 1].threshold } : {};
}
