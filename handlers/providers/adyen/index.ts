import { createHash } from 'node:crypto';
import { CLASSIC_EVENTS, isClassic, readClassicWebhook } from './classic-platform';
import { REPORT, SEPARATOR, isAmbiguous, isNotificationText, isReport, signedTexts } from './signed-notification';
import type { Kind } from '../../../src/private/contract';
import type { Exponents } from '../../domain/money';
import { splitUnverifiedBatch } from '../shared/batch-items';
import { meaningOf, type EventTable } from '../shared/event-table';
import { moneyFromMinor, parseEventTime, parseCurrency } from '../shared/event-values';
import { isJsonObject, parseJson, parseText, valueAt, type JsonObject } from '../shared/json';
import { unparsed, type NormalizedEvent } from '../shared/normalized-event';
import type { Scheme, Verification } from '../shared/scheme';
import { decodeSignature, isSignedByAny, verification } from '../shared/signature';
import { singleHeader, type WebhookRequest } from '../shared/webhook-request';

/** https://docs.adyen.com/development-resources/currency-codes */
const EXPONENTS: Exponents = { CLP: 2, CVE: 0, IDR: 0, ISK: 2 };
const SIGNATURE_HEADER = 'hmacsignature';
const HEX_KEY = /^(?:[0-9a-f]{2})+$/i;
const SUCCESS = 'true';
/**
 * Adyen documents no maximum. Each of its published examples has one notification
 * (https://github.com/Adyen/adyen-openapi). The limit is far above this, and
 * bounds the work that an unsigned request causes.
 */
const MAX_NOTIFICATIONS = 100;

/**
 * The events by their `eventCode`
 * (https://docs.adyen.com/development-resources/webhooks/webhook-types). The
 * kind is that of an event that succeeded. CANCEL_OR_REFUND is `other`, because
 * which of the two it was is not signed.
 *
 * Money movements, if they succeeded: by default, payments are captured
 * automatically, and AUTHORISATION is their only event. CAPTURE repeats the
 * amount (https://docs.adyen.com/online-payments/capture). The other events of
 * a dispute are about the money of its chargeback, which a second chargeback
 * takes again (https://docs.adyen.com/risk-management/disputes-api/dispute-notifications).
 *
 * Declines, if they failed: a capture that fails was authorized before.
 */
const EVENTS: EventTable = {
  AUTHORISATION: { kind: 'authorized', moneyMovement: true, declined: true },
  AUTHORISATION_ADJUSTMENT: { kind: 'authorized', declined: true },
  CAPTURE: { kind: 'captured' },
  CAPTURE_FAILED: { kind: 'failed' },
  PAIDOUT_REVERSED: { kind: 'failed' },
  PAYOUT_DECLINE: { kind: 'failed' },
  REFUNDED_REVERSED: { kind: 'failed' },
  REFUND_FAILED: { kind: 'failed' },
  CANCELLATION: { kind: 'canceled' },
  EXPIRE: { kind: 'canceled' },
  OFFER_CLOSED: { kind: 'canceled' },
  PAYOUT_EXPIRE: { kind: 'canceled' },
  TECHNICAL_CANCEL: { kind: 'canceled' },
  REFUND: { kind: 'refunded', moneyMovement: true },
  REFUND_WITH_DATA: { kind: 'refunded', moneyMovement: true },
  CHARGEBACK: { kind: 'disputed', moneyMovement: true },
  CHARGEBACK_REVERSED: { kind: 'disputed' },
  DISPUTE_DEFENSE_PERIOD_ENDED: { kind: 'disputed' },
  INFORMATION_SUPPLIED: { kind: 'disputed' },
  ISSUER_COMMENTS: { kind: 'disputed' },
  ISSUER_RESPONSE_TIMEFRAME_EXPIRED: { kind: 'disputed' },
  NOTIFICATION_OF_CHARGEBACK: { kind: 'disputed' },
  PREARBITRATION_ACCEPTED: { kind: 'disputed' },
  PREARBITRATION_DECLINED: { kind: 'disputed' },
  PREARBITRATION_ISSUER_WITHDRAWN: { kind: 'disputed' },
  PREARBITRATION_LOST: { kind: 'disputed' },
  PREARBITRATION_OPEN: { kind: 'disputed' },
  PREARBITRATION_WON: { kind: 'disputed' },
  REQUEST_FOR_INFORMATION: { kind: 'disputed' },
  SCHEME_ARBITRATION: { kind: 'disputed' },
  SCHEME_ARBITRATION_LOST: { kind: 'disputed' },
  SCHEME_ARBITRATION_WON: { kind: 'disputed' },
  SECOND_CHARGEBACK: { kind: 'disputed', moneyMovement: true },
  PAYOUT_THIRDPARTY: { kind: 'paid-out', moneyMovement: true },
};
/** Kinds of requested operations, whose failure only `success` reports. */
const REQUESTED: readonly Kind[] = ['authorized', 'captured', 'refunded', 'paid-out'];

/** By the status of a transfer (https://docs.adyen.com/api-explorer/transfer-webhooks/latest/overview). */
const TRANSFER_STATUSES: ReadonlyMap<string, Kind> = new Map([
  ['authorised', 'authorized'],
  ['captured', 'captured'],
  ['capturedExternally', 'captured'],
  ['error', 'failed'],
  ['failed', 'failed'],
  ['refused', 'failed'],
  ['rejected', 'failed'],
  ['returned', 'failed'],
  ['refunded', 'refunded'],
  ['refundedExternally', 'refunded'],
  ['chargeback', 'disputed'],
  ['chargebackExternally', 'disputed'],
  ['dispute', 'disputed'],
  ['secondChargeback', 'disputed'],
]);
/** By the type of a transfer that has come to its end. */
const TRANSFER_TYPES: ReadonlyMap<string, Kind> = new Map([
  ['capture', 'captured'],
  ['payment', 'captured'],
  ['refund', 'refunded'],
  ['chargeback', 'disputed'],
  ['secondChargeback', 'disputed'],
]);
const TRANSFERRED: readonly string[] = ['booked', 'credited'];
const CANCELED: readonly string[] = ['cancelled', 'expired'];
const PAYOUT_TYPES: readonly string[] = ['bankTransfer', 'cardTransfer'];
/** Transfers that are a payment or a payout: a canceled refund, for example, cancels neither. */
const CANCELABLE_TYPES: readonly string[] = ['capture', 'payment', ...PAYOUT_TYPES];

/**
 * Adyen: HMAC-SHA256 with a hexadecimal key. A request can contain several
 * notifications. Each has a signature over some of its fields. Webhooks of the
 * platform have one signature over the raw body, in a header
 * (https://docs.adyen.com/development-resources/webhooks/secure-webhooks/verify-hmac-signatures),
 * and so do those of classic platforms
 * (https://docs.adyen.com/classic-platforms/configure-notifications/signing-notifications-with-hmac).
 */
export const adyen = {
  events: { ...EVENTS, ...CLASSIC_EVENTS },
  exponents: EXPONENTS,

  verify(request, secrets): Verification {
    const json = parseJson(request.body);
    const notification = isNotification(json) ? json : undefined;
    const { value, repeated } = notification
      ? { value: valueAt(notification, 'additionalData.hmacSignature'), repeated: false }
      : singleHeader(request, SIGNATURE_HEADER);
    if (!value) {
      return 'signature_missing';
    }
    const signature = typeof value === 'string' ? decodeSignature(value, 'base64') : undefined;
    const signed = signedBytes(request, notification);
    if (repeated || signature === undefined || signed === undefined) {
      return 'signature_malformed';
    }
    const keys = secrets.filter((secret) => HEX_KEY.test(secret)).map((secret) => Buffer.from(secret, 'hex'));
    if (keys.length === 0) {
      return 'secret_unusable';
    }
    const verified = verification(isSignedByAny('sha256', keys, [signed], [signature]));
    return notification && request.mayBeAltered && verified === 'authentic' ? 'body_not_exact' : verified;
  },

  normalize({ body }): NormalizedEvent {
    const json = parseJson(body);
    if (!isJsonObject(json)) {
      return unparsed();
    }
    if (isNotification(json)) {
      return normalizeAdyenNotification(json);
    }
    return isClassic(json) ? readClassicWebhook(json, EXPONENTS) : readPlatformWebhook(json);
  },

  batch: {
    signed: 'each',
    split: (request) => splitUnverifiedBatch(request, { key: 'notificationItems', wrapper: 'NotificationRequestItem', maxItems: MAX_NOTIFICATIONS }),
  },
  acknowledgement: { accepted: '[accepted]' },
} satisfies Scheme;

/** Distinguishes the two forms, in the same way for verification and normalization. Each form has its own signature. */
function isNotification(json: unknown): json is JsonObject {
  return isJsonObject(json) && parseText(json.pspReference) !== undefined && parseText(json.eventCode) !== undefined;
}

/** The bytes that must be signed; undefined if they are ambiguous. */
function signedBytes({ body }: WebhookRequest, notification: JsonObject | undefined): Buffer | undefined {
  const bytes = notification ? notificationBytes(notification) : body;
  return bytes && isNotificationText(bytes) === (notification !== undefined) ? bytes : undefined;
}

function notificationBytes(notification: JsonObject): Buffer | undefined {
  const texts = signedTexts(notification);
  return texts && (!isAmbiguous(texts) || isReport(texts)) ? Buffer.from(texts.join(SEPARATOR)) : undefined;
}

/** Reads only the signed texts. Time, customer, payment method and environment are not signed. */
function normalizeAdyenNotification(notification: JsonObject): NormalizedEvent {
  const texts = signedTexts(notification);
  if (texts && isReport(texts)) {
    return normalizeReport(texts.join(SEPARATOR));
  }
  if (!texts || isAmbiguous(texts)) {
    return unparsed();
  }
  const [pspReference, originalReference, merchantAccountCode, merchantReference, value, currencyCode, eventCode, success] = texts;
  const currency = parseCurrency(currencyCode);
  const money = moneyFromMinor(value, currency, EXPONENTS);
  const { kind, moneyMovement, declined } = meaningOf(EVENTS, eventCode);
  return {
    parsed: value === '' || money !== undefined,
    fields: {
      eventId: [pspReference, eventCode, success].join(SEPARATOR),
      transactionId: originalReference || pspReference,
      eventName: eventCode,
      kind: adyenKind(kind, success),
      status: success === SUCCESS ? 'succeeded' : 'failed',
      account: parseText(merchantAccountCode),
      reference: parseText(merchantReference),
      live: true,
      money,
      currency,
      moneyMovement: moneyMovement && success === SUCCESS,
      declined: declined && success !== SUCCESS,
    },
  };
}

/** The signed text as a whole identifies a report, so that no other assignment of its parts is another event. */
function normalizeReport(text: string): NormalizedEvent {
  const eventId = createHash('sha256').update(text).digest('hex');
  const status = text.endsWith(`${SEPARATOR}${SUCCESS}`) ? 'succeeded' : 'failed';
  return { parsed: true, fields: { eventId, eventName: REPORT, kind: 'other', status, live: true, moneyMovement: false, declined: false } };
}

function adyenKind(kind: Kind, success: string): Kind {
  if (success === SUCCESS) {
    return kind;
  }
  // If a cancellation does not succeed, the payment stays as it was.
  return REQUESTED.includes(kind) ? 'failed' : kind === 'canceled' ? 'other' : kind;
}

/**
 * Reads a webhook of the platform, which is signed as a whole. It is never a
 * money movement or a decline: a transfer repeats its amount with each status
 * and for each balance account, and payments also have their notification.
 */
function readPlatformWebhook(webhook: JsonObject): NormalizedEvent {
  const type = parseText(webhook.type);
  if (type === undefined) {
    return unparsed();
  }
  const { data } = webhook;
  const amount = valueAt(data, 'amount') ?? valueAt(data, 'disputedAmount');
  const value = valueAt(amount, 'value') ?? undefined;
  const currency = parseCurrency(valueAt(amount, 'currency'));
  const money = moneyFromMinor(value, currency, EXPONENTS);
  return {
    parsed: value === undefined || money !== undefined,
    fields: {
      transactionId: parseText(valueAt(data, 'id')) ?? parseText(valueAt(data, 'pspReference')),
      eventName: type,
      kind: platformKindOf(type, data),
      status: parseText(valueAt(data, 'status')),
      account: parseText(valueAt(data, 'balancePlatform')),
      reference: parseText(valueAt(data, 'reference')),
      live: webhook.environment !== 'test',
      money,
      currency,
      eventTime: parseEventTime(webhook.timestamp) ?? parseEventTime(webhook.createdAt) ?? parseEventTime(valueAt(data, 'creationDate')),
      moneyMovement: false,
      declined: false,
    },
  };
}

function platformKindOf(type: string, data: unknown): Kind {
  if (type.startsWith('balancePlatform.dispute.')) {
    return 'disputed';
  }
  if (!type.startsWith('balancePlatform.transfer.')) {
    return 'other';
  }
  const [status = '', transferType = '', direction] = ['status', 'type', 'direction'].map((field) => parseText(valueAt(data, field)));
  if (CANCELED.includes(status)) {
    return CANCELABLE_TYPES.includes(transferType) ? 'canceled' : 'other';
  }
  if (!TRANSFERRED.includes(status)) {
    return TRANSFER_STATUSES.get(status) ?? 'other';
  }
  const isPayout = PAYOUT_TYPES.includes(transferType) && direction === 'outgoing';
  return isPayout ? 'paid-out' : TRANSFER_TYPES.get(transferType) ?? 'other';
}
