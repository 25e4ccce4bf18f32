import { type Command, InvalidArgumentError, Option } from 'commander';
import type { CommandContext, RunCommand } from './command-context';
import { redriveOf } from './dlq-redrive';
import { addSystemOptions, connectToSystem, resourceOf, type SystemOptions } from './system-options';
import { readFunctionSettings } from '../aws/function-settings';
import { ConsoleServer } from '../console/console-server';
import { openBrowser } from '../console/open-browser';
import { readPageFiles } from '../console/page-files';
import { LOOPBACK, newToken } from '../console/request-guard';
import { AwsConsole } from '../console/system/aws-console';
import { TransactionFeed } from '../console/transaction-feed';
import { ExitCode, type ExitCodeValue } from '../terminal/exit-code';
import { UsageError } from '../terminal/usage-error';
import { visibleText } from '../terminal/visible-text';
import { relaySettings } from '../transactions/relay-settings';

/** The options, as they are given. */
export interface ConsoleOptions extends SystemOptions {
  readonly port: number;
  readonly write?: boolean;
  readonly open?: boolean;
}

const MAX_PORT = 65_535;
const REDRIVE_RATE = 10;

const EXAMPLES = `
Examples:
  Show the local system, and open the browser:
    $ cdk-webhooks console --open
  Show a stack, and allow replays, redrives and changes of the blocklist:
    $ cdk-webhooks console --stack Payments --write

The page is served on ${LOOPBACK} only. The address has a token that is valid until the command ends. The command creates a
queue, a rule and a subscription for live events. It removes them when you press Ctrl-C.

Exit codes:
  0  ended by Ctrl-C
  1  a call failed
  2  the arguments are wrong, or the port is in use`;

/** Adds the command to the program. */
export function addConsoleCommand(program: Command, run: RunCommand): void {
  addSystemOptions(program.command('console')
    .summary('show transactions, dead letters, the blocklist and alarms in the browser')
    .description('Serves a page on this machine: transactions as they pass through the system, the life of each one, dead letters, the blocklist and alarms.\n\n'
      + 'The page is read-only without --write.'))
    .option('--write', 'allow replays, redrives and changes of the blocklist')
    .addOption(new Option('--port <number>', 'the port of the page').argParser(parseConsolePort).default(0, 'a free port'))
    .option('--open', 'open the page in the browser')
    .addHelpText('after', EXAMPLES)
    .action(async (options: ConsoleOptions) => run((context) => runConsole(options, context)));
}

/** Runs the command until Ctrl-C. */
export async function runConsole(options: ConsoleOptions, context: CommandContext): Promise<ExitCodeValue> {
  const { terminal, signal } = context;
  const source = await connectedConsole(options, context);
  const feed = new TransactionFeed();
  const token = newToken();
  const onFailure = ({ name, message }: Error) => terminal.note(visibleText(`A call failed: ${name}: ${message}`));
  const server = new ConsoleServer({ token, source, actions: options.write ? source : undefined, feed, files: readPageFiles(), onFailure });
  const port = await listenOn(server, options.port);
  try {
    const url = `http://${LOOPBACK}:${port}/#token=${token}`;
    terminal.print(url);
    terminal.note(`The console of ${source.system.name} ${options.write ? 'can change the system' : 'is read-only'}. To end, press Ctrl-C.`);
    if (options.open && !await openBrowser(url)) {
      terminal.note('The browser could not be opened. Open the address yourself.');
    }
    const remaining = await source.watch((transactions) => feed.report(transactions), (text) => feed.note(text), signal);
    remaining.forEach((each) => terminal.note(`Not removed: ${visibleText(each)}`));
    return remaining.length > 0 ? ExitCode.REMAINS : ExitCode.DONE;
  } finally {
    await server.close();
  }
}

async function connectedConsole(options: ConsoleOptions, context: CommandContext): Promise<AwsConsole> {
  const { now, sleep, signal } = context;
  const connected = await connectToSystem(options, context);
  const { clients, stack, id, local, providers } = connected;
  return new AwsConsole({
    clients,
    system: {
      name: id === '' || id === stack ? stack : `${stack} / ${id}`,
      region: await clients.cloudformation.config.region(),
      isLocal: local !== undefined,
      providers: providers.map(({ name }) => name),
    },
    stack,
    resources: {
      tableName: resourceOf(connected, 'TableName'),
      archiveBucket: resourceOf(connected, 'ArchiveBucketName'),
      failedRecordsBucket: resourceOf(connected, 'FailedRecordsBucketName'),
      deadLetterQueueUrl: resourceOf(connected, 'DeadLetterQueueUrl'),
      alertTopicArn: resourceOf(connected, 'AlertTopicArn'),
      workflowArn: resourceOf(connected, 'WorkflowArn'),
    },
    settings: relaySettings(await readFunctionSettings(clients.lambda, resourceOf(connected, 'RelayFunctionName'))),
    newRedrive: async () => redriveOf(connected, REDRIVE_RATE, context),
    now,
    sleep,
    signal,
  });
}

async function listenOn(server: ConsoleServer, port: number): Promise<number> {
  try {
    return await server.listen(port);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') {
      throw new UsageError(`the port ${port} is in use. Choose another one with --port, or leave it out.`);
    }
    throw error;
  }
}

function parseConsolePort(value: string): number {
  const port = Number(value);
  if (!/^\d{1,5}$/.test(value) || port < 1 || port > MAX_PORT) {
    throw new InvalidArgumentError('It must be a number from 1 to 65535.');
  }
  return port;
}
