/** Parses a body; undefined, which JSON cannot express, where it is none. */
export function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}

export type JsonObject = { readonly [key: string]: unknown };

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a value is a JSON object or array: webhooks are, scalars that happen to parse are rubbish. */
export function isJsonStructure(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/**
 * Reads a name or an identifier. Numbers count while they are exact: beyond
 * 2^53 different identifiers would parse to the same number.
 */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'number') {
    return Number.isSafeInteger(value) ? String(value) : undefined;
  }
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Reads a code of letters, which providers send in either case, in upper case. */
export function codeOf(value: unknown, length: number): string | undefined {
  return typeof value === 'string' && value.length === length && /^[A-Za-z]+$/.test(value) ? value.toUpperCase() : undefined;
}
