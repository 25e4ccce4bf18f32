import { Token } from 'aws-cdk-lib';
import { CARD_BIN_DIGITS, NO_CURRENCY } from './contract';
import { validateCurrency, validateList, validateOneOf, validateUnique, validateWholeNumber } from './validation';

/** The limits of fraud rules, one function for each. Values that are known only at deployment are not checked. */

/** Whether the handlers read a number exactly: as decimal text without an exponent, with the digits that a float stores. */
function isExact(value: number): boolean {
  return /^\d+(\.\d+)?$/.test(String(value)) && String(value).replace('.', '').length <= 15;
}

export function validateAmount(prop: string, amount: number): void {
  if (!Token.isUnresolved(amount) && !isExact(amount)) {
    throw new Error(`\`${prop}\` must be 0 or from 0.000001 to below 1e15, with at most 15 digits, got: ${amount}`);
  }
}

export function validateFactor(prop: string, factor: number): void {
  if (!Token.isUnresolved(factor) && !(factor > 1 && factor <= 1_000 && isExact(factor))) {
    throw new Error(`\`${prop}\` must be above 1 and at most 1000, with at most 15 digits, got: ${factor}`);
  }
}

export function validateTimesHigh(prop: string, times: number): void {
  if (!Token.isUnresolved(times) && !(times > 0 && times <= 10_000 && isExact(times))) {
    throw new Error(`\`${prop}\` must be above 0 and at most 10000, with at most 15 digits, got: ${times}`);
  }
}

export function validateShare(prop: string, share: number): void {
  if (!Token.isUnresolved(share) && !(share >= 0 && share < 1 && isExact(share))) {
    throw new Error(`\`${prop}\` must be from 0 to below 1, with at most 15 digits, such as 0.99, got: ${share}`);
  }
}

/** One of two props that mean the same in different units. */
export function validateEither(one: string, first: unknown, other: string, second: unknown): void {
  if (first === undefined && second === undefined) {
    throw new Error(`\`${one}\` or \`${other}\` must be set, got: neither`);
  }
  if (first !== undefined && second !== undefined) {
    throw new Error(`\`${one}\` and \`${other}\` must not both be set, because the rule has one limit, got: ${String(first)} and ${String(second)}. Remove one of them.`);
  }
}

/** Payments with an unknown currency are never added up. */
export function validateSummedCurrency(prop: string, currency: string): void {
  validateCurrency(prop, currency);
  if (currency === NO_CURRENCY) {
    throw new Error(`\`${prop}\` must be a currency for adding up payments, got: '${NO_CURRENCY}', which means no currency`);
  }
}

export function validateHours(startHour: number, endHour: number): void {
  validateWholeNumber('startHour', startHour, 0, 23);
  validateWholeNumber('endHour', endHour, 0, 24);
  if (![startHour, endHour].some(Token.isUnresolved) && (endHour - startHour) % 24 === 0) {
    throw new Error(`\`endHour\` must be another hour of the day than \`startHour\` (${startHour}), because a whole day has no time outside, got: ${endHour}`);
  }
}

export function validateTimeZone(prop: string, zone: string | undefined): void {
  try {
    if (!Token.isUnresolved(zone)) {
      // Without a zone, the format would use that of the machine.
      new Intl.DateTimeFormat('en-US', { timeZone: zone ?? '' });
    }
  } catch {
    throw new Error(`\`${prop}\` must be the IANA name of a time zone such as Europe/Berlin, got: ${zone === undefined ? 'nothing' : `'${zone}'`}`);
  }
}

/** Customers, in the format of the table. */
export function validateCustomers(prop: string, customers?: readonly string[]): void {
  validateEntries(
    prop, customers, /^[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?:\S(.*\S)?$/, 'customers as `<provider>:<customer id>` such as stripe:cus_123',
  );
}

export function validateCountries(prop: string, countries?: readonly string[]): void {
  validateEntries(prop, countries, /^[A-Z]{2}$/, 'ISO 3166 codes of two capital letters such as DE');
}

/** The first digits of card numbers: too few to identify a holder. */
export function validateCards(prop: string, cards?: readonly string[]): void {
  const { least, most } = CARD_BIN_DIGITS;
  validateEntries(prop, cards, new RegExp(`^\\d{${least},${most}}$`), `the first ${least} to ${most} digits of card numbers such as 411111`);
}

export function validateCardFingerprints(prop: string, cards?: readonly string[]): void {
  validateEntries(
    prop, cards, /^[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?:\S(.*\S)?$/, 'cards as `<provider>:<fingerprint>` such as stripe:fp_4711',
  );
}

export function validateEmailDomains(prop: string, domains?: readonly string[]): void {
  validateEntries(
    prop, domains, /^([\p{Ll}\p{Lo}\p{M}\p{N}-]{1,63}\.)+[\p{Ll}\p{Lo}\p{M}\p{N}-]{2,63}$/u,
    'domains of email addresses, in lower case, such as example.com',
  );
}

/** An empty list is probably a mistake: a rule with it would never apply. */
function validateEntries(prop: string, entries: readonly string[] | undefined, form: RegExp, what: string): void {
  if (entries === undefined || Token.isUnresolved(entries)) {
    return;
  }
  validateList(prop, entries);
  if (entries.length === 0) {
    throw new Error(`\`${prop}\` must contain at least one entry, got an empty list. Leave it out instead.`);
  }
  const malformed = entries.find((entry) => !Token.isUnresolved(entry) && !form.test(entry));
  if (malformed !== undefined) {
    throw new Error(`\`${prop}\` must contain ${what}, got: '${malformed}'`);
  }
  validateUnique(prop, entries);
}

/** A list of members of an enum. Callers in plain JavaScript have no compiler that checks them. */
export function validateChoices(prop: string, choices: readonly string[], allowed: readonly string[]): void {
  validateList(prop, choices);
  if (choices.length === 0) {
    throw new Error(`\`${prop}\` must contain at least one of ${allowed.join(', ')}, got an empty list`);
  }
  choices.forEach((choice) => validateOneOf(prop, choice, allowed));
  validateUnique(prop, choices);
}
