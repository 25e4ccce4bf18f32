import { parse } from 'lossless-json';

const INTEGER = /^-?\d+$/;

/**
 * Parses a body as `JSON.parse` does, save that an integer beyond 2^53 becomes
 * its digits: as a number it would be another one, which identifiers must not
 * be. Undefined where the body is no JSON, or nested deeper than the stack.
 */
export function parseExactJson(body: Buffer): unknown {
  try {
    return parse(body.toString('utf8'), undefined, { parseNumber: exactNumber, onDuplicateKey: ({ newValue }) => newValue });
  } catch {
    return undefined;
  }
}

function exactNumber(text: string): number | string {
  const number = Number(text);
  return INTEGER.test(text) && !Number.isSafeInteger(number) ? text : number;
}
