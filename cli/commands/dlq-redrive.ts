import type { Command } from 'commander';
import type { CommandContext, RunCommand } from './command-context';
import { addChangeOptions, checkConfirmable, isConfirmed, type ChangeOptions } from './confirmation';
import { addLetterFilter, letterFilterOf, readProgress, type LetterFilterOptions } from './dlq-options';
import { DEFAULT_RATE, parseRate } from './rate-option';
import { addSystemOptions, connectToSystem, resourceOf, type ConnectedSystem } from './system-options';
import { readFunctionSettings } from '../aws/function-settings';
import { planJson, planLines, redriveJson, redriveLines } from '../dead-letters/dead-letter-text';
import { DeadLetterRedrive } from '../dead-letters/redrive';
import type { RedriveResult } from '../dead-letters/redrive-plan';
import { FailedBatchStore, putEntries } from '../dead-letters/redrive-ports';
import { SweepQueue } from '../open/sweep-return';
import { countOf } from '../terminal/aligned-rows';
import { ExitCode, type ExitCodeValue } from '../terminal/exit-code';
import { visibleJson } from '../terminal/visible-text';
import { relaySettings } from '../transactions/relay-settings';

export interface RedriveOptions extends LetterFilterOptions, ChangeOptions {
  readonly rate: number;
}

const REDRIVE_EXAMPLES = `
Examples:
  Show what a redrive would do, and change nothing:
    $ cdk-webhooks dlq redrive --stack Payments --dry-run
  Redrive everything, 50 messages per second, without a question:
    $ cdk-webhooks dlq redrive --rate 50 --yes --stack Payments

Exit codes:
  0  every chosen message was delivered and deleted
  1  a call failed: fix the cause, and run the command again
  2  the arguments are wrong, or the confirmation is missing
  3  messages stay in the queue: the output lists them with the reason
  130  interrupted: run the command again, and it continues`;

/** Adds the command to `dlq`. */
export function addDlqRedrive(dlq: Command, run: RunCommand): void {
  addChangeOptions(addLetterFilter(addSystemOptions(dlq.command('redrive')
    .description('Delivers messages again, depending on their origin, and deletes each one after its delivery is confirmed.\n\n'
      + 'An event is published again: all rules of the bus get it, also those that got it before. A transaction goes back to the '
      + 'sweep. The consumer of the stream is invoked with a batch. The other messages stay, and the output lists why.')))
    .option('--id <message id>', 'only this message')
    .option('--rate <number>', 'the number of messages per second', parseRate, DEFAULT_RATE))
    .option('--json', 'print the result as JSON')
    .addHelpText('after', REDRIVE_EXAMPLES)
    .action(async (options: RedriveOptions) => run((context) => runDlqRedrive(options, context)));
}

export async function runDlqRedrive(options: RedriveOptions, context: CommandContext): Promise<ExitCodeValue> {
  const { terminal, signal } = context;
  checkConfirmable(options, context);
  const redrive = await redriveOf(await connectToSystem(options, context), options.rate, context);
  const plan = await redrive.plan(letterFilterOf(options), readProgress(context));
  if (options.json && options.dryRun) {
    terminal.print(visibleJson(planJson(plan)));
    return ExitCode.DONE;
  }
  planLines(plan).forEach((line) => options.json ? terminal.note(line) : terminal.print(line));
  if (plan.planned.length === 0) {
    if (options.json) {
      terminal.print(visibleJson(redriveJson(await redrive.run(plan))));
    }
    return plan.left.length > 0 ? ExitCode.REMAINS : ExitCode.DONE;
  }
  if (!await isConfirmed(`Redrive ${countOf(plan.planned.length, 'message')}?`, options, context)) {
    return options.dryRun ? ExitCode.DONE : ExitCode.USAGE;
  }
  signal.throwIfAborted();
  const result = await redrive.run(plan);
  terminal.print(options.json ? visibleJson(redriveJson(result)) : redriveLines(result).join('\n'));
  return redriveExitCode(result, context);
}

/** The redrive of a system, with the settings that its relay publishes with. */
export async function redriveOf(system: ConnectedSystem, rate: number, { now, sleep, signal, terminal }: CommandContext): Promise<DeadLetterRedrive> {
  const { clients } = system;
  const relay = resourceOf(system, 'RelayFunctionName');
  const config = relaySettings(await readFunctionSettings(clients.lambda, relay));
  const failedRecordsBucket = resourceOf(system, 'FailedRecordsBucketName');
  return new DeadLetterRedrive({
    sqs: clients.sqs,
    queueUrl: resourceOf(system, 'DeadLetterQueueUrl'),
    targets: { ...config, failedRecordsBucket },
    putEntries: async (entries) => putEntries(clients, entries),
    batches: new FailedBatchStore(clients, failedRecordsBucket, { relay, archival: resourceOf(system, 'ArchivalFunctionName') }),
    sweepQueue: new SweepQueue(clients.dynamodb, resourceOf(system, 'TableName')),
    config,
    clock: { now, sleep },
    rate,
    signal,
    onProgress: (handled, planned) => terminal.progress(`${handled} of ${planned} messages`),
  });
}

function redriveExitCode({ failure, isInterrupted, left, undeleted, notReached }: RedriveResult, { terminal }: CommandContext): ExitCodeValue {
  if (isInterrupted) {
    terminal.note('Interrupted. Run the same command again to continue.');
    return ExitCode.INTERRUPTED;
  }
  if (failure !== undefined) {
    return ExitCode.FAILED;
  }
  return left.length + undeleted + notReached > 0 ? ExitCode.REMAINS : ExitCode.DONE;
}
