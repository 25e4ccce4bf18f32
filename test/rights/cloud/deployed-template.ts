import type { Clients } from './clients';
import { CREATORS, type Created } from './created-resources';
import { resolve, type References } from './intrinsics';
import { ACCOUNT, REGION } from './moto';
import { readStatement, type Statement } from '../policy/statement';

type Resources = Readonly<Record<string, { readonly Type: string; readonly Properties?: any }>>;

export interface DeployableTemplate {
  readonly Resources: Resources;
}

const PSEUDO_PARAMETERS: Readonly<Record<string, string>> = {
  'AWS::AccountId': ACCOUNT, 'AWS::Partition': 'aws', 'AWS::Region': REGION, 'AWS::URLSuffix': 'amazonaws.com',
};

/** A synthesized template. The resources that policies and functions refer to exist. */
export class DeployedTemplate implements References {
  /** The stack's name is the prefix of the names of resources without a name in the template, as in CloudFormation. */
  public static async deploy({ Resources }: DeployableTemplate, stackName: string, clients: Clients): Promise<DeployedTemplate> {
    const deployed = new DeployedTemplate(Resources);
    for (const [logicalId, { Type, Properties = {} }] of Object.entries(Resources)) {
      if (CREATORS[Type]) {
        deployed.created.set(logicalId, await CREATORS[Type](clients, `${stackName}-${logicalId}`, deployed.resolve(Properties)));
      }
    }
    return deployed;
  }

  private readonly created = new Map<string, Created>();

  private constructor(private readonly resources: Resources) {}

  public ref(name: string): string {
    return PSEUDO_PARAMETERS[name] ?? this.find(name).ref;
  }

  public attribute(logicalId: string, attribute: string): string {
    const value = this.find(logicalId).attributes?.[attribute];
    if (value === undefined) {
      throw new Error(`the tests do not support the attribute ${attribute} of ${logicalId}: add it to test/rights/cloud/created-resources.ts`);
    }
    return value;
  }

  /** The resources of the given types, by their logical ids. */
  public resourcesOf(...types: string[]): [logicalId: string, properties: any][] {
    return Object.entries(this.resources)
      .filter(([, { Type }]) => types.includes(Type))
      .map(([logicalId, { Properties }]) => [logicalId, Properties]);
  }

  /** A part of the template without references. */
  public resolve(value: unknown): any {
    return resolve(value, this);
  }

  /** All rights of a role. */
  public statementsOf(roleId: string): Statement[] {
    const { ManagedPolicyArns, Policies, PermissionsBoundary } = this.resources[roleId].Properties;
    if (ManagedPolicyArns ?? Policies ?? PermissionsBoundary) {
      throw new Error(`the tests read the policies that are attached to a role only, and ${roleId} has others`);
    }
    return this.resourcesOf('AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy')
      .filter(([, { Roles }]) => Roles?.some(({ Ref }: { Ref: string }) => Ref === roleId))
      .flatMap(([, { PolicyDocument }]) => this.resolve(PolicyDocument.Statement).map(readStatement));
  }

  private find(logicalId: string): Created {
    const created = this.created.get(logicalId);
    if (!created) {
      throw new Error(`the tests do not create ${logicalId} (${this.resources[logicalId]?.Type}): add its type to test/rights/cloud/created-resources.ts, or list it before what refers to it`);
    }
    return created;
  }
}
