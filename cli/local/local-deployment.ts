import { join } from 'node:path';
import { leaveOutOfAssembly, readTemplates, writeTemplates } from './assembly/assembly';
import { dropImages, runtimePackages } from './assembly/asset-manifests';
import { withCustomResourceTimeouts } from './assembly/custom-resource-timeouts';
import { moveToAccount } from './assembly/emulated-account';
import { rulesForUserApp } from './assembly/exclusion-rules';
import type { LeftOutResources } from './assembly/left-out';
import { readAssembly, type AssemblyStack } from './assembly/manifest';
import { findSystemPaths } from './assembly/system-paths';
import { type BootstrapTarget, CdkCommands } from './cdk-commands';
import { ACCOUNT, cleanEnvironment } from './emulator/emulator-environment';
import { startMinistack, type Ministack } from './emulator/ministack';
import { choosePort } from './emulator/port';
import type { Processes } from './emulator/processes';
import { preparePython } from './emulator/python-environment';
import { readSupportedTypes } from './emulator/supported-types';
import type { Workspace } from './emulator/workspace';
import { storeMissingSecrets, type LocalProvider } from './local-secrets';
import { installRuntimePackages } from './runtime-packages';
import { selectStacks } from './stack-selection';
import type { Executable, UserApp } from './user-app';
import type { AwsClients, AwsConnection } from '../aws/aws-clients';
import { findDeployedSystems, type DeployedSystem } from '../aws/deployed-system';
import { providersIn, readFunctionSettings } from '../aws/function-settings';
import { reachableUrl, type LocalSystem } from '../aws/local-system';
import type { Phases } from '../terminal/phases';

/** What is deployed, and where. */
export interface LocalDeploymentOptions {
  readonly app: UserApp;
  readonly cdk: Executable;
  /** The folder of the app. */
  readonly folder: string;
  /** The names of the stacks. Empty: all. */
  readonly stacks: readonly string[];
  readonly port?: number;
  readonly region: string;
  readonly context: readonly string[];
  /** The Python packages of the emulator. */
  readonly requirements: string;
}

/** What a deployment uses. */
export interface LocalDeploymentTools {
  readonly workspace: Workspace;
  readonly processes: Processes;
  readonly phases: Phases;
  readonly connect: (connection: AwsConnection) => AwsClients;
}

/** A webhook system that runs in the emulator. */
export interface RunningSystem extends DeployedSystem {
  readonly local: LocalSystem;
  readonly localProviders: readonly LocalProvider[];
}

/** The app of a user that runs in the emulator. */
export interface RunningApp extends LeftOutResources {
  readonly systems: readonly RunningSystem[];
  /** The accounts that the stacks name. They are deployed to the emulator's. */
  readonly movedAccounts: readonly string[];
  readonly emulator: Ministack;
}

/** Starts the emulator and deploys the app of a user. */
export async function deployLocally(options: LocalDeploymentOptions, tools: LocalDeploymentTools): Promise<RunningApp> {
  const { workspace, processes, phases } = tools;
  const port = await choosePort(options.port);
  const { interpreter } = await phases.run('Python environment', (doing) => preparePython(options.requirements, workspace, processes, doing),
    ({ reused }) => reused ? 'reused' : 'created, later runs reuse it');
  const emulator = await phases.run('Emulator started', () => startMinistack({ interpreter, port, region: options.region }, workspace, processes),
    ({ endpoint }) => endpoint);
  return Promise.race([emulator.died, deployTo(emulator, interpreter, options, tools)]);
}

async function deployTo(
  emulator: Ministack, interpreter: string, options: LocalDeploymentOptions, tools: LocalDeploymentTools,
): Promise<RunningApp> {
  const { workspace, processes, phases } = tools;
  const { region } = options;
  const commands = new CdkCommands({ ...options, endpoint: emulator.endpoint, workspace, processes });
  // They do not depend on each other, and most of their time is startup. Nearly every app needs this bootstrap.
  const [supported] = await phases.run('App synthesized', () => Promise.all([
    readSupportedTypes(interpreter, cleanEnvironment(workspace)), commands.synthesize(), commands.bootstrap({ region }),
  ]));

  const movedAccounts = moveToAccount(commands.assembly, ACCOUNT);
  const { stacks: all } = readAssembly(commands.assembly);
  const systemPaths = findSystemPaths(commands.assembly);
  const stacks = selectStacks(all, options.stacks, systemPaths);
  const left = leaveOutOfAssembly(commands.assembly, rulesForUserApp({ supported, systems: systemPaths }));
  dropImages(commands.assembly);
  const templates = readTemplates(commands.assembly);
  writeTemplates(commands.assembly, new Map([...templates].map(([path, template]) => [path, withCustomResourceTimeouts(template)])));
  const packages = runtimePackages(commands.assembly, templates);
  if (packages.length > 0) {
    await phases.run('AWS SDK for functions', (doing) => {
      doing(`installing ${packages.join(', ')}`);
      return installRuntimePackages(packages, join(workspace.nodeModules, '..'), workspace, processes);
    }, (installed) => installed ? packages.join(', ') : 'reused');
  }
  for (const target of furtherTargets(all, region)) {
    await phases.run(`Bootstrapped ${target.region}`, () => commands.bootstrap(target));
  }

  const outputs = await phases.run('App deployed', () => commands.deploy(stacks), () => stacks.map(({ path }) => path).join(', '));
  const deployed = all.filter(({ name, path }) => name in outputs && systemPaths.some((system) => system.startsWith(`${path}/`)));
  const systems = await phases.run('Secrets stored', async () => Promise.all(deployed.map((stack) => systemsOf(stack, emulator.endpoint, options, tools))));
  return { ...left, systems: systems.flat(), movedAccounts, emulator };
}

/** The places of assets that the stacks use, but for the one that is always there. */
function furtherTargets(stacks: readonly AssemblyStack[], region: string): BootstrapTarget[] {
  const targets = new Map(stacks.map((stack) => {
    const target = { region: stack.region ?? region, qualifier: stack.qualifier };
    return [JSON.stringify(target), target];
  }));
  targets.delete(JSON.stringify({ region, qualifier: undefined }));
  return [...targets.values()];
}

async function systemsOf(
  stack: AssemblyStack, endpoint: string, { region }: LocalDeploymentOptions, { connect }: LocalDeploymentTools,
): Promise<RunningSystem[]> {
  const local: LocalSystem = { endpoint, region: stack.region ?? region, stack: stack.name, pid: process.pid };
  const { cloudformation, lambda, secrets } = connect({ local });
  const systems: RunningSystem[] = [];
  for (const system of await findDeployedSystems(cloudformation, stack.name)) {
    const urls = new Map(system.providers.map(({ name, url }) => [name, reachableUrl(url, local)]));
    const configs = providersIn(await readFunctionSettings(lambda, system.resources.ValidatorFunctionName!));
    systems.push({ ...system, local, localProviders: await storeMissingSecrets(secrets, configs, (name) => urls.get(name)!) });
  }
  return systems;
}
