import type { Command } from 'commander';
import type { CommandContext, RunCommand } from './command-context';
import { addLetterFilter, letterFilterOf, queueOf, readProgress, type LetterFilterOptions } from './dlq-options';
import { addDlqPurge } from './dlq-purge';
import { addDlqRedrive } from './dlq-redrive';
import { addSystemOptions } from './system-options';
import { listDeadLetters } from '../dead-letters/dead-letter-listing';
import { letterJson, letterLines, listingJson, listingLines } from '../dead-letters/dead-letter-text';
import { ExitCode, type ExitCodeValue } from '../terminal/exit-code';
import { UsageError } from '../terminal/usage-error';
import { visibleJson } from '../terminal/visible-text';

const EXAMPLES = `
Examples:
  List the messages in the dead-letter queue of a stack, with what to do:
    $ cdk-webhooks dlq list --stack Payments
  Redrive the messages of failed workflows, after the cause is fixed:
    $ cdk-webhooks dlq redrive --origin transaction-workflow --stack Payments
  Save and delete the messages that are older than a week:
    $ cdk-webhooks dlq purge --older-than 7d --stack Payments`;

const LIST_EXAMPLES = `
Examples:
  $ cdk-webhooks dlq list
  $ cdk-webhooks dlq list --origin rule --error NO_PERMISSIONS --stack Payments --json`;

const SHOW_EXAMPLES = `
Examples:
  $ cdk-webhooks dlq show 2f1c7f0e-1f0b-4b0e-9d53-0f6f5d1b6f2a --stack Payments`;

/** Adds the commands to the program. */
export function addDlqCommands(program: Command, run: RunCommand): void {
  const dlq = program.command('dlq')
    .summary('list, show, redrive and purge dead letters')
    .description('Works on the dead-letter queue: messages that could not be delivered or processed.')
    .addHelpText('after', EXAMPLES);

  addLetterFilter(addSystemOptions(dlq.command('list').description('Groups the messages by origin and error, with what to do. Removes none.')))
    .option('--json', 'print the result as JSON')
    .addHelpText('after', LIST_EXAMPLES)
    .action(async (options: LetterFilterOptions) => run((context) => runDlqList(options, context)));

  addSystemOptions(dlq.command('show').description('Shows one message: its event, its error and a link to its execution. Does not remove it.')
    .argument('<message id>', 'the id, as in `dlq list`'))
    .option('--body', 'also show the raw body of the webhook or of the message')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', SHOW_EXAMPLES)
    .action(async (id: string, options: LetterFilterOptions & { body?: boolean }) => run((context) => runDlqShow(id, options, context)));

  addDlqRedrive(dlq, run);
  addDlqPurge(dlq, run);
}

export async function runDlqList(options: LetterFilterOptions, context: CommandContext): Promise<ExitCodeValue> {
  const { terminal, now } = context;
  const listing = await listDeadLetters(await queueOf(options, context), letterFilterOf(options), readProgress(context));
  terminal.print(options.json ? visibleJson(listingJson(listing)) : listingLines(listing, now()).join('\n'));
  return ExitCode.DONE;
}

export async function runDlqShow(id: string, options: LetterFilterOptions & { body?: boolean }, context: CommandContext): Promise<ExitCodeValue> {
  const { letters: [letter], unread } = await listDeadLetters(await queueOf(options, context), { id }, readProgress(context));
  if (letter === undefined) {
    throw new UsageError(`the queue has no visible message '${id}'. ${unread.hidden > 0 ? 'Hidden messages appear again within minutes.' : 'List the messages with `dlq list --json`.'}`);
  }
  const { body = false, json } = options;
  context.terminal.print(json ? visibleJson(letterJson(letter, body)) : letterLines(letter, body).join('\n'));
  return ExitCode.DONE;
}
