import type { CountryMismatchConfig } from '../../../src/private/contract';
import type { RuleContext } from '../rule-context';

/** Fires when the customer's and the card's country are both known and differ. */
export function countryMismatch(
  _rule: CountryMismatchConfig,
  { detail: { country, card_country: cardCountry } }: RuleContext,
): string | undefined {
  return country !== undefined && cardCountry !== undefined && country.toUpperCase() !== cardCountry.toUpperCase()
    ? `country ${country} differs from the card's country ${cardCountry}`
    : undefined;
}
