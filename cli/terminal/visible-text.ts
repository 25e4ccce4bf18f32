/** Control and format characters, and half characters. A terminal interprets some of them, and others hide or reorder text. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\u2028\u2029]/gu;

/**
 * The form in which the tool prints a text that a provider, a customer or an operator chose: one line, with each control
 * character as its escape, such as `\u001b`.
 */
export function visibleText(text: string): string {
  return text.replace(INVISIBLE, escapesOf);
}

/** The start of the same, if it is longer. */
export function visibleStart(text: string, maxLength: number): string {
  const shown = visibleText(text);
  return shown.length > maxLength ? `${shown.slice(0, maxLength - 1)}…` : shown;
}

/** The same for a text of several lines. */
export function visibleLines(text: string): string {
  return text.replace(INVISIBLE, (character) => character === '\n' || character === '\t' ? character : escapesOf(character));
}

/** JSON in one line, with the same escapes. */
export function visibleJsonLine(value: unknown): string {
  return visibleText(JSON.stringify(value));
}

/** Indented JSON, with the same escapes. It is still JSON with the same content. */
export function visibleJson(value: unknown): string {
  return JSON.stringify(value, undefined, 2).replace(INVISIBLE, (character) => character === '\n' ? character : escapesOf(character));
}

function escapesOf(character: string): string {
  return character.split('').map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
}
