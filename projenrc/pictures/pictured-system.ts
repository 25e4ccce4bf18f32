import { Template } from 'aws-cdk-lib/assertions';
import { WebhookProvider, type WebhookProcessingSystemProps } from '../../src';
import { synthesize } from '../../test/support/system';

/** The system in the pictures. The account is AWS's for examples. */
export const ENVIRONMENT = { account: '123456789012', region: 'eu-west-1', regionName: 'Europe (Ireland)' };
/** The quotas of the account, by their usage metric. */
export const QUOTAS: { readonly [metric: string]: number } = { ConcurrentExecutions: 1_000 };
export const SUFFIX = 'prod';
export const PROVIDERS = ['stripe', 'adyen', 'mollie'] as const;

/** The time of the pictures: an operator is paged at night. */
export const NOW = Date.parse('2026-03-04T02:20:00Z');

/** The smallest system with several providers. */
export function picturedTemplate(props: WebhookProcessingSystemProps = {}): Template {
  return synthesize({
    environmentSuffix: SUFFIX,
    providers: [WebhookProvider.stripe(), WebhookProvider.adyen(), WebhookProvider.mollie()],
    ...props,
  }, { env: { account: ENVIRONMENT.account, region: ENVIRONMENT.region } }).template;
}
