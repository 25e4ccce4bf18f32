import { Env, type ProviderConfig } from '../../../src/private/contract';

/** The providers of the validator under test. `fake-secrets.ts` has their secrets. */
export const PROVIDERS: readonly ProviderConfig[] = [
  { name: 'own', scheme: 'standard-webhooks', secretArns: ['arn:own'], strict: true },
  { name: 'stripe', scheme: 'stripe', secretArns: ['arn:stripe'], metadataKeys: ['cart', 'note', 'list'] },
  {
    name: 'shop',
    scheme: 'hmac',
    secretArns: ['arn:shop'],
    hmac: { signatureHeader: 'X-Shop-Signature', algorithm: 'sha256', encoding: 'hex', prefix: 'sha256=', timestampHeader: 'X-Shop-Time' },
    fields: { transactionId: 'order.id', eventId: 'id', eventName: 'type', amount: 'order.total', currency: 'order.currency', amountUnit: 'major' },
  },
  {
    name: 'mapped',
    scheme: 'standard-webhooks',
    secretArns: ['arn:mapped'],
    fields: { transactionId: 'data.id', eventName: 'type', eventTime: 'timestamp', amount: 'data.amount', currency: 'data.currency' },
  },
  { name: 'unset', scheme: 'stripe', secretArns: ['arn:unset'] },
  { name: 'fenced', scheme: 'stripe', secretArns: ['arn:stripe'], sourceRanges: ['203.0.113.0/24'] },
  { name: 'checked', scheme: 'braintree', secretArns: ['arn:checked'], sourceRanges: ['203.0.113.0/24'] },
];

// The validator reads its configuration when it loads. Import this module first.
process.env[Env.PROVIDERS] = JSON.stringify(PROVIDERS);
process.env[Env.TIERS] = JSON.stringify({ medium: 1000, high: 10000 });
process.env[Env.PREVIOUS_SECRET_GRACE_SECONDS] = '86400';
process.env[Env.GUEST_KEY_ARN] = 'arn:guests';
process.env[Env.TABLE_NAME] = 'the-table';
process.env[Env.ARCHIVE_BUCKET_NAME] = 'the-archive';
process.env[Env.SYSTEM_NAME] = 'the-system';
