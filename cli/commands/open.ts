import type { Command } from 'commander';
import type { CommandContext, RunCommand } from './command-context';
import { addChangeOptions, checkConfirmable, isConfirmed, type ChangeOptions } from './confirmation';
import { DEFAULT_RATE, parseRate } from './rate-option';
import { addSystemOptions, connectToSystem, resourceOf, type ConnectedSystem, type SystemOptions } from './system-options';
import { readFunctionSettings } from '../aws/function-settings';
import { Pace } from '../aws/pace';
import { OpenListing } from '../open/open-listing';
import { retryOpen } from '../open/open-retry';
import { openJson, openLines, retriedJson, retriedLines } from '../open/open-text';
import type { OpenItemKey } from '../open/open-transaction';
import { SweepQueue } from '../open/sweep-return';
import { countOf } from '../terminal/aligned-rows';
import { ExitCode, type ExitCodeValue } from '../terminal/exit-code';
import { UsageError } from '../terminal/usage-error';
import { visibleJson } from '../terminal/visible-text';
import { relaySettings } from '../transactions/relay-settings';

interface ListOptions extends SystemOptions {
  readonly json?: boolean;
}

export interface RetryOptions extends ListOptions, ChangeOptions {
  readonly all?: boolean;
  readonly rate: number;
}

const EXAMPLES = `
Examples:
  $ cdk-webhooks open --stack Payments
  $ cdk-webhooks open retry --all --stack Payments`;

const RETRY_EXAMPLES = `
Examples:
  Retry everything that the sweep gave up, after the cause is fixed:
    $ cdk-webhooks open retry --all --stack Payments
  Make one transaction due now:
    $ cdk-webhooks open retry stripe:pi_3NxGTn2eZvKYlo2C --stack Payments`;

/** Adds the commands to the program. */
export function addOpenCommands(program: Command, run: RunCommand): void {
  const open = addSystemOptions(program.command('open')
    .summary('list transactions to assess that are not closed')
    .description('Lists the transactions that must be assessed and alerted and are not, the oldest first, and those that the sweep gave up.'))
    .option('--json', 'print the result as JSON')
    .addHelpText('after', EXAMPLES)
    .action(async (options: ListOptions) => run((context) => runOpen(options, context)));

  addChangeOptions(addSystemOptions(open.command('retry')
    .description('Gives transactions back to the sweep: due now, with ten attempts. The sweep republishes them within a minute.')
    .argument('[transaction ids...]', 'the ids of transactions that are open or that the sweep gave up'))
    .option('--all', 'every transaction that the sweep gave up')
    .option('--rate <number>', 'the number of transactions per second', parseRate, DEFAULT_RATE))
    .option('--json', 'print the result as JSON')
    .addHelpText('after', RETRY_EXAMPLES)
    // `open` has options of the same names, and gets them.
    .action(async (ids: string[], _: unknown, command: Command) => run((context) => runOpenRetry(ids, command.optsWithGlobals(), context)));
}

export async function runOpen(options: ListOptions, context: CommandContext): Promise<ExitCodeValue> {
  const { terminal, now } = context;
  const transactions = await listingOf(await connectToSystem(options, context), context).read();
  terminal.print(options.json ? visibleJson(openJson(transactions)) : openLines(transactions, now()).join('\n'));
  return ExitCode.DONE;
}

export async function runOpenRetry(ids: readonly string[], options: RetryOptions, context: CommandContext): Promise<ExitCodeValue> {
  const { terminal, now, sleep, signal } = context;
  if ((ids.length > 0) === (options.all === true)) {
    throw new UsageError('name transactions, or choose all that were given up with --all');
  }
  checkConfirmable(options, context);
  const system = await connectToSystem(options, context);
  const keys = await chosenKeys(ids, listingOf(system, context));
  const config = relaySettings(await readFunctionSettings(system.clients.lambda, resourceOf(system, 'RelayFunctionName')));
  const sweepQueue = new SweepQueue(system.clients.dynamodb, resourceOf(system, 'TableName'));
  const show = options.json ? terminal.note.bind(terminal) : terminal.print.bind(terminal);
  if (keys.length === 0) {
    show('No transactions to retry.');
    return ExitCode.DONE;
  }
  show(`${countOf(keys.length, 'transaction')} to retry.`);
  if (!await isConfirmed(`Give ${countOf(keys.length, 'transaction')} back to the sweep?`, options, context)) {
    return options.dryRun ? ExitCode.DONE : ExitCode.USAGE;
  }
  const pace = new Pace(options.rate, { now, sleep });
  const retried = await retryOpen(keys, {
    sweepQueue,
    config,
    now,
    pace: async (count) => pace.take(count),
    signal,
    onProgress: (done) => terminal.progress(`${done} of ${keys.length} transactions`),
  });
  terminal.print(options.json ? visibleJson(retriedJson(retried)) : retriedLines(retried).join('\n'));
  if (signal.aborted) {
    terminal.note('Interrupted. Run the same command again to continue.');
    return ExitCode.INTERRUPTED;
  }
  return retried.some(({ result }) => result.outcome === 'impossible') ? ExitCode.REMAINS : ExitCode.DONE;
}

async function chosenKeys(ids: readonly string[], listing: OpenListing): Promise<OpenItemKey[]> {
  if (ids.length === 0) {
    return listing.givenUpKeys();
  }
  const keys: OpenItemKey[] = [];
  for (const id of new Set(ids)) {
    const found = await listing.keysOf(id);
    if (found.length === 0) {
      throw new UsageError(`the transaction '${id}' is not open. List the open ones with \`open\`.`);
    }
    keys.push(...found);
  }
  return keys;
}

function listingOf(system: ConnectedSystem, { sleep, signal }: CommandContext): OpenListing {
  return new OpenListing(system.clients.dynamodb, resourceOf(system, 'TableName'), sleep, signal);
}
