import { defineRule } from './rule';
import type { CountryMismatchConfig } from '../../../src/private/contract';

/** Fires when the customer's and the card's country are both known and differ. */
export const countryMismatch = defineRule({
  label: 'Country mismatch',
  applies: "the customer's country and the card's are known and differ",
  reads: 'the transaction',
  needs: [],
  evaluate(_rule: CountryMismatchConfig, { detail: { country, card_country: cardCountry } }) {
    return country !== undefined && cardCountry !== undefined && country.toUpperCase() !== cardCountry.toUpperCase()
      ? `country ${country} differs from the card's country ${cardCountry}`
      : undefined;
  },
});
