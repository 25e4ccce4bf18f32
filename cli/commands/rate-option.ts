import { InvalidArgumentError } from 'commander';

/** Calls or messages per second, unless the option says otherwise. */
export const DEFAULT_RATE = 10;

/** Parses the option `--rate`. */
export function parseRate(value: string): number {
  const rate = Number(value);
  if (!(value.trim() !== '' && rate > 0 && Number.isFinite(rate))) {
    throw new InvalidArgumentError('It must be a number above 0, per second.');
  }
  return rate;
}
