import { DescribeStacksCommand, type CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { SYSTEM_OUTPUTS, type SystemOutput } from '../../src/private/contract';
import { UsageError } from '../terminal/usage-error';

/** The values of a system's outputs, by name. A system without guests has no key for them. */
export type DeployedSystem = { readonly [name in SystemOutput]?: string };

/** An output's id: the path of the system, the name, and the hash that CDK adds. */
const OUTPUT_ID = new RegExp(`^(.*?)(${SYSTEM_OUTPUTS.join('|')})[0-9A-F]{8}$`);

/**
 * Reads the outputs of the system in a stack. If a stack has several systems, `system` is the id of the construct. Nothing
 * is guessed: an output counts only if it has the hash of CDK.
 */
export async function findDeployedSystem(cloudformation: CloudFormationClient, stack: string, system?: string): Promise<DeployedSystem> {
  const { Stacks: [description] = [] } = await cloudformation.send(new DescribeStacksCommand({ StackName: stack }));
  const systems = new Map<string, Record<string, string>>();
  for (const { OutputKey: id = '', OutputValue: value = '' } of description?.Outputs ?? []) {
    const [, path, name] = OUTPUT_ID.exec(id) ?? [];
    if (name !== undefined) {
      systems.set(path, { ...systems.get(path), [name]: value });
    }
  }
  if (systems.size === 0) {
    throw new UsageError(`the stack '${stack}' has no outputs of a webhook processing system. Deploy it with the version of this tool, or name the resources with --table and the other options.`);
  }
  const paths = [...systems.keys()];
  const path = system ?? paths[0];
  if ((system === undefined && paths.length > 1) || !systems.has(path)) {
    throw new UsageError(`the stack '${stack}' has the systems ${paths.join(', ')}. Choose one with --system.`);
  }
  return systems.get(path)!;
}
