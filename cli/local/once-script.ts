import { userEnvironment } from './emulator/emulator-environment';
import { ended, type Processes } from './emulator/processes';
import type { Workspace } from './emulator/workspace';
import type { RunningSystem } from './local-deployment';
import { scriptVariables } from './ready-report';

/** Runs a script of the user with the variables of a running system, in the folder of the app. Returns its exit code. */
export async function runScript(script: string, system: RunningSystem, folder: string, workspace: Workspace, processes: Processes): Promise<number> {
  const { region, endpoint } = system.local;
  const child = processes.start('sh', ['-c', script], {
    cwd: folder, env: { ...userEnvironment(workspace, region, endpoint), ...scriptVariables(system) },
  });
  return await ended(child) ?? 1;
}
