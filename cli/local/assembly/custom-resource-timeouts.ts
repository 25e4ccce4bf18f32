import type { Template, TemplateResource } from './template';

/** Without it, a function that does not answer delays the deployment for an hour. */
const TIMEOUT_SECONDS = 60;

/** The template with a shorter timeout for each custom resource that has none. */
export function withCustomResourceTimeouts({ Resources = {}, ...rest }: Template): Template {
  return { ...rest, Resources: Object.fromEntries(Object.entries(Resources).map(([id, resource]) => [id, withTimeout(resource)])) };
}

function withTimeout(resource: TemplateResource): TemplateResource {
  return isCustom(resource.Type) ? { ...resource, Properties: { ServiceTimeout: TIMEOUT_SECONDS, ...resource.Properties } } : resource;
}

function isCustom(type: string): boolean {
  return type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource';
}
