import type { Subject } from './subject';
import type { FraudRuleConfig } from '../../../src/private/contract';

/** Fires when the customer's and the card's country are both known and differ. */
export function countryMismatch(
  _rule: Extract<FraudRuleConfig, { rule: 'country-mismatch' }>,
  { detail: { country, card_country: cardCountry } }: Subject,
): string | undefined {
  return country !== undefined && cardCountry !== undefined && country.toUpperCase() !== cardCountry.toUpperCase()
    ? `country ${country} differs from the card's country ${cardCountry}`
    : undefined;
}
