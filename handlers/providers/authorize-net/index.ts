import type { HmacConfig } from '../../../src/private/contract';
import { meaningOf, type EventMeaning, type EventTable } from '../shared/event-table';
import { moneyFromMajor, parseEventTime } from '../shared/event-values';
import { verifyHmacSignature } from '../shared/hmac-signature';
import { firstAt, parseJson, parseText, present, valueAt } from '../shared/json';
import { unparsed, type NormalizedEvent } from '../shared/normalized-event';
import type { Scheme } from '../shared/scheme';

/**
 * https://developer.authorize.net/api/reference/features/webhooks.html
 *
 * The text of the key signs, although it consists of hexadecimal digits:
 * https://community.developer.cybersource.com/t5/Integration-and-Testing/HMAC-SHA-512-hash-not-matching-in-webhook-callback/m-p/57201
 */
const SIGNATURE: HmacConfig = { signatureHeader: 'x-anet-signature', prefix: 'sha512=', algorithm: 'sha512', encoding: 'hex' };

/**
 * https://developer.authorize.net/api/reference/features/webhooks.html
 *
 * The response code of a transaction decides whether it was approved. A
 * transaction that fraud filters hold moves nothing until a person approves it.
 */
const EVENTS: EventTable = {
  'net.authorize.payment.authorization.created': { kind: 'authorized' },
  'net.authorize.payment.fraud.approved': { kind: 'authorized' },
  'net.authorize.payment.fraud.held': { kind: 'authorized' },
  'net.authorize.payment.authcapture.created': { kind: 'captured', moneyMovement: true },
  'net.authorize.payment.capture.created': { kind: 'captured', moneyMovement: true },
  'net.authorize.payment.priorAuthCapture.created': { kind: 'captured', moneyMovement: true },
  'net.authorize.payment.fraud.declined': { kind: 'failed' },
  'net.authorize.payment.void.created': { kind: 'canceled' },
  'net.authorize.payment.refund.created': { kind: 'refunded', moneyMovement: true },
};

/** https://support.authorize.net/knowledgebase/Knowledgearticle/?code=000001111 */
const ResponseCode = { DECLINED: '2', ERROR: '3', HELD: '4' } as const;
/** The events of a customer's payment. */
const PAYMENTS = /\.(?:authorization|authcapture|capture|priorAuthCapture)\.created$/;

const CUSTOMERS = ['profile.customerProfileId', 'customerProfileId'];
const REFERENCES = ['invoiceNumber', 'merchantReferenceId'];

/** Authorize.Net: HMAC-SHA512 of the raw body. */
export const authorizeNet = {
  events: EVENTS,

  verify: verifyHmacSignature(() => SIGNATURE),

  /** Signed data shows neither the sandbox, which has its own key, nor the currency, which belongs to the account. */
  normalize({ body }, config): NormalizedEvent {
    const event = parseJson(body);
    const eventId = parseText(valueAt(event, 'notificationId'));
    const eventName = parseText(valueAt(event, 'eventType'));
    if (eventName === undefined) {
      return unparsed(eventId);
    }
    const payload = valueAt(event, 'payload');
    const responseCode = parseText(valueAt(payload, 'responseCode'));
    const amount = present(valueAt(payload, 'authAmount'));
    const money = moneyFromMajor(amount, config.currency);
    return {
      parsed: amount === undefined || money !== undefined,
      fields: {
        eventId,
        transactionId: parseText(valueAt(payload, 'id')),
        eventName,
        status: responseCode,
        live: true,
        money,
        currency: amount === undefined ? undefined : config.currency,
        reference: firstAt(payload, REFERENCES, parseText),
        customerId: firstAt(payload, CUSTOMERS, parseText),
        eventTime: parseEventTime(valueAt(event, 'eventDate')),
        // An object that begins with a spread takes 9 µs longer.
        ...authorizeNetMeaning(eventName, responseCode),
      },
    };
  },
} satisfies Scheme;

/** What an event means, and whether its response code shows that it moved nothing. */
interface AuthorizeNetMeaning extends Required<EventMeaning> {
  readonly movesNothing?: boolean;
}

function authorizeNetMeaning(eventName: string, responseCode: string | undefined): AuthorizeNetMeaning {
  const meaning = meaningOf(EVENTS, eventName);
  switch (responseCode) {
    case ResponseCode.DECLINED:
      return { kind: 'failed', moneyMovement: false, declined: PAYMENTS.test(eventName) };
    case ResponseCode.ERROR:
      return { kind: 'failed', moneyMovement: false, declined: false };
    case ResponseCode.HELD:
      return { ...meaning, kind: meaning.kind === 'captured' ? 'authorized' : meaning.kind, moneyMovement: false, movesNothing: true };
    default:
      return meaning;
  }
}
