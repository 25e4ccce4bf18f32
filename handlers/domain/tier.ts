import type { Tier, TierConfig } from '../../src/private/contract';

/** The tier of an event's amount: the same comparison as the rules on the bus. */
export function tierOf(amount: number, currency: string, tiers: TierConfig): Tier {
  const { medium, high } = tiers.groups?.find(({ currencies }) => currencies.includes(currency)) ?? tiers;
  if (amount > high) {
    return 'high';
  }
  return amount < medium ? 'low' : 'medium';
}
