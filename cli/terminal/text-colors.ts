import pc from 'picocolors';

/** Functions that color a text, or return it unchanged. */
export type TextColors = Pick<ReturnType<typeof pc.createColors>, 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan'>;

/** Colors for a terminal. A file or a pipe gets plain text, and so does a terminal with `NO_COLOR`. */
export function textColors(isTerminal: boolean): TextColors {
  return pc.createColors(isTerminal && pc.isColorSupported);
}
