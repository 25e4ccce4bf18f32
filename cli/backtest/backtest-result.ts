import { amountRanking, regressionRanking, splitByTime, type Ranking } from './baselines';
import { ruleSetRanking, withEqualAlerts, type EqualAlerts } from './equal-alerts';
import { isFraud, measuresByRule, measuresByTier, measuresOf, type RuleMeasures, type TierMeasures, type VerdictMeasures } from './measures';
import type { ReplayedPayment } from './replayed-payments';
import { replayedRules } from './rule-evaluation';
import type { FraudConfig, TierConfig } from '../../src/private/contract';

/** A rule set with the name that people read. */
export interface NamedRules {
  readonly name: string;
  readonly config: FraudConfig;
}

/** The measures of a rule set. */
export interface RuleSetResult extends NamedRules {
  readonly measures: VerdictMeasures;
  readonly byTier: TierMeasures;
  readonly byRule: readonly RuleMeasures[];
  /** The rules that cannot be replayed. */
  readonly notReplayed: number;
}

/** Rule sets and baselines with the same number of alerts, in the later part of the time. */
export interface Comparison {
  readonly payments: number;
  readonly fraud: number;
  readonly ways: readonly EqualAlerts[];
}

/** The result of a backtest. */
export interface BacktestResult {
  readonly from: string;
  readonly to: string;
  readonly tiers: TierConfig;
  readonly ruleSets: readonly RuleSetResult[];
  /** The time at which the later part begins. */
  readonly splitAt: string;
  /** The measures of each rule set in the later part. */
  readonly later: readonly VerdictMeasures[];
  /** The alerts of the first rule set in the later part. */
  readonly alerts: number;
  readonly assessed: Comparison;
  /** The same over all payments, if all of them were assessed. */
  readonly all: Comparison;
  /** Whether there was enough fraud to learn a regression from. */
  readonly hasRegression: boolean;
}

/** The minimum number of frauds to learn the regression from. */
const LEAST_FRAUD_FOR_REGRESSION = 10;

/** Names of the baselines. */
export const BASELINES = { amount: 'amount threshold', regression: 'logistic regression' } as const;

/** Measures rule sets over replayed payments. There must be at least one. Their outcomes are in the order of the rule sets. */
export function backtestOf(payments: readonly ReplayedPayment[], ruleSets: readonly NamedRules[], tiers: TierConfig): BacktestResult {
  const split = splitByTime(payments);
  const laterAssessed = split.later.filter(({ assessed }) => assessed);
  const later = ruleSets.map((_, place) => measuresOf(split.later, place));
  const [{ alerts }] = later;
  const earlierAssessed = split.earlier.filter(({ assessed }) => assessed);
  const hasRegression = earlierAssessed.filter(isFraud).length >= LEAST_FRAUD_FOR_REGRESSION;
  const ofRules = ruleSets.map(({ name }, place): [string, Ranking] => [name, ruleSetRanking(place)]);
  const baselines = (learned: readonly ReplayedPayment[]): [string, Ranking][] => [
    [BASELINES.amount, amountRanking(tiers)],
    ...hasRegression ? [[BASELINES.regression, regressionRanking(learned)] as [string, Ranking]] : [],
  ];
  return {
    from: payments[0].event.detail.received_at,
    to: payments[payments.length - 1].event.detail.received_at,
    tiers,
    ruleSets: ruleSets.map(({ name, config }, place) => ({
      name,
      config,
      measures: measuresOf(payments, place),
      byTier: measuresByTier(payments, place),
      byRule: measuresByRule(payments, place, replayedRules(config).length),
      notReplayed: config.rules.length - replayedRules(config).length,
    })),
    splitAt: split.at,
    later,
    alerts,
    assessed: comparisonOf(laterAssessed, [...ofRules, ...baselines(earlierAssessed)], alerts),
    all: comparisonOf(split.later, baselines(split.earlier), alerts),
    hasRegression,
  };
}

function comparisonOf(payments: readonly ReplayedPayment[], rankings: readonly [string, Ranking][], alerts: number): Comparison {
  return { payments: payments.length, fraud: payments.filter(isFraud).length, ways: withEqualAlerts(payments, new Map(rankings), alerts) };
}
