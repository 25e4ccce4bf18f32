import { amountStep } from './amount-counts';
import { isPayment } from './rule-amounts';
import { presentEvent } from './rule-context';
import type { TransactionDetail } from '../../../src/private/contract';

/**
 * The step that an assessed transaction adds to the counts of amounts; undefined
 * if it adds nothing. Only payments of the high tier count, because others are
 * assessed only if something about them is suspicious.
 */
export function countedStep(detail: TransactionDetail): number | undefined {
  const { tier, amount = 0 } = detail;
  return tier === 'high' && amount > 0 && isPayment(presentEvent(detail)) ? amountStep(amount) : undefined;
}
