import { Annotations, Stack } from 'aws-cdk-lib';
import { type CfnSecret, type ISecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import type { BoundProvider, ProviderBindOptions } from './bound-provider';

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

const SHARED_WARNING = 'cdk-webhook-processing-system:sharedSecret';

/** Warns if several providers have one secret. Many providers sign the same bytes, so that a signature does not show which of them signed. */
export function warnOfSharedSecrets(scope: Construct, providers: readonly BoundProvider[]): void {
  const namesByArn = new Map<string, Set<string>>();
  for (const { config: { name }, secrets } of providers) {
    for (const { secretArn } of secrets) {
      const arn = JSON.stringify(Stack.of(scope).resolve(secretArn));
      namesByArn.set(arn, (namesByArn.get(arn) ?? new Set()).add(name));
    }
  }
  for (const names of [...namesByArn.values()].map((each) => [...each].sort()).filter(({ length }) => length > 1)) {
    Annotations.of(scope).addWarningV2(
      `${SHARED_WARNING}:${names.join(',')}`,
      `The providers ${names.join(' and ')} share a secret: a webhook of one can be accepted as a webhook of the other. `
      + 'Give each its own secret, or acknowledge this warning if they are the same account.',
    );
  }
}
