import type { ProviderConfig, SystemOutput } from '../../src/private/contract';
import type { AwsClients } from '../aws/aws-clients';
import type { DeployedSystem } from '../aws/deployed-system';
import { providersIn, readFunctionSettings } from '../aws/function-settings';
import { listSystemResources, type StackResource } from '../aws/stack-resources';

/** The settings of the validator: those of the whole system. */
export interface ValidatorSettings {
  readonly variables: { readonly [name: string]: string };
  readonly providers: readonly ProviderConfig[];
}

/** A system to check. Several checks share the reads of its settings and its resources. If a read fails, each of them is not checked. */
export class CheckedSystem {
  public readonly deployed: DeployedSystem;
  public readonly clients: AwsClients;
  public readonly isLocal: boolean;
  public readonly now: () => Date;
  /** The address of a provider's URL for this machine. */
  public readonly reachable: (url: string) => string;
  private settingsRead?: Promise<ValidatorSettings>;
  private resourcesRead?: Promise<readonly StackResource[]>;

  constructor({ deployed, clients, isLocal, now, reachable }: Pick<CheckedSystem, 'deployed' | 'clients' | 'isLocal' | 'now' | 'reachable'>) {
    this.deployed = deployed;
    this.clients = clients;
    this.isLocal = isLocal;
    this.now = now;
    this.reachable = reachable;
  }

  /** The value of an output. */
  public output(name: SystemOutput): string {
    const value = this.deployed.resources[name];
    if (value === undefined) {
      throw new MissingOutput(name);
    }
    return value;
  }

  public async settings(): Promise<ValidatorSettings> {
    this.settingsRead ??= this.readSettings();
    return this.settingsRead;
  }

  /** The resources of a type. */
  public async resources(type: string): Promise<readonly StackResource[]> {
    this.resourcesRead ??= listSystemResources(this.clients.cloudformation, this.deployed.stack, this.deployed.id);
    return (await this.resourcesRead).filter((resource) => resource.type === type);
  }

  private async readSettings(): Promise<ValidatorSettings> {
    const variables = await readFunctionSettings(this.clients.lambda, this.output('ValidatorFunctionName'));
    return { variables, providers: providersIn(variables) };
  }
}

/** The stack has no output of this name. An older version of the package deployed it. */
export class MissingOutput extends Error {
  public readonly name = 'MissingOutput';

  constructor(output: string) {
    super(`the stack has no output ${output}, because an older version deployed it`);
  }
}
