import type { ProviderConfig } from '../../../src/private/contract';
import type { Reading } from '../reading';
import type { WebhookRequest } from '../webhook-request';

/** Why a webhook is refused, in words that tell a forger nothing new. */
export type RefusalReason = 'signature_missing' | 'signature_malformed' | 'signature_mismatch' | 'timestamp_out_of_tolerance';

/** `secret_unusable`: none of the secrets has the form that the scheme asks for, which only the operator can mend. */
export type Verification = 'authentic' | 'secret_unusable' | RefusalReason;

/** How one family of providers signs and what its webhooks say. */
export interface Scheme {
  /** Decides over the raw bytes. `secrets` holds at least one, none of them empty; any may have signed. */
  readonly verify: (request: WebhookRequest, secrets: readonly string[], config: ProviderConfig, now: Date) => Verification;
  /** Reads an authentic webhook; whatever it holds, this never throws. */
  readonly read: (request: WebhookRequest, config: ProviderConfig) => Reading;
}

/**
 * The verdict over a webhook of the right form. The signature goes first, so
 * that only who holds a secret learns that its time is out of tolerance.
 */
export function verdict(isSigned: boolean, isTimely: boolean): Verification {
  if (!isSigned) {
    return 'signature_mismatch';
  }
  return isTimely ? 'authentic' : 'timestamp_out_of_tolerance';
}
