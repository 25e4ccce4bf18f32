import { RemovalPolicy, Token, type Duration } from 'aws-cdk-lib';
import {
  CARD_BIN_DIGITS, CURRENCY_EXPONENTS, EVENT_AMOUNT_DECIMALS, MAX_EVENT_AMOUNT, METADATA_LIMITS, NO_CURRENCY, PROVIDER_NAME, RESERVED_PREFIXES,
} from './contract';

/**
 * One function for each rule. An error names the prop, the limit, the value and the remedy. Values that are known only at
 * deployment are not checked.
 */

const SUFFIX = /^[a-z0-9]([a-z0-9-]{0,10}[a-z0-9])?$/;
const EMAIL = /^[^\s@,;<>"]{1,64}@[^\s@,;<>"]+\.[^\s@,;<>".]{2,}$/;
const E164 = /^\+[1-9]\d{6,14}$/;

export function validateEnvironmentSuffix(suffix?: string): void {
  if (suffix !== undefined && !Token.isUnresolved(suffix) && !SUFFIX.test(suffix)) {
    throw new Error(
      '`environmentSuffix` must be 1 to 12 lower-case letters, digits or inner hyphens, because S3 bucket names '
      + `end at 63 characters and IAM role names at 64, got: '${suffix}'`,
    );
  }
  if (Token.isUnresolved(suffix)) {
    throw new Error('`environmentSuffix` must be known at synthesis, because physical names are checked there, got: a token');
  }
}

export function validateTextLength(prop: string, text: string | undefined, maxLength: number): void {
  if (text !== undefined && !Token.isUnresolved(text) && (text.length === 0 || text.length > maxLength)) {
    throw new Error(`\`${prop}\` must have from 1 to ${maxLength} characters, got ${text.length}`);
  }
}

export function validateEmails(prop: string, addresses: readonly string[]): void {
  validateKnownList(prop, addresses);
  for (const address of addresses) {
    if (!Token.isUnresolved(address) && !EMAIL.test(address)) {
      throw new Error(`\`${prop}\` must contain email addresses such as alerts@example.com, got: '${address}'`);
    }
  }
}

export function validatePhoneNumbers(prop: string, numbers: readonly string[]): void {
  validateKnownList(prop, numbers);
  for (const number of numbers) {
    if (!Token.isUnresolved(number) && !E164.test(number)) {
      throw new Error(`\`${prop}\` must contain E.164 phone numbers such as +14155550100, got: '${number}'`);
    }
  }
}

export function validateThresholds(prop: string, medium: number, high: number): void {
  for (const [name, value] of [['medium', medium], ['high', high]] as const) {
    if (Token.isUnresolved(value)) {
      throw new Error(`\`${prop}.${name}\` must be known at synthesis, because it is written into event patterns, got: a token`);
    }
    if (!(value >= 0 && value < MAX_EVENT_AMOUNT) || Number(value.toFixed(EVENT_AMOUNT_DECIMALS)) !== value) {
      throw new Error(
        `\`${prop}.${name}\` must be from 0 to below ${MAX_EVENT_AMOUNT} with at most ${EVENT_AMOUNT_DECIMALS} decimals, `
        + `which is what EventBridge compares, got: ${value}`,
      );
    }
  }
  if (high < medium) {
    throw new Error(`\`${prop}.high\` must not be less than \`${prop}.medium\` (${medium}), got: ${high}`);
  }
}

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

export function validateCurrency(prop: string, currency: string): void {
  if (!Token.isUnresolved(currency) && !CURRENCY_EXPONENTS.has(currency)) {
    throw new Error(`\`${prop}\` must be an ISO 4217 code of three capital letters such as EUR, got: '${currency}'`);
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

export function validateTimeZone(prop: string, zone: string): void {
  try {
    if (!Token.isUnresolved(zone)) {
      new Intl.DateTimeFormat('en-US', { timeZone: zone });
    }
  } catch {
    throw new Error(`\`${prop}\` must be the IANA name of a time zone such as Europe/Berlin, got: '${zone}'`);
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

export function validateEmailDomains(prop: string, domains?: readonly string[]): void {
  validateEntries(
    prop, domains, /^([\p{Ll}\p{Lo}\p{M}\p{N}-]{1,63}\.)+[\p{Ll}\p{Lo}\p{M}\p{N}-]{2,63}$/u,
    'domains of email addresses, in lower case, such as example.com',
  );
}

export function validateMetadataKeys(prop: string, keys?: readonly string[]): void {
  validateKnownList(prop, keys);
  if (keys === undefined) {
    return;
  }
  if (keys.length === 0 || keys.length > METADATA_LIMITS.keys) {
    throw new Error(`\`${prop}\` must have from 1 to ${METADATA_LIMITS.keys} keys, because every stored event contains their values, got ${keys.length}`);
  }
  for (const key of keys) {
    validateTextLength(prop, key, METADATA_LIMITS.keyLength);
  }
  validateUnique(prop, keys);
}

/** An empty list is probably a mistake: a rule with it would never apply. */
function validateEntries(prop: string, entries: readonly string[] | undefined, form: RegExp, what: string): void {
  if (entries === undefined || Token.isUnresolved(entries)) {
    return;
  }
  if (entries.length === 0) {
    throw new Error(`\`${prop}\` must contain at least one entry, got an empty list. Leave it out instead.`);
  }
  const malformed = entries.find((entry) => !Token.isUnresolved(entry) && !form.test(entry));
  if (malformed !== undefined) {
    throw new Error(`\`${prop}\` must contain ${what}, got: '${malformed}'`);
  }
  validateUnique(prop, entries);
}

export function validateWholeNumber(prop: string, value: number, least: number, most: number): void {
  if (!Token.isUnresolved(value) && !(Number.isInteger(value) && value >= least && value <= most)) {
    throw new Error(`\`${prop}\` must be a whole number from ${least} to ${most}, got: ${value}`);
  }
}

export function validateProviderName(prop: string, name: string): void {
  if (typeof name !== 'string' || !PROVIDER_NAME.test(name)) {
    throw new Error(
      `\`${prop}\` must be 1 to 32 lower-case letters, digits or inner hyphens, because it is a part of the URL `
      + `and of every key, got: '${name}'`,
    );
  }
  if (RESERVED_PREFIXES.includes(name)) {
    throw new Error(
      `\`${prop}\` must not be one of ${RESERVED_PREFIXES.join(', ')}, because they begin the keys of other items in the table, `
      + `got: '${name}'. Choose another name, such as ${name}-payments.`,
    );
  }
}

export function validateHeaderName(prop: string, name: string): void {
  if (typeof name !== 'string' || !/^[A-Za-z0-9-]+$/.test(name)) {
    throw new Error(`\`${prop}\` must be the name of an HTTP header, got: '${name}'`);
  }
}

export function validateDuration(prop: string, value: Duration, least: Duration, most: Duration): void {
  if (value.isUnresolved()) {
    return;
  }
  if (value.toMilliseconds() < least.toMilliseconds() || value.toMilliseconds() > most.toMilliseconds()) {
    throw new Error(`\`${prop}\` must be from ${least.toHumanString()} to ${most.toHumanString()}, got: ${value.toHumanString()}`);
  }
}

/** Handlers count in seconds. */
export function validateSeconds(prop: string, value: Duration, least: Duration, most: Duration): void {
  validateDuration(prop, value, least, most);
  if (!value.isUnresolved() && !Number.isInteger(value.toSeconds({ integral: false }))) {
    throw new Error(`\`${prop}\` must be a whole number of seconds, got: ${value.toHumanString()}`);
  }
}

/** An alarm counts in periods of one hour, when the template is made. */
export function validateHourCount(prop: string, value: Duration, least: Duration, most: Duration): void {
  if (value.isUnresolved()) {
    throw new Error(`\`${prop}\` must be known at synthesis, because it is a number of periods, got: a token`);
  }
  validateDuration(prop, value, least, most);
  if (!Number.isInteger(value.toHours({ integral: false }))) {
    throw new Error(`\`${prop}\` must be a whole number of hours, got: ${value.toHumanString()}`);
  }
}

/** A schedule and its alarm count in minutes, when the template is made. */
export function validateMinuteCount(prop: string, value: Duration, least: Duration, most: Duration): void {
  if (value.isUnresolved()) {
    throw new Error(`\`${prop}\` must be known at synthesis, because it is a part of a schedule, got: a token`);
  }
  validateDuration(prop, value, least, most);
  if (!Number.isInteger(value.toMinutes({ integral: false }))) {
    throw new Error(`\`${prop}\` must be a whole number of minutes, got: ${value.toHumanString()}`);
  }
}

/** S3 and ECR count in days. */
export function validateDays(prop: string, value: Duration, least: Duration, most: Duration): void {
  validateDuration(prop, value, least, most);
  if (!value.isUnresolved() && !Number.isInteger(value.toDays({ integral: false }))) {
    throw new Error(`\`${prop}\` must be a whole number of days, got: ${value.toHumanString()}`);
  }
}

export function validateUnique(prop: string, values: readonly string[]): void {
  const repeated = values.find((value, index) => values.indexOf(value) !== index);
  if (repeated !== undefined) {
    throw new Error(`\`${prop}\` must have unique entries, got duplicate: '${repeated}'. Remove one of them.`);
  }
}

/** Callers in plain JavaScript have no compiler that checks the values. */
export function validateOneOf(prop: string, value: string, allowed: readonly string[]): void {
  if (!allowed.includes(value)) {
    throw new Error(`\`${prop}\` must be one of ${allowed.join(', ')}, got: ${value === undefined ? 'nothing' : `'${value}'`}`);
  }
}

/** The entries of a list of objects that the factories of this library create. */
export function validateMade(prop: string, values: readonly unknown[], madeBy: string): void {
  const position = values.findIndex((value) => typeof value !== 'object' || value === null);
  if (position >= 0) {
    throw new Error(`\`${prop}\` must contain values from ${madeBy}, got: ${String(values[position])} at position ${position + 1}`);
  }
}

export function validateObject(prop: string, value: unknown): void {
  if (typeof value !== 'object' || value === null) {
    throw new Error(`\`${prop}\` must be an object, got: ${String(value)}`);
  }
}

/** A list that is known only at deployment has a single element at synthesis. */
export function validateKnownList(prop: string, values: readonly unknown[] | undefined): void {
  if (Token.isUnresolved(values)) {
    throw new Error(`\`${prop}\` must be known at synthesis, because each entry becomes a part of the template, got: a list token`);
  }
}

/** The rollback of a first deployment cannot delete a protected table, nor can `cdk destroy`. */
export function validateDeletionProtection(deletionProtection: boolean | undefined, removalPolicy: RemovalPolicy): void {
  if (deletionProtection && removalPolicy === RemovalPolicy.DESTROY) {
    throw new Error('`deletionProtection` must come with a `removalPolicy` that retains, because DynamoDB does not delete a protected table, got: DESTROY. Set RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE.');
  }
}

/** CloudFormation rejects this policy for tables, queues, topics and log groups. */
export function validateRemovalPolicy(policy: RemovalPolicy): void {
  if (policy === RemovalPolicy.SNAPSHOT) {
    throw new Error('`removalPolicy` must be DESTROY or a kind of RETAIN, because tables and queues have no snapshot, got: snapshot');
  }
}

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-schema-registry.html */
export function validateRegistryName(prop: string, name: string): void {
  if (!Token.isUnresolved(name) && (!/^[0-9A-Za-z._-]{1,64}$/.test(name) || name.startsWith('aws.') || name === 'discovered-schemas')) {
    throw new Error(
      `\`${prop}\` must be the name of a registry of yours, of 1 to 64 letters, digits, '.', '-' or '_', got: '${name}'. `
      + "Names that begin with 'aws.' and 'discovered-schemas' belong to AWS.",
    );
  }
}
