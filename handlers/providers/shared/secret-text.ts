import { isJsonStructure, parseJson } from './json';

/** Values that people store until they have the secret. */
const PLACEHOLDER = /^(?:change[-_ ]?me|placeholder|todo|tbd|x{3,})$/i;
/** Marks of a value that was copied with more than the secret. */
const COPIED_TOO_MUCH = /^["'\s]|["'\s]$/;

/**
 * The secrets that a provider can have issued. A placeholder, a value in quotes or with white space around it, and JSON
 * could never verify: they count as not set, so that an alarm notifies the operator and the provider retries.
 */
export function usableSecrets(secrets: readonly string[]): readonly string[] {
  return secrets.filter((secret) => !PLACEHOLDER.test(secret) && !COPIED_TOO_MUCH.test(secret) && !isJsonStructure(parseJson(Buffer.from(secret))));
}
