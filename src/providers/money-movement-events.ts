import { Token } from 'aws-cdk-lib';
import type { WebhookProviderProps } from './webhook-provider-props';
import { KINDS, NEVER_A_MOVEMENT, SCHEME_EVENTS, type FieldsConfig, type Kind, type SchemeName } from '../private/contract';
import { didYouMean } from '../private/did-you-mean';
import { validateKnownList } from '../private/validation';

/** The events that a provider can send, and what the error about any other one says. */
interface KnownEvents {
  readonly kinds: Readonly<Record<string, Kind>>;
  readonly source: string;
  readonly remedy: string;
}

/** Rejects unknown events, and those that never move money. Without a known list, any names are possible. */
export function validateMoneyMovementEvents(
  scheme: SchemeName, { moneyMovementEvents = [], unlistedEvents = [] }: WebhookProviderProps, fields?: FieldsConfig,
): void {
  validateKnownList('moneyMovementEvents', moneyMovementEvents);
  validateUnlistedEvents(scheme, unlistedEvents, moneyMovementEvents);
  const known = knownEvents(scheme, fields);
  if (!known) {
    return;
  }
  for (const event of moneyMovementEvents.filter((name) => !Token.isUnresolved(name))) {
    const kind = Object.hasOwn(known.kinds, event) ? known.kinds[event] : undefined;
    if (kind !== undefined && NEVER_A_MOVEMENT.includes(kind)) {
      throw new Error(
        `\`moneyMovementEvents\` must not contain events of the kinds ${NEVER_A_MOVEMENT.join(' and ')}, because they move no money, `
        + `got: '${event}', which is of the kind ${kind}. Remove it.`,
      );
    }
    if (kind === undefined && !unlistedEvents.includes(event)) {
      throw new Error(
        `\`moneyMovementEvents\` must contain ${known.source}, got: '${event}'.${didYouMean(event, Object.keys(known.kinds))} ${known.remedy}`,
      );
    }
  }
}

/** A name that is not used is probably a typo, too. */
function validateUnlistedEvents(scheme: SchemeName, unlisted: readonly string[], chosen: readonly string[]): void {
  validateKnownList('unlistedEvents', unlisted);
  const [unused] = unlisted.filter((name) => !Token.isUnresolved(name) && !chosen.includes(name));
  if (unused !== undefined) {
    throw new Error(`\`unlistedEvents\` must contain only names that \`moneyMovementEvents\` contains too, got: '${unused}'. Add it there, or remove it.`);
  }
  if (unlisted.length > 0 && !definesEvents(scheme)) {
    throw new Error(
      `\`unlistedEvents\` must not be set for a provider whose events this library does not list, got: '${unlisted.join("', '")}'. Leave it out.`,
    );
  }
}

/** Undefined if the user can choose any names. */
function knownEvents(scheme: SchemeName, fields?: FieldsConfig): KnownEvents | undefined {
  if (definesEvents(scheme)) {
    return {
      kinds: SCHEME_EVENTS[scheme],
      source: `names of events of ${scheme}`,
      remedy: 'If the provider sends an event with this name, add the name to `unlistedEvents`, too.',
    };
  }
  if (!fields) {
    return {
      kinds: Object.fromEntries(KINDS.map((kind) => [kind, kind])),
      source: 'kinds of the canonical transaction',
      remedy: `The kinds are ${KINDS.join(', ')}.`,
    };
  }
  return fields.kinds && {
    kinds: fields.kinds,
    source: 'names from `fields.kinds`',
    remedy: 'If the sender sends an event with this name, add the name to `fields.kinds`.',
  };
}

function definesEvents(scheme: SchemeName): boolean {
  return Object.keys(SCHEME_EVENTS[scheme]).length > 0;
}
