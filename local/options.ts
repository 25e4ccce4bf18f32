import { parseArgs } from 'node:util';
import { LocalFailure } from '../cli/local/emulator/failure';

/** The options of the command line. */
export interface Options {
  readonly help: boolean;
  readonly json: boolean;
  readonly keep: boolean;
  /** Keeps the system too. */
  readonly console: boolean;
  /** If omitted, a free one is used. */
  readonly port?: number;
}

export const HELP = `Usage: npx projen local [options]

Deploys the example app into an AWS emulator on this machine, sends it signed
webhooks through its API, and shows what each of them did. Needs Node and
Python 3.10 or later, but no AWS account and no Docker.

Options:
  --port N   the emulator's port on 127.0.0.1 (default: a free one)
  --keep     leave it running afterwards, for the commands of cdk-webhooks too
  --console  the same, and open the console in the browser
  --json     print the report as JSON on standard output, the progress on standard error
  --help     print this

Exit status: 0 if all results are as expected.
`;

/** Parses the command line. Reports an unknown or malformed option in one line. */
export function parseOptions(args: readonly string[]): Options {
  const { help = false, json = false, console = false, keep = console, port } = parse(args);
  return { help, json, keep, console, port: port === undefined ? undefined : parsePort(port) };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        help: { type: 'boolean', short: 'h' },
        json: { type: 'boolean' },
        keep: { type: 'boolean' },
        console: { type: 'boolean' },
        port: { type: 'string' },
      },
    }).values;
  } catch (error) {
    // Node's message can continue with advice that does not apply to this command.
    const [firstSentence] = (error as Error).message.split(/\.\s|\n/);
    throw new LocalFailure(`${firstSentence}: see npx projen local --help`);
  }
}

function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > 65_535) {
    throw new LocalFailure(`--port must be a number from 1 to 65535, got: ${text}`);
  }
  return port;
}
