import type { Command } from 'commander';
import type { CommandContext, RunCommand } from './command-context';
import { addChangeOptions, checkConfirmable, isConfirmed, type ChangeOptions } from './confirmation';
import { addSystemOptions, connectToSystem, resourceOf, type ConnectedSystem, type SystemOptions } from './system-options';
import { blocklistWarning, readFraudConfig } from '../blocklist/blocked-rules';
import { blocklistKindOf, blockingKey, checkBlockReason, possibleKeys } from '../blocklist/blocked-value';
import { BlocklistStore } from '../blocklist/blocklist-store';
import { blocklistJson, blocklistLines, scanCostText } from '../blocklist/blocklist-text';
import { countOf } from '../terminal/aligned-rows';
import { ExitCode, type ExitCodeValue } from '../terminal/exit-code';
import { visibleJson, visibleText } from '../terminal/visible-text';

export interface BlockOptions extends SystemOptions, ChangeOptions {
  readonly reason?: string;
  readonly json?: boolean;
}

export interface BlocklistOptions extends SystemOptions {
  readonly yes?: boolean;
  readonly json?: boolean;
}

/** A table with fewer items is read without a question. */
const SMALL_TABLE = 10_000;

const KINDS = `
Kinds and values:
  customer <provider>:<customer id>   the customer of a provider, as in the item's customer_key
  country <code>                      ISO 3166-1 alpha-2, of the customer or the card
  card <digits>                       the first 6 to 8 digits of the card's number
  email-domain <domain>               the whole domain, without its subdomains`;

const BLOCK_EXAMPLES = `${KINDS}

Examples:
  $ cdk-webhooks block customer stripe:cus_NffrFeUfNV2Hib --reason "chargebacks, ticket 4711" --stack Payments
  $ cdk-webhooks block country KP --stack Payments`;

const UNBLOCK_EXAMPLES = `${KINDS}

Examples:
  $ cdk-webhooks unblock customer stripe:cus_NffrFeUfNV2Hib --stack Payments`;

const BLOCKLIST_EXAMPLES = `
Examples:
  $ cdk-webhooks blocklist --stack Payments
  $ cdk-webhooks blocklist --json --yes --stack Payments`;

/** Adds the commands to the program. */
export function addBlocklistCommands(program: Command, run: RunCommand): void {
  const addEntryOptions = (command: Command) => addChangeOptions(addSystemOptions(command)).option('--json', 'print the result as JSON');
  addEntryOptions(program.command('block')
    .summary('add a customer, country, card or email domain to the blocklist')
    .description('Adds an entry to the blocklist. Payments that match it are blocked when they are assessed, from the next assessment on.')
    .argument('<kind>', 'customer, country, card or email-domain')
    .argument('<value>', 'the value to block, as below')
    .option('--reason <text>', 'the reason, at most 100 characters. Verdicts and the archive contain it: do not write names or card numbers'))
    .addHelpText('after', BLOCK_EXAMPLES)
    .action(async (kind: string, value: string, options: BlockOptions) => run((context) => runBlock(kind, value, options, context)));

  addEntryOptions(program.command('unblock')
    .summary('remove an entry from the blocklist')
    .description('Removes an entry from the blocklist, from the next assessment on.')
    .argument('<kind>', 'customer, country, card or email-domain')
    .argument('<value>', 'the blocked value, as below'))
    .addHelpText('after', UNBLOCK_EXAMPLES)
    .action(async (kind: string, value: string, options: BlockOptions) => run((context) => runUnblock(kind, value, options, context)));

  addSystemOptions(program.command('blocklist')
    .summary('list the entries of the blocklist')
    .description('Lists the entries of the blocklist. No index has them, so the command reads the whole table. It shows the cost first. '
      + `If the table has ${SMALL_TABLE.toLocaleString('en-US')} items or more, it asks.`))
    .option('--yes', 'do not ask')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', BLOCKLIST_EXAMPLES)
    .action(async (options: BlocklistOptions) => run((context) => runBlocklist(options, context)));
}

export async function runBlock(kind: string, value: string, options: BlockOptions, context: CommandContext): Promise<ExitCodeValue> {
  const { terminal } = context;
  const { reason, json } = options;
  const known = blocklistKindOf(kind);
  checkBlockReason(reason ?? '');
  blockingKey(known, value, []);
  checkConfirmable(options, context);
  const system = await connectToSystem(options, context);
  const key = blockingKey(known, value, system.providers.map(({ name }) => name));
  const warning = await warningOf(system, context);
  if (warning !== undefined) {
    terminal.note(`warning: ${warning}`);
  }
  if (!await isConfirmed(`Add ${visibleText(key)}?`, options, context)) {
    return options.dryRun ? ExitCode.DONE : ExitCode.USAGE;
  }
  const outcome = await storeOf(system, context).add(key, reason);
  const texts = {
    added: `${key} is blocked, from the next assessment of a payment on.`,
    changed: `${key} was blocked, and has the new reason.`,
    unchanged: `${key} was blocked already. Nothing was changed.`,
  };
  terminal.print(json ? visibleJson({ key, outcome, warning }) : visibleText(texts[outcome]));
  return ExitCode.DONE;
}

export async function runUnblock(kind: string, value: string, options: BlockOptions, context: CommandContext): Promise<ExitCodeValue> {
  const { terminal } = context;
  const keys = possibleKeys(blocklistKindOf(kind), value);
  checkConfirmable(options, context);
  const system = await connectToSystem(options, context);
  if (!await isConfirmed(`Remove ${visibleText(keys[0])}?`, options, context)) {
    return options.dryRun ? ExitCode.DONE : ExitCode.USAGE;
  }
  const removed = await storeOf(system, context).remove(keys);
  const texts = removed.length > 0 ? removed.map((key) => `${visibleText(key)} is not blocked anymore.`) : [`${visibleText(keys[0])} was not blocked. Nothing was changed.`];
  terminal.print(options.json ? visibleJson({ removed }) : texts.join('\n'));
  return ExitCode.DONE;
}

export async function runBlocklist(options: BlocklistOptions, context: CommandContext): Promise<ExitCodeValue> {
  const { terminal } = context;
  const store = storeOf(await connectToSystem(options, context), context);
  const cost = await store.costOfList();
  terminal.note(scanCostText(cost));
  if (cost.items >= SMALL_TABLE) {
    checkConfirmable(options, context);
    if (!await isConfirmed('Read the whole table?', options, context)) {
      return ExitCode.USAGE;
    }
  }
  const listing = await store.list((scanned) => terminal.progress(`${countOf(scanned, 'item')} read`));
  terminal.print(options.json ? visibleJson(blocklistJson(listing)) : blocklistLines(listing).join('\n'));
  return ExitCode.DONE;
}

function storeOf(system: ConnectedSystem, { signal }: CommandContext): BlocklistStore {
  return new BlocklistStore(system.clients.dynamodb, resourceOf(system, 'TableName'), signal);
}

/** Why an entry has no effect. A person who manages the blocklist does not need the right to read the rules. */
async function warningOf(system: ConnectedSystem, { signal }: CommandContext): Promise<string | undefined> {
  try {
    return blocklistWarning(await readFraudConfig(system.clients, resourceOf(system, 'DetectorFunctionName')));
  } catch (error) {
    signal.throwIfAborted();
    return `cannot read the rules (${(error as Error).name}). Without the rule \`blocked\`, the entry has no effect.`;
  }
}
