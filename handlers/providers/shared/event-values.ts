import { isJsonObject, parseCode, parseText } from './json';
import type { CarriedMetadata, Money } from './normalized-event';
import { CARD_BIN_DIGITS, DEFAULT_REFERENCE_KEY, METADATA_LIMITS, NO_CURRENCY, type ProviderConfig } from '../../../src/private/contract';
import { exponentOf, minorUnits, parseMajor, parseMinor, type Exponents } from '../../domain/money';

/** Reads an amount of minor units, as the provider counts the currency. */
export function moneyFromMinor(amount: unknown, currency: string | undefined, exponents?: Exponents): Money | undefined {
  return toMoney(parseMinor(amount), minorUnits(currency, exponents));
}

/** Reads an amount of major units in decimal text, as the provider counts the currency. */
export function moneyFromMajor(amount: unknown, currency: string | undefined, exponents?: Exponents): Money | undefined {
  const exponent = minorUnits(currency, exponents);
  return toMoney(parseMajor(amount, exponent), exponent);
}

function toMoney(minor: bigint | undefined, exponent: number): Money | undefined {
  return minor === undefined ? undefined : { minor, exponent };
}

const RFC_3339 =
  /^([12]\d{3})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;
/** In Unix seconds this is the year 5138, in milliseconds 1973. Smaller numbers are seconds. */
const FIRST_MILLISECONDS = 1e11;
/** The end of the year 9999. Up to then, ISO 8601 texts sort in the order of the times. */
const END_OF_TIME = 253402300800000;

/** Whether a text is a time of RFC 3339 on a day that exists. JavaScript does not support leap seconds. */
export function isRfc3339(text: string): boolean {
  const match = RFC_3339.exec(text);
  return match !== null && Number(match[3]) <= new Date(Date.UTC(Number(match[1]), Number(match[2]), 0)).getUTCDate();
}

/** Reads a time as providers write it: RFC 3339, or Unix seconds or milliseconds as a number or its digits. */
export function parseEventTime(value: unknown): Date | undefined {
  if (typeof value === 'string' && isRfc3339(value)) {
    return new Date(value);
  }
  const unix = typeof value === 'string' && /^\d{1,15}(?:\.\d{1,9})?$/.test(value) ? Number(value) : value;
  if (typeof unix !== 'number') {
    return undefined;
  }
  const milliseconds = unix < FIRST_MILLISECONDS ? unix * 1000 : unix;
  return milliseconds >= 0 && milliseconds < END_OF_TIME ? new Date(milliseconds) : undefined;
}

const DIGITS = new RegExp(`^[0-9]{${CARD_BIN_DIGITS.least},}$`);

/**
 * Reads the first digits of a card's number, which identify its bank. Providers
 * send 6 or 8. More digits could be a whole card number, so the rest is dropped
 * and stored only in the raw body. Accepts only text, because a number would
 * have lost its leading zeros.
 */
export function parseCardBin(value: unknown): string | undefined {
  return typeof value === 'string' && DIGITS.test(value) ? value.slice(0, CARD_BIN_DIGITS.most) : undefined;
}

/**
 * Reads a currency's code; undefined for the code for "no currency" and for a code that ISO 4217 does not list. An
 * invented code would become a dimension of metrics, which have a price each. The raw body contains it.
 */
export function parseCurrency(value: unknown): string | undefined {
  const code = parseCode(value, 3);
  return code === undefined || code === NO_CURRENCY || exponentOf(code) === undefined ? undefined : code;
}

/** The merchant's reference in the metadata that the provider returns unchanged. The key can contain dots. */
export function referenceIn(metadata: unknown, { referenceKey = DEFAULT_REFERENCE_KEY }: ProviderConfig): string | undefined {
  return isJsonObject(metadata) && Object.hasOwn(metadata, referenceKey) ? parseText(metadata[referenceKey]) : undefined;
}

/**
 * The entries of metadata that the user chose, each from the first source that has it. A value that cannot be carried is
 * left out completely: a part of it could be taken for the whole.
 */
export function metadataIn(sources: readonly unknown[], { metadataKeys = [] }: Pick<ProviderConfig, 'metadataKeys'>): CarriedMetadata {
  const carried: [string, string][] = [];
  const omitted: string[] = [];
  for (const key of metadataKeys) {
    const value = sources.map((source) => statedValue(source, key)).find((found) => found !== undefined);
    const text = parseMetadata(value);
    if (text !== undefined) {
      carried.push([key, text]);
    } else if (value !== undefined) {
      omitted.push(key);
    }
  }
  return {
    metadata: carried.length > 0 ? Object.fromEntries(carried) : undefined,
    omittedMetadata: omitted.length > 0 ? omitted : undefined,
  };
}

/** The value of an own member; undefined if it is empty. */
function statedValue(source: unknown, key: string): unknown {
  const value = isJsonObject(source) && Object.hasOwn(source, key) ? source[key] : undefined;
  return value === null || value === '' ? undefined : value;
}

/** A value of metadata as text, with half characters replaced, which DynamoDB would reject. */
function parseMetadata(value: unknown): string | undefined {
  const isDecimal = typeof value === 'number' && Number.isFinite(value) && !Number.isInteger(value);
  const text = isDecimal || typeof value === 'boolean' ? String(value) : parseText(value);
  return text === undefined || [...text].length > METADATA_LIMITS.valueLength ? undefined : Buffer.from(text).toString();
}
