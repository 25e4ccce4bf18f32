import { alertOrigin } from '../../handlers/alerts/alert-text';
import type { SchemesByProvider } from '../../handlers/alerts/payment-pages';
import type { PublishingConfig } from '../../handlers/publish/events/event-entry';
import { Env, type AssessmentScopeConfig, type TierConfig } from '../../src/private/contract';
import { UsageError } from '../terminal/usage-error';

/** The settings that the relay publishes with. With them, the tool creates the same events. */
export function relaySettings(settings: { readonly [name: string]: string }): PublishingConfig {
  const setting = (name: string): string => {
    const value = settings[name];
    if (value === undefined) {
      throw new UsageError(`the event relay has no setting ${name}. Deploy the stack with the version of this tool.`);
    }
    return value;
  };
  const bus = setting(Env.EVENT_BUS_NAME);
  return {
    eventBusName: bus,
    source: setting(Env.EVENT_SOURCE),
    tiers: JSON.parse(setting(Env.TIERS)) as TierConfig,
    schemes: JSON.parse(settings[Env.SCHEMES] ?? '{}') as SchemesByProvider,
    scope: settings[Env.ASSESSMENT_SCOPE] === undefined ? undefined : JSON.parse(settings[Env.ASSESSMENT_SCOPE]) as AssessmentScopeConfig,
    // The ARN of the bus has the Region and the account of the relay.
    origin: alertOrigin(settings[Env.SYSTEM_NAME] ?? 'unknown', bus),
    includeBody: settings[Env.INCLUDE_BODY] === 'true',
  };
}
