import type { AmountThresholds, CurrencyThresholds } from '../../props/amount-thresholds';
import type { CurrencyGroup, TierConfig } from '../contract';
import { validateCurrency, validateThresholds } from '../validation';

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
  const groups = groupAlike(currencies);
  return groups.length > 0 ? { medium, high, groups } : { medium, high };
}

/** Groups currencies with the same thresholds, in an order that does not depend on the user's. */
function groupAlike(currencies: { [code: string]: CurrencyThresholds }): CurrencyGroup[] {
  const groups = new Map<string, CurrencyGroup>();
  for (const code of Object.keys(currencies).sort()) {
    const { medium, high } = currencies[code];
    const key = `${medium}/${high}`;
    groups.set(key, { medium, high, currencies: [...groups.get(key)?.currencies ?? [], code] });
  }
  return [...groups.values()];
}
