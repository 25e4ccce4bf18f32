/** The digits of a card number (ISO/IEC 7812-1). */
const LEAST_DIGITS = 13;
const MOST_DIGITS = 19;
/** The digits at the start and at the end that can be shown (PCI DSS 4.0, requirement 3.4.1). */
const SHOWN_FIRST = 6;
const SHOWN_LAST = 4;
/** Groups of digits with at most two separators between them, as people write card numbers. */
const DIGIT_GROUPS = /\d+(?:[ .\-\p{M}]{1,2}\d+)*/gu;

/** Replaces the middle of each card number with asterisks. About a tenth of other numbers of that length look like card numbers too. */
export function maskCardNumbers(text: string): string {
  return text.replace(DIGIT_GROUPS, maskGroups);
}

function maskGroups(text: string): string {
  const groups = [...text.matchAll(/\d+/g)].map(({ index, 0: { length } }) => ({ start: index, end: index + length }));
  for (const { start } of groups) {
    // The longest first: the beginning of a card number can look like a shorter one.
    const end = groups.map((group) => group.end).reverse().find((each) => each > start && isCardNumber(text.slice(start, each)));
    if (end !== undefined) {
      return text.slice(0, start) + masked(text.slice(start, end)) + maskGroups(text.slice(end));
    }
  }
  return text;
}

/** Whether the digits have the length and the check digit of a card number (Luhn, ISO/IEC 7812-1 annex B). */
function isCardNumber(text: string): boolean {
  const digits = text.replace(/\D/g, '');
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 0 ? 1 : 2);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return digits.length >= LEAST_DIGITS && digits.length <= MOST_DIGITS && sum % 10 === 0;
}

function masked(number: string): string {
  const count = number.replace(/\D/g, '').length;
  let place = 0;
  return number.replace(/\d/g, (digit) => {
    place += 1;
    return place <= SHOWN_FIRST || place > count - SHOWN_LAST ? digit : '*';
  });
}
