import { exponentOf, minorUnits, parseMajor, type Exponents } from '../handlers/domain/money';
import { NO_CURRENCY } from '../src/private/contract';

/** An amount in minor units. */
export interface MinorAmount {
  readonly minor: bigint;
  readonly exponent: number;
}

/** Throws if a code is not a currency of ISO 4217. */
export function requireCurrency(code: string): void {
  if (exponentOf(code) === undefined && code !== NO_CURRENCY) {
    throw new TypeError(`\`currency\` must be a code of ISO 4217 in upper case, such as 'EUR', got '${code}'`);
  }
}

/** The minor units of an amount. Throws if the currency has fewer decimals. */
export function majorToMinor(amount: number | string, currency: string, exponents?: Exponents): MinorAmount {
  const exponent = minorUnits(currency, exponents);
  const minor = parseMajor(amount, exponent);
  if (minor === undefined || minor < 0n) {
    throw new TypeError(`\`amount\` must be a decimal number of at least 0 with at most ${exponent} decimals, as ${currency} has, got ${JSON.stringify(amount)}`);
  }
  return { minor, exponent };
}
