import type { Verification } from './scheme';
import { verification } from './signature';

/** Values that people store until they have the secret, and values without content. */
const PLACEHOLDER = /^(?:whsec_)?(?:change[-_ ]?(?:me|it)|replace[-_ ]?me|your[-_ ]?secret|placeholder|todo|tbd|x{3,}|\.{3,}|…)$|^["'{}[\]\s]*$/i;
/** Marks of a value that was copied with more than the secret: quotes or white space around it, or JSON. */
const COPIED_TOO_MUCH = /^["'\s]|["'\s]$|^\{.*\}$/s;

/** Whether a value only takes the place of a secret that is not stored yet. */
export function isPlaceholder(secret: string): boolean {
  return PLACEHOLDER.test(secret);
}

/**
 * The result of a verification by secrets that are texts. Placeholders count as
 * not set, so that an alarm notifies the operator and the provider retries. A
 * secret can look as if too much was copied and still be the right one. It
 * counts as not set only if it does not verify.
 */
export function verificationBy(secrets: readonly string[], isSignedBy: (usable: readonly string[]) => boolean, isTimely = true): Verification {
  const usable = secrets.filter((secret) => !isPlaceholder(secret));
  const isSigned = usable.length > 0 && isSignedBy(usable);
  return !isSigned && usable.every((secret) => COPIED_TOO_MUCH.test(secret)) ? 'secret_unusable' : verification(isSigned, isTimely);
}
