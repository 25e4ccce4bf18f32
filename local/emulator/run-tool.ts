import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_ROOT } from './project-root';
import { cleanEnvironment } from '../../cli/local/emulator/emulator-environment';
import type { Processes } from '../../cli/local/emulator/processes';
import type { Workspace } from '../../cli/local/emulator/workspace';

/** The package's `bin`, which is bundled together with the handlers. */
const TOOL = join(PROJECT_ROOT, 'assets', 'cli', 'cdk-webhooks.js');

let runs = 0;

/** Runs the tool against the emulator, as an operator would against AWS. Its output is kept in a log of its own, because several can run at the same time. */
export async function runCommandLineTool(args: readonly string[], endpoint: string, workspace: Workspace, processes: Processes): Promise<string> {
  const log = workspace.log(`cdk-webhooks-${++runs}-${args[0]}`);
  await processes.run(process.execPath, [TOOL, ...args], {
    name: `cdk-webhooks ${args[0]}`, cwd: workspace.root, env: { ...cleanEnvironment(workspace), AWS_ENDPOINT_URL: endpoint }, log, timeoutSeconds: 180,
  });
  return readFileSync(log, 'utf8');
}

/** Opens the console of the system that is published in the folder of the project. It ends with this process. */
export function openConsole(): void {
  const child = spawn(process.execPath, [TOOL, 'console', '--write', '--open'], { cwd: PROJECT_ROOT, stdio: ['ignore', 'inherit', 'inherit'] });
  process.once('exit', () => child.kill());
}
