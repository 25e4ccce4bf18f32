import { PROVIDERS } from './provider-samples';
import { STANDARD_SECRET } from './webhooks';
import { Env, type ProviderConfig } from '../../../src/private/contract';

/** Every scheme's provider, the user's own system, and a provider whose secret is not set. */
const CONFIGS: readonly ProviderConfig[] = [
  { name: 'own', scheme: 'standard-webhooks', secretArns: ['arn:own'], strict: true },
  { name: 'unset', scheme: 'stripe', secretArns: ['arn:unset'] },
  ...Object.values(PROVIDERS).map(({ config }) => config),
];

/** Their secrets, by their ARNs. */
export const SECRETS: ReadonlyMap<string, string> = new Map([
  ['arn:own', STANDARD_SECRET],
  ...Object.values(PROVIDERS).map(({ config, secret }): [string, string] => [config.secretArns[0], secret]),
]);

// The validator reads its configuration at load: import this module before it.
process.env[Env.PROVIDERS] = JSON.stringify(CONFIGS);
process.env[Env.TIERS] = JSON.stringify({ medium: 1000, high: 10000 });
process.env[Env.PREVIOUS_SECRET_GRACE_SECONDS] = '86400';
process.env[Env.TABLE_NAME] = 'the-table';
process.env[Env.SYSTEM_NAME] = 'the-system';
