import { parseArgs } from 'node:util';

export interface FaultOptions {
  /** Multiplies what each part is given. */
  readonly size: number;
  readonly seed: number;
  /** Only the rows whose part and fault contain this text. */
  readonly only: string;
  /** Whether to write the table to the page. */
  readonly write: boolean;
}

/** Reads the options of the command line. */
export function parseFaultOptions(args: string[]): FaultOptions {
  const { values } = parseArgs({
    args,
    options: { size: { type: 'string' }, seed: { type: 'string' }, only: { type: 'string' }, write: { type: 'boolean' } },
  });
  return {
    size: wholeNumber('--size', values.size ?? '1'),
    seed: wholeNumber('--seed', values.seed ?? String(Math.floor(Math.random() * 1_000_000) + 1)),
    only: values.only ?? '',
    write: values.write ?? false,
  };
}

/** The number of an option. Throws for another text. */
export function wholeNumber(name: string, text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) {
    throw new Error(`\`${name}\` must be a whole number from 1 to 999999999, got: '${text}'`);
  }
  return Number(text);
}
