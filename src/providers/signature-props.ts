import type { WebhookFields } from './webhook-fields';
import type { TimedWebhookProviderProps, WebhookProviderProps } from './webhook-provider-props';

/** The hash function of an HMAC. */
export enum HmacAlgorithm {
  /** For providers that support nothing stronger. */
  SHA1 = 'sha1',
  /** The most common one. */
  SHA256 = 'sha256',
  /** The longest. */
  SHA512 = 'sha512',
}

/** How a signature is written. */
export enum SignatureEncoding {
  /** Hexadecimal digits. */
  HEX = 'hex',
  /** Base64, with or without padding. */
  BASE64 = 'base64',
  /** Base64 with `-` and `_` instead of `+` and `/`, with or without padding. */
  BASE64_URL = 'base64url',
}

/** How the stored secret contains the key of an HMAC. */
export enum KeyEncoding {
  /** The characters of the secret are the key. */
  TEXT = 'text',
  /** Hexadecimal digits, which are decoded. */
  HEX = 'hex',
  /** Base64 with or without padding, which is decoded. */
  BASE64 = 'base64',
}

/** How a signed time is written. */
export enum TimestampFormat {
  /** Seconds since 1970, such as `1769860800`. */
  UNIX_SECONDS = 'seconds',
  /** Milliseconds since 1970, such as `1769860800000`. */
  UNIX_MILLISECONDS = 'milliseconds',
  /** A date and a time with a time zone, such as `2026-01-31T12:00:00.000Z`. */
  ISO_8601 = 'iso-8601',
}

/** Where a sender writes its signature, and what it signs. */
export interface SignatureProviderProps extends TimedWebhookProviderProps {
  /** The header with the signature, in upper or lower case. */
  readonly signatureHeader: string;

  /** Where the fields are in the body. */
  readonly fields: WebhookFields;

  /**
   * How the signature is written.
   *
   * @default - SignatureEncoding.HEX for an HMAC, SignatureEncoding.BASE64 for a public key
   */
  readonly encoding?: SignatureEncoding;

  /**
   * The text before the signature, such as `sha256=`, if the header contains nothing else. For any other header, use
   * `signatureFormat`.
   *
   * @default - nothing
   */
  readonly prefix?: string;

  /**
   * The parts of a header with more than one signature, or with the time: texts that end in `{signature}` or `{timestamp}`,
   * separated by `,`, `;` or a space. The sender can use any of these separators, send the parts in any order, add other
   * parts, and repeat the signature. One valid signature is sufficient.
   *
   * If the time has no text before it, it must be the first part.
   *
   * @example
   *   // Paddle-Signature: ts=1671552777;h1=eb4d0dc8853be92b7f063b9f3ba5233eb920a09459b6e6b2c26705b4364db151
   *   const paddle = WebhookProvider.hmac({
   *     name: 'paddle',
   *     signatureHeader: 'Paddle-Signature',
   *     signatureFormat: 'ts={timestamp};h1={signature}',
   *     signedContent: '{timestamp}:{body}',
   *     fields: { eventId: 'event_id', eventName: 'event_type', transactionId: 'data.id' },
   *   });
   *
   * @default - the header is `prefix` and one signature
   */
  readonly signatureFormat?: string;

  /**
   * The header of the signed time, if it is not in `signatureFormat`.
   *
   * @default - no time is signed, unless `signatureFormat` has one: `tolerance` has no effect, and only deduplication
   * protects against replays
   */
  readonly timestampHeader?: string;

  /**
   * How the signed time is written.
   *
   * @default TimestampFormat.UNIX_SECONDS
   */
  readonly timestampFormat?: TimestampFormat;

  /**
   * The signed text, with these placeholders:
   *
   * - `{body}`: the raw body. It is required, because a signature over anything else does not protect the body. A sender that
   *   signs only identifiers from the body is not supported.
   * - `{timestamp}`: the time, as it was sent. It is required if the sender sends a time, because an unsigned time does not
   *   protect against replays.
   * - `{header:<name>}`: the value of another header. A body that is not a JSON object or array is then rejected, because
   *   without a fixed boundary its start could be moved into the header.
   * - `{url}`: the URL as you registered it (only for an HMAC). The secret is then JSON:
   *   `{"signature_key": "…", "notification_url": "…"}`.
   *
   * @example
   *   const cashfree = WebhookProvider.hmac({
   *     name: 'cashfree',
   *     signatureHeader: 'x-webhook-signature',
   *     encoding: SignatureEncoding.BASE64,
   *     timestampHeader: 'x-webhook-timestamp',
   *     timestampFormat: TimestampFormat.UNIX_MILLISECONDS,
   *     signedContent: '{timestamp}{body}',
   *     fields: { eventName: 'type', transactionId: 'data.order.order_id' },
   *   });
   *
   * @default - `{timestamp}.{body}` if the sender sends a time, else `{body}`
   */
  readonly signedContent?: string;
}

/** Options of a provider that signs with an HMAC. */
export interface HmacProviderProps extends SignatureProviderProps {
  /**
   * The hash function of the HMAC.
   *
   * @default HmacAlgorithm.SHA256
   */
  readonly algorithm?: HmacAlgorithm;

  /**
   * How the stored secret contains the key.
   *
   * @default KeyEncoding.TEXT
   */
  readonly keyEncoding?: KeyEncoding;
}

/** Options of a provider that signs with a private key. */
export interface PublicKeyProviderProps extends SignatureProviderProps {
  /**
   * The public keys of the sender, as PEM texts that begin with `-----BEGIN PUBLIC KEY-----`. A webhook is accepted if any of
   * them verifies it, so that the sender can rotate its key. From 1 to 5 keys, without duplicates. The type of a key decides
   * how it verifies:
   *
   * - RSA, 2048 to 4096 bits: PKCS #1 v1.5 with SHA-256
   * - EC, curve P-256: ECDSA with SHA-256, in DER
   * - Ed25519
   *
   * All providers share the 4 KB of the validator's environment. An RSA key of 2048 bits takes about 400 bytes, the others take
   * 60 to 130 bytes.
   */
  readonly publicKeys: string[];
}

/** Options of Wise. */
export interface WiseProviderProps extends WebhookProviderProps {
  /**
   * The public keys of Wise, as PEM texts that begin with `-----BEGIN PUBLIC KEY-----`. Set it only if Wise publishes a new key
   * that this library does not have.
   *
   * @see https://docs.wise.com/guides/developer/webhooks/event-handling
   *
   * @default - the key that Wise publishes for production or, with `testMode`, for the sandbox
   */
  readonly publicKeys?: string[];
}
