import type { Findings, MonthResult, RuleSetResult } from './month-results';

/** The sums of several months, and their number. */
export interface ResultSum extends Omit<MonthResult, 'design' | 'difficulty' | 'seed'> {
  readonly months: number;
}

/** Adds up the results of months of one design. */
export function sumOfResults(results: readonly MonthResult[]): ResultSum {
  const sum = (valueOf: (result: MonthResult) => number) => results.reduce((total, result) => total + valueOf(result), 0);
  const patterns: Record<string, [number, number, number]> = {};
  for (const [pattern, [payments, assessed, caught]] of results.flatMap((result) => Object.entries(result.patterns))) {
    const counts = patterns[pattern] ?? [0, 0, 0];
    patterns[pattern] = [counts[0] + payments, counts[1] + assessed, counts[2] + caught];
  }
  return {
    months: results.length,
    payments: sum(({ payments }) => payments),
    fraud: sum(({ fraud }) => fraud),
    high: sum(({ high }) => high),
    honestCustomers: sum(({ honestCustomers }) => honestCustomers),
    before: sumOfRuleSet(results.map(({ before }) => before)),
    after: sumOfRuleSet(results.map(({ after }) => after)),
    caughtAtEarlierAlerts: sum(({ caughtAtEarlierAlerts }) => caughtAtEarlierAlerts),
    patterns,
  };
}

function sumOfRuleSet(results: readonly RuleSetResult[]): RuleSetResult {
  const sum = (valueOf: (result: RuleSetResult) => number) => results.reduce((total, result) => total + valueOf(result), 0);
  return {
    assessed: sum(({ assessed }) => assessed),
    assessedFraud: sum(({ assessedFraud }) => assessedFraud),
    ...sumOfFindings(results),
    withOperator: sumOfFindings(results.map(({ withOperator }) => withOperator)),
    caughtByAmount: sum(({ caughtByAmount }) => caughtByAmount),
    caughtByRegression: sum(({ caughtByRegression }) => caughtByRegression),
    caughtByScorecard: sum(({ caughtByScorecard }) => caughtByScorecard),
  };
}

function sumOfFindings(findings: readonly Findings[]): Findings {
  const sum = (valueOf: (finding: Findings) => number) => findings.reduce((total, finding) => total + valueOf(finding), 0);
  return {
    alerts: sum(({ alerts }) => alerts),
    caught: sum(({ caught }) => caught),
    blockedFraud: sum(({ blockedFraud }) => blockedFraud),
  };
}

/** The rates of a rule set. A share is NaN if its total is zero. */
export interface Rates {
  /** The share of fraud among the alerts. */
  readonly precision: number;
  /** The share of the assessed fraud that is alerted. */
  readonly recall: number;
  /** The share of all fraud that is alerted. */
  readonly recallOfAll: number;
  /** The share of the assessed honest payments that is alerted. */
  readonly falsePositiveRate: number;
  readonly falseAlertsPer1000: number;
  /** The share of all fraud that is blocked. */
  readonly blocked: number;
}

export function ratesOf(sum: ResultSum, ruleSet: 'before' | 'after'): Rates {
  const { assessed, assessedFraud, alerts, caught, blockedFraud } = sum[ruleSet];
  return {
    precision: caught / alerts,
    recall: caught / assessedFraud,
    recallOfAll: caught / sum.fraud,
    falsePositiveRate: (alerts - caught) / (assessed - assessedFraud),
    falseAlertsPer1000: 1_000 * (alerts - caught) / sum.honestCustomers,
    blocked: blockedFraud / sum.fraud,
  };
}

/** The precision for the same recall and false-positive rate, with another share of fraud among the assessed payments. */
export function precisionAt(share: number, { recall, falsePositiveRate }: Pick<Rates, 'recall' | 'falsePositiveRate'>): number {
  return recall * share / (recall * share + falsePositiveRate * (1 - share));
}
