import { verifyBodyHmac } from './shared/body-hmac';
import { parseCardBin } from './shared/card-bin';
import { moneyFromMinor } from './shared/event-money';
import { firstAt, parseCode, parseJson, parseText, present, valueAt } from './shared/json';
import { unparsed, parseCurrency, type NormalizedEvent } from './shared/normalized-event';
import type { Kind } from '../../src/private/contract';
import { emailDomainOf } from '../domain/email-domain';
import { parseEventTime } from './shared/event-time';
import type { Scheme } from './shared/scheme';

/** https://paystack.com/docs/payments/webhooks/ */
const KINDS: ReadonlyMap<string, Kind> = new Map([
  ['preauthorization.reserve.success', 'authorized'],
  ['charge.success', 'captured'],
  ['paymentrequest.success', 'captured'],
  ['preauthorization.capture.success', 'captured'],
  ['bank.transfer.rejected', 'failed'],
  ['invoice.payment_failed', 'failed'],
  ['preauthorization.capture.failed', 'failed'],
  ['refund.failed', 'failed'],
  ['transfer.failed', 'failed'],
  ['transfer.reversed', 'failed'],
  ['preauthorization.release.success', 'canceled'],
  ['refund.needs-attention', 'refunded'],
  ['refund.pending', 'refunded'],
  ['refund.processed', 'refunded'],
  ['refund.processing', 'refunded'],
  ['charge.dispute.create', 'disputed'],
  ['charge.dispute.remind', 'disputed'],
  ['charge.dispute.resolve', 'disputed'],
  ['transfer.success', 'paid-out'],
]);

/**
 * One event a movement of money: invoices and payment requests carry the
 * amount of their charge again. A captured preauthorisation has an event of
 * its own (https://paystack.com/docs/api/preauthorization/).
 */
const MOVING_MONEY: ReadonlySet<string> = new Set([
  'charge.success', 'charge.dispute.create', 'preauthorization.capture.success', 'refund.processed', 'transfer.success',
]);

/**
 * A bank transfer is the customer's payment, a transfer the merchant's payout;
 * a preauthorisation whose capture fails was granted before.
 */
const DECLINES: ReadonlySet<string> = new Set(['bank.transfer.rejected', 'invoice.payment_failed']);

/** A preauthorisation names what it reserved beside what was captured; a dispute names what is to be given back. */
const AMOUNTS = ['captured_amount', 'amount', 'refund_amount', 'transaction.amount', 'bank_transfer.amount'];
const CURRENCIES = ['currency', 'transaction.currency', 'plan.currency'];
/** The charge's reference first, so that its refunds and disputes share it; `id` is that of what the event is about. */
const TRANSACTIONS = ['reference', 'transaction.reference', 'transaction_reference', 'bank_transfer.transaction_id', 'id'];
const CUSTOMERS = ['customer.customer_code', 'customer.code', 'customer.id', 'customer', 'customer_code'];
const CHANNELS = ['channel', 'authorization.channel', 'transaction.channel'];
const TIMES = ['paid_at', 'captured_at', 'transferred_at', 'resolvedAt', 'created_at', 'createdAt'];

/**
 * Paystack: HMAC-SHA512 of the raw body, keyed by the account's API secret key
 * (https://paystack.com/docs/payments/webhooks/). There is
 * neither a published vector nor a library: this rests on the documentation.
 */
export const paystack = {
  verify: verifyBodyHmac({ header: 'x-paystack-signature', algorithm: 'sha512', encoding: 'hex' }),

  /**
   * Paystack signs no identifier of the event, so that the hash of the body
   * stands for it. The name with the subject's identifier would not do:
   * `charge.dispute.remind`, `invoice.update` or the refunds of one payment
   * come more than once for the same subject, and all but the first would be
   * lost. At worst, a retry that were written anew is stored twice.
   */
  normalize({ body }): NormalizedEvent {
    const event = parseJson(body);
    const eventName = parseText(valueAt(event, 'event'));
    if (eventName === undefined) {
      return unparsed();
    }
    const data = valueAt(event, 'data');
    const currency = firstAt(data, CURRENCIES, parseCurrency);
    const amount = firstAt(data, AMOUNTS, present);
    const money = moneyFromMinor(amount, currency, 'paystack');
    const isByCard = valueAt(data, 'authorization.channel') === 'card';
    return {
      parsed: amount === undefined || money !== undefined,
      fields: {
        transactionId: firstAt(data, TRANSACTIONS, parseText),
        eventName,
        kind: KINDS.get(eventName) ?? 'other',
        status: parseText(valueAt(data, 'status')),
        live: valueAt(data, 'domain') !== 'test',
        money,
        currency,
        customerId: firstAt(data, CUSTOMERS, parseText),
        paymentMethod: firstAt(data, CHANNELS, parseText),
        cardCountry: isByCard ? parseCode(valueAt(data, 'authorization.country_code'), 2) : undefined,
        cardBin: isByCard ? parseCardBin(valueAt(data, 'authorization.bin')) : undefined,
        emailDomain: emailDomainOf(valueAt(data, 'customer.email')),
        eventTime: firstAt(data, TIMES, parseEventTime),
        moneyMovement: MOVING_MONEY.has(eventName),
        declined: DECLINES.has(eventName),
      },
    };
  },
} satisfies Scheme;
