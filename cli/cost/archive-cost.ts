import type { Deployment, Transition } from './priced-deployment';
import { chargesOf, costOf, PRICES, type BilledQuantity } from './prices';
import { DAYS } from './workload';

const GB = 1e9;
const KB = 1024;
/** The bytes that Glacier adds to each object, in its own class and in Standard (https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html). */
const GLACIER_OVERHEAD = { glacier: 32 * KB, standard: 8 * KB };

const TRANSITION_PRICES = { STANDARD_IA: PRICES.infrequentTransition, GLACIER: PRICES.glacierTransition };

/** The transitions of an object, by its size. */
function transitionsOf(bytes: number, { transitions }: Deployment['archive']): readonly Transition[] {
  return transitions.filter(({ minimumBytes }) => bytes >= minimumBytes);
}

/** The transitions of a number of objects of the same size. */
export function transitionCharges(objects: number, bytes: number, archive: Deployment['archive']): BilledQuantity[] {
  return transitionsOf(bytes, archive).map(({ storageClass }) => ({ quantity: objects, price: TRANSITION_PRICES[storageClass] }));
}

/** The cost of the transitions of one object. */
export function objectTransitionCost(bytes: number, archive: Deployment['archive']): number {
  return chargesOf(transitionCharges(1, bytes, archive));
}

/**
 * The storage cost in the last of a number of months, if each month adds an
 * object. An expired object remains as a noncurrent version for a while.
 */
export function objectStorageCost(bytes: number, archive: Deployment['archive'], months: number): number {
  const stages = [{ storageClass: 'STANDARD' as const, afterDays: 0 }, ...transitionsOf(bytes, archive)];
  return stages.reduce((total, { storageClass, afterDays }, position) => {
    const until = Math.min(stages[position + 1]?.afterDays ?? archive.expireDays + archive.noncurrentDays, months * DAYS);
    return total + Math.max(0, until - afterDays) / DAYS * monthlyCost(bytes, storageClass);
  }, 0);
}

function monthlyCost(bytes: number, storageClass: 'STANDARD' | Transition['storageClass']): number {
  switch (storageClass) {
    case 'STANDARD':
      return costOf(bytes / GB, PRICES.standardStorage);
    case 'STANDARD_IA':
      return costOf(bytes / GB, PRICES.infrequentStorage);
    case 'GLACIER':
      return costOf((bytes + GLACIER_OVERHEAD.glacier) / GB, PRICES.glacierStorage) + costOf(GLACIER_OVERHEAD.standard / GB, PRICES.standardStorage);
  }
}
