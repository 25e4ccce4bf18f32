import { didYouMean } from '../src/private/did-you-mean';

/** Throws if a name is not one of the known ones. Suggests the most similar one. */
export function requireKnownName(what: string, name: string, known: readonly string[]): void {
  if (!known.includes(name)) {
    const suggestion = didYouMean(name, known);
    throw new TypeError(`${what} must be one of ${known.map((each) => `'${each}'`).join(', ')}, got '${name}'${suggestion && `.${suggestion}`}`);
  }
}
