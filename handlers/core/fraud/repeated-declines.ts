import { occurredAt, windowOf, type Facts } from './subject';
import { spanText } from './time-span';
import type { RepeatedDeclinesConfig } from '../../../src/private/contract';

/** `2025-03-04T05:06:07` of `2025-03-04T05:06:07.089Z`. */
const TO_THE_SECOND = 19;

/**
 * Fires when at least `count` payments of the customer were declined within
 * the window, this one included if it is one. Several declines of one
 * transaction count each, as cards are tried out that way; what comes within
 * one second counts once, because providers tell of one decline in several
 * events (Stripe: of the charge, the intent, the checkout, the invoice).
 */
export function repeatedDeclines({ count, windowSeconds }: RepeatedDeclinesConfig, { detail, declines }: Facts): string | undefined {
  if (detail.customer_id === undefined) {
    return undefined;
  }
  const times = declines.filter(windowOf(detail, windowSeconds));
  const own = detail.kind === 'failed' ? [occurredAt(detail)] : [];
  const declined = new Set([...own, ...times].map((time) => time.slice(0, TO_THE_SECOND))).size;
  return declined >= count
    ? `${declined} declined payment${declined === 1 ? '' : 's'} of the customer within ${spanText(windowSeconds)}, at least ${count}`
    : undefined;
}
