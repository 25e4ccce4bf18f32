import { parseArgs } from 'node:util';
import { wholeNumber } from '../faults/fault-options';

export interface SoakOptions {
  /** The webhooks after the warm-up. */
  readonly webhooks: number;
  /** How many bytes of each request the validator keeps, to check that the soak notices it. */
  readonly leak: number;
  /** Whether to write the figures to the page. */
  readonly write: boolean;
}

/** Reads the options of the command line. */
export function parseSoakOptions(args: string[]): SoakOptions {
  const { values } = parseArgs({ args, options: { webhooks: { type: 'string' }, leak: { type: 'string' }, write: { type: 'boolean' } } });
  return {
    webhooks: wholeNumber('--webhooks', values.webhooks ?? '2000'),
    leak: values.leak === undefined ? 0 : wholeNumber('--leak', values.leak),
    write: values.write ?? false,
  };
}
