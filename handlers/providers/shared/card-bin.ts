import { CARD_BIN_DIGITS } from '../../../src/private/contract';

const DIGITS = new RegExp(`^[0-9]{${CARD_BIN_DIGITS.least},}$`);

/**
 * Reads the first digits of a card's number, which tell its bank. Providers
 * send 6 or 8; what has more could be a whole number, of which the rest is
 * dropped here, so that it is stored nowhere but in the raw body. Text alone:
 * a number would have lost the zeros that it began with.
 */
export function parseCardBin(value: unknown): string | undefined {
  return typeof value === 'string' && DIGITS.test(value) ? value.slice(0, CARD_BIN_DIGITS.most) : undefined;
}

/** Whether a text is the first digits of a card's number and nothing more. */
export function isCardBin(value: unknown): boolean {
  return parseCardBin(value) === value && value !== undefined;
}
