import type { Kind } from './events';
import type { CarriedPaths } from './generated/carried-fields';
import type { SchemeName } from './generated/schemes';

/** The fields of a webhook as dotted paths in the JSON body. */
export interface FieldsConfig extends CarriedPaths {
  readonly transactionId?: string;
  readonly eventId?: string;
  readonly eventName?: string;
  readonly eventTime?: string;
  readonly amount?: string;
  readonly amountUnit?: 'minor' | 'major';
  readonly currency?: string;
  /** Of the object with the metadata. */
  readonly metadata?: string;
  /** The keys of `metadata` that the event carries. */
  readonly metadataKeys?: readonly string[];
  /** The currency of a body without one. */
  readonly defaultCurrency?: string;
  readonly live?: string;
  /** The provider's event names → kinds; every other name is `other`. */
  readonly kinds?: { readonly [eventName: string]: Kind };
}

/** The fields of secrets that are JSON objects, with values that are known only after registration. */
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

/** The key that providers use in the examples of their documentation (https://docs.stripe.com/metadata/use-cases). */
export const DEFAULT_REFERENCE_KEY = 'order_id';

/** The configuration for verifying and normalizing one provider. */
export interface ProviderConfig {
  /** The path segment of `POST /webhook/{provider}`. */
  readonly name: string;
  readonly scheme: SchemeName;
  /** All are tried, because a provider can roll its secrets. */
  readonly secretArns: readonly string[];
  /** CIDR ranges. If absent, webhooks from every address are accepted. */
  readonly sourceRanges?: readonly string[];
  /** The maximum difference of a signed time from the current time, in both directions. */
  readonly toleranceSeconds?: number;
  /** Event names (for the canonical body: kinds) that are money movements, instead of the scheme's own. */
  readonly moneyMovementEvents?: readonly string[];
  /** All of its events are tests: stored, but not money movements. */
  readonly testMode?: boolean;
  /** Its tests can be money movements and declines, as in a system for tests only. */
  readonly processTestEvents?: boolean;
  /** Whether to reject a body that violates the canonical schema, because the sender is the user's own system. */
  readonly strict?: boolean;
  /** The key of the merchant's reference in the provider's metadata. Absent: `DEFAULT_REFERENCE_KEY`. */
  readonly referenceKey?: string;
  /** The keys of the metadata that the event carries. */
  readonly metadataKeys?: readonly string[];
  /** False: events of connected accounts are stored, but are not money movements. */
  readonly processConnectedAccounts?: false;
  /** Absent on `standard-webhooks`: the body is the canonical transaction. */
  readonly fields?: FieldsConfig;
  readonly hmac?: HmacConfig;
}

export interface HmacConfig {
  readonly signatureHeader: string;
  readonly algorithm: 'sha1' | 'sha256' | 'sha512';
  readonly encoding: 'hex' | 'base64';
  readonly prefix?: string;
  /** If set, `<timestamp>.<raw body>` is signed, with the timestamp in Unix seconds. */
  readonly timestampHeader?: string;
}

/** The largest webhook that is accepted, in bytes. */
export const MAX_BODY_BYTES = 256 * 1024;
