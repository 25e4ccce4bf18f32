import type { PaymentEvent } from './payment-event';
import { eventAmount } from '../../../handlers/domain/money';
import { normalizeCanonicalBody } from '../../../handlers/providers/shared/canonical-transaction';
import { parseEventTime } from '../../../handlers/providers/shared/event-values';
import { CANONICAL_MESSAGES } from '../../../handlers/providers/shared/generated/canonical-body';
import { CARRIED_FIELDS, LABELS, NO_CURRENCY, SCHEMA_VERSION, type Label, type TransactionDetail } from '../../../src/private/contract';

/** A line that is not an event. The message names the field. */
export class InvalidLine extends Error {
  public readonly name = 'InvalidLine';
}

/** A parsed line: an event of the bus has more fields than a line that somebody wrote. */
type EventLine = { readonly [field: string]: unknown };

/** The provider of lines without one. */
const NO_PROVIDER = 'file';
/** The fields of a line in addition to those of a canonical transaction. */
const OWN_FIELDS: ReadonlySet<string> = new Set(['label', 'label_time', 'received_at', 'provider']);
/** The canonical fields that neither rules nor facts read. Their stored form can be longer than a sender can send. */
const UNREAD: ReadonlySet<string> = new Set(['status', 'account', 'reference', 'metadata', 'payment_method']);

/**
 * Returns the event of a line: the fields of a canonical transaction or of an event on the bus, with `label` and `label_time`.
 * Undefined if it is neither a money movement nor a declined payment.
 */
export function paymentEventOf(line: EventLine, number: number): PaymentEvent | undefined {
  const isFromBus = line.schema_version !== undefined;
  const unknown = Object.keys(line).find((name) => !isFromBus && !(name in CANONICAL_MESSAGES) && !OWN_FIELDS.has(name));
  if (unknown !== undefined) {
    throw new InvalidLine(`\`${unknown.slice(0, 100)}\` is not a field of an event`);
  }
  const label = labelOf(line);
  const labeledAt = lineTime(line, 'label_time');
  const detail = lineDetail(line, number);
  return detail && { ...detail, label, labeledAt };
}

function lineDetail(line: EventLine, number: number): Pick<PaymentEvent, 'detail' | 'declined'> | undefined {
  const eventId = `line-${number}`;
  const sent = Object.entries(line).filter(([name]) => name in CANONICAL_MESSAGES && !UNREAD.has(name));
  const normalized = normalizeCanonicalBody(Object.fromEntries(sent), eventId);
  if (!normalized.parsed) {
    const { field, message } = normalized.violation!;
    throw new InvalidLine(`\`${field}\` ${message}`);
  }
  const { fields } = normalized;
  const eventTime = fields.eventTime?.toISOString();
  const receivedAt = lineTime(line, 'received_at') ?? eventTime;
  if (receivedAt === undefined) {
    throw new InvalidLine('`event_time` is required, if `received_at` is not set');
  }
  const moved = fields.money !== undefined && fields.money.minor !== 0n && (typeof line.money_movement === 'boolean' ? line.money_movement : fields.moneyMovement);
  if (!fields.live || !(moved || fields.declined)) {
    return undefined;
  }
  const provider = typeof line.provider === 'string' ? line.provider : NO_PROVIDER;
  const detail: TransactionDetail = {
    ...Object.fromEntries(CARRIED_FIELDS.map(({ attribute, key }) => [attribute, fields[key]])),
    schema_version: SCHEMA_VERSION,
    transaction_id: line.schema_version === undefined ? `${provider}:${fields.transactionId}` : fields.transactionId!,
    timestamp: `${receivedAt}#${eventId}`,
    event_id: eventId,
    provider,
    provider_event: fields.kind,
    kind: fields.kind,
    live: true,
    money_movement: moved,
    amount: fields.money && eventAmount(fields.money.minor, fields.money.exponent),
    amount_minor: fields.money?.minor.toString(),
    exponent: fields.money?.exponent,
    currency: fields.currency ?? NO_CURRENCY,
    event_time: eventTime,
    received_at: receivedAt,
    alert_subject: '',
    alert_text: '',
    alert_sms: '',
  };
  return { detail, declined: !moved };
}

function labelOf({ label }: EventLine): Label | undefined {
  if (label === undefined || label === null) {
    return undefined;
  }
  const known = LABELS.find((each) => each === label);
  if (known === undefined) {
    throw new InvalidLine(`\`label\` must be ${LABELS.join(' or ')}`);
  }
  return known;
}

/** A time in the form in which stored times are compared. */
function lineTime(line: EventLine, field: string): string | undefined {
  const value = line[field];
  const time = typeof value === 'string' ? parseEventTime(value) : undefined;
  if (value !== undefined && time === undefined) {
    throw new InvalidLine(`\`${field}\` must be a time of RFC 3339 with its offset, such as 2026-01-31T12:00:00Z`);
  }
  return time?.toISOString();
}
