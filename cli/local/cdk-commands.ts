import { readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { AssemblyStack } from './assembly/manifest';
import { ACCOUNT, awsVariables, cleanEnvironment, userEnvironment } from './emulator/emulator-environment';
import type { CommandOptions, Processes } from './emulator/processes';
import type { Workspace } from './emulator/workspace';
import type { Executable, UserApp } from './user-app';
import { HANDLER_CODE_CONTEXT, ZIP_CODE } from '../../src/private/contract';

/** What the CDK's command line needs. */
export interface CdkOptions {
  readonly cdk: Executable;
  readonly app: UserApp;
  /** The folder of the app. */
  readonly folder: string;
  readonly endpoint: string;
  readonly region: string;
  /** `key=value`. */
  readonly context: readonly string[];
  readonly workspace: Workspace;
  readonly processes: Processes;
}

/** Where the CDK puts the assets of stacks. */
export interface BootstrapTarget {
  readonly region: string;
  readonly qualifier?: string;
}

/**
 * Runs the CDK's command line for the emulator. It runs in temporary folders and only the app's own command in the app's
 * folder, so that it cannot write look-ups of the emulator to the app's `cdk.context.json`, nor use a profile of `cdk.json`.
 */
export class CdkCommands {
  /** The folder with the synthesized app. */
  public readonly assembly: string;

  constructor(private readonly options: CdkOptions) {
    this.assembly = join(options.workspace.folder('cdk'), 'cdk.out');
  }

  /** Synthesizes the app, with the functions of webhook systems from zip files. */
  public async synthesize(): Promise<void> {
    const { app, folder, context, workspace, endpoint, region } = this.options;
    const cwd = workspace.folder('app');
    writeFileSync(join(cwd, 'cdk.json'), JSON.stringify({ context: { ...app.context, [HANDLER_CODE_CONTEXT]: ZIP_CODE } }));
    writeFileSync(join(cwd, 'cdk.context.json'), JSON.stringify(app.lookups));
    // Build tools of the app keep their packages in the home folder. The CDK's command line gets another one.
    const command = `cd ${shellWord(folder)} && export HOME=${shellWord(homedir())} && ${app.command}`;
    await this.cdk('synth', [
      '--app', command, '--output', this.assembly, '--quiet', '--path-metadata', '--asset-metadata',
      ...context.flatMap((each) => ['--context', each]),
    ], { cwd, env: { ...userEnvironment(workspace, region, endpoint), HOME: workspace.folder('home') }, timeoutSeconds: 600 });
  }

  /** Creates the bucket and the roles that deployments use. */
  public async bootstrap({ region, qualifier }: BootstrapTarget): Promise<void> {
    const named = qualifier === undefined ? [] : ['--qualifier', qualifier, '--toolkit-stack-name', `CDKToolkit-${qualifier}`];
    await this.cdk('bootstrap', [`aws://${ACCOUNT}/${region}`, ...named, '--progress', 'events'], { ...this.inEmulator(), timeoutSeconds: 180 });
  }

  /** Deploys stacks of the synthesized app, with those that they depend on. Returns the outputs of each. */
  public async deploy(stacks: readonly AssemblyStack[]): Promise<{ readonly [stack: string]: { readonly [output: string]: string } }> {
    const outputs = join(this.options.workspace.folder('cdk'), 'outputs.json');
    await this.cdk('deploy', [
      ...stacks.map(({ path }) => path), '--app', this.assembly, '--outputs-file', outputs, '--require-approval', 'never', '--progress', 'events',
    ], { ...this.inEmulator(), timeoutSeconds: 600 });
    return JSON.parse(readFileSync(outputs, 'utf8')) as { readonly [stack: string]: { readonly [output: string]: string } };
  }

  private inEmulator(): { readonly cwd: string; readonly env: NodeJS.ProcessEnv } {
    const { workspace, endpoint, region } = this.options;
    return { cwd: workspace.folder('empty'), env: { ...cleanEnvironment(workspace, region), ...awsVariables(region, endpoint) } };
  }

  private async cdk(
    command: string, args: readonly string[], { cwd, env, timeoutSeconds }: Pick<CommandOptions, 'cwd' | 'env' | 'timeoutSeconds'>,
  ): Promise<void> {
    const { cdk, workspace, processes } = this.options;
    await processes.run(cdk.command, [...cdk.args, command, ...args, '--no-notices'], {
      name: `cdk ${command}`,
      cwd,
      env: { ...env, CDK_DISABLE_CLI_TELEMETRY: 'true', CI: 'true', NO_COLOR: '1' },
      log: workspace.log(`cdk-${command}`),
      timeoutSeconds,
    });
  }
}

/** A word of a shell. */
function shellWord(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
