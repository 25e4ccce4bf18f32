import { Attr, SWEEP_AFTER_MINUTES, SWEEP_GIVE_UP_HOURS, type TierConfig, type TransactionDetail } from '../../../src/private/contract';
import type { DlqMessage } from '../../aws/dlq-message';
import { isTransaction, verdictOf, type StoredItem } from '../../aws/stored-item';
import { tierOf } from '../../domain/money';
import { toTransactionDetail, type DetailConfig } from '../events/detail';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/**
 * The step of the sweep for an open transaction. `expectedSweepAt` is the
 * value of `sweep_at` that the decision is based on. Every write is conditional
 * on it, so that only one of two concurrent sweeps acts.
 */
export type SweepStep =
  /** No longer due, or a workflow is processing it. */
  | { readonly step: 'skip' }
  /** Done, or no longer needs a workflow. */
  | { readonly step: 'close'; readonly expectedSweepAt: string }
  | { readonly step: 'dead-letter'; readonly expectedSweepAt: string; readonly message: DlqMessage }
  | { readonly step: 'publish'; readonly expectedSweepAt: string; readonly nextSweepAt: string; readonly detail: TransactionDetail };

/** Decides on an open transaction from its item, which is read consistently because the index lags. */
export function sweepStep(item: StoredItem, config: DetailConfig, now: number): SweepStep {
  const expectedSweepAt = item[Attr.SWEEP_AT]?.S;
  if (expectedSweepAt === undefined || expectedSweepAt > iso(now)) {
    return { step: 'skip' };
  }
  // If it stayed open, each sweep would read it again instead of a transaction.
  if (!isTransaction(item)) {
    return { step: 'dead-letter', expectedSweepAt, message: dlqMessage(item, 'an open item is not a transaction') };
  }
  // A verdict is not enough, because its alert must have been sent too.
  if (item[Attr.CLOSED_AT]) {
    return { step: 'close', expectedSweepAt };
  }
  const claimedAt = item[Attr.CLAIMED_AT]?.S;
  if (claimedAt !== undefined && claimedAt >= deadClaimsBefore(now)) {
    return { step: 'skip' };
  }
  try {
    return stepFor(item, toTransactionDetail(item, config), { expectedSweepAt, tiers: config.tiers, now });
  } catch (error) {
    return { step: 'dead-letter', expectedSweepAt, message: dlqMessage(item, String(error)) };
  }
}

/** A claim from before this time belongs to a dead execution: the workflow's time-outs sum to under 4 minutes. */
export function deadClaimsBefore(now: number): string {
  return iso(now - SWEEP_AFTER_MINUTES * MINUTE);
}

interface Look {
  readonly expectedSweepAt: string;
  readonly tiers: TierConfig;
  readonly now: number;
}

function stepFor(item: StoredItem, detail: TransactionDetail, { expectedSweepAt, tiers, now }: Look): SweepStep {
  // Thresholds can have changed since then. The rule on the bus would not send it to the workflow.
  if (!detail.money_movement || detail.amount === undefined || tierOf(detail.amount, detail.currency, tiers) !== 'high') {
    return isAlarming(item)
      ? { step: 'dead-letter', expectedSweepAt, message: { ...dlqMessage(item, 'the transaction has a verdict without an alert, and is no longer high-value'), event: detail } }
      : { step: 'close', expectedSweepAt };
  }
  const giveUpAt = Date.parse(detail.received_at) + SWEEP_GIVE_UP_HOURS * HOUR;
  if (now >= giveUpAt) {
    return { step: 'dead-letter', expectedSweepAt, message: { ...dlqMessage(item, `not assessed and alerted within ${SWEEP_GIVE_UP_HOURS} hours`), event: detail } };
  }
  const sweeps = Number(item[Attr.SWEEPS]?.N ?? 0);
  // The last sweep is the one that stops retrying.
  const nextSweepAt = Math.min(now + SWEEP_AFTER_MINUTES * MINUTE * 2 ** (sweeps + 1), giveUpAt);
  return { step: 'publish', expectedSweepAt, nextSweepAt: iso(nextSweepAt), detail };
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
