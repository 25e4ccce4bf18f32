import { randomBytes } from 'node:crypto';
import { GetSecretValueCommand, PutSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import type { ProviderName } from './request';
import { SecretField } from '../../src/private/contract';
import type { Clients } from '../emulator/clients';
import type { Outputs } from '../emulator/deployment';

/**
 * Stores the secret that each provider shows when you register the deployed
 * URL. A step stores Stripe's secret, and the deployment generates the one for
 * Standard Webhooks.
 */
export async function registerProviders({ secrets }: Clients, outputs: Outputs, url: string): Promise<Readonly<Record<ProviderName, string>>> {
  const issued = {
    [outputs.WebhookSecretAdyen]: randomBytes(32).toString('hex').toUpperCase(),
    [outputs.WebhookSecretSquare]: JSON.stringify({
      [SecretField.SIGNATURE_KEY]: randomBytes(16).toString('base64url'), [SecretField.NOTIFICATION_URL]: `${url}/square`,
    }),
    [outputs.WebhookSecretRazorpay]: randomBytes(16).toString('hex'),
  };
  for (const [SecretId, SecretString] of Object.entries(issued)) {
    await secrets.send(new PutSecretValueCommand({ SecretId, SecretString }));
  }
  const { SecretString: generated = '' } = await secrets.send(new GetSecretValueCommand({ SecretId: outputs.WebhookSecretStandardWebhooks }));
  return {
    'stripe': `whsec_${randomBytes(24).toString('hex')}`,
    'adyen': issued[outputs.WebhookSecretAdyen],
    'square': issued[outputs.WebhookSecretSquare],
    'razorpay': issued[outputs.WebhookSecretRazorpay],
    'standard-webhooks': generated,
  };
}
