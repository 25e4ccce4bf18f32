/** Control characters, also those that change the direction of text, and halves of surrogate pairs. */
const UNPRINTABLE = /\p{C}/gu;

/** A text from outside in one line of a terminal. Characters that could control the terminal are replaced by their codes. */
export function printableText(text: string): string {
  return text.replace(UNPRINTABLE, escapeOf);
}

/** The same for a text of several lines. */
export function printableLines(text: string): string {
  return text.replace(UNPRINTABLE, (character) => character === '\n' || character === '\t' ? character : escapeOf(character));
}

function escapeOf(character: string): string {
  return `\\u{${character.codePointAt(0)!.toString(16)}}`;
}
