import { type Command, InvalidArgumentError } from 'commander';
import type { CommandContext, RunCommand } from './command-context';
import { addSystemOptions, connectToSystem, resourceOf } from './system-options';
import { isScanConfirmed, scanCost } from './table-scan';
import { Attr } from '../../src/private/contract';
import { readFunctionSettings } from '../aws/function-settings';
import { ArchiveLookup } from '../find/archive-lookup';
import { lifeLines } from '../find/life-lines';
import { lifeOf, type TransactionLife } from '../find/transaction-life';
import { readWebhookBody, type FoundBody } from '../find/webhook-body';
import { countOf } from '../terminal/aligned-rows';
import { ExitCode, type ExitCodeValue } from '../terminal/exit-code';
import { textColors } from '../terminal/text-colors';
import { visibleJson, visibleLines, visibleText } from '../terminal/visible-text';
import { ArchiveReader } from '../transactions/archive-reader';
import { relaySettings } from '../transactions/relay-settings';
import { TransactionReader } from '../transactions/transaction-reader';
import { TransactionSearch, type FoundTransactions } from '../transactions/transaction-search';

/** The options, as they are given. */
export interface FindOptions {
  readonly stack?: string;
  readonly system?: string;
  readonly body?: boolean;
  readonly archive: boolean;
  readonly limit: number;
  readonly scan?: boolean;
  readonly yes?: boolean;
  readonly json?: boolean;
}

const EXAMPLES = `
Examples:
  Show the life of a payment, with or without the name of its provider:
    $ cdk-webhooks find pi_3MtwBwLkdIwHu7ix28a3tqPa --stack Payments
    $ cdk-webhooks find stripe:pi_3MtwBwLkdIwHu7ix28a3tqPa --stack Payments
  Show the payments of a customer:
    $ cdk-webhooks find cus_NffrFeUfNV2Hib --stack Payments
  Find your own reference, and read the whole table without a question:
    $ cdk-webhooks find order-1001 --stack Payments --scan
  Print the raw body of the webhooks too:
    $ cdk-webhooks find pi_3MtwBwLkdIwHu7ix28a3tqPa --stack Payments --body

Exit codes:
  0  something was found
  1  a call failed
  2  the arguments are wrong
  4  nothing was found`;

/** Adds the command to the program. */
export function addFindCommand(program: Command, run: RunCommand): void {
  addSystemOptions(program.command('find')
    .summary('show the life of a transaction')
    .description('Shows the life of a transaction: received, stored, published, assessed, alerted, archived, erased.\n\n'
      + 'The id is that of a payment, a customer or an event, or your own reference. No index has references: '
      + 'to find one, the command reads the whole table. If the table has 10,000 items or more, it asks first.')
    .argument('<id>', 'the id of a payment, customer or event, or your reference'))
    .option('--body', 'also print the raw body of each webhook')
    .option('--no-archive', 'do not search the archive')
    .option('--limit <count>', 'the number of transactions to show, the newest first', parseLimit, 20)
    .option('--scan', 'read the whole table, if necessary, without a question')
    .option('--yes', 'the same as --scan')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', EXAMPLES)
    .action(async (id: string, options: FindOptions) => run((context) => runFind(id, options, context)));
}

/** Runs the command. */
export async function runFind(id: string, options: FindOptions, context: CommandContext): Promise<ExitCodeValue> {
  const { terminal, signal, now } = context;
  const system = await connectToSystem(options, context);
  const { clients } = system;
  const tableName = resourceOf(system, 'TableName');
  const bucket = resourceOf(system, 'ArchiveBucketName');
  const settings = relaySettings(await readFunctionSettings(clients.lambda, resourceOf(system, 'RelayFunctionName')));
  const reader = new TransactionReader(clients.dynamodb, tableName, signal);
  const providers = [...new Set([...Object.keys(settings.schemes), ...system.providers.map(({ name }) => name)])];

  const found = await searchFor(id, new TransactionSearch(reader, providers), reader, options, context);
  if (found === undefined) {
    return ExitCode.NOT_FOUND;
  }
  const shown = found.transactionIds.slice(0, options.limit);
  const lookup = new ArchiveLookup(new ArchiveReader(clients.s3, bucket, signal), now);
  const lifeContext = { settings, tableName, workflowArn: resourceOf(system, 'WorkflowArn'), inConsole: system.local === undefined };
  const results: { readonly life: TransactionLife; readonly body?: FoundBody }[] = [];
  for (const transactionId of shown) {
    const items = await reader.eventsOf(transactionId);
    terminal.progress(`Searching the archive for ${visibleText(transactionId)} …`);
    // An erasure replaces the objects of the archive at another time.
    const searched = options.archive ? items.filter((item) => item[Attr.ERASED_AT] === undefined) : [];
    const places = await lookup.placesOf(searched);
    for (const item of items) {
      results.push({
        life: lifeOf(item, places[searched.indexOf(item)], lifeContext),
        ...options.body && { body: await readWebhookBody(item, clients.s3, bucket, signal) },
      });
    }
  }
  show(results, found, options, context);
  return ExitCode.DONE;
}

async function searchFor(
  id: string, search: TransactionSearch, reader: TransactionReader, { scan = false, yes = false }: FindOptions, context: CommandContext,
): Promise<FoundTransactions | undefined> {
  const { terminal } = context;
  const size = await reader.size();
  const found = await search.byKey(id, size);
  if (found !== undefined) {
    return found;
  }
  if (!await isScanConfirmed(size, scan || yes, context)) {
    terminal.note(`No payment${size.hasEventIndex ? ', customer or event' : ' or customer'} has this id. A reference${size.hasEventIndex ? '' : ' or an event'} is in no index. `
      + `To read the whole table (${scanCost(size)}), add --scan.`);
    return undefined;
  }
  const scanned = await search.byScan(id, (count) => terminal.progress(`Searching the table: ${countOf(count, 'item')} read …`));
  if (scanned === undefined) {
    terminal.note('Nothing was found: no payment, customer, event or reference with this id is in the table.');
  }
  return scanned;
}

function show(
  results: ReadonlyArray<{ readonly life: TransactionLife; readonly body?: FoundBody }>, { foundBy, transactionIds }: FoundTransactions,
  { json, limit }: FindOptions, { terminal }: CommandContext,
): void {
  const omitted = Math.max(0, transactionIds.length - limit);
  if (json) {
    terminal.print(visibleJson({ found_by: foundBy, omitted, events: results.map(({ life, body }) => ({ ...life, ...body })) }));
    return;
  }
  const colors = textColors(terminal.colored === true);
  results.forEach(({ life, body }, index) => {
    [...index > 0 ? [''] : [], ...lifeLines(life, colors), ...body ? bodyLines(body) : []].forEach((line) => terminal.print(line));
  });
  if (omitted > 0) {
    terminal.note(`${countOf(omitted, 'more transaction')}. To show more, add --limit.`);
  }
}

function bodyLines(body: FoundBody): string[] {
  if ('missing' in body) {
    return [`  body: ${visibleText(body.missing)}`];
  }
  return 'body' in body ? ['  body:', visibleLines(body.body)] : ['  body in base64:', body.body_base64];
}

function parseLimit(value: string): number {
  const count = Number(value);
  if (!/^\d+$/.test(value) || count < 1) {
    throw new InvalidArgumentError('It must be a number of 1 or more.');
  }
  return count;
}
