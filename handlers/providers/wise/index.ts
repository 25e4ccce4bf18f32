import { createHash } from 'node:crypto';
import { PRODUCTION_KEY, SANDBOX_KEY } from './wise-keys';
import type { Kind, SignatureConfig } from '../../../src/private/contract';
import { meaningOf, type EventTable } from '../shared/event-table';
import { moneyFromMajor, parseCurrency, parseEventTime } from '../shared/event-values';
import { firstAt, isJsonObject, parseJson, parseText, present, valueAt } from '../shared/json';
import { unparsed, type NormalizedEvent } from '../shared/normalized-event';
import { verifyPublicKeySignature } from '../shared/public-key-signature';
import type { Scheme } from '../shared/scheme';

/** https://docs.wise.com/guides/developer/webhooks/event-handling */
const SIGNATURE: SignatureConfig = { signatureHeader: 'x-signature-sha256', encoding: 'base64' };

/**
 * https://docs.wise.com/api-reference/webhook-event
 *
 * Money movements: every credit and debit of a balance is one `balances#update`.
 * `balances#credit` is its deprecated form, and a refund to a balance is one of its
 * credits.
 */
const EVENTS: EventTable = {
  'balances#credit': { kind: 'captured' },
  'balances#update': { kind: 'other', moneyMovement: true },
  'transfers#payout-failure': { kind: 'failed' },
  'transfers#refund': { kind: 'refunded' },
  'transfers#state-change': { kind: 'other' },
};

/** https://docs.wise.com/guides/product/send-money/tracking/transfer-statuses */
const TRANSFER_KINDS: ReadonlyMap<string, Kind> = new Map([
  ['outgoing_payment_sent', 'paid-out'], ['bounced_back', 'failed'], ['cancelled', 'canceled'], ['funds_refunded', 'refunded'], ['charged_back', 'disputed'],
]);
const BALANCE_KINDS: ReadonlyMap<string, Kind> = new Map([['credit', 'captured'], ['debit', 'paid-out']]);

/** The transfer first. A transfer's identifier is the reference of the debit that pays for it. */
const TRANSACTIONS = ['transfer_id', 'transfer_reference', 'transfer.id', 'incoming_transfer_id', 'resource.id'];
const AMOUNTS = ['amount', 'resource.refund_amount'];
const CURRENCIES = ['currency', 'resource.refund_currency'];
const PROFILES = ['resource.profile_id', 'profile_id'];
const STATUSES = ['current_state', 'transaction_type', 'failure_reason_code'];

/** Wise: RSA-SHA256 of the raw body by a key that Wise publishes. */
export const wise = {
  events: EVENTS,

  verify: verifyPublicKeySignature(({ testMode, publicKeys = [testMode ? SANDBOX_KEY : PRODUCTION_KEY] }) => ({ signature: SIGNATURE, publicKeys })),

  /** Signed data does not show the sandbox, which has its own key. */
  normalize({ body }): NormalizedEvent {
    const event = parseJson(body);
    const eventName = parseText(valueAt(event, 'event_type'));
    const data = valueAt(event, 'data');
    if (eventName === undefined || !isJsonObject(data)) {
      return unparsed();
    }
    const status = firstAt(data, STATUSES, parseText);
    const meaning = meaningOf(EVENTS, eventName);
    const currency = firstAt(data, CURRENCIES, parseCurrency);
    const amount = firstAt(data, AMOUNTS, present);
    const money = moneyFromMajor(amount, currency);
    return {
      parsed: amount === undefined || money !== undefined,
      fields: {
        eventId: eventIdOf(eventName, data),
        transactionId: firstAt(data, TRANSACTIONS, parseText),
        eventName,
        kind: kindsOf(eventName)?.get(status ?? '') ?? meaning.kind,
        status,
        live: true,
        money,
        currency,
        account: firstAt(data, PROFILES, parseText),
        paymentMethod: parseText(data.channel_name),
        eventTime: parseEventTime(data.occurred_at),
        moneyMovement: meaning.moneyMovement,
        declined: false,
      },
    };
  },
} satisfies Scheme;

function kindsOf(eventName: string): ReadonlyMap<string, Kind> | undefined {
  switch (eventName) {
    case 'transfers#state-change':
      return TRANSFER_KINDS;
    case 'balances#update':
      return BALANCE_KINDS;
    default:
      return undefined;
  }
}

/**
 * Wise signs no identifier of the event. Its name and its data identify it: `sent_at`
 * can differ between attempts, and each subscription to the same event sends it
 * with its own `subscription_id`.
 */
function eventIdOf(eventName: string, data: object): string | undefined {
  try {
    return createHash('sha256').update(JSON.stringify([eventName, data])).digest('hex');
  } catch {
    // Nested too deeply for the stack. The body identifies the event.
    return undefined;
  }
}
