import type { SimulatedEvent, SimulatedEvents, SimulatedPayment } from './provider-simulator';
import { emailOf, fingerprintOf, majorAmount, uuidOf } from './simulated-values';
import { KINDS, type FieldsConfig, type Kind, type ProviderConfig } from '../../../../src/private/contract';

type Members = { [name: string]: unknown };

/** Money movements first. `other` is last, because its events are usually not about money. */
const ORDER: readonly Kind[] = ['captured', 'refunded', 'disputed', 'paid-out', ...KINDS];
/** The name of the event if the configuration lists no names. */
const ANY_NAME = 'payment';

/** The events of a user who maps the fields of the body: one for each name that the configuration lists. */
export function mappedEvents({ fields = {}, moneyMovementEvents = [] }: Pick<ProviderConfig, 'fields' | 'moneyMovementEvents'>): SimulatedEvents {
  const kinds = new Map<string, Kind>([...moneyMovementEvents.map((name) => [name, 'other'] as const), ...Object.entries(fields.kinds ?? {})]);
  const named: [string, Kind][] = kinds.size > 0 ? [...kinds] : [[ANY_NAME, 'other']];
  const isOther = ([name, kind]: [string, Kind]) => Number(kind === 'other' && !moneyMovementEvents.includes(name));
  return Object.fromEntries(named
    .sort((a, b) => isOther(a) - isOther(b) || ORDER.indexOf(a[1]) - ORDER.indexOf(b[1]))
    .map(([name, kind]) => [name, mappedEvent(name, kind, fields)]));
}

function mappedEvent(name: string, kind: Kind, fields: FieldsConfig): SimulatedEvent {
  return {
    kind,
    omits: [
      ...fields.amount === undefined ? ['amount'] as const : [],
      ...fields.currency === undefined ? ['currency'] as const : [],
      ...fields.customerId === undefined ? ['customer'] as const : [],
      ...fields.reference === undefined ? ['reference'] as const : [],
    ],
    body: (payment) => mappedBody(name, kind, payment, fields),
  };
}

/** The values at the user's paths. If one path leads through the value of another, no body has both, and the first one counts. */
function mappedBody(name: string, kind: Kind, payment: SimulatedPayment, fields: FieldsConfig): object {
  const { metadataKeys = [] } = fields;
  const body: Members = {};
  const values: ReadonlyArray<readonly [path: string | undefined, value: unknown]> = [
    [fields.transactionId, `payment-${payment.id}`],
    [fields.eventId, uuidOf(payment.eventId)],
    [fields.eventName, name],
    [fields.eventTime, payment.at.toISOString()],
    [fields.amount, fields.amountUnit === 'major' ? majorAmount(payment) : Number(payment.minor)],
    [fields.currency, payment.currency],
    [fields.live, payment.live],
    [fields.customerId, payment.customer],
    [fields.reference, payment.reference],
    [fields.status, kind],
    [fields.account, 'simulated-account'],
    [fields.paymentMethod, 'card'],
    [fields.country, 'DE'],
    [fields.cardCountry, 'DE'],
    [fields.cardBin, '411111'],
    [fields.cardFingerprint, fingerprintOf(payment)],
    [fields.email, emailOf(payment)],
    [fields.riskScore, 12],
    [fields.riskLevel, 'normal'],
    [fields.threeDSecure, 'authenticated'],
    [fields.phone, '+14155550123'],
    // A key of the metadata can contain dots.
    [fields.metadata, Object.fromEntries(metadataKeys.map((key) => [key, 'example']))],
  ];
  values.forEach(([path, value]) => {
    if (path !== undefined) {
      setAt(body, path.split('.'), value);
    }
  });
  return body;
}

/** Sets a member below members that are made if they are missing. A number is the index of an array. */
function setAt(parent: Members, [name, ...rest]: readonly string[], value: unknown): void {
  const existing = Object.hasOwn(parent, name) ? parent[name] : undefined;
  if (rest.length > 0) {
    const child = existing ?? (/^\d{1,3}$/.test(rest[0]) ? [] : {});
    define(parent, name, child);
    if (isMembers(child)) {
      setAt(child, rest, value);
    }
  } else if (isMembers(existing) && isMembers(value)) {
    Object.entries(value).filter(([key]) => !Object.hasOwn(existing, key)).forEach(([key, member]) => define(existing, key, member));
  } else if (existing === undefined) {
    define(parent, name, value);
  }
}

/** An own property, also for a name such as `__proto__`. */
function define(parent: Members, name: string, value: unknown): void {
  Object.defineProperty(parent, name, { value, enumerable: true, configurable: true, writable: true });
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null;
}
