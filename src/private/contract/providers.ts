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
  /** Identifies a customer without an id and an email address. It is not stored. */
  readonly phone?: string;
  /** The provider's event names → kinds; every other name is `other`. */
  readonly kinds?: { readonly [eventName: string]: Kind };
}

/** The fields of secrets that are JSON objects, with values that are known only after registration. */
export const SecretField = {
  /** Square, and an HMAC of a URL. */
  SIGNATURE_KEY: 'signature_key',
  /** The same: the URL as it was registered, which is signed with the body. */
  NOTIFICATION_URL: 'notification_url',
  /** PayPal. */
  WEBHOOK_ID: 'webhook_id',
  /** Braintree. */
  PUBLIC_KEY: 'public_key',
  /** Braintree. */
  PRIVATE_KEY: 'private_key',
  /** The API of PayPal. */
  CLIENT_ID: 'client_id',
  /** The API of PayPal. */
  CLIENT_SECRET: 'client_secret',
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
  /** All are tried, because a provider can roll its secrets. Empty if public keys verify its webhooks. */
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
  /** The currency of every amount of a provider that sends no currency. */
  readonly currency?: string;
  /** False: events of connected accounts are stored, but are not money movements. */
  readonly processConnectedAccounts?: false;
  /** Absent on `standard-webhooks`: the body is the canonical transaction. */
  readonly fields?: FieldsConfig;
  readonly hmac?: HmacConfig;
  /** How `public-key` signs. */
  readonly signature?: SignatureConfig;
  /** SubjectPublicKeyInfo in base64. All are tried, because a sender can roll its keys. Absent: the scheme needs none. */
  readonly publicKeys?: readonly string[];
}

/** A provider whose events are also fetched from its API. */
export interface ReconciledProvider extends ProviderConfig {
  readonly reconciliation: ReconciliationConfig;
}

export interface ReconciliationConfig {
  /** The secret with the key of the provider's API. */
  readonly apiKeyArn: string;
  /** The names of the events that must not be missing. Absent: those whose meaning the scheme knows, and `moneyMovementEvents`. */
  readonly eventNames?: readonly string[];
}

/** The type of the API that receives webhooks. */
export type ApiTypeName = 'rest' | 'http';

/** Where a sender writes its signature, and what it signs. */
export interface SignatureConfig {
  readonly signatureHeader: string;
  readonly encoding: 'hex' | 'base64' | 'base64url';
  readonly prefix?: string;
  /** The parts of the header, such as `ts={timestamp};h1={signature}`. Absent: the prefix and one signature. */
  readonly signatureFormat?: string;
  readonly timestampHeader?: string;
  /** Absent: Unix seconds. */
  readonly timestampFormat?: 'milliseconds' | 'iso-8601';
  /** Absent: `DEFAULT_SIGNED_CONTENT`. */
  readonly signedContent?: string;
}

export interface HmacConfig extends SignatureConfig {
  readonly algorithm: 'sha1' | 'sha256' | 'sha512';
  /** Absent: the text of the secret is the key. */
  readonly keyEncoding?: 'hex' | 'base64';
}

/** What is signed if the sender does not say otherwise. */
export const DEFAULT_SIGNED_CONTENT = { timed: '{timestamp}.{body}', plain: '{body}' } as const;

/** Splits signed content into literal texts and placeholders. */
export const SIGNED_PLACEHOLDER = /(\{(?:body|timestamp|url|header:[A-Za-z0-9-]+)\})/;
/** The separators of the parts of a signature header, in its format and in what is sent. No signature or time contains them. */
export const HEADER_SEPARATOR = /[,; ]+/;
/** A part of the format of a signature header: a text, and the placeholder at its end. */
export const HEADER_PART = /^([^{}]*)\{(signature|timestamp)\}$/;

/**
 * The largest body of a request, in bytes. Lambda's event has at most 6 MB
 * (https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html), and
 * contains the body as base64. API Gateway accepts 10 MB
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html).
 */
export const MAX_BODY_BYTES = 6 * 1024 * 1024 * 3 / 4;

/**
 * The largest item of a table, with the names of its attributes, in bytes
 * (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-items).
 */
export const MAX_ITEM_BYTES = 400 * 1024;
