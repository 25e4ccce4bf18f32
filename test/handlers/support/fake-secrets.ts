import { answerJsonCalls, serviceException } from './json-calls';
import { ServiceError } from './service-error';
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

/** Secrets Manager. A test can make it fail. */
export class FakeSecrets {
  public isDown = false;

  public reset(): void {
    this.isDown = false;
    answerJsonCalls('secretsmanager', (_, { SecretId, VersionStage }: { SecretId: string; VersionStage: string }) => {
      if (this.isDown) {
        throw serviceException('InternalServiceError', {}, 500);
      }
      if (VersionStage !== 'AWSCURRENT' || SECRETS[SecretId] === undefined) {
        throw new ServiceError('ResourceNotFoundException', 'no such version');
      }
      return { SecretString: SECRETS[SecretId], CreatedDate: 0 };
    });
  }
}
