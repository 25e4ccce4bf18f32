import { DISPUTED, disputeOf, type Dispute } from './dispute';
import { disputedCards, type DisputedCard } from './disputed-cards';
import { Attr } from '../../../src/private/contract';
import type { StoredItem } from '../../aws/stored-item';
import type { StreamChange } from '../../aws/stream-change';
import { errorName, log } from '../../aws/telemetry';
import { idForLog } from '../../domain/identifier';
import { canBeLabeled } from '../../labels/labeled-event';

/** The reads and writes that recording a dispute needs. Each write can be repeated. */
export interface DisputePorts {
  /** The events of the disputed payment. */
  readonly eventsOf: (dispute: Dispute) => Promise<readonly StoredItem[]>;
  /** Labels an event as fraud. Returns false if it already has a label. */
  readonly label: (event: StoredItem, dispute: Dispute) => Promise<boolean>;
  /** Adds a card to the blocklist. Returns false if the list has a longer entry, or one of an operator. */
  readonly block: (card: DisputedCard) => Promise<boolean>;
  /** The time that a card stays on the blocklist. If it is not set, no card is added. */
  readonly blockSeconds?: number;
}

/** The number of changes, from the first one, whose disputes are recorded, and why the next one is not. */
export interface RecordedDisputes {
  readonly done: number;
  readonly error?: string;
}

/** Records the disputes of a batch, in order, until one fails. */
export async function recordDisputes(changes: readonly StreamChange[], ports: DisputePorts): Promise<RecordedDisputes> {
  for (const [index, change] of changes.entries()) {
    const dispute = disputeOf(change);
    try {
      await (dispute && recordDispute(dispute, ports));
    } catch (error) {
      return { done: index, error: errorName(error) };
    }
  }
  return { done: changes.length };
}

/**
 * Labels the money movements and the declined payments of a disputed transaction as fraud, and the dispute too. If the dispute
 * is stored before its payment, or has its own id at the provider, only the dispute is labeled.
 */
async function recordDispute(dispute: Dispute, { eventsOf, label, block, blockSeconds }: DisputePorts): Promise<void> {
  const events = await eventsOf(dispute);
  const labeled = await changesOf(events.filter(canBeLabeled), async (event) => label(event, dispute));
  const blocked = blockSeconds === undefined ? 0 : await changesOf(disputedCards(events, dispute, blockSeconds), block);
  const fields = { transactionId: idForLog(dispute.transactionId), labeled, blocked };
  if (events.some((event) => canBeLabeled(event) && event[Attr.KIND]?.S !== DISPUTED)) {
    log('INFO', 'labeled disputed payment', fields);
  } else {
    log('INFO', 'found no payment of a dispute', fields);
  }
}

/** Returns the number of writes that changed something. */
async function changesOf<T>(values: readonly T[], write: (value: T) => Promise<boolean>): Promise<number> {
  let changed = 0;
  for (const value of values) {
    changed += Number(await write(value));
  }
  return changed;
}
