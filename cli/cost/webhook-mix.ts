import type { Measurements } from './measured-sizes';
import { accessLogBytes } from './platform-logs';
import type { Deployment } from './priced-deployment';
import { SORTED_SIZES } from './sorted-sizes';
import { SHARES } from './workload';

/** The sorts of webhooks that cost differently. */
type Sort = keyof typeof SORTED_SIZES;

/** Shares of all webhooks. */
export type SortShares = Readonly<Record<Sort, number>>;

/** The shares of all sorts. If high and medium values are more than the usual share of money movements, there are no others. */
export function sharesOf({ high, medium }: { readonly high: number; readonly medium: number }): SortShares {
  const movements = Math.max(SHARES.moneyMovements, high + medium);
  return { high, medium, low: movements - high - medium, other: 1 - movements };
}

/**
 * The averages of a mix of webhooks in a deployment. `npx projen cost` measured each sort in the smallest system. What
 * differs between deployments is computed: the access log.
 */
export function measurementsOf(shares: SortShares, { accessLogFormat }: Pick<Deployment, 'accessLogFormat'>): Measurements {
  const sorts = Object.entries(shares) as [Sort, number][];
  const mean = (valueOf: (measured: Measurements) => number) => sorts.reduce((sum, [sort, share]) => sum + share * valueOf(SORTED_SIZES[sort]), 0);
  const numbers = Object.fromEntries(Object.entries(SORTED_SIZES.high).filter(([, value]) => typeof value === 'number').map(([name]) => (
    [name, mean((measured) => measured[name as 'bodyBytes'])]
  ))) as Omit<Measurements, 'archived' | 'logBytes'>;
  return {
    ...numbers,
    archived: SORTED_SIZES.high.archived,
    logBytes: {
      'access log': accessLogBytes(accessLogFormat),
      'validator': mean(({ logBytes }) => logBytes.validator),
      'relay': mean(({ logBytes }) => logBytes.relay),
      'detector': mean(({ logBytes }) => logBytes.detector),
      'workflow': mean(({ logBytes }) => logBytes.workflow),
    },
  };
}
