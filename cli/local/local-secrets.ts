import { randomBytes } from 'node:crypto';
import {
  CreateSecretCommand, GetSecretValueCommand, PutSecretValueCommand, ResourceNotFoundException, type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { isPlaceholder } from '../../handlers/providers/shared/secret-text';
import { SIMULATORS } from '../../handlers/providers/simulators';
import type { ProviderConfig } from '../../src/private/contract';

/** A provider of a local system. */
export interface LocalProvider {
  readonly name: string;
  /** Where its webhooks are posted to. */
  readonly url: string;
  /** What signs them. Absent if public keys verify them. */
  readonly secret?: string;
}

/**
 * Stores a secret for each provider that has none. A value that the stack generated or that the user stored is kept.
 * Secrets that the app only names are created: they exist in an account of AWS, and not in the emulator.
 */
export async function storeMissingSecrets(
  secrets: SecretsManagerClient, providers: readonly ProviderConfig[], urlOf: (name: string) => string,
): Promise<LocalProvider[]> {
  const stored: LocalProvider[] = [];
  // One after the other, because providers can share a secret.
  for (const { name, scheme, secretArns } of providers) {
    const url = urlOf(name);
    const values: string[] = [];
    for (const arn of secretArns) {
      values.push(await usableValue(secrets, arn) ?? await storeSecret(secrets, arn, SIMULATORS[scheme]?.newSecret(url) ?? randomBytes(24).toString('hex')));
    }
    stored.push({ name, url, secret: values[0] });
  }
  return stored;
}

async function usableValue(secrets: SecretsManagerClient, arn: string): Promise<string | undefined> {
  try {
    const { SecretString: value } = await secrets.send(new GetSecretValueCommand({ SecretId: arn }));
    return value === undefined || isPlaceholder(value) ? undefined : value;
  } catch (error) {
    return withoutResource(error);
  }
}

async function storeSecret(secrets: SecretsManagerClient, arn: string, value: string): Promise<string> {
  const put = await secrets.send(new PutSecretValueCommand({ SecretId: arn, SecretString: value })).catch(withoutResource);
  if (put === undefined) {
    // An incomplete ARN finds the secret whose name it ends with.
    await secrets.send(new CreateSecretCommand({ Name: arn.replace(/^arn:.*?:secret:/, ''), SecretString: value }));
  }
  return value;
}

/** Neither the secret nor its value exists. */
function withoutResource(error: unknown): undefined {
  if (!(error instanceof ResourceNotFoundException)) {
    throw error;
  }
}
