import { spawnSync } from 'node:child_process';

/** A program that prints each error in sources to stderr, as `file:line: message`, and then fails. */
export type SourceCheck = readonly [command: string, ...args: string[]];

/** The errors that the program prints. What it prints to stdout is progress. */
export function errorsOf([command, ...args]: SourceCheck): string[] {
  const { error, status, stderr } = spawnSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'inherit', 'pipe'], maxBuffer: 2 ** 26 });
  if (error) {
    throw error;
  }
  return status === 0 ? [] : stderr.trimEnd().split('\n');
}
