import { spawnSync } from 'node:child_process';

/** What a command printed, or why it failed. */
export interface CommandResult {
  readonly ok: boolean;
  readonly output: string;
}

const TWENTY_MINUTES = 20 * 60 * 1000;
const MAX_OUTPUT_BYTES = 64e6;
const LAST_LINES = 15;

/** Runs a command until it ends, for at most twenty minutes. A command that cannot start or that does not end has failed. */
export function runCommand(command: string, args: readonly string[], options: { readonly cwd?: string } = {}): CommandResult {
  const { error, status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', maxBuffer: MAX_OUTPUT_BYTES, timeout: TWENTY_MINUTES, ...options });
  if (error !== undefined) {
    return { ok: false, output: `${command}: ${error.message}` };
  }
  return { ok: status === 0, output: status === 0 ? stdout : `${stdout}\n${stderr}`.trim() };
}

/** A failure in one line and the last lines of the command's output, or nothing if the command succeeded. */
export function commandFailure(what: string, { ok, output }: CommandResult): string[] {
  return ok ? [] : [`${what}\n${output.split('\n').slice(-LAST_LINES).join('\n')}`];
}

/** Runs a command and returns its output. Throws if it fails. */
export function outputOf(command: string, args: readonly string[], cwd?: string): string {
  const result = runCommand(command, args, { cwd });
  if (!result.ok) {
    throw new Error(commandFailure(`${[command, ...args].join(' ')} failed`, result)[0]);
  }
  return result.output;
}
