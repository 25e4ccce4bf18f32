import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

/** The key that the validator hashes contacts with. A system that does not identify guests has none. */
export async function readGuestKey(secrets: SecretsManagerClient, arn: string | undefined): Promise<string | undefined> {
  const { SecretString: key } = arn === undefined ? {} : await secrets.send(new GetSecretValueCommand({ SecretId: arn, VersionStage: 'AWSCURRENT' }));
  return key;
}
