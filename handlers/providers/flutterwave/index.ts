import type { Kind } from '../../../src/private/contract';
import { verifyBodyHmac } from '../shared/body-hmac';
import { customerOf } from '../shared/customer';
import { meaningOf, type EventTable } from '../shared/event-table';
import { metadataIn, moneyFromMajor, parseCardBin, parseCurrency, parseEventTime, referenceIn } from '../shared/event-values';
import { firstAt, isJsonObject, parseCode, parseJson, parseText, present, valueAt } from '../shared/json';
import { unparsed, type NormalizedEvent } from '../shared/normalized-event';
import type { Scheme } from '../shared/scheme';

const CHARGE = 'charge.completed';

/** The events of version 4 (https://developer.flutterwave.com/docs/webhooks). "Completed" includes failures: the status decides. */
const EVENTS: EventTable = {
  'order.authorization': { kind: 'authorized' },
  [CHARGE]: { kind: 'captured', moneyMovement: true },
  'transfer.reversal': { kind: 'failed' },
  'refund.completed': { kind: 'refunded', moneyMovement: true },
  'transfer.disburse': { kind: 'paid-out', moneyMovement: true },
};

/**
 * The statuses of charges, refunds and transfers, in lower case
 * (https://developer.flutterwave.com/v4.0/reference/charges_get, https://developer.flutterwave.com/v4.0/docs/refunds,
 * https://developer.flutterwave.com/v4.0/reference/transfer_get).
 */
const DONE: ReadonlySet<string | undefined> = new Set(['succeeded', 'successful', 'completed']);
const UNDONE: ReadonlyMap<string | undefined, Kind> = new Map([['failed', 'failed'], ['cancelled', 'canceled'], ['voided', 'canceled']]);

/**
 * What left the balance. The `amount` of a transfer can be in either of its currencies
 * (https://developer.flutterwave.com/docs/direct-transfer-flow).
 */
const TRANSFERRED = ['debit_information.actual_debit_amount'];
/** A refund has no currency. */
const AMOUNTS = ['amount_refunded', 'amount'];

/**
 * Flutterwave, version 4: HMAC-SHA256 of the raw body
 * (https://developer.flutterwave.com/docs/webhooks). Version 3 sends the secret
 * itself in `verif-hash`, which protects no body, so that it is rejected.
 */
export const flutterwave = {
  events: EVENTS,

  verify: verifyBodyHmac({ header: 'flutterwave-signature', algorithm: 'sha256', encoding: 'base64' }),

  /** Signed data does not show the sandbox. */
  normalize({ body }, config): NormalizedEvent {
    const event = parseJson(body);
    const eventName = parseText(valueAt(event, 'type'));
    const data = valueAt(event, 'data');
    if (eventName === undefined || !isJsonObject(data)) {
      return unparsed();
    }
    const { kind: named, moneyMovement } = meaningOf(EVENTS, eventName);
    const status = parseText(data.status);
    const outcome = status?.toLowerCase();
    const kind = UNDONE.get(outcome) ?? named;
    const isTransfer = eventName.startsWith('transfer.');
    const currency = parseCurrency(isTransfer ? valueAt(data, 'debit_information.currency') : data.currency);
    const amount = firstAt(data, isTransfer ? TRANSFERRED : AMOUNTS, present);
    const money = moneyFromMajor(amount, currency);
    return {
      parsed: amount === undefined || money !== undefined,
      fields: {
        eventId: statusEventId(eventName, data.id, status),
        transactionId: firstAt(data, ['charge_id', 'id'], parseText),
        eventName,
        kind,
        status,
        live: true,
        money,
        currency,
        reference: referenceIn(data.meta, config) ?? parseText(data.reference),
        ...metadataIn([data.meta], config),
        ...customerOf(data, { id: firstAt(data, ['customer.id', 'customer_id'], parseText), emails: ['customer.email'] }),
        paymentMethod: firstAt(data, ['payment_method.type', 'type'], parseText),
        country: parseCode(valueAt(data, 'customer.address.country'), 2),
        cardBin: parseCardBin(valueAt(data, 'payment_method.card.first6')),
        eventTime: parseEventTime(data.created_datetime),
        moneyMovement,
        movesNothing: !DONE.has(outcome) || undefined,
        declined: eventName === CHARGE && kind === 'failed',
      },
    };
  },
} satisfies Scheme;

/**
 * Flutterwave does not document whether `webhook_id` identifies an event or an
 * endpoint, and whether `timestamp` is the same in each attempt. Name, object and
 * status identify an event: an object gets each status once.
 */
function statusEventId(name: string, ...parts: readonly unknown[]): string | undefined {
  const [id, status] = parts.map(parseText);
  return id === undefined || status === undefined ? undefined : `${name}:${id}:${status}`;
}
