import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_ROOT } from './project-root';
import { leaveOutOfAssembly } from '../../cli/local/assembly/assembly';
import { HARMLESS_ONLY } from '../../cli/local/assembly/exclusion-rules';
import { everythingLeftOut, type LeftOut } from '../../cli/local/assembly/left-out';
import { ACCOUNT, cleanEnvironment, DEFAULT_REGION } from '../../cli/local/emulator/emulator-environment';
import { LocalFailure } from '../../cli/local/emulator/failure';
import type { Processes } from '../../cli/local/emulator/processes';
import type { Workspace } from '../../cli/local/emulator/workspace';

const APP = 'local/app.ts';
/** Suffix for physical resource names. */
export const SUFFIX = 'local';
export const STACK = `WebhookProcessing-${SUFFIX}`;
/** The name of the secret with the key of Stripe's API. A step creates it. */
export const STRIPE_API_KEY_SECRET = 'local/stripe-api-key';

/** The outputs of the example app's stack that this run uses. */
export const OUTPUTS = [
  'ApiId', 'TableName', 'EventBusName', 'TopicArn', 'ArchiveBucketName',
  'DeadLetterQueueUrl', 'RelayFunctionName', 'StateMachineArn',
  'WebhookSecretStripe', 'WebhookSecretAdyen', 'WebhookSecretSquare', 'WebhookSecretRazorpay', 'WebhookSecretStandardWebhooks',
] as const;
export type Outputs = Readonly<Record<(typeof OUTPUTS)[number], string>>;

/** Bundles the handlers. A clean checkout has no bundles, and old ones would be deployed silently. */
export async function bundleHandlers(workspace: Workspace, processes: Processes): Promise<void> {
  await processes.run(process.execPath, ['--import', 'tsx', 'projenrc/bundle-handlers.ts'], {
    name: 'bundling the handlers', cwd: PROJECT_ROOT, env: cleanEnvironment(workspace), log: workspace.log('bundle'), timeoutSeconds: 120,
  });
}

/** Prepares the emulated account for the CDK. */
export async function bootstrap(endpoint: string, workspace: Workspace, processes: Processes): Promise<void> {
  await cdk('bootstrap', [`aws://${ACCOUNT}/${DEFAULT_REGION}`], 180, endpoint, workspace, processes);
}

/** Synthesizes the example app without the resources that the emulator rejects. Returns the number of these by type. */
export async function synthesize(endpoint: string, workspace: Workspace, processes: Processes): Promise<readonly LeftOut[]> {
  const folder = assembly(workspace);
  await cdk('synth', ['--app', `"${process.execPath}" --import tsx ${APP}`, '--output', folder, '--quiet'], 120, endpoint, workspace, processes);
  return everythingLeftOut(leaveOutOfAssembly(folder, HARMLESS_ONLY));
}

/** Deploys the synthesized app and returns its outputs. */
export async function deploy(endpoint: string, workspace: Workspace, processes: Processes): Promise<Outputs> {
  const outputsFile = join(workspace.folder('cdk'), 'outputs.json');
  await cdk('deploy', [
    STACK,
    '--app', assembly(workspace),
    '--outputs-file', outputsFile,
    '--require-approval', 'never',
  ], 300, endpoint, workspace, processes);
  return readOutputs(JSON.parse(readFileSync(outputsFile, 'utf8')));
}

/** Outputs of the system `Payments` begin with its id and end with a hash: `PaymentsWebhookSecretStripe5E74A875`. */
function nameOf(id: string): string {
  return id.replace(/^Payments(\w+)[0-9A-F]{8}$/, '$1');
}

/** Checks the outputs that the scenario needs. */
export function readOutputs(file: { readonly [stack: string]: { readonly [name: string]: string } | undefined }): Outputs {
  const outputs = Object.fromEntries(Object.entries(file[STACK] ?? {}).map(([id, value]) => [nameOf(id), value]));
  const missing = OUTPUTS.filter((name) => !outputs[name]);
  if (missing.length > 0) {
    throw new LocalFailure(`the stack ${STACK} has no output ${missing.join(', ')}: ${APP} must have it`);
  }
  return outputs as Outputs;
}

function assembly(workspace: Workspace): string {
  return join(workspace.folder('cdk'), 'cdk.out');
}

async function cdk(
  command: string, args: readonly string[], timeoutSeconds: number, endpoint: string, workspace: Workspace, processes: Processes,
): Promise<void> {
  await processes.run(process.execPath, [
    join(PROJECT_ROOT, 'node_modules', 'aws-cdk', 'bin', 'cdk'), command, ...args, '--no-notices', '--progress', 'events',
  ], {
    name: `cdk ${command}`,
    cwd: PROJECT_ROOT,
    log: workspace.log(`cdk-${command}`),
    timeoutSeconds,
    env: {
      ...cleanEnvironment(workspace),
      AWS_ENDPOINT_URL: endpoint,
      CDK_DISABLE_CLI_TELEMETRY: 'true',
      CI: 'true',
      ENVIRONMENT_SUFFIX: SUFFIX,
      HANDLER_CODE: 'zip',
      STRIPE_API_KEY_SECRET,
    },
  });
}
