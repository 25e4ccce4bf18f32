import { handbookMonth, HANDBOOK_START } from './handbook-month';
import type { Difficulty, MonthGenerator } from './labeled-event';
import { marketplaceMonth } from './marketplace-month';
import { PAST } from './marketplace-shop';
import { MONTH_START } from './wholesale-ledger';
import { wholesaleMonth } from './wholesale-month';
import type { TierConfig } from '../../src/private/contract';

/** A simulated shop. */
export interface ShopDesign {
  readonly name: string;
  readonly generate: MonthGenerator;
  /** The start of the first month. */
  readonly start: number;
  /** Thresholds with which about 5 % of the payments are of the high tier. */
  readonly tiers: TierConfig;
  readonly difficulties: { readonly [name: string]: Difficulty };
}

const DIFFICULTIES = {
  /** Fraudsters who hurry, and few honest customers with unusual payments. */
  plain: { leastBoldness: 0.85, oddities: 0.25 },
  /** Fraudsters of every kind, including those who blend in, and all unusual payments of honest customers. */
  hard: { leastBoldness: 0, oddities: 1 },
} as const satisfies ShopDesign['difficulties'];

const TIERS: TierConfig = { medium: 1_000, high: 10_000 };

export const SHOP_DESIGNS: readonly ShopDesign[] = [
  { name: 'marketplace', generate: marketplaceMonth, start: PAST.end, tiers: TIERS, difficulties: DIFFICULTIES },
  { name: 'wholesaler', generate: wholesaleMonth, start: MONTH_START, tiers: TIERS, difficulties: DIFFICULTIES },
  // Its description has one difficulty.
  { name: 'handbook', generate: handbookMonth, start: HANDBOOK_START, tiers: { medium: 90, high: 133 }, difficulties: { published: DIFFICULTIES.hard } },
];
