import type { CarriedFields, Kind, ProviderConfig } from '../../../../src/private/contract';
import type { Exponents } from '../../../domain/money';
import type { CarriedMetadata } from '../normalized-event';
import type { CertificateSource } from '../scheme';

export type Headers = { readonly [name: string]: string };

/** A webhook as its provider sends it. */
export interface SignedWebhook {
  readonly body: Buffer;
  readonly headers: Headers;
}

export interface Signing {
  /** Default: now. */
  readonly at?: Date;
  /** Default: the samples' own secret. */
  readonly secret?: string;
  /** The name of the payload, if a header contains it: a topic or an identifier. */
  readonly name?: string;
}

/** Signs a payload without waiting. */
export type SignNow = (payload: Buffer, signing?: Signing) => SignedWebhook;

/** One change of a webhook or a secret. */
export interface Change {
  readonly position: number;
  /** Added to a byte. */
  readonly difference: number;
  /** Replaces a character. */
  readonly character: string | ((found: string) => string);
}

/** A payload before it is signed: JSON, or text. */
export type Payload = object | string;

/** A payload that needs more than the samples' own configuration. */
export interface SamplePayload {
  readonly payload: Payload;
  /** The name of the payload, if a header contains it. */
  readonly name?: string;
  /** Differences from the samples' own configuration. */
  readonly config?: Partial<ProviderConfig>;
}

/** What is stored of one event. */
export interface ExpectedEvent {
  readonly event: string;
  readonly kind: Kind;
  readonly moneyMovement: boolean;
  /** In major units, with the currency. */
  readonly amount?: string;
  /** `by its event`: the provider's id of the event, or the digest of the body. */
  readonly transaction: string;
  /** The texts that are stored and published unchanged. Absent: they are not compared. */
  readonly carried?: CarriedFields;
}

/** A payload in the provider's format, with the events that are stored of it, sorted by name. */
export interface EventSample extends SamplePayload {
  readonly events: readonly ExpectedEvent[];
}

/** A payload that contains `PLANTED`, with what is stored of it in addition to the raw body. */
export interface PersonalDataSample extends SamplePayload {
  readonly cardBin?: string;
  readonly emailDomain?: string;
  /** The address that only a keyed hash is stored of. */
  readonly email?: string;
  /** What identifies the guest. */
  readonly contact?: string;
}

/** A payload with the merchant's reference or the account in another place than in the events. */
export interface ReferenceSample extends SamplePayload {
  readonly reference?: string;
  readonly account?: string;
}

/** A payload with metadata. Its configuration chooses the keys. */
export interface MetadataSample extends SamplePayload {
  readonly metadata?: CarriedMetadata['metadata'];
  readonly omittedMetadata?: CarriedMetadata['omittedMetadata'];
}

/** A card number, an email address and a phone number of a customer, the parts that can be stored, and the contacts that only a keyed hash is stored of. */
export const PLANTED = {
  cardNumber: '4242421234567890',
  email: 'Some.One+tag@Mail.example',
  cardBin: '42424212',
  emailDomain: 'mail.example',
  emailContact: 'some.one+tag@mail.example',
  phone: '+1 (415) 555-0123',
  phoneContact: '+14155550123',
} as const;

/** Payloads of one event each, by their meaning. */
export interface OutcomeSamples {
  /** A bank or the provider declined a customer's payment. */
  readonly declined: readonly SamplePayload[];
  /** Refunds, payouts and transfers that failed, and payments that failed after their authorization. */
  readonly failed: readonly SamplePayload[];
  readonly canceled: readonly SamplePayload[];
  /** Events of refunds that are not complete, and of inquiries. */
  readonly pending?: readonly SamplePayload[];
  /** Neither failed nor canceled. */
  readonly others?: readonly SamplePayload[];
}

/** All events that a provider sends about one payment in their order. */
export interface PaymentFlow {
  readonly name: string;
  readonly payloads: readonly Payload[];
  /** The money movements, such as `charge.succeeded 5.00 EUR`. Each movement of money is one event. */
  readonly movements: readonly string[];
  /** How many declines of the customer the events are. Default: 0. */
  readonly declines?: number;
  /** The names of the events without an amount. Default: every event has one, unless the events of the provider have none. */
  readonly withoutAmount?: readonly string[];
}

/** Amounts in the units of the provider. */
export interface MinorUnitSamples {
  readonly payload: (currency: string) => Payload;
  /** The decimals of each currency. Contains every currency of the scheme's own exponents. */
  readonly exponents: Exponents;
}

/** What a provider sends, and how it signs. Every test of the provider contract follows from this. */
export interface ProviderSamples {
  readonly config: ProviderConfig;
  readonly secret: string;
  /** The secret with one change that makes it another one. */
  readonly otherSecret: (change: Change) => string;
  /**
   * Signs a payload as the provider does, with headers in the case that it sends. Uses the provider's library if
   * that can sign the payload, else `node:crypto`.
   */
  readonly sign: (payload: Buffer, signing?: Signing) => SignedWebhook | Promise<SignedWebhook>;
  /** Whether the provider's library accepts a webhook. Absent: the provider has no library that verifies. */
  readonly libraryAccepts?: (webhook: SignedWebhook, secret: string) => boolean | Promise<boolean>;
  /** Whether the library accepts other spellings of a signature, which the scheme rejects. Default: false. */
  readonly libraryDecodesLoosely?: boolean;
  /** The headers that a webhook is rejected without. Empty if the body contains the signature. */
  readonly signatureHeaders: readonly string[];
  /** Whether a signature header can be sent several times. Default: false. */
  readonly repeatsHeaders?: boolean;
  /** The same webhook with one change, once in each signed part and in each signature. */
  readonly altered: (webhook: SignedWebhook, change: Change) => SignedWebhook[];
  /** The same webhook with changes in what the provider sends and does not sign. */
  readonly unsignedChanges?: (webhook: SignedWebhook) => SignedWebhook[];
  /** Default: the scheme needs no certificate. */
  readonly certificates?: CertificateSource;
  /** At least a money movement, a refund or a dispute, and an event without an amount. */
  readonly events: readonly EventSample[];
  readonly outcomes: OutcomeSamples;
  /** Absent: the user defines the events. */
  readonly flows?: readonly PaymentFlow[];
  /** Absent: the events have no amounts. */
  readonly minorUnits?: MinorUnitSamples;
  readonly personalData: readonly PersonalDataSample[];
  /** Default: the events have all places. */
  readonly references?: readonly ReferenceSample[];
  /** Absent: the provider signs no metadata. */
  readonly metadata?: readonly MetadataSample[];
}

/** The bytes of a payload. */
export function payloadBytes(payload: Payload): Buffer {
  return Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload));
}
