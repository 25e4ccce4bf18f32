import { ALL_SAMPLES } from './all-samples';
import { STANDARD_SECRET } from './webhooks';
import type { ProviderConfig } from '../../../src/private/contract';

/** A provider of each scheme, the user's own system, and a provider without a secret value. */
export const CONFIGS: readonly ProviderConfig[] = [
  { name: 'own', scheme: 'standard-webhooks', secretArns: ['arn:own'], strict: true },
  { name: 'unset', scheme: 'stripe', secretArns: ['arn:unset'] },
  ...Object.values(ALL_SAMPLES).map(({ config }) => config),
];

/** The secrets of these providers, by ARN. */
export const SECRETS: ReadonlyMap<string, string> = new Map([
  ['arn:own', STANDARD_SECRET],
  ...Object.values(ALL_SAMPLES).flatMap(({ config, secret }) => config.secretArns.map((arn): [string, string] => [arn, secret])),
]);
