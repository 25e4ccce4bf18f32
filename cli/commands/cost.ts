import { type Command, InvalidArgumentError } from 'commander';
import type { CommandContext, RunCommand } from './command-context';
import { addSystemOptions, type SystemOptions } from './system-options';
import { findLocalSystem } from '../aws/local-system';
import { DEFAULT_MONTH, estimateCost, estimateJson, estimateLines } from '../cost/cost-estimate';
import { readDeployment } from '../cost/priced-deployment';
import { fetchTemplate, readTemplateFile, type SystemTemplate } from '../cost/priced-template';
import { ExitCode, type ExitCodeValue } from '../terminal/exit-code';
import { UsageError } from '../terminal/usage-error';

/** The options, as they are given. */
export interface CostOptions extends SystemOptions {
  readonly template?: string;
  readonly webhooks: number;
  readonly high: number;
  readonly medium: number;
  readonly shards: number;
  readonly alertEmails?: number;
  readonly json?: boolean;
}

const EXAMPLES = `
Examples:
  Estimate a month of a stack with 5 million webhooks:
    $ cdk-webhooks cost --stack Payments --webhooks 5000000
  Estimate a stack that is not deployed yet:
    $ cdk synth && cdk-webhooks cost --template cdk.out/Payments.template.json
  2 % of the webhooks have a high value, 10 % a medium value, and 3 people get emails:
    $ cdk-webhooks cost --stack Payments --high 0.02 --medium 0.1 --alert-emails 3`;

/** Adds the command to the program. */
export function addCostCommand(program: Command, run: RunCommand): void {
  addSystemOptions(program.command('cost')
    .summary('estimate the cost of a number of webhooks per month with the settings of the stack')
    .description('Estimates the cost of a number of webhooks per month, with the settings in the template of the stack and the list prices of AWS.'))
    .option('--template <file>', 'the template of a stack, such as cdk.out/Payments.template.json. Needs no AWS account')
    .option('--webhooks <number>', 'the number of webhooks per month', parseWhole, DEFAULT_MONTH.webhooks)
    .option('--high <share>', 'the share of the webhooks with a high value, from 0 to 1', parseShare, DEFAULT_MONTH.high)
    .option('--medium <share>', 'the share of the webhooks with a medium value, from 0 to 1', parseShare, DEFAULT_MONTH.medium)
    .option('--shards <number>', 'the number of shards of the table\'s stream: a new table has 4, and a busy one has more', parseWhole, DEFAULT_MONTH.shards)
    .option('--alert-emails <number>', 'the number of people who get alerts by email (default: those in the template)', parseCount)
    .option('--json', 'print the result as JSON')
    .addHelpText('after', EXAMPLES)
    .action(async (options: CostOptions) => run((context) => runCost(options, context)));
}

/** Runs the command. */
export async function runCost(options: CostOptions, context: CommandContext): Promise<ExitCodeValue> {
  const { webhooks, high, medium, shards, alertEmails } = options;
  if (high + medium > 1) {
    throw new UsageError(`--high and --medium must be at most 1 together, got ${high + medium}`);
  }
  const { template, system, region, isLocal } = await templateFor(options, context);
  const month = { webhooks, high, medium, shards, emailSubscribers: alertEmails };
  const estimate = estimateCost(readDeployment(template, system), month, region);
  if (options.json) {
    context.terminal.print(JSON.stringify(estimateJson(estimate), undefined, 2));
  } else {
    estimateLines(estimate).forEach((line) => context.terminal.print(line));
    if (isLocal) {
      context.terminal.print('- The local system lacks the resources that the emulator does not support, such as some alarms. For a whole bill, use --template.');
    }
  }
  return ExitCode.DONE;
}

async function templateFor(
  { template, stack, system }: CostOptions, { connect, connection, folder }: CommandContext,
): Promise<SystemTemplate & { readonly region?: string; readonly isLocal?: boolean }> {
  if (template !== undefined) {
    if (stack !== undefined) {
      throw new UsageError('name the stack with --stack or its template with --template, not both');
    }
    return readTemplateFile(template, system);
  }
  if (stack !== undefined) {
    const { cloudformation } = connect(connection);
    return { ...await fetchTemplate(cloudformation, stack, system), region: await cloudformation.config.region() };
  }
  const local = findLocalSystem(folder);
  if (local === undefined) {
    throw new UsageError('name the CloudFormation stack with --stack, or a template with --template cdk.out/<stack>.template.json');
  }
  return { ...await fetchTemplate(connect({ local }).cloudformation, local.stack, system), isLocal: true };
}

function parseCount(value: string): number {
  const count = Number(value);
  if (!/^\d+$/.test(value) || !Number.isSafeInteger(count)) {
    throw new InvalidArgumentError('It must be a whole number, 0 or more.');
  }
  return count;
}

function parseWhole(value: string): number {
  if (parseCount(value) === 0) {
    throw new InvalidArgumentError('It must be 1 or more.');
  }
  return Number(value);
}

function parseShare(value: string): number {
  const share = Number(value);
  if (value.trim() === '' || !(share >= 0 && share <= 1)) {
    throw new InvalidArgumentError('It must be a share from 0 to 1, such as 0.05.');
  }
  return share;
}
