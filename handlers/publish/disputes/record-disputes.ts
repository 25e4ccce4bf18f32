import { DISPUTED, disputeOf, type Dispute } from './dispute';
import { disputedCards, type DisputedCard } from './disputed-cards';
import { latePaymentOf } from './late-payment';
import { Attr, DISPUTE_AUTHOR } from '../../../src/private/contract';
import { requiredText, type StoredItem } from '../../aws/stored-item';
import type { StreamChange } from '../../aws/stream-change';
import { errorName, log } from '../../aws/telemetry';
import { idForLog } from '../../domain/identifier';
import { canBeLabeled } from '../../labels/labeled-event';

/** The minimum remaining time for recording another dispute. Events that were published would otherwise be published again. */
const RESERVE_MILLIS = 30_000;
/** One dispute labels at most this many events, because the events of other payments wait for it. */
const MAX_LABELED = 100;
/** DynamoDB rejects such a write each time, for example because the item would become too large. */
const NON_RETRYABLE = 'ValidationException';

/** The reads and writes that recording a dispute needs. Each write can be repeated. */
export interface DisputePorts {
  /** The newest events of a payment, newest first. */
  readonly eventsOf: (transactionId: string) => Promise<readonly StoredItem[]>;
  /** Labels an event as fraud. Returns false if it already has a label. */
  readonly label: (event: StoredItem, dispute: Dispute) => Promise<boolean>;
  /** Adds a card to the blocklist. Returns false if the list has a longer entry, or one of an operator. */
  readonly block: (card: DisputedCard) => Promise<boolean>;
  /** The time that a card stays on the blocklist. If it is not set, no card is added. */
  readonly blockSeconds?: number;
  /** The time until the function is ended. */
  readonly remainingMillis: () => number;
}

/** The number of changes, from the first one, whose disputes are recorded, and why the next one is not. */
export interface RecordedDisputes {
  readonly done: number;
  readonly error?: string;
}

/** Records the disputes of a batch, in order, until one fails or the time is used up. A retry skips what is recorded. */
export async function recordDisputes(changes: readonly StreamChange[], ports: DisputePorts): Promise<RecordedDisputes> {
  for (const [index, change] of changes.entries()) {
    const dispute = disputeOf(change);
    const latePayment = latePaymentOf(change);
    if ((dispute ?? latePayment) !== undefined && ports.remainingMillis() < RESERVE_MILLIS) {
      return { done: index, error: 'OutOfTime' };
    }
    try {
      await (dispute && recordDispute(dispute, await ports.eventsOf(dispute.transactionId), ports));
      await (latePayment && recordEarlierDispute(latePayment, ports));
    } catch (error) {
      return { done: index, error: errorName(error) };
    }
  }
  return { done: changes.length };
}

/**
* Records the dispute of a payment that is stored after it. If a person changed the label of the dispute, that decision is
 * about the payment too, and nothing is recorded.
 */
async function recordEarlierDispute(payment: StoredItem, ports: DisputePorts): Promise<void> {
  const transactionId = requiredText(payment, Attr.TRANSACTION_ID);
  const events = await ports.eventsOf(transactionId);
  const labeled = events.find((event) => event[Attr.KIND]?.S === DISPUTED && event[Attr.LABELED_BY]?.S === DISPUTE_AUTHOR);
  await (labeled && recordDispute({ transactionId, receivedAt: requiredText(labeled, Attr.LABELED_AT) }, events, ports));
}

/**
 * Labels the money movements and the declined payments of a disputed transaction as fraud, and the dispute too. If the dispute
 * is stored before its payment, or has its own id at the provider, only the dispute is labeled.
 */
async function recordDispute(dispute: Dispute, events: readonly StoredItem[], { label, block, blockSeconds }: DisputePorts): Promise<void> {
  const fields = { transactionId: idForLog(dispute.transactionId) };
  const unlabeled = [...events].filter((event) => canBeLabeled(event) && event[Attr.LABEL] === undefined).sort(movementsFirst);
  const labeled = await changesOf(unlabeled.slice(0, MAX_LABELED), async (event) => label(event, dispute), fields);
  const cards = blockSeconds === undefined ? [] : disputedCards(events, dispute, blockSeconds);
  const blocked = await changesOf(cards, block, fields);
  const hasPayment = events.some((event) => canBeLabeled(event) && event[Attr.KIND]?.S !== DISPUTED);
  log('INFO', hasPayment ? 'labeled disputed payment' : 'found no payment of a dispute', {
    ...fields, labeled, blocked, omitted: Math.max(0, unlabeled.length - MAX_LABELED),
  });
}

/** Stable: the newest events stay first. */
function movementsFirst(one: StoredItem, other: StoredItem): number {
  return Number(other[Attr.MONEY_MOVEMENT]?.BOOL === true) - Number(one[Attr.MONEY_MOVEMENT]?.BOOL === true);
}

/**
 * Returns the number of writes that changed something. A write that can never succeed is logged, because its retry would stop
 * every event after it.
 */
async function changesOf<T>(
  values: readonly T[], write: (value: T) => Promise<boolean>, fields: { readonly transactionId: string },
): Promise<number> {
  let changed = 0;
  for (const value of values) {
    try {
      changed += Number(await write(value));
    } catch (error) {
      if (errorName(error) !== NON_RETRYABLE) {
        throw error;
      }
      log('ERROR', 'failed to record a part of a dispute', { ...fields, result: 'failed', error: errorName(error) });
    }
  }
  return changed;
}
