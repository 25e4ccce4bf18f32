/** Colors, if the terminal supports them and the user has not disabled them (https://no-color.org). */
export interface Style {
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly bold: (text: string) => string;
}

/** The colors of a stream. */
export function styleFor(stream: { readonly isTTY?: boolean }, environment: NodeJS.ProcessEnv): Style {
  const isColored = stream.isTTY === true && !environment.NO_COLOR && environment.TERM !== 'dumb';
  const code = (start: number, end: number) => (text: string) => isColored ? `\x1b[${start}m${text}\x1b[${end}m` : text;
  return { good: code(32, 39), bad: code(31, 39), dim: code(2, 22), bold: code(1, 22) };
}
