import type { CertificateChain } from './certificate-chain';
import type { EventTable } from './event-table';
import type { NormalizedEvent } from './normalized-event';
import type { WebhookRequest } from './webhook-request';
import type { ProviderConfig } from '../../../src/private/contract';
import type { Exponents } from '../../domain/money';

/** The reason why a webhook is rejected. It must not help an attacker. */
export type RejectionReason =
  | 'signature_missing' | 'signature_malformed' | 'signature_mismatch' | 'timestamp_out_of_tolerance'
  /** The certificate of the signature is not the provider's. */
  | 'certificate_untrusted'
  /** The request contains more webhooks than the provider sends together. */
  | 'too_many_webhooks'
  /** It came from an address outside of the provider's ranges. */
  | 'source_not_allowed'
  /** Its signature does not cover all bytes of the body, and the API may have changed them. */
  | 'body_not_exact'
  /** An earlier delivery with the same signed name had another body. */
  | 'body_mismatch';

/** `secret_unusable`: no secret has the format that the scheme needs. Only the operator can fix this. */
export type Verification = 'authentic' | 'secret_unusable' | RejectionReason;

/**
 * Fetches the certificate of a signature with its authorities. Undefined if the provider reports that it does not exist.
 * Throws if it is not available now.
 */
export type CertificateSource = (url: URL) => Promise<CertificateChain | undefined>;

/** The input of a verification in addition to the request and the secrets. */
export interface VerificationContext {
  readonly config: ProviderConfig;
  readonly now: Date;
  readonly certificates: CertificateSource;
}

/** The differences from the usual response. */
export interface Acknowledgement {
  /** The body of the response if everything was stored. */
  readonly accepted?: string;
  /** The status for a signature that is missing or wrong. */
  readonly rejectedStatus?: number;
}

/**
 * A request with several webhooks. `split` returns the webhooks, each with its own part as body, or the request itself
 * if it contains no webhooks. Equal webhooks are returned once.
 */
export type Batch =
  /** One signature covers the request. */
  | { readonly signed: 'together'; readonly split: (request: WebhookRequest) => readonly WebhookRequest[] }
  /** Each webhook has its own signature, so the request is split before it is verified. Undefined if it has too many webhooks. */
  | { readonly signed: 'each'; readonly split: (request: WebhookRequest) => readonly WebhookRequest[] | undefined };

/** The signatures and the format of one family of providers. */
export interface Scheme {
  /** Verifies the raw bytes. `secrets` has no empty entry, and at least one unless the scheme verifies with public keys. Any of them can be the signer. */
  readonly verify: (request: WebhookRequest, secrets: readonly string[], context: VerificationContext) => Verification | Promise<Verification>;
  /** Reads an authentic webhook. Never throws, for any content. */
  readonly normalize: (request: WebhookRequest, config: ProviderConfig) => NormalizedEvent | Promise<NormalizedEvent>;
  /** The provider's events by name. Empty if the user defines the events. */
  readonly events: EventTable;
  /** The currencies that the provider counts with other decimals than ISO 4217. */
  readonly exponents?: Exponents;
  readonly batch?: Batch;
  readonly acknowledgement?: Acknowledgement;
  /** Answers a provider's GET request to check the endpoint; undefined if the request is not a challenge, or if no secret can answer it. */
  readonly answerChallenge?: (query: Readonly<Record<string, string | undefined>>, secrets: readonly string[]) => string | undefined;
}
