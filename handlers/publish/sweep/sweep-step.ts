import { Attr, SWEEP_AFTER_MINUTES, SWEEP_ATTEMPTS, SWEEP_MAX_WAIT_MINUTES, type TransactionDetail } from '../../../src/private/contract';
import type { DlqMessage } from '../../aws/dlq-message';
import { isTransaction, verdictOf, type StoredItem } from '../../aws/stored-item';
import { inWorkflow, toTransactionDetail, type DetailConfig } from '../events/detail';

const MINUTE = 60_000;

/**
 * The step of the sweep for an open transaction. `expectedSweepAt` is the
 * value of `sweep_at` that the decision is based on. Every write is conditional
 * on it, so that only one of two concurrent sweeps acts.
 */
export type SweepStep =
  /** No longer due, or a workflow is processing it, or it was given up and this sweep is not a redrive. */
  | { readonly step: 'skip' }
  /** Done, or no longer needs a workflow. */
  | { readonly step: 'close'; readonly expectedSweepAt: string }
  /** Not a transaction. */
  | { readonly step: 'remove'; readonly expectedSweepAt: string; readonly message: DlqMessage }
  /** A transaction that needs an operator. */
  | { readonly step: 'give-up'; readonly expectedSweepAt: string; readonly message: DlqMessage }
  | {
    readonly step: 'publish';
    readonly expectedSweepAt: string;
    readonly nextSweepAt: string;
    readonly attempt: number;
    readonly detail: TransactionDetail;
  };

export interface SweepLook {
  readonly config: DetailConfig;
  readonly now: number;
  /** Whether the sweep is a redrive, which also republishes what was given up. */
  readonly all?: boolean;
}

/** Decides on an open transaction from its item, which is read consistently because the index lags. */
export function sweepStep(item: StoredItem, { config, now, all }: SweepLook): SweepStep {
  const expectedSweepAt = item[Attr.SWEEP_AT]?.S;
  const wasGivenUp = item[Attr.GIVEN_UP_AT] !== undefined;
  if (expectedSweepAt === undefined || expectedSweepAt > iso(now) || (wasGivenUp && !all)) {
    return { step: 'skip' };
  }
  // If it stayed open, each sweep would read it again instead of a transaction.
  if (!isTransaction(item)) {
    return { step: 'remove', expectedSweepAt, message: dlqMessage(item, 'an open item is not a transaction') };
  }
  // A verdict is not enough, because its alert must have been sent too.
  if (item[Attr.CLOSED_AT]) {
    return { step: 'close', expectedSweepAt };
  }
  const claimedAt = item[Attr.CLAIMED_AT]?.S;
  if (claimedAt !== undefined && claimedAt >= deadClaimsBefore(now)) {
    return { step: 'skip' };
  }
  const step = stepFor(item, { expectedSweepAt, config, now, wasGivenUp });
  // The message about it is already sent.
  return step.step === 'give-up' && wasGivenUp ? { step: 'skip' } : step;
}

/** A claim from before this time belongs to a dead execution: the workflow's time-outs sum to under 4 minutes. */
export function deadClaimsBefore(now: number): string {
  return iso(now - SWEEP_AFTER_MINUTES * MINUTE);
}

interface OpenLook {
  readonly expectedSweepAt: string;
  readonly config: DetailConfig;
  readonly now: number;
  readonly wasGivenUp: boolean;
}

function stepFor(item: StoredItem, { expectedSweepAt, config, now, wasGivenUp }: OpenLook): SweepStep {
  const giveUp = (error: string, event?: TransactionDetail): SweepStep => (
    { step: 'give-up', expectedSweepAt, message: { ...dlqMessage(item, error), ...event && { event } } }
  );
  try {
    const detail = toTransactionDetail(item, config);
    // The thresholds or the scope can have changed since then. No rule on the bus would send it to the workflow.
    if (!canBeAssessed(detail, config)) {
      return isAlarming(item)
        ? giveUp('the transaction has a verdict without an alert, and is no longer in a tier that is assessed', detail)
        : { step: 'close', expectedSweepAt };
    }
    const attempt = 1 + (wasGivenUp ? 0 : Number(item[Attr.SWEEPS]?.N ?? 0));
    return attempt > SWEEP_ATTEMPTS
      ? giveUp(`not assessed and alerted after ${SWEEP_ATTEMPTS} attempts of the sweep`, detail)
      : { step: 'publish', expectedSweepAt, nextSweepAt: iso(now + waitAfter(attempt) * MINUTE), attempt, detail: inWorkflow(detail, config) };
  } catch (error) {
    return giveUp(String(error));
  }
}

/** Below the high tier, only a transaction that was sent to the workflow is open, or one that was high-value at its receipt. */
function canBeAssessed({ money_movement: moneyMovement, tier }: TransactionDetail, { scope }: DetailConfig): boolean {
  return moneyMovement && (tier === 'high' || (tier !== undefined && scope !== undefined));
}

/** Minutes from an attempt to the next look. After the last attempt, only its execution needs time. */
function waitAfter(attempt: number): number {
  return attempt < SWEEP_ATTEMPTS ? Math.min(SWEEP_AFTER_MINUTES * 2 ** attempt, SWEEP_MAX_WAIT_MINUTES) : SWEEP_AFTER_MINUTES;
}

/** Whether a verdict needs an alert. */
function isAlarming(item: StoredItem): boolean {
  return item[Attr.VERDICT] !== undefined && verdictOf(item) !== 'approve';
}

function dlqMessage(item: StoredItem, error: string): DlqMessage {
  return {
    origin: 'sweep',
    error,
    keys: { [Attr.TRANSACTION_ID]: item[Attr.TRANSACTION_ID], [Attr.TIMESTAMP]: item[Attr.TIMESTAMP] },
  };
}

function iso(millis: number): string {
  return new Date(millis).toISOString();
}
