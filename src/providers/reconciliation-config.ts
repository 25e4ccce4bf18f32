import { Duration, Token } from 'aws-cdk-lib';
import type { Reconciliation } from './reconciliation';
import type { WebhookProviderProps } from './webhook-provider-props';
import type { BoundReconciliation } from '../private/bound-provider';
import { SCHEME_EVENTS, type SchemeName } from '../private/contract';
import { didYouMean } from '../private/did-you-mean';
import { validateKnownList, validateMinuteCount, validateObject, validateUnique } from '../private/validation';

const LEAST = Duration.minutes(15);
const MOST = Duration.hours(24);

/** Checks how a provider is reconciled, and fills in the defaults. */
export function bindReconciliation(
  scheme: SchemeName, reconciliation: Reconciliation | undefined, { secrets = [], moneyMovementEvents = [] }: WebhookProviderProps,
): BoundReconciliation | undefined {
  if (reconciliation === undefined) {
    return undefined;
  }
  validateObject('reconciliation', reconciliation);
  const { apiKey, every = Duration.hours(1), eventNames } = reconciliation;
  validateObject('reconciliation.apiKey', apiKey);
  if (secrets.some(({ secretArn }) => secretArn === apiKey.secretArn)) {
    throw new Error(
      '`reconciliation.apiKey` must be another secret than those in `secrets`, because the function that the internet reaches can read these, '
      + `got: ${apiKey.node.path} in both. Store the key in a secret of its own.`,
    );
  }
  validateMinuteCount('reconciliation.every', every, LEAST, MOST);
  validateEventNames(scheme, eventNames, moneyMovementEvents);
  return { apiKey, every, eventNames };
}

function validateEventNames(scheme: SchemeName, eventNames: readonly string[] | undefined, chosen: readonly string[]): void {
  validateKnownList('reconciliation.eventNames', eventNames);
  if (eventNames?.length === 0) {
    throw new Error('`reconciliation.eventNames` must contain at least one name, got an empty list. Leave it out for the default.');
  }
  validateUnique('reconciliation.eventNames', eventNames ?? []);
  const known = [...Object.keys(SCHEME_EVENTS[scheme]), ...chosen];
  const unknown = eventNames?.find((name) => !Token.isUnresolved(name) && !known.includes(name));
  if (unknown !== undefined) {
    throw new Error(
      `\`reconciliation.eventNames\` must contain names of events of ${scheme}, got: '${unknown}'.${didYouMean(unknown, known)} `
      + 'If the provider sends an event with this name, add the name to `moneyMovementEvents` and `unlistedEvents`, or leave it out.',
    );
  }
}
