import { isUtf8 } from 'node:buffer';
import { parseText, valueAt, type JsonObject } from '../shared/json';

/** Separates the signed fields in the signed text. */
export const SEPARATOR = ':';
/** The signed fields of a notification, in this order. */
const SIGNED_FIELDS = [
  'pspReference', 'originalReference', 'merchantAccountCode', 'merchantReference', 'amount.value', 'amount.currency', 'eventCode', 'success',
] as const;
/** The only signed field that can contain colons, because the merchant sets it. */
const FREE_FIELD = 'merchantReference';
/**
 * Before its first colon, a JSON text contains one of `{["`. The signed text of
 * a notification does not, so they cannot be confused.
 */
const NOTIFICATION_TEXT = /^[^:{["]+(?::[^:]*){7}/;
/** The event of a report (https://docs.adyen.com/development-resources/webhooks/webhook-types#other-webhooks). */
export const REPORT = 'REPORT_AVAILABLE';

/** Whether bytes have the format of a notification's signed text. */
export function isNotificationText(bytes: Buffer): boolean {
  return isUtf8(bytes) && NOTIFICATION_TEXT.test(bytes.toString());
}

/** The signed text of each signed field; undefined if one of them has no text. */
export function signedTexts(notification: JsonObject): readonly string[] | undefined {
  const texts = SIGNED_FIELDS.map((field) => signedText(valueAt(notification, field)));
  return texts.every((text) => text !== undefined) ? texts : undefined;
}

/**
 * The texts are joined without escaping. If more than one contained a colon, parts
 * could move to other fields, and to another key, with the same signature.
 */
export function isAmbiguous(texts: readonly string[]): boolean {
  return texts.some((text, index) => SIGNED_FIELDS[index] !== FREE_FIELD && text.includes(SEPARATOR));
}

/**
 * Whether a report is available, whose reference can contain times, and so colons.
 * Only the end of the signed text decides this: it is the same however the parts
 * before it are assigned to fields.
 */
export function isReport(texts: readonly string[]): boolean {
  const parts = texts.join(SEPARATOR).split(SEPARATOR);
  return parts.length > SIGNED_FIELDS.length && parts.at(-2) === REPORT;
}

/** Rejects half characters. UTF-8 encodes all of them in the same way, so that one could replace another. */
function signedText(value: unknown): string | undefined {
  switch (typeof value) {
    case 'string':
      return Buffer.from(value).toString() === value ? value : undefined;
    case 'boolean':
      return String(value);
    default:
      return value === undefined || value === null ? '' : parseText(value);
  }
}
