import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  CreateStackCommand, DescribeStackEventsCommand, DescribeStacksCommand, type CloudFormationClient,
} from '@aws-sdk/client-cloudformation';
import { PutParameterCommand } from '@aws-sdk/client-ssm';
import type { App } from 'aws-cdk-lib';
import { publishAssets } from './asset-publishing';
import type { Clients } from './clients';
import { leaveOutOfAssembly } from '../../cli/local/assembly/assembly';
import { HARMLESS_ONLY } from '../../cli/local/assembly/exclusion-rules';
import { everythingLeftOut, type LeftOut } from '../../cli/local/assembly/left-out';
import { LocalFailure } from '../../cli/local/emulator/failure';
import type { Workspace } from '../../cli/local/emulator/workspace';

const APP = 'local/app.ts';
const DEPLOYMENT_MILLIS = 300_000;
const POLL_MILLIS = 100;
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

/** Synthesizes the example app, which `load` imports, without the resources that the emulator rejects. Returns the number of these by type. */
export async function synthesize(workspace: Workspace, load: () => Promise<{ readonly app: App }>): Promise<readonly LeftOut[]> {
  const folder = assembly(workspace);
  // In this process, because another one would take seconds to load the CDK's command line and to compile the app.
  Object.assign(process.env, { ENVIRONMENT_SUFFIX: SUFFIX, HANDLER_CODE: 'zip', STRIPE_API_KEY_SECRET, CDK_OUTDIR: folder });
  const { app } = await load();
  app.synth();
  return everythingLeftOut(leaveOutOfAssembly(folder, HARMLESS_ONLY));
}

/** Deploys the synthesized app and returns its outputs. */
export async function deploy({ cloudFormation, s3, ssm }: Clients, workspace: Workspace): Promise<Outputs> {
  const folder = assembly(workspace);
  // What a bootstrapped account has. The stack reads the version.
  await ssm.send(new PutParameterCommand({ Name: '/cdk-bootstrap/hnb659fds/version', Type: 'String', Value: '30' }));
  const template = await publishAssets(s3, folder, STACK);
  await cloudFormation.send(new CreateStackCommand({
    StackName: STACK, TemplateURL: template, Capabilities: ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM', 'CAPABILITY_AUTO_EXPAND'],
  }));
  const deadline = Date.now() + DEPLOYMENT_MILLIS;
  for (;;) {
    const { Stacks: [stack] = [] } = await cloudFormation.send(new DescribeStacksCommand({ StackName: STACK }));
    if (stack.StackStatus === 'CREATE_COMPLETE') {
      return readOutputs({ [STACK]: Object.fromEntries((stack.Outputs ?? []).map(({ OutputKey, OutputValue }) => [OutputKey!, OutputValue!])) });
    }
    if (stack.StackStatus !== 'CREATE_IN_PROGRESS' || Date.now() > deadline) {
      throw new LocalFailure(`the stack ${STACK} is ${stack.StackStatus}`, await failures(cloudFormation));
    }
    await sleep(POLL_MILLIS);
  }
}

/** The reasons of the resources that failed. */
async function failures(cloudFormation: CloudFormationClient): Promise<string[]> {
  const { StackEvents = [] } = await cloudFormation.send(new DescribeStackEventsCommand({ StackName: STACK }));
  return StackEvents.filter(({ ResourceStatus }) => ResourceStatus?.endsWith('FAILED'))
    .map(({ LogicalResourceId, ResourceStatusReason }) => `${LogicalResourceId}: ${ResourceStatusReason}`);
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
