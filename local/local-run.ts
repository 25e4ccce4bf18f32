import { join } from 'node:path';
import { createClients } from './emulator/clients';
import { deploy, synthesize } from './emulator/deployment';
import { PROJECT_ROOT } from './emulator/project-root';
import { runCommandLineTool } from './emulator/run-tool';
import { StripeApi } from './emulator/stripe-api';
import { saveFunctionLogs } from './observe/function-logs';
import { Observations } from './observe/observations';
import { Taps } from './observe/taps';
import type { Options } from './options';
import { describeLeftOut } from './report/left-out-line';
import { LIMITS } from './report/limits';
import type { Progress } from './report/progress';
import { counts, type Report } from './report/report';
import { ResultTable } from './report/table';
import { registerProviders } from './scenario/provider-registration';
import type { ScenarioReport } from './scenario/result';
import { runScenario } from './scenario/runner';
import { scenario } from './scenario/scenario';
import type { ScenarioContext } from './scenario/scenario-context';
import { Sender, type Endpoint } from './scenario/sender';
import { startMinistack } from '../cli/local/emulator/ministack';
import { choosePort } from '../cli/local/emulator/port';
import type { Processes } from '../cli/local/emulator/processes';
import { preparePython } from '../cli/local/emulator/python-environment';
import type { Workspace } from '../cli/local/emulator/workspace';

/** A finished run. The system is still running. */
export interface FinishedRun {
  readonly report: Report;
  readonly endpoint: Endpoint;
  readonly awsEndpoint: string;
  readonly died: Promise<never>;
}

/** The emulator's packages. The tool ships them too. */
const REQUIREMENTS = join(PROJECT_ROOT, 'assets', 'cli', 'requirements.txt');

/** Starts the emulator, deploys the app, runs the scenario and returns a report. */
export async function runLocally(options: Options, workspace: Workspace, processes: Processes, progress: Progress): Promise<FinishedRun> {
  const started = Date.now();
  const port = await choosePort(options.port);
  const stripeApi = await StripeApi.start();
  const { interpreter } = await progress.phase('Python environment', () => preparePython(REQUIREMENTS, workspace, processes, () => undefined),
    ({ reused }) => reused ? 'reused' : 'created');
  // The synthesis occupies this process while the emulator, another one, starts.
  const synthesized = progress.phase('Example app synthesized', () => synthesize(workspace, async () => import('./app.js')));
  // Observed below, when the emulator has started.
  synthesized.catch(() => undefined);
  const { endpoint: awsEndpoint, died } = await progress.phase('Emulator started', () => (
    startMinistack({ interpreter, port, variables: redirectTo(stripeApi.url) }, workspace, processes)
  ),
  (ministack) => ministack.endpoint);
  return Promise.race([died, (async () => {
    const clients = createClients(awsEndpoint);
    const leftOut = await synthesized;
    const outputs = await progress.phase('Example app deployed', () => deploy(clients, workspace), () => 'local/app.ts');
    const taps = await progress.phase('Taps attached', () => Taps.attach(clients, outputs), () => 'queues at the bus, the rules and the topic');

    const url = `${awsEndpoint}/_aws/execute-api/${outputs.ApiId}/prod/webhook`;
    const endpoint: Endpoint = { url, secrets: await progress.phase('Providers registered', () => registerProviders(clients, outputs, url)) };
    const observations = new Observations(clients, taps, outputs.TableName, outputs.ArchiveBucketName);
    const outcome = await reportCases(progress, (reporter) => {
      const sender = new Sender(endpoint);
      const runTool = (args: readonly string[]) => runCommandLineTool(args, awsEndpoint, workspace, processes);
      const context: ScenarioContext = {
        clients,
        outputs,
        sender,
        stripeApi,
        stripeSecret: endpoint.secrets.stripe,
        observe: () => observations.refresh(),
        runTool,
        leavingDeadLetters: <T>(work: () => Promise<T>) => observations.leavingDeadLetters(work),
      };
      return runScenario(reporter.cases, context, observations, reporter);
    });
    await saveFunctionLogs(awsEndpoint, workspace.log('functions'));
    const report: Report = { ...outcome, leftOut };
    summarize(report, Date.now() - started, progress);
    return { report, endpoint, awsEndpoint, died };
  })()]);
}

/** Functions inherit both: their requests for Stripe's API reach the stub. */
function redirectTo(stripeApi: string): { readonly [variable: string]: string } {
  return {
    NODE_OPTIONS: `--require ${JSON.stringify(join(__dirname, 'emulator', 'redirect-fetch.cjs'))}`,
    LOCAL_STRIPE_API: stripeApi,
  };
}

type CaseReporter = Parameters<typeof runScenario>[3] & { readonly cases: ReturnType<typeof scenario> };

async function reportCases(progress: Progress, work: (reporter: CaseReporter) => Promise<ScenarioReport>): Promise<ScenarioReport> {
  const cases = scenario(new Date());
  const table = new ResultTable(cases, progress.style, progress.output.columns);
  progress.line();
  progress.line(table.header());
  const report = await work({
    cases,
    waiting: (text) => {
      progress.clearPending();
      progress.pending(text);
    },
    result: (result) => {
      progress.clearPending();
      table.lines(result).forEach((line) => progress.line(line));
    },
  });
  progress.clearPending();
  return report;
}

function summarize(report: Report, millis: number, progress: Progress): void {
  const { style } = progress;
  const { passed, failed } = counts(report);
  progress.line(report.unexpected.length === 0
    ? `${style.good('✓')} Nothing unexpected arrived`
    : `${style.bad('✗')} Unexpected: ${report.unexpected.join('; ')}`);
  progress.line();
  progress.line('Received alerts:');
  report.results.flatMap(({ alerts }) => alerts).forEach(({ subject, text }) => {
    progress.line(`  ${style.bold(subject ?? '(no subject)')}`);
    text.split('\n').forEach((line) => progress.line(`    ${line}`));
  });
  progress.line();
  progress.line('Not tested here, because the emulator does not support it, with the tests that cover it:');
  LIMITS.forEach(({ what, testFile, group }) => {
    progress.line(`  ${what}`);
    progress.line(style.dim(`    ${testFile} (${group})`));
  });
  if (report.leftOut.length > 0) {
    progress.line(describeLeftOut(report.leftOut));
  }
  progress.line();
  progress.line(`${style.bold(`${passed} passed, ${failed} failed`)} in ${Math.round(millis / 1000)} s`);
}
