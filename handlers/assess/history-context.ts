import type { HistoryName } from './history-partitions';
import { firstSeenIn } from './rules/history-bounds';
import type { Loadable, PastEvent } from './rules/rule-context';
import { Attr, DECLINED_PREFIX, LABELS, NEVER_A_MOVEMENT } from '../../src/private/contract';
import { kindOf, moneyOf, optionalText, requiredText, type StoredItem } from '../aws/stored-item';

/** The stored events of each history that was read, newest first, at most `HISTORY_LIMIT`. */
export type HistoryPages = { readonly [name in HistoryName]?: readonly StoredItem[] };

/**
 * The parts of the context from stored events. Unreadable events are reported and
 * skipped, because they would otherwise stop every assessment of the customer.
 */
export function historyContext(
  { history = [], declines = [], cardEvents = [], emailEvents = [] }: HistoryPages, onUnreadable: (error: unknown) => void,
): Pick<Loadable, HistoryName | 'firstSeenAt'> {
  const eventsOf = (items: readonly StoredItem[]) => items.flatMap((item) => {
    try {
      return [pastEventOf(item)];
    } catch (error) {
      onUnreadable(error);
      return [];
    }
  });
  return {
    history: eventsOf(history),
    // Also of an unreadable event, because it is a sign of a known customer too.
    firstSeenAt: firstSeenIn(history.map((item) => requiredText(item, Attr.OCCURRED_AT))),
    declines: eventsOf(declines),
    cardEvents: eventsOf(cardEvents),
    emailEvents: eventsOf(emailEvents),
  };
}

/** A stored event, or its copy in an index, in the form that rules read. */
export function pastEventOf(item: StoredItem): PastEvent {
  const money = moneyOf(item);
  const kind = kindOf(item);
  const customer = optionalText(item, Attr.CUSTOMER_KEY);
  const isDecline = customer?.startsWith(DECLINED_PREFIX) ?? false;
  const label = optionalText(item, Attr.LABEL);
  return {
    transactionId: requiredText(item, Attr.TRANSACTION_ID),
    occurredAt: requiredText(item, Attr.OCCURRED_AT),
    kind,
    amountMinor: money?.minor,
    exponent: money?.exponent,
    currency: optionalText(item, Attr.CURRENCY),
    customer: isDecline ? customer?.slice(DECLINED_PREFIX.length) : customer,
    country: optionalText(item, Attr.COUNTRY),
    cardCountry: optionalText(item, Attr.CARD_COUNTRY),
    cardBin: optionalText(item, Attr.CARD_BIN),
    cardFingerprint: optionalText(item, Attr.CARD_FINGERPRINT),
    emailHash: optionalText(item, Attr.EMAIL_HASH),
    label: LABELS.find((known) => known === label),
    // Other events are in no index, and a movement is never of these kinds. Without a customer, only the kind shows a decline.
    declined: isDecline || NEVER_A_MOVEMENT.includes(kind),
  };
}
