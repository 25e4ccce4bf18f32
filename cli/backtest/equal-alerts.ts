import { alertCurve, caughtWith, type AlertPoint } from './alert-curve';
import type { Ranking } from './baselines';
import { isFraud } from './measures';
import type { ReplayedPayment } from './replayed-payments';

/** The fraud that one way to rank payments finds with a number of alerts. */
export interface EqualAlerts {
  readonly name: string;
  readonly curve: readonly AlertPoint[];
  /** Can be a fraction, if several payments have the same score. */
  readonly caught: number;
  readonly precision?: number;
  /** The share of the fraud among the compared payments. */
  readonly recall?: number;
}

/** Compares ways to rank payments with the same number of alerts. */
export function withEqualAlerts(payments: readonly ReplayedPayment[], rankings: ReadonlyMap<string, Ranking>, alerts: number): EqualAlerts[] {
  const fraud = payments.filter(isFraud).length;
  return [...rankings].map(([name, ranking]) => {
    const curve = alertCurve(payments.map((payment) => ({ score: ranking(payment), isFraud: isFraud(payment) })));
    const caught = caughtWith(curve, alerts);
    return { name, curve, caught, precision: alerts > 0 ? caught / alerts : undefined, recall: fraud > 0 ? caught / fraud : undefined };
  });
}

/** Ranks by the score of a rule set. A payment that is not assessed comes last. */
export function ruleSetRanking(ruleSet: number): Ranking {
  return ({ assessed, outcomes }) => (assessed ? outcomes[ruleSet].score : -1);
}
