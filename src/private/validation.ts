import { RemovalPolicy, Token, type Duration } from 'aws-cdk-lib';
import { CURRENCY_EXPONENTS, EVENT_AMOUNT_DECIMALS, MAX_EVENT_AMOUNT, METADATA_LIMITS, PROVIDER_NAME, RESERVED_PREFIXES } from './contract';

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

export function validateCurrency(prop: string, currency: string): void {
  if (!Token.isUnresolved(currency) && !CURRENCY_EXPONENTS.has(currency)) {
    throw new Error(`\`${prop}\` must be an ISO 4217 code of three capital letters such as EUR, got: '${currency}'`);
  }
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

/** Callers in plain JavaScript can pass a number. */
function validateIsDuration(prop: string, value: Duration | undefined): void {
  if (typeof value?.isUnresolved !== 'function') {
    throw new Error(`\`${prop}\` must be a Duration, such as Duration.hours(1), got: ${value === undefined ? 'nothing' : String(value)}`);
  }
}

export function validateDuration(prop: string, value: Duration, least: Duration, most: Duration): void {
  validateIsDuration(prop, value);
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
  validateList(prop, values);
  const position = values.findIndex((value) => typeof value !== 'object' || value === null);
  if (position >= 0) {
    throw new Error(`\`${prop}\` must contain values from ${madeBy}, got: ${String(values[position])} at position ${position + 1}`);
  }
}

/** Callers in plain JavaScript can pass a single value, or nothing. */
export function validateList(prop: string, values: unknown): void {
  if (!Array.isArray(values)) {
    throw new Error(`\`${prop}\` must be a list, got: ${values === undefined ? 'nothing' : `'${String(values)}'`}`);
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
