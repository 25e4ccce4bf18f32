/** Control characters, invisible characters and halves of characters, such as those that move the cursor or turn the direction of a text. */
const UNPRINTABLE = /[\p{C}\u2028\u2029]/gu;
/** The same without line breaks and tabs. */
const UNPRINTABLE_IN_LINES = /(?![\n\t])[\p{C}\u2028\u2029]/gu;

/** One line that a terminal shows as it is: what a sender chose cannot control the terminal. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, escapedCharacter);
}

/** The same for a text of several lines. */
export function printableLines(text: string): string {
  return text.replace(UNPRINTABLE_IN_LINES, escapedCharacter);
}

function escapedCharacter(character: string): string {
  const code = character.codePointAt(0)!.toString(16);
  return code.length <= 2 ? `\\x${code.padStart(2, '0')}` : `\\u{${code}}`;
}
