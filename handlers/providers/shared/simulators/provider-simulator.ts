import type { Kind, ProviderConfig } from '../../../../src/private/contract';
import type { Exponents } from '../../../domain/money';

/** A payment that a simulator sends an event about. */
export interface SimulatedPayment {
  /** Of the payment, 12 hexadecimal digits. Every other id follows from it, so that two payments never share one. */
  readonly id: string;
  /** Of the event, 12 hexadecimal digits. Equal for two attempts to deliver the same event. */
  readonly eventId: string;
  /** In the units of the provider, never negative. */
  readonly minor: bigint;
  /** The decimals of the currency, as the provider counts them. */
  readonly exponent: number;
  /** ISO 4217, in upper case. */
  readonly currency: string;
  /** The provider's id of the customer. */
  readonly customer: string;
  /** The merchant's own reference, such as the number of an order. */
  readonly reference: string;
  /** The time of the event. */
  readonly at: Date;
  /** False for an event of the provider's sandbox. */
  readonly live: boolean;
}

/** One of the events that a simulator sends. */
export interface SimulatedEvent {
  /** The kind that the scheme derives from the body. */
  readonly kind: Kind;
  /** The provider's name, if events of several kinds share it. Default: the key in the simulator's events. */
  readonly name?: string;
  /** Whether the provider gives the refund or dispute an id of its own, and does not name the payment. Default: false. */
  readonly ownTransaction?: boolean;
  /** The parts of a payment that the provider does not send in this event. Default: none. */
  readonly omits?: ReadonlyArray<'amount' | 'currency' | 'customer' | 'reference'>;
  /** The body before it is signed. */
  readonly body: (payment: SimulatedPayment, config: ProviderConfig) => object | string;
}

/** The events of a simulator. The keys are the provider's names, with a suffix such as `:failed` if several share one. */
export type SimulatedEvents = { readonly [key: string]: SimulatedEvent };

/** What a signature depends on in addition to the body. */
export interface SimulatedSignature {
  /** The text of the secret, as it is in Secrets Manager, or a private key in PEM for schemes with public keys. Empty if only the provider can sign. */
  readonly secret: string;
  /** The time of the delivery. */
  readonly at: Date;
  readonly eventName: string;
  readonly eventId: string;
  readonly config: ProviderConfig;
}

/** A webhook that can be posted. */
export interface SimulatedWebhook {
  readonly body: Buffer;
  readonly headers: { readonly [name: string]: string };
}

/**
 * Plays a provider: builds its events and signs them as it does, without its library. For tests and tools. A simulator is
 * not deployed.
 */
export interface ProviderSimulator {
  /** By the provider's names. The first one of a kind is sent if only the kind is given; the first one of all is a money movement. */
  readonly events: SimulatedEvents;
  /** The events of a configuration, if the user defines the body. Default: `events`. */
  readonly eventsOf?: (config: ProviderConfig) => SimulatedEvents;
  /** Signs the bytes of a body. The body changes only if it contains the signature. */
  readonly sign: (body: Buffer, signature: SimulatedSignature) => SimulatedWebhook;
  /** The currencies that the provider counts with other decimals than ISO 4217. */
  readonly exponents?: Exponents;
  /** A new secret in the provider's format. `url` is the one that is registered with the provider; the configuration is that of schemes whose users choose the format. */
  readonly newSecret: (url: string, config?: ProviderConfig) => string;
  /** Whether the merchant's own reference identifies a payment, because the provider's events contain no other id that they share. Default: false. */
  readonly identifiesByReference?: boolean;
  /** Whether the provider does not sign if an event is a test. Default: false. */
  readonly signsNoMode?: boolean;
  /** The reason why only the provider can sign, and the remedy, as sentences. Absent: everybody with the secret can. */
  readonly cannotSign?: string;
}

export const JSON_CONTENT = { 'Content-Type': 'application/json' } as const;
