import type { Kind } from './events';
import type { CarriedPaths } from './generated/carried-fields';
import type { SchemeName } from './generated/schemes';

/** How a webhook's fields are found: dotted paths into the JSON body. */
export interface FieldsConfig extends CarriedPaths {
  readonly transactionId?: string;
  readonly eventId?: string;
  readonly eventName?: string;
  readonly eventTime?: string;
  readonly amount?: string;
  readonly amountUnit?: 'minor' | 'major';
  readonly currency?: string;
  readonly live?: string;
  /** The provider's event names → kinds; every other name is `other`. */
  readonly kinds?: { readonly [eventName: string]: Kind };
}

/** The fields of those providers' secrets that are JSON objects: what is known only after registration. */
export const SecretField = {
  /** Square. */
  SIGNATURE_KEY: 'signature_key',
  /** Square: the URL as it was registered, which is signed with the body. */
  NOTIFICATION_URL: 'notification_url',
  /** PayPal. */
  WEBHOOK_ID: 'webhook_id',
  /** Braintree. */
  PUBLIC_KEY: 'public_key',
  /** Braintree. */
  PRIVATE_KEY: 'private_key',
} as const;

/** Kinds that never move money, even if `moneyMovementEvents` names their events. */
export const NEVER_A_MOVEMENT: readonly Kind[] = ['failed', 'canceled'];

/** How one provider is verified and read. */
export interface ProviderConfig {
  /** The path segment of `POST /webhook/{provider}`. */
  readonly name: string;
  readonly scheme: SchemeName;
  /** All are tried: a provider may roll its secrets. */
  readonly secretArns: readonly string[];
  /** CIDR ranges. Absent: webhooks may come from every address. */
  readonly sourceRanges?: readonly string[];
  /** How old or how far ahead a signed time may be. */
  readonly toleranceSeconds?: number;
  /** Event names (for the canonical body: kinds) that are money movements, instead of the scheme's own. */
  readonly moneyMovementEvents?: readonly string[];
  /** All of its events are tests: stored, but not money movements. */
  readonly testMode?: boolean;
  /** Reject a body that breaks the canonical schema: the sender is the user's own system. */
  readonly strict?: boolean;
  /** Absent on `standard-webhooks`: the body is the canonical transaction. */
  readonly fields?: FieldsConfig;
  readonly hmac?: HmacConfig;
}

export interface HmacConfig {
  readonly signatureHeader: string;
  readonly algorithm: 'sha1' | 'sha256' | 'sha512';
  readonly encoding: 'hex' | 'base64';
  readonly prefix?: string;
  /** Where given, `<timestamp>.<raw body>` is signed, the timestamp in Unix seconds. */
  readonly timestampHeader?: string;
}

/** The largest webhook that is accepted, in bytes. */
export const MAX_BODY_BYTES = 256 * 1024;
