import type { Kind } from '../../../src/private/contract';

/** The meaning of a provider's event. */
export interface EventMeaning {
  readonly kind: Kind;
  /** Whether this is the one event that represents its movement of money. Default: false. */
  readonly moneyMovement?: boolean;
  /** Whether a bank or the provider declined a customer's payment. Default: false. */
  readonly declined?: boolean;
}

/** A provider's events by their names. Every other event has the kind `other`. */
export type EventTable = Readonly<Record<string, EventMeaning>>;

const UNLISTED: Required<EventMeaning> = { kind: 'other', moneyMovement: false, declined: false };

/** The meaning of an event. Only own properties count, because the sender chooses the name. */
export function meaningOf(events: EventTable, name: string): Required<EventMeaning> {
  return Object.hasOwn(events, name) ? { ...UNLISTED, ...events[name] } : UNLISTED;
}
