import { emailContact } from '../../domain/contact';
import { emailDomainOf } from '../../domain/email-domain';
import type { Exponents } from '../../domain/money';
import { verifyBodyHmac } from '../shared/body-hmac';
import { meaningOf, type EventTable } from '../shared/event-table';
import { metadataIn, parseCardBin, moneyFromMinor, parseCurrency, parseEventTime, referenceIn } from '../shared/event-values';
import { firstAt, parseCode, parseJson, parseText, present, valueAt } from '../shared/json';
import { unparsed, type NormalizedEvent } from '../shared/normalized-event';
import type { Scheme } from '../shared/scheme';

/** Amounts are in hundredths in every currency (https://paystack.com/docs/api/, Supported Currency). */
const EXPONENTS: Exponents = { RWF: 2, XOF: 2 };
/**
 * https://paystack.com/docs/payments/webhooks/
 *
 * Money movements: invoices and payment requests repeat the amount of their
 * charge. A refund has one event for each of its statuses, and moves money when it
 * is processed (https://paystack.com/docs/payments/refunds/). A captured preauthorization has its own event
 * (https://paystack.com/docs/api/preauthorization/).
 *
 * Declines: a bank transfer is the customer's payment, a transfer is the
 * merchant's payout. A preauthorization whose capture fails was granted before.
 */
const EVENTS: EventTable = {
  'preauthorization.reserve.success': { kind: 'authorized' },
  'charge.success': { kind: 'captured', moneyMovement: true },
  'paymentrequest.success': { kind: 'captured' },
  'preauthorization.capture.success': { kind: 'captured', moneyMovement: true },
  'bank.transfer.rejected': { kind: 'failed', declined: true },
  'invoice.payment_failed': { kind: 'failed', declined: true },
  'preauthorization.capture.failed': { kind: 'failed' },
  'refund.failed': { kind: 'failed' },
  'transfer.failed': { kind: 'failed' },
  'transfer.reversed': { kind: 'failed' },
  'preauthorization.release.success': { kind: 'canceled' },
  'refund.needs-attention': { kind: 'refunded' },
  'refund.pending': { kind: 'refunded' },
  'refund.processed': { kind: 'refunded', moneyMovement: true },
  'refund.processing': { kind: 'refunded' },
  'charge.dispute.create': { kind: 'disputed', moneyMovement: true },
  'charge.dispute.remind': { kind: 'disputed' },
  'charge.dispute.resolve': { kind: 'disputed' },
  'transfer.success': { kind: 'paid-out', moneyMovement: true },
};

/** The events of a refund that is not processed. */
const UNPROCESSED_REFUNDS: readonly string[] = ['refund.pending', 'refund.processing', 'refund.needs-attention'];

/** A preauthorization has the reserved and the captured amount. A dispute has the amount to refund. */
const AMOUNTS = ['captured_amount', 'amount', 'refund_amount', 'transaction.amount', 'bank_transfer.amount'];
const CURRENCIES = ['currency', 'transaction.currency', 'plan.currency'];
/** The charge's reference first, so that its refunds and disputes share it. `id` is the id of the event's subject. */
const TRANSACTIONS = ['reference', 'transaction.reference', 'transaction_reference', 'bank_transfer.transaction_id', 'id'];
/** Paystack generates a reference if the merchant does not set one. */
const REFERENCES = ['reference', 'transaction.reference', 'transaction_reference'];
const CUSTOMERS = ['customer.customer_code', 'customer.code', 'customer.id', 'customer', 'customer_code'];
const CHANNELS = ['channel', 'authorization.channel', 'transaction.channel'];
const TIMES = ['paid_at', 'captured_at', 'transferred_at', 'resolvedAt', 'created_at', 'createdAt'];

/**
 * Paystack: HMAC-SHA512 of the raw body, keyed by the account's API secret key
 * (https://paystack.com/docs/payments/webhooks/). There is
 * no published vector and no library. This is based on the documentation.
 */
export const paystack = {
  events: EVENTS,
  exponents: EXPONENTS,

  verify: verifyBodyHmac({ header: 'x-paystack-signature', algorithm: 'sha512', encoding: 'hex' }),

  /**
   * Paystack signs no identifier of the event, so the hash of the body is used.
   * The event's name with the subject's identifier is not enough: a subject can
   * have several `charge.dispute.remind`, `invoice.update` or refund events, and
   * all but the first would be lost. If Paystack changed the body of a retry, it
   * would be stored twice.
   */
  normalize({ body }, config): NormalizedEvent {
    const event = parseJson(body);
    const eventName = parseText(valueAt(event, 'event'));
    if (eventName === undefined) {
      return unparsed();
    }
    const data = valueAt(event, 'data');
    const currency = firstAt(data, CURRENCIES, parseCurrency);
    const amount = firstAt(data, AMOUNTS, present);
    const money = moneyFromMinor(amount, currency, EXPONENTS);
    const isByCard = valueAt(data, 'authorization.channel') === 'card';
    const { kind, moneyMovement, declined } = meaningOf(EVENTS, eventName);
    return {
      parsed: amount === undefined || money !== undefined,
      fields: {
        transactionId: firstAt(data, TRANSACTIONS, parseText),
        eventName,
        kind,
        status: parseText(valueAt(data, 'status')),
        live: valueAt(data, 'domain') !== 'test',
        money,
        currency,
        reference: referenceIn(valueAt(data, 'metadata'), config) ?? referenceIn(valueAt(data, 'transaction.metadata'), config)
          ?? firstAt(data, REFERENCES, parseText),
        ...metadataIn([valueAt(data, 'metadata'), valueAt(data, 'transaction.metadata')], config),
        // A refund has an email address and no code. By its address it would be of another customer than its payment.
        customerId: firstAt(data, CUSTOMERS, parseText),
        paymentMethod: firstAt(data, CHANNELS, parseText),
        cardCountry: isByCard ? parseCode(valueAt(data, 'authorization.country_code'), 2) : undefined,
        cardBin: isByCard ? parseCardBin(valueAt(data, 'authorization.bin')) : undefined,
        // The same for each customer who uses the card (https://paystack.com/docs/payments/recurring-charges/).
        cardFingerprint: isByCard ? parseText(valueAt(data, 'authorization.signature')) : undefined,
        emailDomain: emailDomainOf(valueAt(data, 'customer.email')),
        email: emailContact(valueAt(data, 'customer.email')),
        eventTime: firstAt(data, TIMES, parseEventTime),
        moneyMovement,
        movesNothing: UNPROCESSED_REFUNDS.includes(eventName) || undefined,
        declined,
      },
    };
  },
} satisfies Scheme;
