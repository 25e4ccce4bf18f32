import type { Subject } from './subject';
import type { FraudRuleConfig } from '../../../src/private/contract';

/** Fires when the customer's or the card's country is on the rule's list. */
export function blockedCountries(
  { countries }: Extract<FraudRuleConfig, { rule: 'blocked-countries' }>,
  { detail }: Subject,
): string | undefined {
  const listed = new Set(countries.map((country) => country.toUpperCase()));
  const hits = new Set([detail.country, detail.card_country].filter((country) => country !== undefined && listed.has(country.toUpperCase())));
  return hits.size > 0 ? `blocked country ${[...hits].join(', ')}` : undefined;
}
