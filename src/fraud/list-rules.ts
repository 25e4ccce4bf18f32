import type { AllowedProps, BlockedProps } from './list-rule-props';
import { validatedScore } from './rule-limits';
import type { AllowedConfig, BlockedConfig } from '../private/contract';
import { validateCardFingerprints, validateCards, validateCountries, validateCustomers, validateEmailDomains } from '../private/rule-validation';

export function blockedConfig(props: BlockedProps): BlockedConfig {
  return { rule: 'blocked', score: validatedScore(props), ...validatedLists(props) };
}

export function allowedConfig(props: AllowedProps): AllowedConfig {
  return { rule: 'allowed', score: 0, ...validatedLists(props) };
}

function validatedLists({ customers, countries, cards, cardFingerprints, emailDomains }: AllowedProps): Omit<AllowedConfig, 'rule' | 'score'> {
  validateCustomers('customers', customers);
  validateCountries('countries', countries);
  validateCards('cards', cards);
  validateCardFingerprints('cardFingerprints', cardFingerprints);
  validateEmailDomains('emailDomains', emailDomains);
  return {
    customers: sortedEntries(customers),
    countries: sortedEntries(countries),
    cards: sortedEntries(cards),
    cardFingerprints: sortedEntries(cardFingerprints),
    emailDomains: sortedEntries(emailDomains),
  };
}

/** Sorts, so that the order in the code does not change the template. */
function sortedEntries(entries?: string[]): string[] | undefined {
  return entries && [...entries].sort();
}
