import type { Providers } from './generated/providers';
import type { TransactionAssessedDetail, TransactionBlockedDetail, TransactionReceivedDetail } from '../events/index';

/** The name of a provider, such as `stripe`. */
export type ProviderName = keyof Providers;
/** The name of an event that can be sent for a provider, such as `charge.succeeded`. */
export type ProviderEventName<P extends ProviderName = ProviderName> = Providers[P]['event'];
/** A kind of event that can be sent for a provider. Providers do not have events of every kind. */
export type ProviderEventKind<P extends ProviderName = ProviderName> = Providers[P]['kind'];

/** The webhook to sign. Every option has a default. */
export interface SignedWebhookOptions<P extends ProviderName = ProviderName> {
  /** In major units: `12.5` or `'12.50'`. Default: 42. */
  readonly amount?: number | string;
  /** ISO 4217. Default: `EUR`. */
  readonly currency?: string;
  /** Your own reference of the payment, such as the number of an order. Default: one that belongs to the payment. */
  readonly reference?: string;
  /** The provider's id of the customer. Default: one that belongs to the payment. */
  readonly customer?: string;
  /** Default: that of `event`, or of the provider's first money movement. */
  readonly kind?: ProviderEventKind<P>;
  /** The provider's event. Default: the first one of `kind`. */
  readonly event?: ProviderEventName<P>;
  /** The secret as it is in Secrets Manager, or a private key in PEM. Default: a new one, which is in the result. */
  readonly secret?: string;
  /** The time of the event and of its signature. Default: now. */
  readonly at?: Date;
  /** False for an event of the provider's test mode. Some providers sign no mode. Default: true. */
  readonly live?: boolean;
  /** Any text that identifies the payment: webhooks with the same text are about one payment. Default: a new payment. */
  readonly paymentId?: string;
  /** Any text that identifies the event: webhooks with the same text are deliveries of one event. Default: a new event. */
  readonly eventId?: string;
  /** The name of the provider in your system, if you set one. It is a part of `path`. Default: the provider. */
  readonly name?: string;
  /** The URL of the webhook that is registered with the provider. Some providers sign it. Default: one at `example.com`. */
  readonly url?: string;
  /** Settings of the provider that the webhook depends on. */
  readonly config?: SignedWebhookConfig;
}

/** The settings of a provider that its webhooks depend on, as the construct renders them. */
export interface SignedWebhookConfig {
  /** The key of your reference in the metadata. Default: `order_id`. */
  readonly referenceKey?: string;
  /** How `hmac` signs. */
  readonly hmac?: SignatureForm & { readonly algorithm: 'sha1' | 'sha256' | 'sha512'; readonly keyEncoding?: 'hex' | 'base64' };
  /** How `public-key` signs. */
  readonly signature?: SignatureForm;
  /** The fields of the body, as dotted paths: `hmac`, `public-key` and `standard-webhooks`. */
  readonly fields?: { readonly [field: string]: string | readonly string[] | { readonly [event: string]: string } };
}

/** Where a sender writes its signature, and what it signs. */
export interface SignatureForm {
  readonly signatureHeader: string;
  readonly encoding: 'hex' | 'base64' | 'base64url';
  readonly prefix?: string;
  readonly signatureFormat?: string;
  readonly timestampHeader?: string;
  readonly timestampFormat?: 'milliseconds' | 'iso-8601';
  readonly signedContent?: string;
}

/** A request with a webhook that its provider could have sent. It can be the second argument of `fetch`. */
export interface SignedWebhook {
  readonly method: 'POST';
  /** The path of your API for the provider: `/webhook/stripe`. */
  readonly path: string;
  readonly headers: { readonly [name: string]: string };
  /** The text that is signed. Send it unchanged. */
  readonly body: string;
  /** The secret that signed. */
  readonly secret: string;
  /** The public key in PEM, if a private key signed. */
  readonly publicKey?: string;
  /** The provider's name of the event. */
  readonly event: string;
  /** The kind that your system stores. */
  readonly kind: string;
  /** What the provider does not send in this event: `amount`, `currency`, `customer` or `reference`. */
  readonly omits: readonly string[];
}

/** An event of a provider. */
export interface ProviderEvent<P extends ProviderName = ProviderName> {
  readonly event: ProviderEventName<P>;
  readonly kind: ProviderEventKind<P>;
}

/** The names of the providers that sign with a secret alone. `paypal` and `wise` need a private key, and `hmac` and `public-key` need `config`. */
export declare const providerNames: readonly ProviderName[];

/** The events that can be sent for a provider, the first money movement first. */
export declare function providerEvents<P extends ProviderName>(provider: P): readonly ProviderEvent<P>[];

/** Signs a realistic webhook as the provider does. */
export declare function signedWebhook<P extends ProviderName>(provider: P, options?: SignedWebhookOptions<P>): SignedWebhook;

/** An event as EventBridge delivers it. */
export interface TransactionEvent<T extends string, D> {
  readonly 'version': '0';
  readonly 'id': string;
  readonly 'detail-type': T;
  readonly 'source': string;
  readonly 'account': string;
  readonly 'time': string;
  readonly 'region': string;
  readonly 'resources': string[];
  readonly 'detail': D;
}

export type TransactionReceivedEvent = TransactionEvent<'transaction.received', TransactionReceivedDetail>;
export type TransactionAssessedEvent = TransactionEvent<'transaction.assessed', TransactionAssessedDetail>;
export type TransactionBlockedEvent = TransactionEvent<'transaction.blocked', TransactionBlockedDetail>;

/** The parts of an event around its detail. Default: a system with the suffix `test` in `eu-central-1`, now. */
export interface EventEnvelope {
  readonly id?: string;
  readonly source?: string;
  readonly account?: string;
  /** RFC 3339. */
  readonly time?: string;
  readonly region?: string;
  readonly resources?: readonly string[];
}

/** A new `transaction.received`: 42 EUR that were captured, if you do not override it. An optional field that is `undefined` is left out. */
export declare function transactionReceived(overrides?: Partial<TransactionReceivedDetail>, envelope?: EventEnvelope): TransactionReceivedEvent;

/** A new `transaction.assessed`: 25,000 EUR with the verdict `approve`, if you do not override it. */
export declare function transactionAssessed(overrides?: Partial<TransactionAssessedDetail>, envelope?: EventEnvelope): TransactionAssessedEvent;

/** A new `transaction.blocked`: 60,000 EUR with the verdict `block`, if you do not override it. */
export declare function transactionBlocked(overrides?: Partial<TransactionBlockedDetail>, envelope?: EventEnvelope): TransactionBlockedEvent;

/** One realistic event of each case. They are the same in every run, and frozen. */
export interface GoldenEvents {
  readonly captured: TransactionReceivedEvent;
  readonly capturedMedium: TransactionReceivedEvent;
  readonly capturedHigh: TransactionReceivedEvent;
  readonly authorized: TransactionReceivedEvent;
  readonly refunded: TransactionReceivedEvent;
  readonly disputed: TransactionReceivedEvent;
  readonly failed: TransactionReceivedEvent;
  readonly canceled: TransactionReceivedEvent;
  readonly paidOut: TransactionReceivedEvent;
  /** The payment of a customer whom the provider has no id for. */
  readonly guest: TransactionReceivedEvent;
  readonly withMetadata: TransactionReceivedEvent;
  /** With the raw body: `includeBody`. */
  readonly withBody: TransactionReceivedEvent;
  readonly withoutAmount: TransactionReceivedEvent;
  readonly testMode: TransactionReceivedEvent;
  readonly approved: TransactionAssessedEvent;
  readonly review: TransactionAssessedEvent;
  /** The event that precedes `blocked`. */
  readonly assessedBlock: TransactionAssessedEvent;
  readonly blocked: TransactionBlockedEvent;
}

export declare const goldenEvents: GoldenEvents;
