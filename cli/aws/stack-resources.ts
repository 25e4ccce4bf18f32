import { ListStackResourcesCommand, type CloudFormationClient } from '@aws-sdk/client-cloudformation';

/** A resource of a stack. */
export interface StackResource {
  readonly logicalId: string;
  readonly type: string;
  readonly physicalId: string;
}

/** The resources of a system in a stack: those whose logical id begins with the id of the construct. */
export async function listSystemResources(
  cloudformation: CloudFormationClient, stack: string, systemId: string, abortSignal?: AbortSignal,
): Promise<StackResource[]> {
  const resources: StackResource[] = [];
  let next: string | undefined;
  do {
    const request = new ListStackResourcesCommand({ StackName: stack, NextToken: next });
    const { StackResourceSummaries = [], NextToken } = await cloudformation.send(request, { abortSignal });
    for (const { LogicalResourceId: logicalId = '', ResourceType: type = '', PhysicalResourceId: physicalId = '', ResourceStatus } of StackResourceSummaries) {
      if (logicalId.startsWith(systemId) && ResourceStatus !== 'DELETE_COMPLETE') {
        resources.push({ logicalId, type, physicalId });
      }
    }
    next = NextToken;
  } while (next !== undefined);
  return resources;
}
