import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { isTransaction, type StoredItem } from '../../handlers/aws/stored-item';
import { sweepPartition } from '../../handlers/domain/identifier';
import type { DetailConfig } from '../../handlers/publish/events/detail';
import { deadClaimsBefore, sweepStep } from '../../handlers/publish/sweep/sweep-step';
import { Attr } from '../../src/private/contract';

export type ReadItem = Record<string, AttributeValue>;
export type OpenItemKey = Record<typeof Attr.TRANSACTION_ID | typeof Attr.TIMESTAMP, AttributeValue>;

/** What a retry does with a transaction: a write, nothing because nothing is left to do, or nothing because it would have no effect. */
export type RetryStep =
  | { readonly step: 'write'; readonly expectedSweepAt: string; readonly partition: string; readonly deadBefore: string }
  | { readonly step: 'settled'; readonly reason: string }
  | { readonly step: 'impossible'; readonly reason: string };

export interface RetryLook {
  readonly config: DetailConfig;
  readonly now: number;
  /** Whether a transaction that was not given up becomes due now too. Otherwise it stays with the sweep. */
  readonly includesOpen: boolean;
}

/** Decides with the code of the sweep what the sweep would do with an item that is due now. */
export function retryStep(item: StoredItem | undefined, { config, now, includesOpen }: RetryLook): RetryStep {
  if (!isTransaction(item)) {
    return { step: 'impossible', reason: item ? 'the item is not a transaction' : 'the item does not exist' };
  }
  if (item[Attr.ERASED_AT] !== undefined) {
    return { step: 'impossible', reason: 'its customer was erased' };
  }
  if (item[Attr.CLOSED_AT] !== undefined) {
    return { step: 'settled', reason: 'it is closed' };
  }
  const expectedSweepAt = item[Attr.SWEEP_AT]?.S;
  if (expectedSweepAt === undefined) {
    return { step: 'impossible', reason: 'it is not open: the sweep does not process it' };
  }
  const isGivenUp = item[Attr.GIVEN_UP_AT] !== undefined;
  const claimedAt = item[Attr.CLAIMED_AT]?.S;
  const deadBefore = deadClaimsBefore(now);
  if (claimedAt !== undefined && claimedAt >= deadBefore) {
    // The sweep leaves a transaction that was given up, also if this execution fails.
    return isGivenUp
      ? { step: 'impossible', reason: 'an execution is processing it, and the sweep gave it up: try again in ten minutes' }
      : { step: 'settled', reason: 'an execution is processing it' };
  }
  if (!isGivenUp && !includesOpen) {
    return { step: 'settled', reason: 'it is with the sweep' };
  }
  const next = sweepStep(dueItem(item, now), { config, now });
  return next.step === 'give-up'
    ? { step: 'impossible', reason: `the sweep would give it up again: ${next.message.error}` }
    : { step: 'write', expectedSweepAt, partition: sweepPartition(item[Attr.TRANSACTION_ID].S!), deadBefore };
}

/** The item as the retry would leave it. */
function dueItem(item: StoredItem, now: number): StoredItem {
  const { [Attr.SWEEPS]: _sweeps, [Attr.GIVEN_UP_AT]: _givenUpAt, ...rest } = item;
  return { ...rest, [Attr.SWEEP_AT]: { S: new Date(now).toISOString() } };
}
