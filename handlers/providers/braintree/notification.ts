import { createHash } from 'node:crypto';
import { XMLParser } from 'fast-xml-parser';
import { EVENTS } from './braintree-events';
import { braintreeRisk } from './braintree-risk';
import type { Kind, ProviderConfig } from '../../../src/private/contract';
import { customerOf } from '../shared/customer';
import { meaningOf } from '../shared/event-table';
import { metadataIn, parseCardBin, moneyFromMajor, parseEventTime, parseCurrency } from '../shared/event-values';
import { isJsonObject, parseCode, parseText, valueAt, type JsonObject } from '../shared/json';
import { unparsed, type NormalizedEvent } from '../shared/normalized-event';

/** The kinds of transactions that Braintree retried by itself, by status. */
const KINDS_OF_RETRIED: ReadonlyMap<string, Kind> = new Map([
  ['authorized', 'authorized'],
  ['settled', 'captured'],
  ['settling', 'captured'],
  ['submitted_for_settlement', 'captured'],
  ['failed', 'failed'],
  ['gateway_rejected', 'failed'],
  ['processor_declined', 'failed'],
  ['settlement_declined', 'failed'],
  ['authorization_expired', 'canceled'],
  ['voided', 'canceled'],
]);
/** Declined statuses of a retried transaction. A transaction that `failed` did not reach the bank. */
const REJECTIONS: ReadonlySet<string> = new Set(['gateway_rejected', 'processor_declined', 'settlement_declined']);

/** A dispute that only requests documents. */
const INQUIRY = 'retrieval';

/**
 * All values stay text, so that identifiers and amounts stay exact. Attributes
 * are ignored: a `nil` element is empty. Entities are not expanded, because the
 * values that are read do not contain any, and so they cannot exhaust memory.
 * The parser rejects more than 100 levels.
 */
const parser = new XMLParser({ parseTagValue: false, processEntities: false, ignoreDeclaration: true, ignorePiTags: true });

/**
 * Reads a payload, base64 of a notification in XML. Braintree sends no event id.
 * The kind, the time and the subject identify an event. Test mode has separate
 * keys, and a notification does not show it.
 */
export function normalizeBraintreeNotification(payload: string, config: Pick<ProviderConfig, 'metadataKeys'>): NormalizedEvent {
  const notification = valueAt(parseXml(Buffer.from(payload, 'base64').toString()), 'notification');
  const name = parseText(valueAt(notification, 'kind'));
  if (name === undefined) {
    return unparsed(hash(payload.trimEnd()));
  }
  const object = braintreeObject(name, notification);
  // A dispute and a local payment contain their transaction.
  const transaction = isJsonObject(object.transaction) ? object.transaction : object;
  const kind = braintreeKind(name, object);
  const amount = [object['amount-disputed'], object.amount, transaction.amount].find((value) => value !== undefined && value !== '');
  const currency = parseCurrency(object['currency-iso-code']) ?? parseCurrency(transaction['currency-iso-code'])
    ?? parseCurrency(valueAt(object, 'merchant-account.currency-iso-code'));
  const money = moneyFromMajor(amount, currency);
  return {
    parsed: amount === undefined || money !== undefined,
    fields: {
      eventId: identityOf(name, parseText(valueAt(notification, 'timestamp')), parseText(object.id), payload),
      transactionId: parseText(transaction['refunded-transaction-id']) ?? parseText(object['transaction-id']) ?? parseText(transaction.id)
        ?? parseText(object['payment-id']),
      eventName: name,
      kind,
      status: parseText(object.status) ?? parseText(transaction.status) ?? parseText(object['disbursement-type']),
      live: true,
      money,
      currency,
      account: parseText(transaction['merchant-account-id']) ?? parseText(valueAt(object, 'merchant-account.id')),
      reference: parseText(transaction['order-id']),
      ...metadataIn([customFields(transaction)], config),
      ...customerOf(transaction, { id: parseText(valueAt(transaction, 'customer.id')), emails: ['customer.email'], phones: ['customer.phone'] }),
      paymentMethod: parseText(transaction['payment-instrument-type']),
      country: parseCode(valueAt(transaction, 'billing.country-code-alpha2'), 2),
      cardBin: parseCardBin(valueAt(transaction, 'credit-card.bin')),
      ...braintreeRisk(transaction),
      eventTime: parseEventTime(valueAt(notification, 'timestamp')),
      moneyMovement: meaningOf(EVENTS, name).moneyMovement && kind !== 'failed' && object.kind !== INQUIRY && !isCountedElsewhere(name, kind, object),
      movesNothing: object.kind === INQUIRY || undefined,
      declined: isBraintreeDecline(name, object),
    },
  };
}

/** The characters that XML must escape. */
const ENTITIES: { readonly [name: string]: string } = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/**
 * The custom fields by their names in the Control Panel, which have underscores. In XML, Braintree writes a name with
 * hyphens (https://articles.braintreepayments.com/control-panel/custom-fields).
 */
function customFields({ 'custom-fields': fields }: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(isJsonObject(fields) ? fields : {}).map(([name, value]) => [
    name.replaceAll('-', '_'),
    typeof value === 'string' ? value.replace(/&(amp|lt|gt|quot|apos);/g, (_, entity: string) => ENTITIES[entity]) : value,
  ]));
}

function parseXml(xml: string): unknown {
  try {
    return parser.parse(xml);
  } catch {
    return undefined;
  }
}

/** The object of a notification: the only object of its subject or, if a subscription was charged, its latest transaction. */
function braintreeObject(name: string, notification: unknown): JsonObject {
  const object = Object.values(valueAt(notification, 'subject') ?? {}).find(isJsonObject) ?? {};
  const charge = name.startsWith('subscription_charged_') ? [valueAt(object, 'transactions.transaction')].flat()[0] : undefined;
  return isJsonObject(charge) ? charge : object;
}

function braintreeKind(name: string, object: JsonObject): Kind {
  switch (name) {
    case 'disbursement':
      return object.success === 'false' ? 'failed' : 'paid-out';
    case 'transaction_retried':
      return KINDS_OF_RETRIED.get(parseText(object.status) ?? '') ?? 'other';
    case 'transaction_settled':
      return isRefund(object) ? 'refunded' : 'captured';
    default:
      return meaningOf(EVENTS, name).kind;
  }
}

function isBraintreeDecline(name: string, object: JsonObject): boolean {
  const isRejected = name === 'transaction_retried' ? REJECTIONS.has(parseText(object.status) ?? '') : meaningOf(EVENTS, name).declined;
  return isRejected && !isRefund(object);
}

function isRefund({ type }: JsonObject): boolean {
  return type === 'credit';
}

/**
 * Whether another notification already counts this money. Only bank debits
 * report that they settled, and those of a subscription were counted when it was
 * charged.
 */
function isCountedElsewhere(name: string, kind: Kind, object: JsonObject): boolean {
  return name === 'transaction_settled' && kind === 'captured' && parseText(object['subscription-id']) !== undefined;
}

/**
 * The three values as a JSON array, so that no two events have the same text. If
 * one is missing, the payload is the identity, with or without a final line
 * break, because the signature accepts both.
 */
function identityOf(name: string, timestamp: string | undefined, id: string | undefined, payload: string): string {
  return hash(timestamp === undefined || id === undefined ? payload.trimEnd() : JSON.stringify([name, timestamp, id]));
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
