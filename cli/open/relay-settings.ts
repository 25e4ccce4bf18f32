import { alertOrigin } from '../../handlers/alerts/alert-text';
import type { SchemesByProvider } from '../../handlers/alerts/payment-pages';
import type { PublishingConfig } from '../../handlers/publish/events/event-entry';
import { Env, type TierConfig } from '../../src/private/contract';

/** The settings that the relay publishes with, from its environment. Throws if one is missing, because a guess could change the tier. */
export function publishingConfigOf(settings: { readonly [name: string]: string }): PublishingConfig {
  const required = (name: string): string => {
    const value = settings[name] as string | undefined;
    if (value === undefined) {
      throw new Error(`the relay has no environment variable ${name}. Deploy the system with the version of this tool.`);
    }
    return value;
  };
  return {
    eventBusName: required(Env.EVENT_BUS_NAME),
    source: required(Env.EVENT_SOURCE),
    tiers: JSON.parse(required(Env.TIERS)) as TierConfig,
    schemes: JSON.parse(settings[Env.SCHEMES] ?? '{}') as SchemesByProvider,
    origin: alertOrigin(settings[Env.SYSTEM_NAME] ?? 'unknown'),
  };
}
