import { earlierRules } from './earlier-rules';
import { verdictsWithOperator } from './flawless-operator';
import type { ShopDesign } from './shop-designs';
import { SHOP_PROVIDER, simulatedPayments } from './simulated-payments';
import { alertCurve, caughtWith } from '../../cli/backtest/alert-curve';
import { amountRanking, regressionRanking, type Ranking } from '../../cli/backtest/baselines';
import { customerMonths } from '../../cli/backtest/customer-months';
import { isFraud } from '../../cli/backtest/measures';
import { intervalWeights } from '../../cli/backtest/model/interval-weights';
import { scorecardOfWeights, totalPoints } from '../../cli/backtest/model/whole-points';
import { replayPayments, type ReplayedPayment } from '../../cli/backtest/replayed-payments';
import type { AssessmentScopeConfig, FraudConfig, Verdict } from '../../src/private/contract';

/** Two months to learn from, and the month that is measured. */
const MONTHS = 3;
const MONTH = 30 * 24 * 60 * 60_000;

/** The results of verdicts. */
export interface Findings {
  /** Payments that are reviewed or blocked. */
  readonly alerts: number;
  /** Fraud among them. */
  readonly caught: number;
  readonly blockedFraud: number;
}

/** The results of a rule set in a month, in numbers of payments. */
export interface RuleSetResult extends Findings {
  readonly assessed: number;
  readonly assessedFraud: number;
  /** With an operator who never errs. */
  readonly withOperator: Findings;
  /** The fraud among the payments with the largest amounts, with the same number of alerts. */
  readonly caughtByAmount: number;
  /** The fraud among the payments that a logistic regression ranks highest, with the same number of alerts. */
  readonly caughtByRegression: number;
  /** The fraud that a scorecard of `cdk-webhooks fit` finds with the same number of alerts. It learns from the same payments as the regression. */
  readonly caughtByScorecard: number;
}

/** The results of a month, in numbers of payments. The tables are computed from them. */
export interface MonthResult {
  readonly design: string;
  readonly difficulty: string;
  readonly seed: number;
  readonly payments: number;
  readonly fraud: number;
  /** Payments of the high tier. */
  readonly high: number;
  readonly honestCustomers: number;
  readonly before: RuleSetResult;
  readonly after: RuleSetResult;
  /** The fraud that the present rules find with the number of alerts of the earlier ones. */
  readonly caughtAtEarlierAlerts: number;
  /** For each pattern of fraud: the payments, those that are assessed, and those that the present rules report. */
  readonly patterns: { readonly [pattern: string]: readonly [payments: number, assessed: number, caught: number] };
}

/** The rules whose results are compared with the earlier ones. */
export interface PresentRules {
  readonly rules: (design: ShopDesign) => FraudConfig;
  readonly scope: AssessmentScopeConfig;
}

/** The places of the rule sets in the outcomes. */
const BEFORE = 0;
const AFTER = 1;

/** Simulates months of a design, and measures the last one. */
export function measureMonth(design: ShopDesign, difficulty: string, seed: number, present: PresentRules): MonthResult {
  const events = design.generate(seed, design.difficulties[difficulty], MONTHS);
  const monthStart = new Date(design.start + (MONTHS - 1) * MONTH).toISOString();
  const patternOf = new Map(events.filter(({ fraud }) => fraud).map(({ transactionId, fraud }) => [`${SHOP_PROVIDER}:${transactionId}`, fraud!]));
  const paymentEvents = simulatedPayments(events, design.tiers);
  const settings = { tiers: design.tiers, scope: present.scope, factsOf: 'assessed' } as const;
  const learned = replayPayments(paymentEvents.filter(({ detail }) => detail.received_at < monthStart), {
    ...settings, ruleSets: [], from: new Date(design.start).toISOString(),
  }).filter((payment) => payment.assessed).map((payment) => withoutLaterLabel(payment, monthStart));
  const payments = replayPayments(paymentEvents, { ...settings, ruleSets: [earlierRules(design.tiers), present.rules(design)], from: monthStart });
  const assessed = payments.filter((payment) => payment.assessed);
  const high = assessed.filter(({ tier }) => tier === 'high');
  const rankings: Rankings = {
    amount: amountRanking(design.tiers),
    regression: regressionRanking(learned),
    scorecard: scorecardRanking(learned, present.rules(design).review),
  };
  const before = resultOf(high, BEFORE, rankings);
  return {
    design: design.name,
    difficulty,
    seed,
    payments: payments.length,
    fraud: payments.filter(isFraud).length,
    high: high.length,
    honestCustomers: customerMonths(payments.filter((payment) => !isFraud(payment)).map(({ event }) => event.detail)),
    before,
    after: resultOf(assessed, AFTER, rankings),
    caughtAtEarlierAlerts: caughtBy(assessed, ({ outcomes }) => outcomes[AFTER].score, before.alerts),
    patterns: patternsOf(payments, ({ event }) => patternOf.get(event.detail.transaction_id)!),
  };
}

/** Learns as `cdk-webhooks fit` does. The number of alerts has an effect on the scale of the points only. */
function scorecardRanking(learned: readonly ReplayedPayment[], reviewScore: number): Ranking {
  const facts = learned.map((payment) => payment.facts!);
  const isLearnedFraud = learned.map(isFraud);
  const card = scorecardOfWeights(intervalWeights(facts, isLearnedFraud), facts, reviewScore, isLearnedFraud.filter(Boolean).length);
  return (payment) => totalPoints(card, payment.facts!);
}

/** The payments and labels that were known when the month began. */
function withoutLaterLabel(payment: ReplayedPayment, monthStart: string): ReplayedPayment {
  const { labeledAt } = payment.event;
  return labeledAt !== undefined && labeledAt > monthStart ? { ...payment, event: { ...payment.event, label: undefined } } : payment;
}

interface Rankings {
  readonly amount: Ranking;
  readonly regression: Ranking;
  readonly scorecard: Ranking;
}

function resultOf(assessed: readonly ReplayedPayment[], ruleSet: number, { amount, regression, scorecard }: Rankings): RuleSetResult {
  const findings = findingsOf(assessed, assessed.map(({ outcomes }) => outcomes[ruleSet].verdict));
  return {
    assessed: assessed.length,
    assessedFraud: assessed.filter(isFraud).length,
    ...findings,
    withOperator: findingsOf(assessed, verdictsWithOperator(assessed, ruleSet)),
    caughtByAmount: caughtBy(assessed, amount, findings.alerts),
    caughtByRegression: caughtBy(assessed, regression, findings.alerts),
    caughtByScorecard: caughtBy(assessed, scorecard, findings.alerts),
  };
}

function findingsOf(payments: readonly ReplayedPayment[], verdicts: readonly Verdict[]): Findings {
  const count = (isCounted: (verdict: Verdict, payment: ReplayedPayment) => boolean) => payments
    .filter((payment, index) => isCounted(verdicts[index], payment)).length;
  return {
    alerts: count((verdict) => verdict !== 'approve'),
    caught: count((verdict, payment) => verdict !== 'approve' && isFraud(payment)),
    blockedFraud: count((verdict, payment) => verdict === 'block' && isFraud(payment)),
  };
}

/** Rounded, because payments with the same score count with their average. */
function caughtBy(payments: readonly ReplayedPayment[], ranking: Ranking, alerts: number): number {
  const curve = alertCurve(payments.map((payment) => ({ score: ranking(payment), isFraud: isFraud(payment) })));
  return Math.round(10 * caughtWith(curve, alerts)) / 10;
}

function patternsOf(payments: readonly ReplayedPayment[], patternOf: (payment: ReplayedPayment) => string): MonthResult['patterns'] {
  const patterns: Record<string, [number, number, number]> = {};
  for (const payment of payments.filter(isFraud)) {
    const counts = patterns[patternOf(payment)] ??= [0, 0, 0];
    counts[0] += 1;
    counts[1] += Number(payment.assessed);
    counts[2] += Number(payment.assessed && payment.outcomes[AFTER].verdict !== 'approve');
  }
  return Object.fromEntries(Object.entries(patterns).sort(([one], [other]) => (one < other ? -1 : 1)));
}
