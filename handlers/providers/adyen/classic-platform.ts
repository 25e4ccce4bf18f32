import type { Exponents } from '../../domain/money';
import { meaningOf, type EventTable } from '../shared/event-table';
import { moneyFromMinor, parseCurrency, parseEventTime } from '../shared/event-values';
import { firstAt, parseText, present, valueAt, type JsonObject } from '../shared/json';
import type { NormalizedEvent } from '../shared/normalized-event';

const PAYOUT = 'ACCOUNT_HOLDER_PAYOUT';

/**
 * The events of a classic platform by their `eventType`
 * (https://docs.adyen.com/api-explorer/Notification/latest/overview). A payment
 * that fails has its own AUTHORISATION, which is the decline. Transfers move
 * money between accounts of the platform, which neither receives nor pays it.
 */
export const CLASSIC_EVENTS: EventTable = {
  [PAYOUT]: { kind: 'paid-out', moneyMovement: true },
  PAYOUT_CONFIRMED: { kind: 'paid-out' },
  PAYMENT_FAILURE: { kind: 'failed' },
};

/**
 * The money leaves when a payout is confirmed. Before, it is only scheduled
 * (https://docs.adyen.com/classic-platforms/payouts/payout-notifications).
 */
const CONFIRMED = 'Confirmed';
const FAILED = 'Failed';
/** The payment or payout that an event is about, else the event's own request. */
const TRANSACTIONS = ['content.originalPspReference', 'content.originalReference', 'content.paymentPspReference', 'pspReference'];
const REFERENCES = ['content.merchantReference', 'content.paymentMerchantReference'];
const ACCOUNTS = ['content.accountHolderCode', 'content.accountCode'];

/** Whether a webhook is of a classic platform. */
export function isClassic(webhook: JsonObject): boolean {
  return parseText(webhook.eventType) !== undefined && webhook.type === undefined;
}

/** Reads a webhook of a classic platform, which is signed as a whole. */
export function readClassicWebhook(webhook: JsonObject, exponents: Exponents): NormalizedEvent {
  const eventName = String(webhook.eventType);
  const { kind, moneyMovement } = meaningOf(CLASSIC_EVENTS, eventName);
  const status = parseText(valueAt(webhook, 'content.status.statusCode'));
  const amounts = amountsIn(webhook.content);
  // One event cannot have several amounts.
  const [amount] = amounts.length > 1 ? [] : amounts;
  const currency = parseCurrency(valueAt(amount, 'currency'));
  const money = moneyFromMinor(valueAt(amount, 'value'), currency, exponents);
  return {
    parsed: amounts.length === 0 || money !== undefined,
    fields: {
      transactionId: firstAt(webhook, TRANSACTIONS, parseText),
      eventName,
      kind: kind === 'paid-out' && status === FAILED ? 'failed' : kind,
      status,
      account: firstAt(webhook, ACCOUNTS, parseText),
      reference: firstAt(webhook, REFERENCES, parseText),
      live: webhook.live !== false && webhook.live !== 'false',
      money,
      currency,
      eventTime: parseEventTime(webhook.eventDate),
      moneyMovement: moneyMovement && status === CONFIRMED,
      movesNothing: (moneyMovement && status !== CONFIRMED) || undefined,
      declined: false,
    },
  };
}

/** A payout has an amount for each currency. */
function amountsIn(content: unknown): readonly unknown[] {
  const several = valueAt(content, 'amounts');
  const single = present(valueAt(content, 'amount'));
  return Array.isArray(several) ? several : single === undefined ? [] : [single];
}
