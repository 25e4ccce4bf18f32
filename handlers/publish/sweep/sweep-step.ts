import { Attr, SWEEP_AFTER_MINUTES, SWEEP_GIVE_UP_HOURS, type TierConfig, type TransactionDetail } from '../../../src/private/contract';
import type { DeadLetter } from '../../aws/dead-letter';
import { isTransaction, verdictOf, type StoredItem } from '../../aws/stored-item';
import { tierOf } from '../../domain/tier';
import { toTransactionDetail } from '../detail';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/**
 * What the sweep does with an open transaction. `seen` is the time that stood
 * in `sweep_at` when it was decided: every write is conditional on it, so that
 * of two sweeps one acts.
 */
export type SweepStep =
  /** Not due any more, or a workflow is at it right now. */
  | { readonly step: 'skip' }
  /** Is done, or needs no workflow any more. */
  | { readonly step: 'close'; readonly seen: string }
  | { readonly step: 'set-aside'; readonly seen: string; readonly letter: DeadLetter }
  | { readonly step: 'publish'; readonly seen: string; readonly next: string; readonly detail: TransactionDetail };

/** Decides on an open transaction from its item, read consistently: the index it was found in lags. */
export function sweepStep(item: StoredItem, tiers: TierConfig, now: number): SweepStep {
  const seen = item[Attr.SWEEP_AT]?.S;
  if (seen === undefined || seen > iso(now)) {
    return { step: 'skip' };
  }
  // Left open it would come again each minute, in the place of a transaction.
  if (!isTransaction(item)) {
    return { step: 'set-aside', seen, letter: letter(item, 'an open item is not a transaction') };
  }
  // A verdict is not enough: people must have heard of it too.
  if (item[Attr.CLOSED_AT]) {
    return { step: 'close', seen };
  }
  const claimedAt = item[Attr.CLAIMED_AT]?.S;
  if (claimedAt !== undefined && claimedAt >= deadClaimsBefore(now)) {
    return { step: 'skip' };
  }
  try {
    return stepFor(item, toTransactionDetail(item, tiers), { seen, tiers, now });
  } catch (error) {
    return { step: 'set-aside', seen, letter: letter(item, String(error)) };
  }
}

/** A claim from before this time belongs to a dead execution: the workflow's time-outs sum to under 4 minutes. */
export function deadClaimsBefore(now: number): string {
  return iso(now - SWEEP_AFTER_MINUTES * MINUTE);
}

interface Look {
  readonly seen: string;
  readonly tiers: TierConfig;
  readonly now: number;
}

function stepFor(item: StoredItem, detail: TransactionDetail, { seen, tiers, now }: Look): SweepStep {
  // Thresholds may have changed since: the rule on the bus would not hand it to the workflow.
  if (!detail.routed || detail.amount === undefined || tierOf(detail.amount, detail.currency, tiers) !== 'high') {
    return isAlarming(item)
      ? { step: 'set-aside', seen, letter: { ...letter(item, 'a verdict that was not announced, of a transaction that is not high any more'), event: detail } }
      : { step: 'close', seen };
  }
  const giveUpAt = Date.parse(detail.received_at) + SWEEP_GIVE_UP_HOURS * HOUR;
  if (now >= giveUpAt) {
    return { step: 'set-aside', seen, letter: { ...letter(item, `not assessed and announced within ${SWEEP_GIVE_UP_HOURS} hours`), event: detail } };
  }
  const sweeps = Number(item[Attr.SWEEPS]?.N ?? 0);
  // The last look is the one that gives up.
  const next = Math.min(now + SWEEP_AFTER_MINUTES * MINUTE * 2 ** (sweeps + 1), giveUpAt);
  return { step: 'publish', seen, next: iso(next), detail };
}

/** Whether people have to hear of a verdict that stands. */
function isAlarming(item: StoredItem): boolean {
  return item[Attr.VERDICT] !== undefined && verdictOf(item) !== 'approve';
}

function letter(item: StoredItem, error: string): DeadLetter {
  return {
    origin: 'sweep',
    error,
    keys: { [Attr.TRANSACTION_ID]: item[Attr.TRANSACTION_ID], [Attr.TIMESTAMP]: item[Attr.TIMESTAMP] },
  };
}

function iso(millis: number): string {
  return new Date(millis).toISOString();
}
