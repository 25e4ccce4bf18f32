import { join } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import type { CommandContext, RunCommand } from './command-context';
import { addChangeOptions, checkConfirmable, type ChangeOptions } from './confirmation';
import { addLetterFilter, letterFilterOf, queueOf, readProgress, type LetterFilterOptions } from './dlq-options';
import { addSystemOptions } from './system-options';
import type { DeadLetterFilter } from '../dead-letters/dead-letter-groups';
import { listDeadLetters } from '../dead-letters/dead-letter-listing';
import { listingLines } from '../dead-letters/dead-letter-text';
import { purgeDeadLetters } from '../dead-letters/purge';
import { NewLinesFile } from '../dead-letters/saved-messages';
import { countOf } from '../terminal/aligned-rows';
import { ExitCode, type ExitCodeValue } from '../terminal/exit-code';
import { parseSpan } from '../terminal/time-span';
import { UsageError } from '../terminal/usage-error';
import { visibleJson } from '../terminal/visible-text';

export interface PurgeOptions extends LetterFilterOptions, ChangeOptions {
  readonly olderThan?: number;
  readonly all?: boolean;
  readonly save?: string;
}

const PURGE_EXAMPLES = `
Examples:
  $ cdk-webhooks dlq purge --origin event-relay --save relay.jsonl --stack Payments
  $ cdk-webhooks dlq purge --all --stack Payments`;

/** Adds the command to `dlq`. */
export function addDlqPurge(dlq: Command, run: RunCommand): void {
  addChangeOptions(addLetterFilter(addSystemOptions(dlq.command('purge').description('Saves messages to a file, and deletes them. You must choose messages, or all with --all.')))
    .option('--id <message id>', 'only this message')
    .option('--older-than <time>', 'only messages that were sent earlier, such as 30m, 12h or 7d', parseAge)
    .option('--all', 'all messages')
    .option('--save <file>', 'the file for the messages (default: dead-letters-<time>.jsonl in this folder)'))
    .option('--json', 'print the result as JSON')
    .addHelpText('after', PURGE_EXAMPLES)
    .action(async (options: PurgeOptions) => run((context) => runDlqPurge(options, context)));
}

export async function runDlqPurge(options: PurgeOptions, context: CommandContext): Promise<ExitCodeValue> {
  const { terminal, now, signal, folder } = context;
  const filter: DeadLetterFilter = {
    ...letterFilterOf(options), before: options.olderThan === undefined ? undefined : new Date(now().getTime() - options.olderThan),
  };
  if (Object.values(filter).every((value) => value === undefined) !== (options.all === true)) {
    throw new UsageError('choose messages with --origin, --error, --id or --older-than, or all with --all');
  }
  checkConfirmable(options, context);
  const queue = await queueOf(options, context);
  const listing = await listDeadLetters(queue, filter, readProgress(context));
  const count = listing.letters.length;
  listingLines(listing, now()).forEach((line) => options.json ? terminal.note(line) : terminal.print(line));
  if (count === 0) {
    return ExitCode.DONE;
  }
  if (options.dryRun) {
    terminal.note('Dry run: nothing was changed.');
    return ExitCode.DONE;
  }
  const path = options.save ?? join(folder, `dead-letters-${now().toISOString().replaceAll(/[:.]/g, '-')}.jsonl`);
  if (!options.yes && (await terminal.ask(`The messages are saved to ${path} and deleted. Type ${count} to delete: `)).trim() !== String(count)) {
    terminal.note('Nothing was changed.');
    return ExitCode.USAGE;
  }
  const file = await NewLinesFile.create(path);
  try {
    const result = await purgeDeadLetters(new Set(listing.letters.map(({ id }) => id)), {
      sqs: queue.client,
      queueUrl: queue.queueUrl,
      save: async (lines) => file.append(lines),
      signal,
      onProgress: (deleted) => terminal.progress(`${deleted} of ${count} messages deleted`),
    });
    terminal.print(options.json
      ? visibleJson({ deleted: result.deleted, remaining: result.remaining, interrupted: result.isInterrupted, file: path })
      : `${countOf(result.deleted, 'message')} deleted, and saved to ${path}.${result.remaining > 0 ? ` ${countOf(result.remaining, 'message')} not reached: run the command again.` : ''}`);
    if (result.isInterrupted) {
      terminal.note('Interrupted. Run the same command again to continue.');
      return ExitCode.INTERRUPTED;
    }
    return result.remaining > 0 ? ExitCode.REMAINS : ExitCode.DONE;
  } finally {
    await file.close();
  }
}

function parseAge(value: string): number {
  const span = parseSpan(value);
  if (span === undefined) {
    throw new InvalidArgumentError('It must be a number with a unit, such as 30m, 12h or 7d.');
  }
  return span;
}
