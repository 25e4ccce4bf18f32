import { toDecimal, withThousands } from '../../handlers/domain/money';
import type { AssessedDetail } from '../../src/private/contract';

/** An event on the bus, or an alert. Texts are unchanged: make them printable before you show them. */
export interface ObservedEvent {
  /** ISO 8601. */
  readonly time: string;
  /** `received`, `assessed`, `blocked` or `alert`. */
  readonly what: string;
  /** The id of the event on the bus, or of the message. Each is delivered at least once. */
  readonly id: string;
  readonly provider?: string;
  readonly transaction_id?: string;
  readonly event_id?: string;
  readonly amount?: string;
  readonly currency?: string;
  readonly tier?: string;
  readonly kind?: string;
  readonly live?: boolean;
  readonly reference?: string;
  readonly verdict?: string;
  readonly score?: number;
  readonly reasons?: readonly string[];
  /** Of an alert: its first line. */
  readonly text?: string;
}

interface BusMessage {
  readonly 'id': string;
  readonly 'time': string;
  readonly 'detail-type': string;
  readonly 'detail': Partial<AssessedDetail>;
}

interface TopicMessage {
  readonly Type: 'Notification';
  readonly MessageId: string;
  readonly Timestamp: string;
  readonly Subject?: string | null;
  readonly Message: string;
}

/** `TEST High: captured 12,345.00 EUR (stripe, prod)`, the first line of each text of an alert. */
const HEADLINE = /^(TEST )?(High|Medium|Low|Transaction|APPROVE|REVIEW|BLOCK): (\S+)(?: ([\d,.-]+) (\S+)|[^(]*)(?: \(unknown currency\))? \(([a-z0-9-]+), /;
const TRANSACTION_ID = /\bID (\S+?)\.?(?=\s|$)/;
/** The line with the tier of an assessed transaction. Its SMS does not have it. */
const TIER = /^(High|Medium|Low)-value\b/m;
const REFERENCE = /\bReference (.+?)(?=\.? Customer |\.? Time |\n|$)/;
const TIERS: ReadonlySet<string> = new Set(['High', 'Medium', 'Low']);
const DETAIL_TYPE_PREFIX = 'transaction.';

/** Reads the body of a message in the queue. Undefined if it is neither an event nor an alert, whoever wrote it. */
export function observedEvent(body: string): ObservedEvent | undefined {
  try {
    return parsedEvent(JSON.parse(body) as BusMessage | TopicMessage | null);
  } catch {
    return undefined;
  }
}

function parsedEvent(message: BusMessage | TopicMessage | null): ObservedEvent | undefined {
  if (message !== null && typeof message === 'object') {
    if ('detail-type' in message) {
      return busEvent(message);
    }
    if (message.Type === 'Notification') {
      return alertOf(message);
    }
  }
  return undefined;
}

function busEvent({ 'id': id, 'time': time, 'detail-type': type, 'detail': detail }: BusMessage): ObservedEvent {
  const { amount_minor: minor, exponent } = detail;
  const { provider, transaction_id, event_id, currency, tier, kind, live, reference, verdict, score, reasons } = detail;
  return {
    time,
    what: type.startsWith(DETAIL_TYPE_PREFIX) ? type.slice(DETAIL_TYPE_PREFIX.length) : type,
    id,
    provider,
    transaction_id,
    event_id,
    amount: minor === undefined || exponent === undefined ? undefined : withThousands(toDecimal(BigInt(minor), exponent)),
    currency,
    // The amount of an event that is no movement is not routed.
    tier: detail.money_movement ? tier : undefined,
    kind,
    live,
    reference,
    verdict,
    score,
    reasons,
  };
}

/** An alert. One that the system did not write, such as that of an alarm, has only its text. */
function alertOf({ MessageId: id, Timestamp: time, Subject: subject, Message }: TopicMessage): ObservedEvent {
  // EventBridge delivers a text as JSON.
  const text = unquoted(Message);
  const headline = HEADLINE.exec(text);
  if (!headline) {
    return { time, what: 'alert', id, text: subject ?? text.split('\n')[0] };
  }
  const [, test, label, kind, amount, currency, provider] = headline;
  const isTier = TIERS.has(label);
  return {
    time,
    what: 'alert',
    id,
    provider,
    transaction_id: TRANSACTION_ID.exec(text)?.[1],
    amount,
    currency,
    tier: isTier ? label.toLowerCase() : TIER.exec(text)?.[1].toLowerCase(),
    kind: kind.replace(/,$/, ''),
    live: test === undefined,
    reference: REFERENCE.exec(text)?.[1],
    verdict: isTier || label === 'Transaction' ? undefined : label.toLowerCase(),
    text: text.split('\n')[0],
  };
}

function unquoted(message: string): string {
  try {
    const text: unknown = JSON.parse(message);
    return typeof text === 'string' ? text : message;
  } catch {
    return message;
  }
}
