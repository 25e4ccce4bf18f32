import { type Command, InvalidArgumentError } from 'commander';
import { AUTHOR_OPTION, authorOf } from './author-option';
import type { CommandContext, RunCommand } from './command-context';
import { addChangeOptions, checkConfirmable, isConfirmed, type ChangeOptions } from './confirmation';
import { readGuestKey } from './guest-key';
import { addSystemOptions, connectToSystem, resourceOf, type ConnectedSystem, type SystemOptions } from './system-options';
import type { ListKind } from '../../src/private/contract';
import { listWarning, misuseWarning, readFraudConfig } from '../lists/deployed-rules';
import { ListStore } from '../lists/list-store';
import { listJson, listLines, scanCostText } from '../lists/list-text';
import { hashedAddress, isAddress, listedKey, listKindOf, possibleKeys } from '../lists/listed-value';
import { ALLOWLIST, BLOCKLIST, type OperatorList } from '../lists/operator-list';
import { checkAuthor, checkReason } from '../lists/operator-words';
import { countOf } from '../terminal/aligned-rows';
import { ExitCode, type ExitCodeValue } from '../terminal/exit-code';
import { parseSpan } from '../terminal/time-span';
import { UsageError } from '../terminal/usage-error';
import { visibleJson, visibleText } from '../terminal/visible-text';

export interface RemoveEntryOptions extends SystemOptions, ChangeOptions {
  readonly json?: boolean;
}

export interface AddEntryOptions extends RemoveEntryOptions {
  readonly reason?: string;
  readonly author?: string;
  /** Milliseconds. */
  readonly expires?: number | 'never';
}

export interface ShowListOptions extends SystemOptions {
  readonly yes?: boolean;
  readonly json?: boolean;
}

/** A table with fewer items is read without a question. */
const SMALL_TABLE = 10_000;
/** A longer time is a mistake. */
const MAX_EXPIRY_DAYS = 3_650;
const DAY_MS = 86_400_000;

const KIND_NAMES = 'customer, country, card, card-fingerprint, email or email-domain';
const KINDS = `
Kinds and values:
  customer <provider>:<customer id>            the customer of a provider, as in the item's customer_key
  country <code>                               ISO 3166-1 alpha-2, of the customer or the card
  card <digits>                                the first 6 to 8 digits of the card's number
  card-fingerprint <provider>:<fingerprint>    one card, as in the item's card_fingerprint
  email <address or hash>                      an address, or the item's email_hash. The tool hashes an address, and stores and prints only the hash
  email-domain <domain>                        the whole domain, without its subdomains`;

/** Texts of the help for each list. */
const HELP: { readonly [name in OperatorList['name']]: { readonly effect: string; readonly reason: string } } = {
  blocklist: { effect: 'Payments that match an entry are blocked, from the next assessment on.', reason: 'chargebacks, ticket 4711' },
  allowlist: {
    effect: 'For payments that match an entry, all rules except `blocked` have no effect, from the next assessment on.', reason: 'known buyer, ticket 4711',
  },
};

/** Adds the commands of the blocklist and of the allowlist to the program. */
export function addListCommands(program: Command, run: RunCommand): void {
  [BLOCKLIST, ALLOWLIST].forEach((list) => addCommandsOf(list, program, run));
}

function addCommandsOf(list: OperatorList, program: Command, run: RunCommand): void {
  const { name, add, remove } = list;
  const { effect, reason } = HELP[name];
  const addEntryOptions = (command: Command) => addChangeOptions(addSystemOptions(command)).option('--json', 'print the result as JSON');
  addEntryOptions(program.command(add)
    .summary(`add a customer, country, card, email address or email domain to the ${name}`)
    .description(`Adds an entry to the ${name}. ${effect}`)
    .argument('<kind>', KIND_NAMES)
    .argument('<value>', `the value to ${add}, as below`)
    .option('--reason <text>', 'the reason, at most 100 characters. Verdicts and the archive contain it: do not write names or card numbers')
    .option('--expires <span>', 'when the entry expires, such as 30d or 12h, or `never` (default: unchanged, and never for a new entry)', parseExpiry)
    .option('--author <name>', AUTHOR_OPTION))
    .addHelpText('after', `${KINDS}

Examples:
  $ cdk-webhooks ${add} customer stripe:cus_NffrFeUfNV2Hib --reason "${reason}" --stack Payments
  $ cdk-webhooks ${add} card-fingerprint stripe:card_1234 --expires 30d --stack Payments
  $ cdk-webhooks ${add} email jane@example.com --author jane --stack Payments`)
    .action(async (kind: string, value: string, options: AddEntryOptions) => run((context) => runAddEntry(list, kind, value, options, context)));

  addEntryOptions(program.command(remove)
    .summary(`remove an entry from the ${name}`)
    .description(`Removes an entry from the ${name}, from the next assessment on.`)
    .argument('<kind>', KIND_NAMES)
    .argument('<value>', 'the value of the entry, as below'))
    .addHelpText('after', `${KINDS}

Examples:
  $ cdk-webhooks ${remove} customer stripe:cus_NffrFeUfNV2Hib --stack Payments`)
    .action(async (kind: string, value: string, options: RemoveEntryOptions) => run((context) => (
      runRemoveEntry(list, kind, value, options, context)
    )));

  addSystemOptions(program.command(name)
    .summary(`list the entries of the ${name}`)
    .description(`Lists the entries of the ${name}. No index has them, so the command reads the whole table. It shows the cost first. `
      + `If the table has ${SMALL_TABLE.toLocaleString('en-US')} items or more, it asks.`))
    .option('--yes', 'do not ask')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', `
Examples:
  $ cdk-webhooks ${name} --stack Payments
  $ cdk-webhooks ${name} --json --yes --stack Payments`)
    .action(async (options: ShowListOptions) => run((context) => runShowList(list, options, context)));
}

export async function runAddEntry(
  list: OperatorList, kind: string, value: string, options: AddEntryOptions, context: CommandContext,
): Promise<ExitCodeValue> {
  const { terminal, now } = context;
  const { reason, author: named, expires, json } = options;
  const known = listKindOf(kind);
  checkReason(reason ?? '');
  if (named !== undefined) {
    checkAuthor(named);
  }
  if (!isAddress(known, value)) {
    listedKey(list, known, value, []);
  }
  checkConfirmable(options, context);
  const system = await connectToSystem(options, context);
  const key = listedKey(list, known, await storableValue(known, value, system), system.providers.map(({ name }) => name));
  const author = await authorOf(named, system.clients.sts, context);
  const warnings = [misuseWarning(list, known, value), await warningOf(list, system, context)].filter((warning) => warning !== undefined);
  warnings.forEach((warning) => terminal.note(`warning: ${warning}`));
  if (!await isConfirmed(`Add ${visibleText(key)}?`, options, context)) {
    return options.dryRun ? ExitCode.DONE : ExitCode.USAGE;
  }
  const start = now();
  const result = await storeOf(list, system, context).add(key, {
    author, now: start, reason, expires: typeof expires === 'number' ? new Date(start.getTime() + expires) : expires,
  });
  const until = result.expires === undefined ? '' : ` until ${result.expires.toISOString()}`;
  const texts = {
    added: `${key} is ${list.rule}${until}, from the next assessment on.`,
    changed: `${key} was ${list.rule}, and its reason or end was changed. It is ${list.rule}${until}.`,
    unchanged: `${key} was already ${list.rule}${until}. Nothing was changed.`,
  };
  terminal.print(json
    ? visibleJson({ key, outcome: result.outcome, expires: result.expires?.toISOString(), warning: warnings.join(' ') || undefined })
    : visibleText(texts[result.outcome]));
  return ExitCode.DONE;
}

export async function runRemoveEntry(
  list: OperatorList, kind: string, value: string, options: RemoveEntryOptions, context: CommandContext,
): Promise<ExitCodeValue> {
  const { terminal } = context;
  const known = listKindOf(kind);
  checkConfirmable(options, context);
  const system = await connectToSystem(options, context);
  const keys = possibleKeys(list, known, await storableValue(known, value, system));
  if (!await isConfirmed(`Remove ${visibleText(keys[0])}?`, options, context)) {
    return options.dryRun ? ExitCode.DONE : ExitCode.USAGE;
  }
  const removed = await storeOf(list, system, context).remove(keys);
  const texts = removed.length > 0
    ? removed.map((key) => `${visibleText(key)} is no longer ${list.rule}.`)
    : [`${visibleText(keys[0])} was not ${list.rule}. Nothing was changed.`];
  terminal.print(options.json ? visibleJson({ removed }) : texts.join('\n'));
  return ExitCode.DONE;
}

export async function runShowList(list: OperatorList, options: ShowListOptions, context: CommandContext): Promise<ExitCodeValue> {
  const { terminal, now } = context;
  const store = storeOf(list, await connectToSystem(options, context), context);
  const cost = await store.costOfRead();
  terminal.note(scanCostText(cost));
  if (cost.items >= SMALL_TABLE) {
    checkConfirmable(options, context);
    if (!await isConfirmed('Read the whole table?', options, context)) {
      return ExitCode.USAGE;
    }
  }
  const listed = await store.read(now(), (scanned) => terminal.progress(`${countOf(scanned, 'item')} read`));
  terminal.print(options.json ? visibleJson(listJson(listed)) : listLines(listed).join('\n'));
  return ExitCode.DONE;
}

function storeOf(list: OperatorList, system: ConnectedSystem, { signal }: CommandContext): ListStore {
  return new ListStore(list, system.clients.dynamodb, resourceOf(system, 'TableName'), signal);
}

/** The value in the form of entries. An address is hashed with the key of the system, and only the hash is used. */
async function storableValue(kind: ListKind, value: string, { clients, resources, stack }: ConnectedSystem): Promise<string> {
  if (!isAddress(kind, value)) {
    return value;
  }
  const key = await readGuestKey(clients.secrets, resources.GuestKeyArn);
  if (key === undefined) {
    throw new UsageError(`the stack '${stack}' has no key for addresses, because it does not identify guests. Use another kind, or the \`email_hash\` of a transaction.`);
  }
  return hashedAddress(key, value);
}

/** The reason that an entry has no effect. A person who manages a list does not need the right to read the rules. */
async function warningOf(list: OperatorList, system: ConnectedSystem, { signal }: CommandContext): Promise<string | undefined> {
  try {
    return listWarning(list, await readFraudConfig(system.clients, resourceOf(system, 'DetectorFunctionName')));
  } catch (error) {
    signal.throwIfAborted();
    return `cannot read the rules (${(error as Error).name}). Without the rule \`${list.rule}\`, the entry has no effect.`;
  }
}

function parseExpiry(value: string): number | 'never' {
  if (value === 'never') {
    return value;
  }
  const span = parseSpan(value);
  if (span === undefined || span === 0 || span > MAX_EXPIRY_DAYS * DAY_MS) {
    throw new InvalidArgumentError(`It must be \`never\`, or a time from 1s to ${MAX_EXPIRY_DAYS}d, such as 30d or 12h.`);
  }
  return span;
}
