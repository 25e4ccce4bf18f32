import { maskCardNumbers } from './card-numbers';

/** The maximum length of a text from outside, in characters. */
const MAX_LENGTH = 256;
/** An at sign, also encoded for a URL, once or several times. */
const EMAIL_SIGN = /@|%(?:25)*40/;
/** Characters of markup, and those that JSON would escape, with their replacements. */
const REPLACEMENTS: { readonly [character: string]: string } = {
  '<': '(', '[': '(', '{': '(', '>': ')', ']': ')', '}': ')', '|': '/', '\\': '/', '`': "'", '"': "'",
};
/** An amount such as `60,000.00`. No program makes a link of it. */
const DECIMAL = /^[(+-]*\d[\d,]*\.\d+[),;:%]*$/;
/** A dot inside a name such as `evil.example`, in the two forms that browsers accept. */
const DOT_OF_NAME = /[.。](?=[\p{L}\p{M}\p{N}])/gu;
/** The colon of an address such as `https://…` or `tel:…`. `contact:` begins the id of a guest and no address. */
const COLON_OF_ADDRESS = /:(?=\/\/)|(?<=\p{L}\p{M}*)(?<!\bcontact):(?=\S)/gu;

/**
 * The form in which an alert shows a text that a provider, a customer or the merchant chose. It is one line, and no program
 * makes a link or markup of it: `evil.example` becomes `evil[.]example`, `https://…` becomes `https[:]//…`, and brackets become
 * parentheses. Words with an at sign become `(email)`, because some systems use email addresses as customer ids. Card numbers
 * are masked.
 */
export function safeText(text: string, maxLength = MAX_LENGTH): string {
  // In this form, a character has no variant that another program could read as a dot, digit or bracket.
  const words = text.normalize('NFKD').split(/\s/).map((word) => EMAIL_SIGN.test(word) ? '(email)' : word).join(' ');
  // Shortened first: half of a surrogate pair is then replaced like a control character.
  const plain = words.slice(0, maxLength).replace(/\p{C}/gu, ' ').replace(/[<[{>\]}|\\`"]/g, (character) => REPLACEMENTS[character]);
  return maskCardNumbers(plain).split(' ').map(withoutLinks).join(' ').normalize('NFC');
}

function withoutLinks(word: string): string {
  return DECIMAL.test(word) ? word : word.replace(DOT_OF_NAME, '[.]').replace(COLON_OF_ADDRESS, '[:]');
}
