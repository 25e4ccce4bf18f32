import { customerMonths } from './customer-months';
import type { ReplayedPayment } from './replayed-payments';
import { EVENT_AMOUNT_DECIMALS, type Tier } from '../../src/private/contract';

const TIERS_IN_ORDER: readonly Tier[] = ['high', 'medium', 'low'];

/** Sums of money in major units, by currency. */
export type MoneySums = { readonly [currency: string]: number };

/** How well the verdicts of a rule set distinguish fraud from honest payments. A share is `undefined` if its total is zero. */
export interface VerdictMeasures {
  readonly payments: number;
  readonly fraud: number;
  readonly assessed: number;
  readonly assessedFraud: number;
  /** Payments that are reviewed or blocked. */
  readonly alerts: number;
  /** Fraud among the alerts. */
  readonly caught: number;
  readonly blocked: number;
  readonly blockedFraud: number;
  /** The share of fraud among the alerts. */
  readonly precision?: number;
  /** The share of the assessed fraud that is alerted. */
  readonly recall?: number;
  /** The share of all fraud that is alerted, with the fraud that is not assessed. */
  readonly recallOfAll?: number;
  /** The share of the assessed honest payments that is alerted. */
  readonly falsePositiveRate?: number;
  /** Alerts about honest payments for 1,000 customers with an honest payment in a month of 30 days. */
  readonly falseAlertsPer1000?: number;
  /** The fraud that is alerted. */
  readonly moneyCaught: MoneySums;
  /** The fraud that is blocked. */
  readonly moneyStopped: MoneySums;
  readonly moneyOfFraud: MoneySums;
}

/** The same measures for each tier with payments. */
export type TierMeasures = { readonly [tier in Tier]?: VerdictMeasures };

/** The effect of one rule of a set. */
export interface RuleMeasures {
  /** The place of the rule in the set. */
  readonly place: number;
  /** Fraud and honest payments that it fired on. */
  readonly fraud: number;
  readonly honest: number;
  /** Those of them that would be approved without the rule. */
  readonly fraudOnlyByIt: number;
  readonly honestOnlyByIt: number;
}

/** Measures the verdicts of the rule set with a place in the outcomes. */
export function measuresOf(payments: readonly ReplayedPayment[], ruleSet: number): VerdictMeasures {
  const fraud = payments.filter(isFraud);
  const assessed = payments.filter((payment) => payment.assessed);
  const assessedFraud = assessed.filter(isFraud);
  const alerts = assessed.filter(({ outcomes }) => outcomes[ruleSet].verdict !== 'approve');
  const caught = alerts.filter(isFraud);
  const blocked = alerts.filter(({ outcomes }) => outcomes[ruleSet].verdict === 'block');
  const blockedFraud = blocked.filter(isFraud);
  const falseAlerts = alerts.length - caught.length;
  const months = customerMonths(payments.filter((payment) => !isFraud(payment)).map(({ event }) => event.detail));
  return {
    payments: payments.length,
    fraud: fraud.length,
    assessed: assessed.length,
    assessedFraud: assessedFraud.length,
    alerts: alerts.length,
    caught: caught.length,
    blocked: blocked.length,
    blockedFraud: blockedFraud.length,
    precision: shareOf(caught.length, alerts.length),
    recall: shareOf(caught.length, assessedFraud.length),
    recallOfAll: shareOf(caught.length, fraud.length),
    falsePositiveRate: shareOf(falseAlerts, assessed.length - assessedFraud.length),
    falseAlertsPer1000: shareOf(1_000 * falseAlerts, months),
    moneyCaught: moneySumsOf(caught),
    moneyStopped: moneySumsOf(blockedFraud),
    moneyOfFraud: moneySumsOf(fraud),
  };
}

/** Measures each tier with payments. */
export function measuresByTier(payments: readonly ReplayedPayment[], ruleSet: number): TierMeasures {
  return Object.fromEntries(TIERS_IN_ORDER.flatMap((tier) => {
    const ofTier = payments.filter((payment) => payment.tier === tier);
    return ofTier.length > 0 ? [[tier, measuresOf(ofTier, ruleSet)]] : [];
  }));
}

/** Measures each rule of a set with a number of rules. */
export function measuresByRule(payments: readonly ReplayedPayment[], ruleSet: number, rules: number): RuleMeasures[] {
  const assessed = payments.filter((payment) => payment.assessed);
  return [...Array(rules).keys()].map((place) => {
    const fired = assessed.filter(({ outcomes }) => outcomes[ruleSet].fired.includes(place));
    const decided = fired.filter(({ outcomes }) => outcomes[ruleSet].decisive.includes(place));
    const fraud = fired.filter(isFraud).length;
    const fraudOnlyByIt = decided.filter(isFraud).length;
    return { place, fraud, honest: fired.length - fraud, fraudOnlyByIt, honestOnlyByIt: decided.length - fraudOnlyByIt };
  });
}

/** Whether a payment is labeled as fraud. One without a label counts as honest. */
export function isFraud({ event }: Pick<ReplayedPayment, 'event'>): boolean {
  return event.label === 'fraud';
}

function shareOf(part: number, whole: number): number | undefined {
  return whole === 0 ? undefined : part / whole;
}

/** Only payments with an amount are replayed. */
function moneySumsOf(payments: readonly ReplayedPayment[]): MoneySums {
  const sums: Record<string, number> = {};
  payments.forEach(({ event: { detail: { amount, currency } } }) => {
    sums[currency] = (sums[currency] ?? 0) + amount!;
  });
  // Sums of binary fractions have more decimals than any amount.
  return Object.fromEntries(Object.entries(sums).map(([currency, sum]) => [currency, Number(sum.toFixed(EVENT_AMOUNT_DECIMALS))]));
}
