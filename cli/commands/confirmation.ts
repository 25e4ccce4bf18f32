import type { Command } from 'commander';
import type { CommandContext } from './command-context';
import { UsageError } from '../terminal/usage-error';

/** The options of every command that changes something. */
export interface ChangeOptions {
  readonly dryRun?: boolean;
  readonly yes?: boolean;
}

/** Adds the options. */
export function addChangeOptions(command: Command): Command {
  return command
    .option('--dry-run', 'show what would be changed, and change nothing')
    .option('--yes', 'do not ask');
}

/** Fails before anything is read if nobody can answer. */
export function checkConfirmable({ dryRun, yes }: ChangeOptions, { terminal }: Pick<CommandContext, 'terminal'>): void {
  if (!terminal.interactive && !yes && !dryRun) {
    throw new UsageError('add --yes to change something without a question, or --dry-run to see what would be changed');
  }
}

/** Whether to change something. Asks on a terminal, and says so if nothing changes. */
export async function isConfirmed(question: string, { dryRun, yes }: ChangeOptions, { terminal }: Pick<CommandContext, 'terminal'>): Promise<boolean> {
  if (dryRun) {
    terminal.note(question);
    terminal.note('Dry run: nothing was changed.');
    return false;
  }
  if (yes || /^y(es)?$/i.test((await terminal.ask(`${question} [y/N] `)).trim())) {
    return true;
  }
  terminal.note('Nothing was changed.');
  return false;
}
