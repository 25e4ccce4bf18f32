import type { BlocklistHit } from './blocklist';
import { hitsText, listHits } from './list-matches';
import { defineRule } from './rule';
import type { AllowedConfig, TransactionDetail } from '../../../src/private/contract';

/** Matches like `blocked`, except for countries. `weighFindings` decides the effect of a match on the other rules. */
export const allowed = defineRule({
  label: 'Allowed',
  applies: 'one of the values of `blocked` is on a list of the stack or on the [allowlist in the table](#the-allowlist); the other rules '
    + 'then do not count, unless an entry of `blocked` matches too. A country matches only if each known country of the payment is listed',
  reads: 'the lists',
  needs: ['allowed'],
  evaluate(rule: AllowedConfig, { detail, allowed: found }) {
    const matches = hitsText(withCompleteCountries(listHits(rule, detail, found), detail));
    return matches && `allowed ${matches}`;
  },
});

/** The buyer states the country of the customer. With a stolen card of another country, it must not turn the rules off. */
function withCompleteCountries(hits: readonly BlocklistHit[], { country, card_country: cardCountry }: TransactionDetail): readonly BlocklistHit[] {
  const isListed = (known: string | undefined) => (
    known === undefined || hits.some(({ kind, value }) => kind === 'country' && value.toUpperCase() === known.toUpperCase())
  );
  return isListed(country) && isListed(cardCountry) ? hits : hits.filter(({ kind }) => kind !== 'country');
}
