import { Env } from './contract';

/** Bytes of environment variables (https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html). Lambda accepts 4,096 and rejects 4,097. */
const MAX_ENVIRONMENT = 4_096;
/** Bytes of an SSM parameter by its tier (https://docs.aws.amazon.com/general/latest/gr/ssm.html#limits_ssm). */
const MAX_STANDARD_PARAMETER = 4_096;
const MAX_PARAMETER = 8_192;
/** A value that is known only at deployment is usually an ARN. This is the length of an ARN with two of the longest names. */
const TOKEN_LENGTH = 160;
/** The length of a bucket name (https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html). */
const BUCKET_NAME_LENGTH = 63;

function synthesizedBytes(text: string): number {
  return Buffer.byteLength(withoutTokens(text, TOKEN_LENGTH));
}

function withoutTokens(text: string, length: number): string {
  return text.replace(/\$\{Token\[[^\]]*\]\}/g, '_'.repeat(length));
}

/** Lambda measures the JSON text of the map, where each quote in a value takes two bytes. */
function environmentBytes(environment: { readonly [name: string]: string }): number {
  return synthesizedBytes(JSON.stringify(environment, (name, value: string) => (
    name === Env.ARCHIVE_BUCKET_NAME ? withoutTokens(value, BUCKET_NAME_LENGTH) : value
  )));
}

export function fitsEnvironment(environment: { readonly [name: string]: string }): boolean {
  return environmentBytes(environment) <= MAX_ENVIRONMENT;
}

export function validateEnvironmentSize(handler: string, environment: { readonly [name: string]: string }): void {
  if (!fitsEnvironment(environment)) {
    throw new Error(
      `\`providers\` (with their \`fields\`, \`publicKeys\` and \`allowedSourceRanges\`) and \`thresholds\` must fit the ${MAX_ENVIRONMENT} bytes of a Lambda `
      + `environment, got for ${handler} about: ${environmentBytes(environment)}. Use fewer or shorter entries.`,
    );
  }
}

export function fitsStandardParameter(value: string): boolean {
  return synthesizedBytes(value) <= MAX_STANDARD_PARAMETER;
}

export function validateFraudRulesSize(json: string): void {
  if (synthesizedBytes(json) > MAX_PARAMETER) {
    throw new Error(
      `\`fraudRules\` with \`shadowFraudRules\` must fit the ${MAX_PARAMETER} bytes of an SSM parameter, got about: ${synthesizedBytes(json)}. `
      + 'Add long blocklists to the table instead, where the rule `blocked` reads them.',
    );
  }
}
