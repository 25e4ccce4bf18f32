import { DISPUTED } from './dispute';
import { Attr } from '../../../src/private/contract';
import type { StoredItem } from '../../aws/stored-item';
import type { StreamChange } from '../../aws/stream-change';
import { canBeLabeled } from '../../labels/labeled-event';

/** Nobody disputes a payment within this time. Payments that arrive faster need no look for an earlier dispute. */
const LATE_MILLIS = 3_600_000;

/**
 * The event that a change stores late, so that a dispute of its payment can be stored already: its webhook was lost or
 * retried, or it was fetched. Without a signed time, nobody can say how late it is.
 */
export function latePaymentOf({ eventName, newImage }: Pick<StreamChange, 'eventName' | 'newImage'>): StoredItem | undefined {
  if (eventName !== 'INSERT' || newImage === undefined || !canBeLabeled(newImage) || newImage[Attr.KIND]?.S === DISPUTED) {
    return undefined;
  }
  const millis = Date.parse(newImage[Attr.RECEIVED_AT]?.S ?? '') - Date.parse(newImage[Attr.EVENT_TIME]?.S ?? '');
  return millis > LATE_MILLIS ? newImage : undefined;
}
