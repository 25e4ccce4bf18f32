import type { SimulatedEvent, SimulatedEvents, ProviderSimulator } from '../../handlers/providers/shared/simulators/provider-simulator';
import { SIMULATORS } from '../../handlers/providers/simulators';
import { KINDS, type Kind, type ProviderConfig, type SchemeName } from '../../src/private/contract';
import { didYouMean } from '../../src/private/did-you-mean';
import { alignedRows } from '../terminal/aligned-rows';
import { UsageError } from '../terminal/usage-error';

/** The names of the schemes that can be simulated. */
export const SIMULATED_SCHEMES = Object.keys(SIMULATORS) as SchemeName[];

/** Users choose the body and how it is signed. */
export const USER_DEFINED: readonly SchemeName[] = ['hmac', 'public-key'];

/** Whether a name is that of a scheme. */
export function isSimulatedScheme(name: string): name is SchemeName {
  return Object.hasOwn(SIMULATORS, name);
}

/** The scheme of a name. */
export function simulatedScheme(name: string): SchemeName {
  if (!isSimulatedScheme(name)) {
    throw new UsageError(`unknown scheme '${name}'.${didYouMean(name, SIMULATED_SCHEMES)} The schemes are ${SIMULATED_SCHEMES.join(', ')}.`);
  }
  return name;
}

/** The simulator of a scheme. */
export function simulatorOf(scheme: SchemeName): ProviderSimulator {
  return SIMULATORS[simulatedScheme(scheme)];
}

/** The events of a provider. For schemes whose users define the body, the configuration decides. */
export function eventsOfProvider({ eventsOf, events }: ProviderSimulator, config: ProviderConfig): SimulatedEvents {
  return eventsOf?.(config) ?? events;
}

/** One of the events, with the key that it is chosen by. */
export interface ChosenEvent extends SimulatedEvent {
  readonly key: string;
  /** The provider's name of the event. */
  readonly name: string;
}

/** The event of a name or of a kind. Without both, the first one, which is a money movement. */
export function chooseEvent(
  events: SimulatedEvents, provider: string, { event, kind }: { readonly event?: string; readonly kind?: string },
): ChosenEvent {
  if (event !== undefined && kind !== undefined) {
    throw new UsageError('name the event or its --kind, not both');
  }
  const keys = Object.keys(events);
  const isChosen = (key: string) => event === undefined ? kind === undefined || events[key].kind === kindNamed(kind) : key === event;
  const key = keys.find(isChosen);
  if (key === undefined) {
    const reason = event === undefined ? `${provider} has no event of the kind '${kind}'.` : `${provider} has no event '${event}'.${didYouMean(event, keys)}`;
    throw new UsageError(`${reason} Its events are ${keys.join(', ')}.`);
  }
  return { ...events[key], key, name: events[key].name ?? key };
}

function kindNamed(text: string): Kind {
  const kind = KINDS.find((each) => each === text);
  if (kind === undefined) {
    throw new UsageError(`--kind must be one of ${KINDS.join(', ')}, got '${text}'.${didYouMean(text, KINDS)}`);
  }
  return kind;
}

/** The events of a provider, one in a line. */
export function eventLines(events: SimulatedEvents): string[] {
  return alignedRows(Object.entries(events).map(([key, { kind, omits = [] }]) => [
    key, omits.length === 0 ? kind : `${kind.padEnd(LONGEST_KIND)}  without ${omits.join(', ')}`,
  ]));
}

const LONGEST_KIND = Math.max(...KINDS.map(({ length }) => length));

/** The same for programs. */
export function eventsJson(events: SimulatedEvents): object[] {
  return Object.entries(events).map(([event, { kind, omits = [] }]) => ({ event, kind, omits }));
}

/** The schemes, one in a line. */
export function simulatedSchemeLines(): string[] {
  return alignedRows(SIMULATED_SCHEMES.map((scheme) => [scheme, SIMULATORS[scheme].cannotSign === undefined ? kindsText(scheme) : 'prints events only (--print)']));
}

/** The same for programs. */
export function simulatedSchemesJson(): object[] {
  return SIMULATED_SCHEMES.map((scheme) => ({ scheme, events: eventsJson(SIMULATORS[scheme].events), cannot_sign: SIMULATORS[scheme].cannotSign }));
}

function kindsText(scheme: SchemeName): string {
  if (USER_DEFINED.includes(scheme)) {
    return 'the events that the configuration of the system lists';
  }
  return [...new Set(Object.values(SIMULATORS[scheme].events).map(({ kind }) => kind))].join(', ');
}
