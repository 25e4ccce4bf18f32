import type { Command } from 'commander';
import type { CommandContext, RunCommand } from './command-context';
import { addSystemOptions, connectToSystem, reachableUrl, type SystemOptions } from './system-options';
import { allChecks } from '../doctor/check-list';
import { CheckedSystem } from '../doctor/checked-system';
import { countStatuses, diagnosisJson, diagnosisLines } from '../doctor/diagnosis';
import { runChecks } from '../doctor/run-checks';
import { ExitCode, type ExitCodeValue } from '../terminal/exit-code';
import { textColors } from '../terminal/text-colors';

/** The options, as they are given. */
export interface DoctorOptions extends SystemOptions {
  readonly probe: boolean;
  readonly strict?: boolean;
  readonly json?: boolean;
}

/** The longest time of one check. All calls of a check together take less than a second. */
const CHECK_MS = 20_000;
/** Below the rate limits of the APIs that describe resources. */
const CONCURRENCY = 6;

const EXAMPLES = `
Every check is one line: ok, warning, FAILED, or not checked with the reason. A missing right affects only its own check.
Nothing is changed. The checks of endpoints post an empty body without a signature, which is neither stored nor counted.

Examples:
  Check the local system of this folder:
    $ cdk-webhooks doctor
  Check a system in AWS, for a schedule or a pipeline:
    $ cdk-webhooks doctor --stack Payments --strict --json

Exit codes:
  0  no check failed
  1  the stack could not be read
  2  the arguments are wrong
  3  a check failed, or with --strict: not every check is ok
  130  interrupted`;

/** Adds the command to the program. */
export function addDoctorCommand(program: Command, run: RunCommand): void {
  addSystemOptions(program.command('doctor')
    .summary('check secrets, endpoints, functions, queues and alarms, and show what to do')
    .description('Checks whether a system works: secrets, endpoints, webhooks, functions, streams, rules, the table, dead letters, alerts and alarms.'))
    .option('--no-probe', 'do not post to the URLs of the providers (default: post an empty body without a signature)')
    .option('--strict', 'exit with 3 unless every check is ok')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', EXAMPLES)
    .action(async (options: DoctorOptions) => run((context) => runDoctor(options, context)));
}

/** Runs the command. */
export async function runDoctor(options: DoctorOptions, context: CommandContext): Promise<ExitCodeValue> {
  const { terminal, signal, now } = context;
  const { clients, local, ...deployed } = await connectToSystem(options, context);
  const system = new CheckedSystem({ deployed, clients, isLocal: local !== undefined, now, reachable: (url) => reachableUrl(url, local) });
  const checks = allChecks(system, options.probe);
  const results = await runChecks(checks, {
    checkMillis: CHECK_MS, concurrency: CONCURRENCY, signal, progress: (done) => terminal.progress(`${done} of ${checks.length} checks`),
  });
  if (options.json) {
    terminal.print(JSON.stringify(diagnosisJson(deployed.stack, results), undefined, 2));
  } else {
    diagnosisLines(results, textColors(terminal.colored === true)).forEach((line) => terminal.print(line));
  }
  const counts = countStatuses(results);
  return counts.failed > 0 || (options.strict && counts.ok < results.length) ? ExitCode.REMAINS : ExitCode.DONE;
}
