import { JSON_CONTENT, type SimulatedSignature, type SimulatedWebhook } from './provider-simulator';
import { uuidOf } from './simulated-values';
import { DEFAULT_SIGNED_CONTENT, SIGNED_PLACEHOLDER, type SignatureConfig } from '../../../../src/private/contract';

/** Signs a body as a configuration describes it. `signBytes` makes the signature of the content. */
export function signAsConfigured(
  body: Buffer, form: SignatureConfig, { at, eventId }: Pick<SimulatedSignature, 'at' | 'eventId'>, signBytes: (content: Buffer) => Buffer, url = '',
): SimulatedWebhook {
  const { signatureHeader, encoding, prefix = '', signatureFormat, timestampHeader } = form;
  const isTimed = timestampHeader !== undefined || signatureFormat?.includes('{timestamp}');
  const parts = (form.signedContent ?? DEFAULT_SIGNED_CONTENT[isTimed ? 'timed' : 'plain']).split(SIGNED_PLACEHOLDER);
  const timestamp = timestampOf(at, form.timestampFormat);
  // Any value: the configuration says only that the header is signed.
  const headers = Object.fromEntries(parts.map(headerName).filter((name) => name !== undefined).map((name) => [name, uuidOf(eventId)]));
  const signed = signBytes(Buffer.concat(parts.map((part) => Buffer.from(signedPart(part, { body, timestamp, url, headers })))));
  const signature = signed.toString(encoding);
  const value = signatureFormat?.replace('{timestamp}', timestamp).replace('{signature}', () => signature) ?? prefix + signature;
  return {
    body,
    headers: { ...JSON_CONTENT, ...headers, ...timestampHeader !== undefined && { [timestampHeader]: timestamp }, [signatureHeader]: value },
  };
}

interface SignedParts {
  readonly body: Buffer;
  readonly timestamp: string;
  readonly url: string;
  readonly headers: { readonly [name: string]: string };
}

function signedPart(part: string, { body, timestamp, url, headers }: SignedParts): string | Buffer {
  switch (part) {
    case '{body}':
      return body;
    case '{timestamp}':
      return timestamp;
    case '{url}':
      return url;
    default:
      return headers[headerName(part) ?? ''] ?? part;
  }
}

/** The name of the header that a part of the signed content stands for. */
function headerName(part: string): string | undefined {
  return /^\{header:(.+)\}$/.exec(part)?.[1];
}

function timestampOf(at: Date, format: SignatureConfig['timestampFormat']): string {
  switch (format) {
    case undefined:
      return String(Math.floor(at.getTime() / 1000));
    case 'milliseconds':
      return String(at.getTime());
    case 'iso-8601':
      return at.toISOString();
  }
}
