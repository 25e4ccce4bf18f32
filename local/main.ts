import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { STACK } from './emulator/deployment';
import { PROJECT_ROOT } from './emulator/project-root';
import { openConsole } from './emulator/run-tool';
import { runLocally, type FinishedRun } from './local-run';
import { HELP, parseOptions, type Options } from './options';
import { Progress } from './report/progress';
import { counts, toJson } from './report/report';
import { styleFor } from './report/style';
import { curlLine } from './scenario/curl';
import { DEFAULT_REGION } from '../cli/local/emulator/emulator-environment';
import { LocalFailure } from '../cli/local/emulator/failure';
import { Processes } from '../cli/local/emulator/processes';
import { Workspace } from '../cli/local/emulator/workspace';
import { ToolFolder } from '../cli/local/tool-folder';

/** The exit statuses that a shell reports if a signal ends a command. */
const SIGNALS = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

async function main(args: readonly string[]): Promise<number> {
  const options = parseOptions(args);
  if (options.help) {
    process.stdout.write(HELP);
    return 0;
  }

  // The AWS SDK would warn about a Node version that is supported here.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  const output = options.json ? process.stderr : process.stdout;
  const progress = new Progress(output, styleFor(output, process.env));
  const workspace = new Workspace({ root: join(PROJECT_ROOT, '.local'), nodeModules: join(PROJECT_ROOT, 'node_modules'), shownFrom: PROJECT_ROOT });
  const processes = new Processes(workspace);
  process.once('exit', () => {
    processes.killNow();
    workspace.remove();
  });

  try {
    // Ctrl-C is the normal way to stop a kept system, so the exit status is that of the run.
    let kept: number | undefined;
    return await Promise.race([
      work(options, workspace, processes, progress, (status) => {
        kept = status;
      }),
      signalled(progress).then((status) => kept ?? status),
    ]);
  } catch (error) {
    return complain(error, workspace);
  } finally {
    await processes.end();
    workspace.remove();
    if (workspace.hasLogs()) {
      progress.line(`Stopped. The logs are in ${workspace.shown(workspace.logs)}`);
    }
  }
}

async function work(
  options: Options, workspace: Workspace, processes: Processes, progress: Progress, onKept: (status: number) => void,
): Promise<number> {
  const run = await runLocally(options, workspace, processes, progress);
  const status = counts(run.report).failed === 0 ? 0 : 1;
  if (options.json) {
    process.stdout.write(toJson(run.report));
  }
  if (options.keep) {
    onKept(status);
    await keep(run, options, progress);
  }
  return status;
}

/** Resolves to the exit status at the first signal. Later signals must not interrupt the cleanup. */
function signalled(progress: Progress): Promise<number> {
  return new Promise((resolve) => Object.entries(SIGNALS).forEach(([signal, status]) => process.on(signal, () => {
    progress.clearPending();
    resolve(status);
  })));
}

/** Leaves the system running until a signal comes. */
async function keep({ endpoint, awsEndpoint, died }: FinishedRun, options: Options, progress: Progress): Promise<never> {
  progress.line();
  progress.line(`Still running, press Ctrl-C to stop. Send webhooks to ${endpoint.url}/{${Object.keys(endpoint.secrets).join(',')}}, and point AWS tools to ${awsEndpoint} in ${DEFAULT_REGION}, with any credentials`);
  progress.line('This command posts one. Its signature is valid for five minutes:');
  progress.line();
  progress.line(curlLine(endpoint));
  progress.line();
  const folder = new ToolFolder(PROJECT_ROOT);
  process.once('exit', () => folder.release());
  folder.publish({ endpoint: awsEndpoint, region: DEFAULT_REGION, stack: STACK, pid: process.pid });
  progress.line('The commands of the tool work on it in this folder, such as: node assets/cli/cdk-webhooks.js listen');
  if (options.console) {
    openConsole();
  }
  return died;
}

/** Reports an error in one line. The details of an unexpected error go to a log. */
function complain(error: unknown, workspace?: Workspace): number {
  const excerpt = error instanceof LocalFailure ? error.excerpt : [];
  excerpt.forEach((line) => process.stderr.write(`  | ${line}\n`));
  let message = error instanceof Error ? error.message : String(error);
  if (workspace && !(error instanceof LocalFailure)) {
    const log = workspace.log('failure');
    writeFileSync(log, inspect(error));
    message += `: see ${workspace.shown(log)}`;
  }
  process.stderr.write(`npx projen local: ${message}\n`);
  return 1;
}

// Exits explicitly, because open handles would keep the process running.
void main(process.argv.slice(2)).catch((error: unknown) => complain(error)).then((code) => process.exit(code));
