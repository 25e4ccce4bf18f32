import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { GetSecretValueCommand, ResourceNotFoundException, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { isPlaceholder } from '../../handlers/providers/shared/secret-text';
import type { ProviderConfig } from '../../src/private/contract';
import { UsageError } from '../terminal/usage-error';

/** The options that name a secret. A secret is no argument, because other users of the machine can read arguments. */
export interface SecretOptions {
  readonly secretFile?: string;
  readonly privateKey?: string;
}

/** The environment variable with the secret of a receiver that is no system. */
export const SECRET_VARIABLE = 'CDK_WEBHOOKS_SECRET';
/** The name of the standard input in options. */
export const STANDARD_INPUT = '-';

/** The secret that signs. Without options, it is that of the system; `secrets` is absent for a URL. */
export async function signingSecret(
  config: ProviderConfig, { secretFile, privateKey }: SecretOptions, secrets: SecretsManagerClient | undefined, env: NodeJS.ProcessEnv,
): Promise<string> {
  if (secretFile !== undefined && privateKey !== undefined) {
    throw new UsageError('name --secret-file or --private-key, not both');
  }
  const file = privateKey ?? secretFile;
  if (file !== undefined) {
    return secretInFile(file, privateKey === undefined ? '--secret-file' : '--private-key');
  }
  if (secrets === undefined) {
    return env[SECRET_VARIABLE] || missing(`name the secret with --secret-file, or set ${SECRET_VARIABLE}`);
  }
  return config.secretArns.length === 0
    ? missing(`public keys verify the webhooks of '${config.name}'. Name the private key with --private-key.`)
    : storedSecret(config, secrets);
}

function missing(message: string): never {
  throw new UsageError(message);
}

async function secretInFile(file: string, option: string): Promise<string> {
  return withoutLineBreak((await readUserFile(file, option)).toString()) ?? missing(`${option}: the file is empty`);
}

/** Reads a file that an option names. */
export async function readUserFile(file: string, option: string): Promise<Buffer> {
  try {
    return await (file === STANDARD_INPUT ? buffer(process.stdin) : readFile(file));
  } catch (error) {
    throw new UsageError(`${option}: cannot read the file: ${(error as Error).message}`);
  }
}

/** The first secret of a provider that is set, as the validator reads it. */
async function storedSecret({ name, secretArns }: ProviderConfig, secrets: SecretsManagerClient): Promise<string> {
  for (const arn of secretArns) {
    const value = await currentValue(arn, secrets);
    if (value !== undefined && !isPlaceholder(value)) {
      return value;
    }
  }
  throw new UsageError(`the secret of '${name}' is not set, so no webhook can be signed with it. Store it in Secrets Manager first: ${secretArns.join(', ')}`);
}

/** Undefined if the secret has no value. A value that was stored from a file often ends in a line break. */
async function currentValue(arn: string, secrets: SecretsManagerClient): Promise<string | undefined> {
  try {
    const { SecretString: value } = await secrets.send(new GetSecretValueCommand({ SecretId: arn, VersionStage: 'AWSCURRENT' }));
    return withoutLineBreak(value);
  } catch (error) {
    if (error instanceof ResourceNotFoundException) {
      return undefined;
    }
    throw error;
  }
}

/** The text of a file or a secret without the line break at its end. */
function withoutLineBreak(text = ''): string | undefined {
  return text.replace(/\r?\n$/, '') || undefined;
}
