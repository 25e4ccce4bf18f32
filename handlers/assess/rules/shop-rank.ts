import { rankOf } from './amount-counts';
import { isPayment, majorOf } from './rule-amounts';
import { presentEvent, type RuleContext } from './rule-context';

/** The minimum number of counted payments. With fewer, a rank is mostly chance. */
const MIN_COUNTED = 100;

/** The rank of a payment among the shop's payments. */
export interface ShopRank {
  /** The share of the counted payments that were smaller, from 0 to 1. */
  readonly rank: number;
  /** The number of counted payments. */
  readonly counted: number;
}

/** The rank of a payment among the counted ones in its currency; undefined for other kinds, and if too few were counted. */
export function shopRankOf({ detail, shopAmounts }: RuleContext<'shopAmounts'>): ShopRank | undefined {
  const present = presentEvent(detail);
  const amount = majorOf(present) ?? 0;
  const counted = [...shopAmounts.values()].reduce((sum, count) => sum + count, 0);
  return amount > 0 && counted >= MIN_COUNTED && isPayment(present) ? { rank: rankOf(amount, shopAmounts)!, counted } : undefined;
}
