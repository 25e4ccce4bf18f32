import { Env, type ReconciledProvider } from '../../../../src/private/contract';

export const PROVIDERS: readonly ReconciledProvider[] = [
  { name: 'stripe', scheme: 'stripe', secretArns: [], reconciliation: { apiKeyArn: 'arn:stripe-key' } },
  { name: 'paypal', scheme: 'paypal', secretArns: [], reconciliation: { apiKeyArn: 'arn:paypal-key' } },
  { name: 'square', scheme: 'square', secretArns: [], reconciliation: { apiKeyArn: 'arn:square-key' } },
  { name: 'sandbox', scheme: 'square', secretArns: [], testMode: true, reconciliation: { apiKeyArn: 'arn:square-key' } },
  {
    name: 'chosen', scheme: 'stripe', secretArns: [], reconciliation: { apiKeyArn: 'arn:stripe-key', eventNames: ['charge.succeeded'] },
  },
  { name: 'unset', scheme: 'stripe', secretArns: [], reconciliation: { apiKeyArn: 'arn:unset' } },
  { name: 'copied', scheme: 'stripe', secretArns: [], reconciliation: { apiKeyArn: 'arn:copied' } },
  { name: 'text', scheme: 'paypal', secretArns: [], reconciliation: { apiKeyArn: 'arn:stripe-key' } },
  // Synthesis permits no such provider.
  { name: 'adyen', scheme: 'adyen', secretArns: [], reconciliation: { apiKeyArn: 'arn:stripe-key' } },
];

// The reconciler reads its configuration when it loads. Import this module first.
process.env[Env.RECONCILED_PROVIDERS] = JSON.stringify(PROVIDERS);
process.env[Env.TIERS] = JSON.stringify({ medium: 1000, high: 10000 });
process.env[Env.GUEST_KEY_ARN] = 'arn:guests';
process.env[Env.TABLE_NAME] = 'the-table';
process.env[Env.ARCHIVE_BUCKET_NAME] = 'the-archive';
process.env[Env.SYSTEM_NAME] = 'the-system';
