import type { Dispute } from './dispute';
import { Attr, BLOCKLIST_PREFIX, NEVER_A_MOVEMENT, type ListKind } from '../../../src/private/contract';
import { isErased, providerOf, type StoredItem } from '../../aws/stored-item';

/** An entry of the blocklist that a dispute adds. */
export interface DisputedCard {
  /** The partition key. */
  readonly key: string;
  readonly reason: string;
  readonly createdAt: string;
  /** Unix seconds. */
  readonly expiresAt: number;
}

const KIND: ListKind = 'card-fingerprint';
/** The maximum length of an entry's reason in a verdict, in characters. */
const MAX_REASON = 100;

/**
 * The entries for the cards of a payment: one for each card that its events name. The customer is never added. The card of a
 * declined attempt is not added: it did not pay, and can be the card of another person.
 */
export function disputedCards(events: readonly StoredItem[], { transactionId, receivedAt }: Dispute, seconds: number): DisputedCard[] {
  const cards = new Set(events.filter((event) => !isErased(event) && !isDeclined(event)).flatMap((event) => {
    const [provider, fingerprint] = [providerOf(event), event[Attr.CARD_FINGERPRINT]?.S];
    return provider === undefined || fingerprint === undefined ? [] : [`${provider}:${fingerprint}`];
  }));
  return [...cards].map((card) => ({
    key: `${BLOCKLIST_PREFIX}${KIND}:${card}`,
    reason: `disputed payment ${transactionId}`.slice(0, MAX_REASON),
    createdAt: receivedAt,
    expiresAt: Math.ceil(Date.parse(receivedAt) / 1_000) + seconds,
  }));
}

function isDeclined({ [Attr.KIND]: kind }: StoredItem): boolean {
  return NEVER_A_MOVEMENT.some((each) => each === kind?.S);
}
