import { type CfnSecret, type ISecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import type { ProviderBindOptions } from './bound-provider';

/** Creates the secret of a provider without one. */
export type SecretFactory = (scope: Construct, id: string, options: ProviderBindOptions, description: string) => ISecret;

/** The provider issues the secret at registration, which needs the deployed URL. Until then there is no value. */
export const emptySecret: SecretFactory = (scope, id, options, description) => {
  const secret = new Secret(scope, id, { ...options, description });
  (secret.node.defaultChild as CfnSecret).generateSecretString = undefined;
  return secret;
};

/** Characters that Secrets Manager generates and that base64 does not allow. */
const PUNCTUATION = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~';

/** The user owns both sides and copies the generated value to the sender. */
export const generatedSecret: SecretFactory = (scope, id, options, description) => new Secret(scope, id, {
  ...options,
  description,
  generateSecretString: { excludeCharacters: PUNCTUATION, passwordLength: 32 },
});
