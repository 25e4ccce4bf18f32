import { isRfc3339 } from './event-values';
import { isJsonStructure, parseJson } from './json';
import type { VerificationContext } from './scheme';
import { decodeAs, isUnixSeconds, isWithinTolerance } from './signature';
import { singleHeader, type WebhookRequest } from './webhook-request';
import { DEFAULT_SIGNED_CONTENT, HEADER_PART, HEADER_SEPARATOR, SIGNED_PLACEHOLDER, type SignatureConfig } from '../../../src/private/contract';

/** The signatures of a request, and what they sign. */
export interface SignedRequest {
  readonly signatures: readonly Buffer[];
  /** The signed content with the URL that only the secret contains. */
  readonly contentFor: (url: string) => readonly (string | Buffer)[];
  /** Whether the signed time is within the tolerance, or no time is signed. */
  readonly isTimely: boolean;
}

/** The texts in a signature header. */
interface HeaderTexts {
  readonly signatures: readonly string[];
  readonly timestamp?: string;
}

/** Reads the signatures of a request and what they sign. Returns the reason if the request does not have the configured form. */
export function readSignedRequest(
  request: WebhookRequest, signature: SignatureConfig, { config, now }: VerificationContext,
): SignedRequest | 'signature_missing' | 'signature_malformed' {
  const header = singleHeader(request, signature.signatureHeader);
  if (!header.value) {
    return 'signature_missing';
  }
  const texts = header.repeated ? undefined : readHeader(header.value, signature);
  const signatures = (texts?.signatures ?? []).map((text) => decodeAs(signature.encoding, text)).filter((bytes) => bytes !== undefined);
  const isTimed = signature.timestampHeader !== undefined || signature.signatureFormat?.includes('{timestamp}');
  const timestamp = signature.timestampHeader === undefined ? texts?.timestamp : valueOf(request, signature.timestampHeader);
  const seconds = timestamp === undefined ? undefined : unixSecondsOf(timestamp, signature.timestampFormat);
  const template = signature.signedContent ?? DEFAULT_SIGNED_CONTENT[isTimed ? 'timed' : 'plain'];
  const parts = template.split(SIGNED_PLACEHOLDER);
  const content = parts.map((part) => contentOf(part, request, timestamp));
  const isTimeMissing = isTimed && seconds === undefined;
  if (signatures.length === 0 || isTimeMissing || !content.every((part) => part !== undefined) || !isBounded(template, request)) {
    return 'signature_malformed';
  }
  return {
    signatures,
    contentFor: (url) => content.map((bytes, index) => parts[index] === '{url}' ? url : bytes),
    isTimely: seconds === undefined || isWithinTolerance(seconds, config, now),
  };
}

/** Undefined without exactly one time, if there must be one. */
function readHeader(value: string, { prefix = '', signatureFormat }: SignatureConfig): HeaderTexts | undefined {
  if (signatureFormat === undefined) {
    return value.startsWith(prefix) ? { signatures: [value.slice(prefix.length)] } : undefined;
  }
  const prefixes = new Map(signatureFormat.split(HEADER_SEPARATOR).map((part) => HEADER_PART.exec(part)!).map(([, before, name]) => [name, before]));
  const parts = value.split(HEADER_SEPARATOR);
  const timePrefix = prefixes.get('timestamp');
  const timestamps = timePrefix === '' ? parts.slice(0, 1) : textsAfter(timePrefix, parts);
  const signatures = textsAfter(prefixes.get('signature'), timePrefix === '' ? parts.slice(1) : parts);
  return timestamps.length > 1 ? undefined : { signatures, timestamp: timestamps[0] };
}

function textsAfter(prefix: string | undefined, parts: readonly string[]): string[] {
  return prefix === undefined ? [] : parts.filter((part) => part.startsWith(prefix)).map((part) => part.slice(prefix.length));
}

/** The bytes that a part of the template represents; undefined if the request lacks them. The URL is unknown until a secret is read. */
function contentOf(part: string, request: WebhookRequest, timestamp: string | undefined): string | Buffer | undefined {
  switch (part) {
    case '{body}':
      return request.body;
    case '{timestamp}':
      return timestamp;
    default:
      return part.startsWith('{header:') ? valueOf(request, part.slice('{header:'.length, -1)) : part;
  }
}

/** The value of a header that occurs once and is not empty. */
function valueOf(request: WebhookRequest, name: string): string | undefined {
  const { value, repeated } = singleHeader(request, name);
  return repeated || value === '' ? undefined : value;
}

/**
 * Whether the bytes that were signed as the body are the body. A header can end
 * anywhere: an attacker could move the start of a body into the header before it,
 * and one signature would store a second event. Neither part of a JSON object or
 * array is one itself.
 */
function isBounded(template: string, { body }: WebhookRequest): boolean {
  return !template.includes('{header:') || isJsonStructure(parseJson(body));
}

/** Undefined if the text is not a time in the format. */
function unixSecondsOf(text: string, format: SignatureConfig['timestampFormat']): number | undefined {
  switch (format) {
    case undefined:
      return isUnixSeconds(text) ? Number(text) : undefined;
    case 'milliseconds':
      return /^\d{1,15}$/.test(text) ? Math.floor(Number(text) / 1000) : undefined;
    case 'iso-8601':
      return isRfc3339(text) ? Math.floor(Date.parse(text) / 1000) : undefined;
  }
}
