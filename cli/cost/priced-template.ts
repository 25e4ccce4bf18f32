import { readFileSync } from 'node:fs';
import { GetTemplateCommand, type CloudFormationClient } from '@aws-sdk/client-cloudformation';
import type { PricedTemplate } from './priced-deployment';
import { chooseSystem } from '../aws/deployed-system';
import { UsageError } from '../terminal/usage-error';

/** A template, and the id of the system in it. */
export interface SystemTemplate {
  readonly template: PricedTemplate;
  readonly system: string;
}

/** The template that a stack was deployed with. */
export async function fetchTemplate(cloudformation: CloudFormationClient, stack: string, system?: string): Promise<SystemTemplate> {
  const { TemplateBody = '' } = await cloudformation.send(new GetTemplateCommand({ StackName: stack, TemplateStage: 'Original' }));
  return parseTemplate(TemplateBody, `the template of the stack '${stack}'`, system);
}

/** A template in a file, such as `cdk.out/Payments.template.json`. */
export function readTemplateFile(file: string, system?: string): SystemTemplate {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`--template must be a file that can be read, got '${file}' (${(error as NodeJS.ErrnoException).code}). Run \`cdk synth\` first.`);
  }
  return parseTemplate(text, `'${file}'`, system);
}

function parseTemplate(text: string, what: string, chosen: string | undefined): SystemTemplate {
  let template: Partial<PricedTemplate> & { readonly Outputs?: object };
  try {
    template = JSON.parse(text) as typeof template;
  } catch {
    throw new UsageError(`${what} must be JSON, as the CDK writes it.`);
  }
  if (!template.Resources) {
    throw new UsageError(`${what} has no resources. Name a CloudFormation template.`);
  }
  return { template: { Resources: template.Resources }, system: chooseSystem(Object.keys(template.Outputs ?? {}), what, chosen) };
}
