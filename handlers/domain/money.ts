import { CURRENCY_EXPONENTS, EVENT_AMOUNT_DECIMALS, MAX_EVENT_AMOUNT, type Tier, type TierConfig, type TierThresholds } from '../../src/private/contract';

/** The number of decimals of a currency by ISO 4217; undefined for a code that the standard does not list. */
export function exponentOf(currency: string): number | undefined {
  return CURRENCY_EXPONENTS.get(currency);
}

/** Reads an amount of minor units, which providers send as an integer or, at times, as its digits. */
export function parseMinor(value: unknown): bigint | undefined {
  if (typeof value === 'number') {
    return Number.isSafeInteger(value) ? BigInt(value) : undefined;
  }
  return typeof value === 'string' && /^-?\d{1,30}$/.test(value) ? BigInt(value) : undefined;
}

/**
 * Parses an amount of major units without a float. A JSON number's shortest text
 * is exact up to 15 digits. Longer numbers are rejected.
 */
export function parseMajor(value: unknown, exponent: number): bigint | undefined {
  const match = /^(-?)(\d{1,30})(?:\.(\d{1,30}))?$/.exec(
    typeof value === 'number' ? String(value) : typeof value === 'string' ? value : '',
  );
  if (!match) {
    return undefined;
  }
  const [, sign, whole, decimals = ''] = match;
  const digitsBeyondCurrency = decimals.slice(exponent);
  if (/[1-9]/.test(digitsBeyondCurrency) || (typeof value === 'number' && whole.length + decimals.length > 15)) {
    return undefined;
  }
  const minor = BigInt(whole + decimals.slice(0, exponent).padEnd(exponent, '0'));
  return sign ? -minor : minor;
}

/** The decimal text of an amount, `-1234.50`. */
export function toDecimal(minor: bigint, exponent: number): string {
  const digits = absolute(minor).toString().padStart(exponent + 1, '0');
  const whole = digits.slice(0, digits.length - exponent);
  const decimals = digits.slice(digits.length - exponent);
  return `${minor < 0n ? '-' : ''}${whole}${decimals && `.${decimals}`}`;
}

/**
 * The amount that rules compare: major units, absolute, clamped, and cut to
 * the decimals that EventBridge compares. The tier is computed from the same
 * number, so that the stored tier and the rules always agree.
 */
export function eventAmount(minor: bigint, exponent: number): number {
  const [whole, decimals = ''] = toDecimal(absolute(minor), exponent).split('.');
  return Math.min(Number(`${whole}.${decimals.slice(0, EVENT_AMOUNT_DECIMALS)}`), MAX_EVENT_AMOUNT);
}

function absolute(minor: bigint): bigint {
  return minor < 0n ? -minor : minor;
}

/** `12,345.67`: a decimal number for people. */
export function withThousands(decimal: string): string {
  const [whole, decimals] = decimal.split('.');
  return [whole.replace(/\B(?=(?:\d{3})+$)/g, ','), ...decimals ? [decimals] : []].join('.');
}

/** The decimals of most currencies, and the default if no currency is given. */
const USUAL_EXPONENT = 2;

/** The currencies that a provider counts with other decimals than ISO 4217, by their codes. */
export type Exponents = Readonly<Record<string, number>>;

/** The number of decimals that a provider uses for a currency. If the currency is missing or unknown, the usual number. */
export function minorUnits(currency = '', exceptions: Exponents = {}): number {
  return (Object.hasOwn(exceptions, currency) ? exceptions[currency] : exponentOf(currency)) ?? USUAL_EXPONENT;
}

/** The thresholds of a currency: its own, or the common ones. */
export function thresholdsOf(currency: string, tiers: TierConfig): TierThresholds {
  return tiers.groups?.find(({ currencies }) => currencies.includes(currency)) ?? tiers;
}

/** The tier of an event's amount: the same comparison as the rules on the bus. */
export function tierOf(amount: number, currency: string, tiers: TierConfig): Tier {
  const { medium, high } = thresholdsOf(currency, tiers);
  if (amount > high) {
    return 'high';
  }
  return amount < medium ? 'low' : 'medium';
}
