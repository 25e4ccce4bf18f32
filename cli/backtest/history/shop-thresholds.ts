import type { PaymentEvent } from './payment-event';
import { isPayment } from '../../../handlers/assess/rules/rule-amounts';
import { presentEvent } from '../../../handlers/assess/rules/rule-context';
import type { TierConfig } from '../../../src/private/contract';

/** The medium threshold as a share of the high one, as in a system without thresholds. */
const MEDIUM_PART = 10;

/** Thresholds that put a share of the payments in each currency in the high tier. */
export function thresholdsForShare(events: readonly PaymentEvent[], share: number): TierConfig {
  const amounts = new Map<string, number[]>();
  events.forEach(({ detail, declined }) => {
    if (!declined && detail.amount !== undefined && isPayment(presentEvent(detail))) {
      const known = amounts.get(detail.currency);
      if (known) {
        known.push(detail.amount);
      } else {
        amounts.set(detail.currency, [detail.amount]);
      }
    }
  });
  const groups = [...amounts].map(([currency, values]) => ({ currencies: [currency], ...thresholdsAbove(highAmountOf(values, share)) }));
  return { ...thresholdsAbove(Math.max(...groups.map(({ high }) => high))), groups };
}

export function thresholdsAbove(high: number): { readonly medium: number; readonly high: number } {
  return { medium: high / MEDIUM_PART, high };
}

/** The amount that at most a share of the values exceeds. */
function highAmountOf(values: readonly number[], share: number): number {
  const descending = [...values].sort((one, other) => other - one);
  return descending[Math.min(Math.floor(share * descending.length), descending.length - 1)];
}
