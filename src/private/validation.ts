import { RemovalPolicy, Token, type Duration } from 'aws-cdk-lib';
import { EVENT_AMOUNT_DECIMALS, MAX_EVENT_AMOUNT } from './contract';

/**
 * One function a rule. Each names the prop, the limit, what it got and what
 * to do; values that are known only at deployment are let through.
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

export function validateEmails(prop: string, addresses: readonly string[]): void {
  for (const address of addresses) {
    if (!Token.isUnresolved(address) && !EMAIL.test(address)) {
      throw new Error(`\`${prop}\` must hold email addresses such as alerts@example.com, got: '${address}'`);
    }
  }
}

export function validatePhoneNumbers(prop: string, numbers: readonly string[]): void {
  for (const number of numbers) {
    if (!Token.isUnresolved(number) && !E164.test(number)) {
      throw new Error(`\`${prop}\` must hold E.164 phone numbers such as +14155550100, got: '${number}'`);
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

/** Amounts are compared as decimal text, which has no exponent. */
export function validateAmount(prop: string, amount: number): void {
  if (!(amount < 1e15 && /^\d+(\.\d+)?$/.test(String(amount)))) {
    throw new Error(`\`${prop}\` must be 0 or from 0.000001 to below 1e15, got: ${amount}`);
  }
}

export function validateCurrency(prop: string, currency: string): void {
  if (!/^[A-Z]{3}$/.test(currency)) {
    throw new Error(`\`${prop}\` must be an ISO 4217 code of three capital letters such as EUR, got: '${currency}'`);
  }
}

export function validateCountries(prop: string, countries: readonly string[]): void {
  if (countries.length === 0) {
    throw new Error(`\`${prop}\` must name at least one country`);
  }
  for (const country of countries) {
    if (!/^[A-Z]{2}$/.test(country)) {
      throw new Error(`\`${prop}\` must hold ISO 3166 codes of two capital letters such as DE, got: '${country}'`);
    }
  }
}

export function validateWholeNumber(prop: string, value: number, least: number, most: number): void {
  if (!Token.isUnresolved(value) && !(Number.isInteger(value) && value >= least && value <= most)) {
    throw new Error(`\`${prop}\` must be a whole number from ${least} to ${most}, got: ${value}`);
  }
}

export function validateProviderName(prop: string, name: string): void {
  if (!/^[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?$/.test(name)) {
    throw new Error(
      `\`${prop}\` must be 1 to 32 lower-case letters, digits or inner hyphens, because it is a part of the URL `
      + `and of every key, got: '${name}'`,
    );
  }
}

export function validateHeaderName(prop: string, name: string): void {
  if (!/^[A-Za-z0-9-]+$/.test(name)) {
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

/** S3 and ECR count in days. */
export function validateDays(prop: string, value: Duration, least: Duration, most: Duration): void {
  validateDuration(prop, value, least, most);
  if (!value.isUnresolved() && !Number.isInteger(value.toDays({ integral: false }))) {
    throw new Error(`\`${prop}\` must be of whole days, got: ${value.toHumanString()}`);
  }
}

export function validateUnique(prop: string, values: readonly string[]): void {
  const repeated = values.find((value, index) => values.indexOf(value) !== index);
  if (repeated !== undefined) {
    throw new Error(`\`${prop}\` must differ from each other, got twice: '${repeated}'`);
  }
}

/** CloudFormation takes no snapshot of tables, queues, topics and log groups, and refuses the template. */
export function validateRemovalPolicy(policy: RemovalPolicy): void {
  if (policy === RemovalPolicy.SNAPSHOT) {
    throw new Error('`removalPolicy` must be DESTROY or a kind of RETAIN, because tables and queues have no snapshot, got: snapshot');
  }
}

/** Bytes of environment variables (https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html). */
const MAX_ENVIRONMENT = 4_096;
/** What is known only at deployment is mostly an ARN; two of the longest names and their frame take so much. */
const TOKEN_LENGTH = 160;

export function validateEnvironmentSize(handler: string, environment: { readonly [name: string]: string }): void {
  const rendered = Object.entries(environment).map(([name, value]) => name + value).join('').replace(/\$\{Token\[[^\]]*\]\}/g, '_'.repeat(TOKEN_LENGTH));
  const length = Buffer.byteLength(rendered);
  if (length > MAX_ENVIRONMENT) {
    throw new Error(
      `\`providers\`, \`thresholds\` and \`fraudRules\` must fit the ${MAX_ENVIRONMENT} bytes of a Lambda environment, `
      + `got for ${handler} about: ${length}; use fewer or shorter entries`,
    );
  }
}
