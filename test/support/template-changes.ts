import { type Resource as DiffedResource, type ResourceDifference, ResourceImpact, fullDiff } from '@aws-cdk/cloudformation-diff';

type Template = { readonly Resources: { readonly [logicalId: string]: TemplateResource } };
type TemplateResource = DiffedResource & { readonly UpdateReplacePolicy?: string };

/** The effect of a deployment on resources, by type and, within a type, by logical id. */
export interface Impact {
  /** Replaced by a resource of another name, or of a generated one. */
  readonly replaced: TypedResource[];
  /** Replaced with the same custom name, or created with the name of another resource: the deployment fails. */
  readonly rejected: TypedResource[];
  readonly removed: TypedResource[];
  readonly created: TypedResource[];
}

export interface TypedResource {
  readonly logicalId: string;
  readonly type: string;
  /** Whether the policies of the template before keep the resource itself when it is replaced or removed. */
  readonly kept: boolean;
}

/** The effect on the resources of a stack when CloudFormation updates one template to the next. */
export function impactOf(before: Template, after: Template): Impact {
  const impact = { replaced: [] as TypedResource[], rejected: [] as TypedResource[], removed: [] as TypedResource[], created: [] as TypedResource[] };
  const taken = Object.values(before.Resources).map(identityOf).filter((identity) => identity !== undefined);

  fullDiff(before as any, after as any).resources.forEachDifference((logicalId, difference) => {
    const [old, next] = [before.Resources[logicalId], after.Resources[logicalId]];
    if (difference.isAddition) {
      const collides = taken.some((identity) => identity === identityOf(next));
      (collides ? impact.rejected : impact.created).push({ logicalId, type: next.Type, kept: false });
    } else if (difference.isRemoval) {
      impact.removed.push({ logicalId, type: old.Type, kept: retains(old.DeletionPolicy) });
    } else if (isReplaced(difference)) {
      (keepsCustomName(old, next) ? impact.rejected : impact.replaced).push({ logicalId, type: old.Type, kept: retains(old.UpdateReplacePolicy) });
    }
  });
  return impact;
}

function isReplaced({ changeImpact }: ResourceDifference): boolean {
  return [ResourceImpact.WILL_REPLACE, ResourceImpact.MAY_REPLACE].includes(changeImpact);
}

/** CloudFormation creates the replacement first (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-name.html). */
function keepsCustomName(old: TemplateResource, next: TemplateResource): boolean {
  const name = customName(old);
  return name !== undefined && JSON.stringify(name) === JSON.stringify(customName(next));
}

/** The name property is named after the resource, such as `QueueName`, or only `Name`. */
function customName({ Type, Properties }: TemplateResource): unknown {
  const noun = Type.split('::').at(-1)!.replace('GlobalTable', 'Table');
  return Properties?.[`${noun}Name`] ?? Properties?.Name;
}

/** The names that only one resource can have at a time. The names of rules are unique on their bus, those of schemas in their registry. */
function identityOf(resource: TemplateResource): string | undefined {
  const name = customName(resource);
  const { EventBusName, RegistryName } = resource.Properties ?? {};
  return name === undefined ? undefined : JSON.stringify([resource.Type, name, EventBusName ?? RegistryName]);
}

function retains(policy: string | undefined): boolean {
  return policy?.startsWith('Retain') ?? false;
}
