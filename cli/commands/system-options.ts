import type { Command } from 'commander';
import type { CommandContext } from './command-context';
import type { SystemOutput } from '../../src/private/contract';
import type { AwsClients } from '../aws/aws-clients';
import { findDeployedSystem, type DeployedSystem } from '../aws/deployed-system';
import { findLocalSystem, type LocalSystem } from '../aws/local-system';
import { UsageError } from '../terminal/usage-error';

export { reachableUrl } from '../aws/local-system';

/** The options that choose the system of a command. */
export interface SystemOptions {
  readonly stack?: string;
  readonly system?: string;
}

/** The system that a command works on, with clients for its account. */
export interface ConnectedSystem extends DeployedSystem {
  readonly clients: AwsClients;
  /** Absent for a system in AWS. */
  readonly local?: LocalSystem;
}

/** Adds the options. Without them, a command works on the local system of the folder. */
export function addSystemOptions(command: Command): Command {
  return command
    .option('--stack <name>', 'the CloudFormation stack of the system in AWS (default: the running local system)')
    .option('--system <id>', 'the id of the construct, if the stack has several systems');
}

/** Finds the system of a command, and connects to it. */
export async function connectToSystem({ stack, system }: SystemOptions, { connect, connection, folder }: CommandContext): Promise<ConnectedSystem> {
  if (stack !== undefined) {
    const clients = connect(connection);
    return { ...await findDeployedSystem(clients.cloudformation, stack, system), clients };
  }
  const local = findLocalSystem(folder);
  if (local === undefined) {
    throw new UsageError('name the CloudFormation stack with --stack, or start a local system with `cdk-webhooks local` in this folder');
  }
  const clients = connect({ local });
  return { ...await findDeployedSystem(clients.cloudformation, local.stack, system), clients, local };
}

/** The value of an output. A stack that an older version deployed can lack it. */
export function resourceOf({ stack, resources }: DeployedSystem, name: SystemOutput): string {
  const value = resources[name];
  if (value === undefined) {
    throw new UsageError(`the stack '${stack}' has no output ${name}. Deploy it with the version of this tool.`);
  }
  return value;
}
