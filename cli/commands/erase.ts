import { type Command, InvalidArgumentError } from 'commander';
import type { CommandContext, RunCommand } from './command-context';
import { readGuestKey } from './guest-key';
import { addSystemOptions, connectToSystem } from './system-options';
import type { AwsClients } from '../aws/aws-clients';
import type { SystemResources } from '../aws/deployed-system';
import { findLocalSystem } from '../aws/local-system';
import { CustomerErasure, type ErasureResources } from '../erase/erase-customer';
import { erasedCustomer } from '../erase/erased-customer';
import { foundJson, foundLines, isErasureComplete, resultJson, resultLines } from '../erase/erasure-summary';
import { ExitCode, type ExitCodeValue } from '../terminal/exit-code';
import { UsageError } from '../terminal/usage-error';

/** The options, as they are given. */
export interface EraseOptions {
  readonly provider: string;
  readonly email?: string;
  readonly phone?: string;
  readonly stack?: string;
  readonly system?: string;
  readonly table?: string;
  readonly archive?: string;
  readonly failedRecords?: string;
  readonly deadLetterQueue?: string;
  readonly guestKey?: string;
  readonly since?: string;
  readonly wait: number;
  readonly keepBlocklist?: boolean;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
  readonly json?: boolean;
}

const MINUTE = 60_000;

const EXAMPLES = `
Examples:
  Show what is stored about a customer of Stripe, and change nothing:
    $ cdk-webhooks erase cus_NffrFeUfNV2Hib --provider stripe --stack Payments --dry-run
  Erase the customer:
    $ cdk-webhooks erase cus_NffrFeUfNV2Hib --provider stripe --stack Payments
  Erase a guest, by the email address of the payments:
    $ cdk-webhooks erase --email jane@example.com --provider shopify --stack Payments

Exit codes:
  0  nothing of the customer remains
  1  a call failed: run the command again
  2  the arguments are wrong, or the confirmation is missing
  3  something remains, such as objects under Object Lock: the output lists it
  130  interrupted: run the command again, and it continues`;

/** Adds the command to the program. */
export function addEraseCommand(program: Command, run: RunCommand): void {
  addSystemOptions(program.command('erase')
    .summary('erase a customer from table, archive, failed batches and dead-letter queue')
    .description('Erases a customer from the table, the archive, the batches that failed and the dead-letter queue.\n\n'
      + 'Of each transaction, its key and its amount stay, so that a redelivery does not store it again. '
      + 'See docs/personal-data.md for what stays and why. You can interrupt the command and run it again.')
    .argument('[customer]', 'the customer\'s id at the provider, as in `customer_id`')
    .requiredOption('--provider <name>', 'the provider of the customer, as in the webhook URL')
    .option('--email <address>', 'also erase the guest with this email address')
    .option('--phone <number>', 'also erase the guest with this phone number'))
    .option('--table <name>', 'the table, instead of the stack\'s')
    .option('--archive <bucket>', 'the bucket of the archive, instead of the stack\'s')
    .option('--failed-records <bucket>', 'the bucket of the batches that failed, instead of the stack\'s')
    .option('--dead-letter-queue <url>', 'the dead-letter queue, instead of the stack\'s')
    .option('--guest-key <arn>', 'the secret with the key for guests, instead of the stack\'s')
    .option('--since <date>', 'search the archive from this day on, such as 2026-01-31', parseDay)
    .option('--wait <minutes>', 'how long to wait until the archive has the erasure', parseMinutes, 15)
    .option('--keep-blocklist', 'keep the entries of the blocklist about the customer')
    .option('--dry-run', 'show what would be erased, and change nothing')
    .option('--yes', 'do not ask')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', EXAMPLES)
    .action(async (customer: string | undefined, options: EraseOptions) => run((context) => runErase(customer, options, context)));
}

/** Runs the command. Throws a `UsageError` before anything is changed if the arguments do not fit. */
export async function runErase(id: string | undefined, options: EraseOptions, context: CommandContext): Promise<ExitCodeValue> {
  const { terminal, signal, sleep, now } = context;
  if (id === undefined && options.email === undefined && options.phone === undefined) {
    throw new UsageError('name a customer: its id, --email or --phone');
  }
  if (!terminal.interactive && !options.yes && !options.dryRun) {
    throw new UsageError('add --yes to erase without a question, or --dry-run to see what would be erased');
  }
  const { clients, resources: deployed } = await connectedResources(options, context);
  const resources = resourcesOf(options, deployed);
  const { provider, email, phone, since, wait, keepBlocklist = false } = options;
  const customer = await erasedCustomer({ provider, id, email, phone }, async () => guestKeyOf(options, deployed, clients));
  const erasure = new CustomerErasure({
    clients,
    resources,
    customer,
    since,
    waitMs: wait * MINUTE,
    keepsBlocklist: keepBlocklist,
    clock: { now, sleep },
    progress: (text) => terminal.progress(text),
    signal,
  });

  const found = await erasure.find();
  if (options.json && options.dryRun) {
    terminal.print(JSON.stringify(foundJson(found), undefined, 2));
    return ExitCode.DONE;
  }
  const show = options.json ? terminal.note.bind(terminal) : terminal.print.bind(terminal);
  show(`Customer ${[...customer.storedIds].join(', ')} of ${customer.provider}:`);
  foundLines(found).forEach(show);
  if (options.dryRun) {
    show('Dry run: nothing was changed.');
    return ExitCode.DONE;
  }
  if (!options.yes) {
    const expected = id ?? options.email ?? options.phone;
    const answer = await terminal.ask(`Erasing cannot be undone. Type ${expected} to erase: `);
    if (answer.trim() !== expected) {
      terminal.note('Nothing was changed.');
      return ExitCode.USAGE;
    }
  }
  const result = await erasure.erase();
  terminal.print(options.json ? JSON.stringify({ found: foundJson(found), ...resultJson(result) }, undefined, 2) : ['', ...resultLines(result)].join('\n'));
  return isErasureComplete(result) ? ExitCode.DONE : ExitCode.REMAINS;
}

/** Without a stack and a local system, the options must name the resources. */
async function connectedResources(
  options: EraseOptions, context: CommandContext,
): Promise<{ readonly clients: AwsClients; readonly resources: SystemResources }> {
  return options.stack === undefined && findLocalSystem(context.folder) === undefined
    ? { clients: context.connect(context.connection), resources: {} }
    : connectToSystem(options, context);
}

function resourcesOf(options: EraseOptions, system: SystemResources): ErasureResources {
  const named = (value: string | undefined, option: string): string => {
    if (value === undefined) {
      throw new UsageError(`name the system with --stack, or the resource with ${option}`);
    }
    return value;
  };
  return {
    table: named(options.table ?? system.TableName, '--table'),
    archive: named(options.archive ?? system.ArchiveBucketName, '--archive'),
    failedRecords: named(options.failedRecords ?? system.FailedRecordsBucketName, '--failed-records'),
    deadLetterQueue: named(options.deadLetterQueue ?? system.DeadLetterQueueUrl, '--dead-letter-queue'),
  };
}

async function guestKeyOf(options: EraseOptions, system: SystemResources, { secrets }: AwsClients): Promise<string | undefined> {
  const arn = options.guestKey ?? system.GuestKeyArn;
  if (arn === undefined && Object.keys(system).length === 0) {
    throw new UsageError('name the system with --stack, or the key for guests with --guest-key');
  }
  return readGuestKey(secrets, arn);
}

function parseDay(value: string): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value) || Number.isNaN(Date.parse(value))) {
    throw new InvalidArgumentError('It must be a date, such as 2026-01-31.');
  }
  return value;
}

function parseMinutes(value: string): number {
  const minutes = Number(value);
  if (!(value.trim() !== '' && minutes >= 0 && Number.isFinite(minutes))) {
    throw new InvalidArgumentError('It must be a number of minutes, 0 or more.');
  }
  return minutes;
}
