import { setImmediate as nextTurn } from 'node:timers/promises';
import { EventHistory } from './event-history';
import { sortedByReceipt, type PaymentEvent } from './history/payment-event';
import { RuleEvaluation, type RuleOutcome } from './rule-evaluation';
import { factsOf } from '../../handlers/assess/facts/facts';
import { isPayment } from '../../handlers/assess/rules/rule-amounts';
import { presentEvent, type FactValues, type LoadedContext } from '../../handlers/assess/rules/rule-context';
import { declinesWithin } from '../../handlers/assess/rules/subject-declines';
import { tierOf } from '../../handlers/domain/money';
import type { AssessmentScopeConfig, FraudConfig, Tier, TierConfig, TransactionDetail } from '../../src/private/contract';

/** How payments are replayed. */
export interface ReplaySettings {
  readonly tiers: TierConfig;
  /** The payments below the high tier that are assessed too. Default: none. */
  readonly scope?: AssessmentScopeConfig;
  /** The rule sets to apply to each assessed payment. */
  readonly ruleSets: readonly FraudConfig[];
  /** The payments whose facts are computed. */
  readonly factsOf: 'none' | 'assessed' | 'all';
  /** Payments that were received before this time are in the history only. Default: every payment is in the result. */
  readonly from?: string;
}

/** A payment, with the facts that were known at its receipt. */
export interface ReplayedPayment {
  readonly event: PaymentEvent;
  readonly tier: Tier;
  /** Whether the system assesses it. */
  readonly assessed: boolean;
  /** For each rule set. Empty if the payment is not assessed. */
  readonly outcomes: readonly RuleOutcome[];
  readonly facts?: FactValues;
}

/** How often a replay can be interrupted and reports its progress, in events. */
const STEP = 1_000;

/**
 * Replays events in the order of their receipt. Each payment is assessed with the data that the fraud detector would have read at
 * that time. Refunds, disputes, payouts and declined payments are in the history only. The result has the payments in that order.
 */
export function replayPayments(events: readonly PaymentEvent[], settings: ReplaySettings): ReplayedPayment[] {
  const steps = replaySteps(events, settings);
  for (;;) {
    const { done, value } = steps.next();
    if (done) {
      return value;
    }
  }
}

/** The same, and gives signals of the process their turn. Otherwise Ctrl-C would have no effect until the end of a long replay. */
export async function replayUnlessInterrupted(
  events: readonly PaymentEvent[], settings: ReplaySettings, signal: AbortSignal, onProgress: (done: number) => void,
): Promise<ReplayedPayment[]> {
  const steps = replaySteps(events, settings);
  for (;;) {
    const { done, value } = steps.next();
    if (done) {
      return value;
    }
    onProgress(value);
    await nextTurn();
    signal.throwIfAborted();
  }
}

/** Yields the number of replayed events from time to time. */
function* replaySteps(
  events: readonly PaymentEvent[], { tiers, scope, ruleSets, factsOf: wanted, from = '' }: ReplaySettings,
): Generator<number, ReplayedPayment[]> {
  const history = new EventHistory();
  const evaluations = ruleSets.map((rules) => new RuleEvaluation(rules));
  const payments: ReplayedPayment[] = [];
  const paymentOf = (event: PaymentEvent, detail: TransactionDetail, tier: Tier): ReplayedPayment => {
    const context = history.contextFor(detail, tiers);
    const assessed = tier === 'high' || isInScope(context, scope);
    const facts = wanted === 'all' || (wanted === 'assessed' && assessed) ? factsOf(context) : undefined;
    const outcomes = assessed ? evaluations.map((evaluation) => evaluation.outcomeOf(context)) : [];
    return { event, tier, assessed, outcomes, facts };
  };
  for (const [index, event] of sortedByReceipt(events).entries()) {
    const { detail, declined } = event;
    history.add(event);
    if (!declined && detail.amount !== undefined && isPayment(presentEvent(detail))) {
      const tier = tierOf(detail.amount, detail.currency, tiers);
      const tiered = { ...detail, tier };
      if (detail.received_at >= from) {
        payments.push(paymentOf(event, tiered, tier));
      }
      history.amounts.add(tiered);
    }
    if ((index + 1) % STEP === 0) {
      yield index + 1;
    }
  }
  return payments;
}

/** Whether the payment is assessed because of earlier declines of the customer or of the card. */
function isInScope(context: LoadedContext, scope: AssessmentScopeConfig | undefined): boolean {
  return scope?.below === 'all' || (scope?.below === 'suspicious'
    && (['customer', 'card'] as const).some((subject) => (declinesWithin(context, subject, scope.windowSeconds) ?? 0) >= scope.declines));
}
