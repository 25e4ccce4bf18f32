import { type Command, InvalidArgumentError, Option } from 'commander';
import type { CommandContext, RunCommand } from './command-context';
import { addChangeOptions, checkConfirmable, isConfirmed, type ChangeOptions } from './confirmation';
import { DEFAULT_RATE, parseRate } from './rate-option';
import { addSystemOptions, connectToSystem, resourceOf, type ConnectedSystem } from './system-options';
import { isScanConfirmed, scanCost } from './table-scan';
import type { StoredItem } from '../../handlers/aws/stored-item';
import type { PublishingConfig } from '../../handlers/publish/events/event-entry';
import { Attr, type Tier } from '../../src/private/contract';
import { readFunctionSettings } from '../aws/function-settings';
import { publishReplay, putEventsOf, type ReplayResult } from '../replay/replay-publisher';
import { itemsInArchive, itemsInTable, withErasures } from '../replay/replay-source';
import { replayPlanLines, replayJson, resultLinesOf } from '../replay/replay-summary';
import { REPLAYED_DETAILS, replayPlan, type ReplayedDetail, type ReplayPlan } from '../replay/replayed-events';
import { countOf } from '../terminal/aligned-rows';
import { ExitCode, type ExitCodeValue } from '../terminal/exit-code';
import { UsageError } from '../terminal/usage-error';
import { visibleJson } from '../terminal/visible-text';
import { ArchiveReader } from '../transactions/archive-reader';
import { relaySettings } from '../transactions/relay-settings';
import { TransactionReader } from '../transactions/transaction-reader';
import { TransactionSearch } from '../transactions/transaction-search';

/** The options, as they are given. */
export interface ReplayOptions extends ChangeOptions {
  readonly stack?: string;
  readonly system?: string;
  readonly since?: Date;
  readonly until?: Date;
  readonly provider?: string;
  readonly tier?: Tier;
  readonly detail: ReplayedDetail;
  readonly from: 'table' | 'archive';
  readonly rate: number;
  readonly json?: boolean;
}


const EXAMPLES = `
Examples:
  Publish the events of a payment again:
    $ cdk-webhooks replay pi_3MtwBwLkdIwHu7ix28a3tqPa --stack Payments
  Show what was received in two hours, and publish nothing:
    $ cdk-webhooks replay --since 2026-01-31T10:00:00Z --until 2026-01-31T12:00:00Z --stack Payments --dry-run
  Publish the medium-value transactions of a day from the table, and the verdicts too:
    $ cdk-webhooks replay --since 2026-01-31 --until 2026-02-01 --tier medium --detail all --from table --stack Payments

Exit codes:
  0  every event was published
  1  a call failed: the output says where to continue
  2  the arguments are wrong, or the confirmation is missing
  3  some events cannot be published: the output lists them
  4  nothing was found
  130  interrupted: the output says where to continue`;

/** Adds the command to the program. */
export function addReplayCommand(program: Command, run: RunCommand): void {
  addChangeOptions(addSystemOptions(program.command('replay')
    .summary('publish the events of transactions again')
    .description('Publishes the events of stored transactions to the bus again, with the same ids.\n\n'
      + 'Every target of the bus gets them again. Medium-value transactions alert people again. A high-value transaction '
      + 'starts an execution, which ends at once if the transaction is closed. Erased transactions are never published.')
    .argument('[id]', 'the id of a payment, with or without its provider\'s name, the id of an event, or your own reference'))
    .option('--since <time>', 'instead of an id: transactions received from this time on, such as 2026-01-31T10:00:00Z', parseTime)
    .option('--until <time>', 'transactions received before this time (default: now)', parseTime)
    .option('--provider <name>', 'only transactions of this provider')
    .addOption(new Option('--tier <tier>', 'only transactions of this tier').choices(['high', 'medium', 'low']))
    .addOption(new Option('--detail <type>', 'which events to publish').choices(REPLAYED_DETAILS).default('received'))
    .addOption(new Option('--from <source>', 'where to read the transactions of a time').choices(['archive', 'table']).default('archive'))
    .option('--rate <count>', 'the maximum number of events per second', parseRate, DEFAULT_RATE))
    .option('--json', 'print the result as JSON')
    .addHelpText('after', EXAMPLES)
    .action(async (id: string | undefined, options: ReplayOptions) => run((context) => runReplay(id, options, context)));
}

/** Runs the command. Throws a `UsageError` before anything is read if the arguments do not fit. */
export async function runReplay(id: string | undefined, options: ReplayOptions, context: CommandContext): Promise<ExitCodeValue> {
  const { terminal, now, sleep, signal } = context;
  checkArguments(id, options, now());
  checkConfirmable(options, context);
  const system = await connectToSystem(options, context);
  const settings = relaySettings(await readFunctionSettings(system.clients.lambda, resourceOf(system, 'RelayFunctionName')));
  const items = id === undefined ? await itemsOfTime(options, settings, system, context) : await itemsOfId(id, options, settings, system, context);
  if (items === undefined) {
    return ExitCode.USAGE;
  }

  const plan = replayPlan(items, options, settings);
  const show = options.json ? terminal.note.bind(terminal) : terminal.print.bind(terminal);
  const finish = (code: ExitCodeValue, result?: ReplayResult): ExitCodeValue => {
    if (options.json) {
      terminal.print(visibleJson(replayJson(plan, result)));
    }
    return code;
  };
  replayPlanLines(plan).forEach(show);
  if (plan.events.length === 0) {
    return finish(plan.unreadable.length > 0 ? ExitCode.REMAINS : ExitCode.NOT_FOUND);
  }
  if (!await isConfirmed(`Publish ${countOf(plan.events.length, 'event')} to ${settings.eventBusName}?`, options, context)) {
    return finish(options.dryRun ? ExitCode.DONE : ExitCode.USAGE);
  }
  const ports = { put: putEventsOf(system.clients.eventBridge), sleep, now, random: Math.random, signal };
  const result = await publishReplay(plan.events, options.rate, ports, (processed) => {
    terminal.progress(`Publishing: ${processed.toLocaleString('en-US')} of ${countOf(plan.events.length, 'event')} …`);
  });
  resultLinesOf(result, plan, id === undefined).forEach(show);
  return finish(exitCodeFor(plan, result), result);
}

function checkArguments(id: string | undefined, { since, until }: ReplayOptions, now: Date): void {
  if ((id === undefined) === (since === undefined)) {
    throw new UsageError('name an id, or a time with --since, and not both');
  }
  if (id !== undefined && until !== undefined) {
    throw new UsageError('--until needs --since instead of an id');
  }
  if (since !== undefined && since >= (until ?? now)) {
    throw new UsageError(`--since must be before --until, got ${since.toISOString()}`);
  }
}

/** The events of a payment or with a reference. An event's id selects the event only. Undefined if the question about reading the table was not confirmed. */
async function itemsOfId(
  id: string, { yes }: ReplayOptions, settings: PublishingConfig, system: ConnectedSystem, context: CommandContext,
): Promise<StoredItem[] | undefined> {
  const { clients, providers } = system;
  const { signal, terminal } = context;
  const reader = new TransactionReader(clients.dynamodb, resourceOf(system, 'TableName'), signal);
  const search = new TransactionSearch(reader, [...new Set([...Object.keys(settings.schemes), ...providers.map(({ name }) => name)])]);
  const itemsOf = async (ids: readonly string[] = []) => (await Promise.all(ids.map(async (each) => reader.eventsOf(each)))).flat();
  const payment = await search.byPayment(id);
  if (payment) {
    return itemsOf(payment.transactionIds);
  }
  const size = await reader.size();
  let found = size.hasEventIndex ? await search.byEvent(id) : undefined;
  const wasSearched = found !== undefined || await isScanConfirmed(size, yes === true, context);
  if (found === undefined && wasSearched) {
    found = await search.byScan(id, (scanned) => terminal.progress(`Reading the table: ${scanned.toLocaleString('en-US')} read …`));
  }
  if (found === undefined && !wasSearched) {
    terminal.note(`The table was not searched for an event or a reference. To read it (${scanCost(size)}), add --yes.`);
    return undefined;
  }
  // A customer's id is not a reason to publish everything of the customer.
  const items = (await itemsOf(found?.transactionIds)).filter((item) => item[Attr.EVENT_ID].S === id || item[Attr.REFERENCE]?.S === id);
  if (items.length === 0) {
    terminal.note('No payment, event or reference with this id is in the table. To search for customers too, use `cdk-webhooks find`.');
  }
  return items;
}

/** The transactions of a time. Undefined if the question about reading the table was not confirmed. */
async function itemsOfTime(
  { since, until, from, detail, yes, dryRun }: ReplayOptions, settings: PublishingConfig, system: ConnectedSystem, context: CommandContext,
): Promise<StoredItem[] | undefined> {
  const { terminal, signal, sleep, now } = context;
  const time = { since: since!, until: until ?? now() };
  const tableName = resourceOf(system, 'TableName');
  const withBody = settings.includeBody === true;
  const onRead = (read: number, found: number) => terminal.progress(`Reading the ${from}: ${read.toLocaleString('en-US')} read, ${found.toLocaleString('en-US')} found …`);
  if (from === 'archive') {
    const reader = new ArchiveReader(system.clients.s3, resourceOf(system, 'ArchiveBucketName'), signal);
    const items = await itemsInArchive(reader, time, { withBody, withVerdict: detail !== 'received' }, onRead);
    return withErasures(items, system.clients.dynamodb, tableName, sleep);
  }
  const reader = new TransactionReader(system.clients.dynamodb, tableName, signal);
  const size = await reader.size();
  if (!await isScanConfirmed(size, yes === true, context)) {
    terminal.note(`Nothing was read. To read the whole table (${scanCost(size)})${dryRun ? '' : ' without a question'}, add --yes, or use --from archive.`);
    return undefined;
  }
  return itemsInTable(reader, time, withBody, onRead);
}

function exitCodeFor({ unreadable }: ReplayPlan, { rejected, next, error }: ReplayResult): ExitCodeValue {
  if (next !== undefined) {
    return error === undefined ? ExitCode.INTERRUPTED : ExitCode.FAILED;
  }
  return rejected.length + unreadable.length > 0 ? ExitCode.REMAINS : ExitCode.DONE;
}

function parseTime(value: string): Date {
  const isTime = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2}))?$/.test(value);
  const time = new Date(value);
  if (!isTime || Number.isNaN(time.getTime())) {
    throw new InvalidArgumentError('It must be a time with its zone, such as 2026-01-31T10:00:00Z, or a day in UTC, such as 2026-01-31.');
  }
  return time;
}
