import { join } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import type { CommandContext, RunCommand } from './command-context';
import { DEFAULT_REGION } from '../local/emulator/emulator-environment';
import { LocalFailure } from '../local/emulator/failure';
import { Processes } from '../local/emulator/processes';
import { Workspace } from '../local/emulator/workspace';
import { deployLocally, type RunningApp } from '../local/local-deployment';
import { runScript } from '../local/once-script';
import { leftOutLines, readyJson, readyLines } from '../local/ready-report';
import { exitCodeOfSignal, type SignalSource, StopSignals } from '../local/stop-signals';
import { ToolFolder } from '../local/tool-folder';
import { findCdk, readUserApp } from '../local/user-app';
import { ExitCode, type ExitCodeValue } from '../terminal/exit-code';
import { Phases } from '../terminal/phases';
import { UsageError } from '../terminal/usage-error';
import { visibleText } from '../terminal/visible-text';

/** The options, as they are given. */
export interface LocalCommandOptions {
  readonly app?: string;
  readonly stacks?: readonly string[];
  readonly port?: number;
  readonly context?: readonly string[];
  readonly once?: string;
  readonly json?: boolean;
}

/** What the command needs of the machine. */
export interface Machine {
  readonly signals: SignalSource & Pick<NodeJS.Process, 'once' | 'off'>;
  readonly platform: NodeJS.Platform;
  /** The packages of the emulator, with their hashes. The file is beside the bundle. */
  readonly requirements: string;
}

const THIS_MACHINE: Machine = { signals: process, platform: process.platform, requirements: join(__dirname, 'requirements.txt') };

const EXAMPLES = `
Examples:
  Deploy the app of the current folder, and keep it running:
    $ cdk-webhooks local
  Deploy one of its stacks, with a value of the app's context:
    $ cdk-webhooks local --stacks Payments --context stage=dev
  Run a test against it, for example in CI, and end:
    $ cdk-webhooks local --once 'npm run test:webhooks'

Variables of the script of --once:
  WEBHOOK_URL_<PROVIDER>     the URL for the webhooks of a provider, such as WEBHOOK_URL_STRIPE
  WEBHOOK_SECRET_<PROVIDER>  the secret that signs them
  WEBHOOK_STACK              the stack, and outputs of the system: WEBHOOK_TABLE_NAME, WEBHOOK_EVENT_BUS_NAME …
  AWS_ENDPOINT_URL           the emulator, with AWS_REGION, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY

Exit codes:
  0  stopped by Ctrl-C, or the code of the script of --once
  1  the deployment failed, or the emulator ended
  2  the arguments are wrong, or the app cannot be deployed
  130  interrupted before it was ready`;

/** Adds the command to the program. */
export function addLocalCommand(program: Command, run: RunCommand): void {
  program.command('local')
    .summary('run your CDK app on this machine, without an AWS account')
    .description('Starts an emulator of AWS on this machine, deploys the CDK app of the current folder to it, and keeps it running.\n\n'
      + 'You need Python 3.10 or later, and the aws-cdk package in your app. You do not need an AWS account or Docker. Your credentials '
      + 'are not used. Everything that the command writes is in .webhooks/.')
    .option('--app <command>', 'the shell command that synthesizes the app (default: `app` in cdk.json)')
    .option('--stacks <names...>', 'deploy these stacks and those that they depend on (default: all)')
    .option('--port <number>', 'the port of the emulator on 127.0.0.1 (default: a free port)', parseEmulatorPort)
    .option('--context <key=value...>', 'values of the app\'s context, in addition to cdk.json', parseContextValue)
    .option('--once <script>', 'run a shell script when the app is deployed, then end with its exit code')
    .option('--json', 'print one JSON object with the systems when the app is ready')
    .addHelpText('after', EXAMPLES)
    .action(async (options: LocalCommandOptions) => run((context) => runLocal(options, context)));
}

/** Runs the command until it is stopped. */
export async function runLocal(options: LocalCommandOptions, context: CommandContext, machine: Machine = THIS_MACHINE): Promise<ExitCodeValue> {
  const { folder, terminal } = context;
  if (machine.platform === 'win32') {
    throw new UsageError('this command needs Linux or macOS. On Windows, run it in the Windows Subsystem for Linux.');
  }
  if (options.once !== undefined && options.json) {
    throw new UsageError('--once and --json cannot be combined: the script writes to the standard output, and has the values in its environment');
  }
  const app = readUserApp(folder, options.app);
  const cdk = findCdk(folder);
  const toolFolder = new ToolFolder(folder);
  const workspace = new Workspace({
    root: toolFolder.path, nodeModules: join(toolFolder.path, 'aws-sdk', 'node_modules'), shownFrom: folder, now: context.now(),
  });
  const processes = new Processes(workspace);
  const cleanUp = () => {
    processes.killNow();
    workspace.remove();
    toolFolder.release();
  };
  // An exception that nothing catches ends the process.
  machine.signals.once('exit', cleanUp);
  const stop = new StopSignals(machine.signals);
  const phases = new Phases(terminal);
  let isReady = false;

  const work = async (): Promise<number> => {
    const running = await deployLocally({
      app,
      cdk,
      folder,
      stacks: options.stacks ?? [],
      port: options.port,
      region: context.connection.region ?? DEFAULT_REGION,
      context: options.context ?? [],
      requirements: machine.requirements,
    }, { workspace, processes, phases, connect: context.connect });
    toolFolder.publish(running.systems[0].local);
    if (options.once !== undefined) {
      leftOutLines(running).forEach((line) => terminal.note(line));
      return Promise.race([running.emulator.died, runScript(options.once, running.systems[0], folder, workspace, processes)]);
    }
    showReady(running, options, terminal);
    isReady = true;
    return running.emulator.died;
  };
  try {
    return await Promise.race([
      work(),
      stop.first.then((signal) => {
        terminal.note('Stopping …');
        return isReady && signal === 'SIGINT' ? ExitCode.DONE : exitCodeOfSignal(signal);
      }),
    ]) as ExitCodeValue;
  } catch (error) {
    return exitCodeOfFailure(error, terminal);
  } finally {
    phases.close();
    await processes.end();
    cleanUp();
    machine.signals.off('exit', cleanUp);
    stop.close();
    if (workspace.hasLogs()) {
      terminal.note(`Stopped. The logs are in ${workspace.shown(workspace.logs)}`);
    }
  }
}

function showReady(running: RunningApp, { json }: LocalCommandOptions, terminal: CommandContext['terminal']): void {
  if (json) {
    terminal.print(JSON.stringify(readyJson(running)));
  } else {
    readyLines(running).forEach((line) => terminal.print(line));
  }
}

/** Shows an error that the user can fix, with the last lines of the log. Others are bugs. */
function exitCodeOfFailure(error: unknown, terminal: CommandContext['terminal']): ExitCodeValue {
  if (!(error instanceof LocalFailure)) {
    throw error;
  }
  error.excerpt.forEach((line) => terminal.note(`  | ${line}`));
  terminal.note(`error: ${visibleText(error.message)}`);
  return ExitCode.FAILED;
}

function parseEmulatorPort(value: string): number {
  const port = Number(value);
  if (!/^\d+$/.test(value) || port < 1 || port > 65_535) {
    throw new InvalidArgumentError('It must be a number from 1 to 65535.');
  }
  return port;
}

function parseContextValue(value: string, previous: readonly string[] = []): readonly string[] {
  if (!/^[^=]+=/.test(value)) {
    throw new InvalidArgumentError('It must have the form key=value.');
  }
  return [...previous, value];
}
