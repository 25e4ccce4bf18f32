import { parse } from 'lossless-json';

const INTEGER = /^-?\d+$/;
/** 2^53 has 16 digits. */
const LONG_NUMBER = /\d{16}/;

/** Parses a body. Returns undefined, which JSON cannot express, if it is not JSON. */
export function parseJson(body: Buffer): unknown {
  return parseJsonText(jsonText(body));
}

/** The same for the text of a body. */
export function parseJsonText(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/**
 * Parses a body as `JSON.parse` does, except that an integer beyond 2^53 becomes
 * its digits: as a number, an identifier would change. Undefined if the body is
 * not JSON, or has such an integer and is nested too deeply for the stack.
 */
export function parseExactJson(body: Buffer): unknown {
  const text = jsonText(body);
  // Most bodies have no such integer, and `JSON.parse` is several times as fast.
  if (!LONG_NUMBER.test(text)) {
    return parseJsonText(text);
  }
  try {
    return parse(text, undefined, { parseNumber: parseExactNumber, onDuplicateKey: ({ newValue }) => newValue });
  } catch {
    return undefined;
  }
}

/** The text of a body. A sender can begin it with a byte order mark, which is not part of the JSON (RFC 8259, 8.1). */
export function jsonText(body: Buffer): string {
  return body.toString('utf8').replace(/^\uFEFF/, '');
}

function parseExactNumber(text: string): number | string {
  const number = Number(text);
  return INTEGER.test(text) && !Number.isSafeInteger(number) ? text : number;
}

export type JsonObject = { readonly [key: string]: unknown };

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a value is a JSON object or array. Webhooks are, and a scalar that parses is not a webhook. */
export function isJsonStructure(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/**
 * Reads a name or an identifier. Numbers count only if they are exact: beyond
 * 2^53, different identifiers would parse to the same number.
 */
export function parseText(value: unknown): string | undefined {
  if (typeof value === 'number') {
    return Number.isSafeInteger(value) ? String(value) : undefined;
  }
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Reads a code of letters, which providers send in either case, in upper case. */
export function parseCode(value: unknown, length: number): string | undefined {
  return typeof value === 'string' && value.length === length && /^[A-Za-z]+$/.test(value) ? value.toUpperCase() : undefined;
}

/**
 * Follows a dotted path, `data.items.0.amount`. Reads only own properties, so that
 * a path like `__proto__` or `constructor` finds only values that were sent.
 */
export function valueAt(json: unknown, path: string): unknown {
  let value = json;
  for (const segment of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, segment)) {
      return undefined;
    }
    value = (value as { readonly [key: string]: unknown })[segment];
  }
  return value;
}

/** The first readable value in several places, because providers write the same thing in different places. */
export function firstAt<T>(json: unknown, paths: readonly string[], read: (value: unknown) => T | undefined): T | undefined {
  for (const path of paths) {
    const value = read(valueAt(json, path));
    if (value !== undefined) {
      return value;
    }
  }
  return undefined;
}

/** The value itself; undefined if it is null. */
export function present(value: unknown): unknown {
  return value ?? undefined;
}
