import type { FraudRuleConfig } from '../../../src/private/contract';
import { parseMajor, toDecimal } from '../money';
import type { Subject } from './subject';

/** Finer than any currency: the limit and the amount are compared as integers of this many decimals. */
const COMMON_EXPONENT = 38;

/** Fires on an amount over the rule's, in the rule's currency if it has one. Refunds count by what they move. */
export function amountAbove(
  { amount: limit, currency: only }: Extract<FraudRuleConfig, { rule: 'amount-above' }>,
  { detail: { amount_minor: digits, exponent, currency } }: Subject,
): string | undefined {
  if (digits === undefined || exponent === undefined || (only !== undefined && only !== currency)) {
    return undefined;
  }
  const minor = BigInt(digits.replace('-', ''));
  const threshold = parseMajor(String(limit), COMMON_EXPONENT);
  if (threshold === undefined) {
    throw new RangeError(`the rule amount-above has an amount that cannot be compared exactly: ${limit}`);
  }
  return minor * 10n ** BigInt(COMMON_EXPONENT - exponent) > threshold
    ? `amount ${toDecimal(minor, exponent)} ${currency} is over ${limit}`
    : undefined;
}
