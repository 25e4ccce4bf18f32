import { DescribeStacksCommand, type CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { ProviderOutput, SYSTEM_OUTPUTS, type SystemOutput } from '../../src/private/contract';
import { UsageError } from '../terminal/usage-error';

/** The values of a system's outputs, by name. A system without guests has no key for them. */
export type SystemResources = { readonly [name in SystemOutput]?: string };

/** What the outputs of a system say about one of its providers. */
export interface ProviderEndpoint {
  readonly name: string;
  readonly url: string;
  /** ARNs. Empty if public keys verify its webhooks. */
  readonly secrets: readonly string[];
}

export interface DeployedSystem {
  readonly stack: string;
  /** The id of the construct, with those of its parents in the stack. */
  readonly id: string;
  readonly resources: SystemResources;
  readonly providers: readonly ProviderEndpoint[];
}

/** An output's id: the path of the system, the name, and the hash that CDK adds. */
const OUTPUT_ID = new RegExp(`^(.*?)(?:(${SYSTEM_OUTPUTS.join('|')})|(${ProviderOutput.URL}|${ProviderOutput.SECRET})(.+))[0-9A-F]{8}$`);

/**
 * Reads the outputs of the system in a stack. If a stack has several systems, `id` is that of the construct. Nothing
 * is guessed: an output counts only if it has the hash of CDK.
 */
export async function findDeployedSystem(cloudformation: CloudFormationClient, stack: string, id?: string): Promise<DeployedSystem> {
  const systems = await findDeployedSystems(cloudformation, stack);
  const chosen = chosenOf(systems.map((each) => each.id), `the stack '${stack}'`, id);
  return systems.find((each) => each.id === chosen)!;
}

/** All systems in a stack. */
export async function findDeployedSystems(cloudformation: CloudFormationClient, stack: string): Promise<DeployedSystem[]> {
  const { Stacks: [description] = [] } = await cloudformation.send(new DescribeStacksCommand({ StackName: stack }));
  const systems = new Map<string, SystemOutputs>();
  for (const { OutputKey: key = '', OutputValue: value = '' } of description?.Outputs ?? []) {
    const [, path, resource, kind, provider] = OUTPUT_ID.exec(key) ?? [];
    if (path !== undefined) {
      const outputs = systems.get(path) ?? new SystemOutputs();
      systems.set(path, outputs);
      outputs.add(value, resource, kind, provider);
    }
  }
  return [...systems].map(([path, outputs]) => ({ stack, id: path, ...outputs.read() }));
}

/** The id of the system with these outputs: the chosen one, or the only one. `what` has the outputs. */
export function chooseSystem(outputIds: readonly string[], what: string, chosen?: string): string {
  const ids = new Set(outputIds.map((id) => OUTPUT_ID.exec(id)?.[1]).filter((id) => id !== undefined));
  return chosenOf([...ids], what, chosen);
}

function chosenOf(ids: readonly string[], what: string, chosen: string | undefined): string {
  if (ids.length === 0) {
    throw new UsageError(`${what} has no outputs of a webhook processing system. Deploy it with the version of this tool, or name the resources with --table and the other options.`);
  }
  const matching = chosen === undefined ? ids : ids.filter((id) => id === chosen);
  if (matching.length !== 1) {
    throw new UsageError(`${what} has the systems ${ids.join(', ')}. Choose one with --system.`);
  }
  return matching[0];
}

/** The outputs of one system. */
class SystemOutputs {
  private readonly resources: Record<string, string> = {};
  private readonly urls = new Map<string, string>();
  /** A further secret of the provider `Stripe` is that of `Stripe2`, `Stripe3` … */
  private readonly secrets = new Map<string, string>();

  public add(value: string, resource: string | undefined, kind: string, provider: string): void {
    if (resource !== undefined) {
      this.resources[resource] = value;
    } else {
      (kind === ProviderOutput.URL ? this.urls : this.secrets).set(provider, value);
    }
  }

  public read(): Pick<DeployedSystem, 'resources' | 'providers'> {
    const providers = [...this.urls].map(([provider, url]) => ({
      // The id has no case and no hyphens, unlike the end of the URL.
      name: url.slice(url.lastIndexOf('/') + 1),
      url,
      secrets: [...this.secrets].filter(([id]) => id === provider || (this.isNumbered(id, provider))).map(([, arn]) => arn),
    }));
    return { resources: this.resources, providers };
  }

  private isNumbered(id: string, provider: string): boolean {
    return id.startsWith(provider) && /^\d+$/.test(id.slice(provider.length)) && !this.urls.has(id);
  }
}
