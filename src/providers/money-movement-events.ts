import { Annotations } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { NEVER_A_MOVEMENT, SCHEME_EVENTS, type Kind, type SchemeName } from '../private/contract';
import { editDistance } from '../private/edit-distance';
import { validateKnownList } from '../private/validation';

/** The maximum number of wrong characters in a typo. */
const MAX_TYPO_DISTANCE = 2;
const WARNING_PREFIX = 'cdk-webhook-processing-system:moneyMovementEvents';

/** Rejects events that never move money, and known names in another case. Providers add events, so that other names are possible. */
export function validateMoneyMovementEvents(scheme: SchemeName, events: readonly string[] = []): void {
  validateKnownList('moneyMovementEvents', events);
  for (const event of events) {
    const [known, kind] = knownEvents(scheme).find(([name]) => name.toLowerCase() === event.toLowerCase()) ?? [event];
    if (kind && NEVER_A_MOVEMENT.includes(kind)) {
      throw new Error(
        `\`moneyMovementEvents\` must not contain events of the kinds ${NEVER_A_MOVEMENT.join(' and ')}, because they move no money, `
        + `got: '${event}', which is of the kind ${kind}. Remove it.`,
      );
    }
    if (known !== event) {
      throw new Error(`\`moneyMovementEvents\` must contain event names in the case of the provider, got: '${event}'. Use '${known}'.`);
    }
  }
}

/** Warns about names that are probably typos: similar to one known name that can be a money movement. */
export function warnOfSimilarEvents(scope: Construct, provider: string, scheme: SchemeName, events: readonly string[] = []): void {
  for (const event of events) {
    const [similar, ...others] = knownEvents(scheme)
      .filter(([name, kind]) => !NEVER_A_MOVEMENT.includes(kind) && editDistance(event, name) <= MAX_TYPO_DISTANCE)
      .map(([name]) => name);
    if (similar !== undefined && similar !== event && others.length === 0) {
      Annotations.of(scope).addWarningV2(
        `${WARNING_PREFIX}:${event}`,
        `\`moneyMovementEvents\` of the provider '${provider}' contains '${event}', which is no known event of ${scheme} but similar to `
        + `'${similar}'. Correct the name, or acknowledge this warning if the provider sends an event with this name.`,
      );
    }
  }
}

/** The events of a scheme with their kinds. Empty if the user defines the events. */
function knownEvents(scheme: SchemeName): [string, Kind][] {
  return Object.entries(SCHEME_EVENTS[scheme]);
}
