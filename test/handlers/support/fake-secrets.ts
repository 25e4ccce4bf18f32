import { GetSecretValueCommand, InternalServiceError, ResourceNotFoundException, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { mockClient } from 'aws-sdk-client-mock';
import { answerJsonCalls, serviceException } from './json-calls';
import { HMAC_SECRET, STANDARD_SECRET, STRIPE_SECRET } from './webhooks';

/** The secrets of the providers and the key for guests in `validator-environment.ts`, never rotated. `unset` has no secret. */
export const SECRETS: Readonly<Record<string, string>> = {
  'arn:own': STANDARD_SECRET,
  'arn:mapped': STANDARD_SECRET,
  'arn:stripe': STRIPE_SECRET,
  'arn:shop': HMAC_SECRET,
  'arn:guests': 'a-key-for-guests',
  'arn:stripe-key': 'rk_live_0123456789',
  'arn:square-key': 'a-personal-access-token\n',
  'arn:paypal-key': '{"client_id":"an-id-1","client_secret":"a-secret-1"}',
  'arn:copied': '"rk_live_0123456789 "\u00a0',
  'arn:checked': '{"public_key":"a-key","private_key":"a-private-key"}',
};

/** Secrets Manager, for the validator's own client and for the SDK. A test can make it fail. */
export class FakeSecrets {
  public isDown = false;
  private readonly client = mockClient(SecretsManagerClient);

  public reset(): void {
    this.isDown = false;
    this.client.reset();
    this.client.on(GetSecretValueCommand).callsFake(({ SecretId, VersionStage }: SecretVersionId) => {
      if (this.isDown) {
        throw new InternalServiceError({ $metadata: {}, message: 'down' });
      }
      const SecretString = valueOf({ SecretId, VersionStage });
      if (SecretString === undefined) {
        throw new ResourceNotFoundException({ $metadata: {}, message: 'no such version' });
      }
      return { SecretString, CreatedDate: new Date(0) };
    });
    answerJsonCalls('secretsmanager', (_, id: SecretVersionId) => {
      if (this.isDown) {
        throw serviceException('InternalServiceError', {}, 500);
      }
      const SecretString = valueOf(id);
      if (SecretString === undefined) {
        throw serviceException('ResourceNotFoundException');
      }
      return { SecretString, CreatedDate: 0 };
    });
  }
}

interface SecretVersionId {
  readonly SecretId: string;
  readonly VersionStage: string;
}

function valueOf({ SecretId, VersionStage }: SecretVersionId): string | undefined {
  return VersionStage === 'AWSCURRENT' ? SECRETS[SecretId] : undefined;
}
