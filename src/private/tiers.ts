import type { TierConfig } from './contract';
import { validateCurrency, validateThresholds } from './validation';
import type { AmountThresholds } from '../amount-thresholds';

const DEFAULT_MEDIUM = 1_000;
const DEFAULT_HIGH = 10_000;

/** Checks the thresholds and fills in the defaults. */
export function resolveThresholds(thresholds: AmountThresholds = {}): TierConfig {
  const { medium = DEFAULT_MEDIUM, high = DEFAULT_HIGH, currencies = {} } = thresholds;
  validateThresholds('thresholds', medium, high);
  for (const [code, own] of Object.entries(currencies)) {
    validateCurrency('thresholds.currencies', code);
    validateThresholds(`thresholds.currencies.${code}`, own.medium, own.high);
  }
  return Object.keys(currencies).length > 0 ? { medium, high, currencies } : { medium, high };
}
