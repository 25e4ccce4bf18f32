import type { CertificateChain } from './certificate-chain';
import type { EventTable } from './event-table';
import type { NormalizedEvent } from './normalized-event';
import type { WebhookRequest } from './webhook-request';
import type { ProviderConfig } from '../../../src/private/contract';
import type { Exponents } from '../../domain/money';

/** Why a webhook is rejected, in words that tell a forger nothing new. */
export type RejectionReason =
  | 'signature_missing' | 'signature_malformed' | 'signature_mismatch' | 'timestamp_out_of_tolerance'
  /** The certificate that is said to have signed is not the provider's. */
  | 'certificate_untrusted'
  /** It came from an address outside of the provider's ranges. */
  | 'source_not_allowed'
  /** Another body came under the same signed name of the delivery before. */
  | 'body_mismatch';

/** `secret_unusable`: none of the secrets has the form that the scheme asks for, which only the operator can mend. */
export type Verification = 'authentic' | 'secret_unusable' | RejectionReason;

/**
 * Where a scheme that signs with a certificate gets it from, with those that
 * may vouch for it. Undefined where the provider says that there is none;
 * throws where it can't be had now.
 */
export type CertificateSource = (url: URL) => Promise<CertificateChain | undefined>;

/** What a verification rests on beside the request and the secrets. */
export interface VerificationContext {
  readonly config: ProviderConfig;
  readonly now: Date;
  readonly certificates: CertificateSource;
}

/** How a provider wants to be answered, where that differs from the usual. */
export interface Acknowledgement {
  /** The whole body that says that all was taken in. */
  readonly accepted?: string;
  /** The status for a signature that is missing or wrong. */
  readonly rejectedStatus?: number;
}

/** A request that holds several webhooks. */
export interface Batch {
  /** Whether each webhook carries a signature of its own, or one signature covers the request. */
  readonly signed: 'each' | 'together';
  /** The webhooks, each with its own part as body; the request itself where it holds none. */
  readonly split: (request: WebhookRequest) => readonly WebhookRequest[];
}

/** How one family of providers signs and what its webhooks say. */
export interface Scheme {
  /** Decides over the raw bytes. `secrets` holds at least one, none of them empty; any may have signed. */
  readonly verify: (request: WebhookRequest, secrets: readonly string[], context: VerificationContext) => Verification | Promise<Verification>;
  /** Reads an authentic webhook; whatever it holds, this never throws. */
  readonly normalize: (request: WebhookRequest, config: ProviderConfig) => NormalizedEvent | Promise<NormalizedEvent>;
  /** The provider's events by name. Empty if the user says what the events mean. */
  readonly events: EventTable;
  /** The currencies that the provider counts with other decimals than ISO 4217. */
  readonly exponents?: Exponents;
  readonly batch?: Batch;
  readonly acknowledgement?: Acknowledgement;
  /** Answers the GET request by which a provider checks the endpoint; undefined where it is none, or no secret can answer it. */
  readonly answerChallenge?: (query: Readonly<Record<string, string | undefined>>, secrets: readonly string[]) => string | undefined;
}
