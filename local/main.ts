import { writeFileSync } from 'node:fs';
import { inspect } from 'node:util';
import { REGION } from './emulator/emulator-environment';
import { LocalFailure } from './emulator/failure';
import { Processes } from './emulator/processes';
import { shortPath, Workspace } from './emulator/workspace';
import { runLocally, type FinishedRun } from './local-run';
import { HELP, parseOptions, type Options } from './options';
import { Progress } from './report/progress';
import { counts, toJson } from './report/report';
import { styleFor } from './report/style';
import { curlLine } from './scenario/curl';

/** What a shell reports of a command that a signal ended. */
const SIGNALS = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

async function main(args: readonly string[]): Promise<number> {
  const options = parseOptions(args);
  if (options.help) {
    process.stdout.write(HELP);
    return 0;
  }

  // The AWS SDK would warn of a Node that is supported here.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  const output = options.json ? process.stderr : process.stdout;
  const progress = new Progress(output, styleFor(output, process.env));
  const workspace = new Workspace();
  const processes = new Processes();
  process.once('exit', () => {
    processes.killNow();
    workspace.remove();
  });

  try {
    // Ctrl-C is how a kept system is meant to end: the run's own status stands.
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
      progress.line(`Ended, the logs are in ${shortPath(workspace.logs)}`);
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
    await keep(run, progress);
  }
  return status;
}

/** The exit status once a signal has come; further ones must not disturb the tidying up. */
function signalled(progress: Progress): Promise<number> {
  return new Promise((resolve) => Object.entries(SIGNALS).forEach(([signal, status]) => process.on(signal, () => {
    progress.clearPending();
    resolve(status);
  })));
}

/** Leaves the system running until a signal comes. */
async function keep({ endpoint, awsEndpoint, died }: FinishedRun, progress: Progress): Promise<never> {
  progress.line();
  progress.line(`Still running, Ctrl-C ends it. Webhooks go to ${endpoint.url}/{${Object.keys(endpoint.secrets).join(',')}}, AWS tools to ${awsEndpoint} in ${REGION}, with any credentials`);
  progress.line('This line posts one, its signature is valid for five minutes:');
  progress.line();
  progress.line(curlLine(endpoint));
  return died;
}

/** One clear line; what nobody foresaw leaves its details in a log. */
function complain(error: unknown, workspace?: Workspace): number {
  const excerpt = error instanceof LocalFailure ? error.excerpt : [];
  excerpt.forEach((line) => process.stderr.write(`  | ${line}\n`));
  let message = error instanceof Error ? error.message : String(error);
  if (workspace && !(error instanceof LocalFailure)) {
    const log = workspace.log('failure');
    writeFileSync(log, inspect(error));
    message += `: see ${shortPath(log)}`;
  }
  process.stderr.write(`npx projen local: ${message}\n`);
  return 1;
}

// An exit of its own: nothing that is still open may keep an ended run waiting.
void main(process.argv.slice(2)).catch((error: unknown) => complain(error)).then((code) => process.exit(code));
