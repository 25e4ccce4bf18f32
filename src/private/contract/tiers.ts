/** Thresholds in major units: high > `high`, medium within both, low < `medium`. */
export interface TierThresholds {
  readonly medium: number;
  readonly high: number;
}

/** The common thresholds, and those of single currencies, grouped because an environment is limited to 4 KB. */
export interface TierConfig extends TierThresholds {
  readonly groups?: readonly CurrencyGroup[];
}

export interface CurrencyGroup extends TierThresholds {
  readonly currencies: readonly string[];
}

export type Tier = 'high' | 'medium' | 'low';
