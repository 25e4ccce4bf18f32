import { isDeepStrictEqual } from 'node:util';
import { App, Stack, type StackProps } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { HandlerCode, WebhookProcessingSystem, type WebhookProcessingSystemProps } from '../../src';

export interface SynthesizedSystem {
  readonly stack: Stack;
  readonly system: WebhookProcessingSystem;
  readonly template: Template;
}

/** No test reads what these options turn off. Without it, a synthesis takes a quarter less time. */
const fastApp = () => new App({
  analyticsReporting: false,
  treeMetadata: false,
  context: {
    'aws:cdk:disable-asset-staging': true,
    'aws:cdk:disable-creation-stack-traces': true,
    'aws:cdk:disable-stack-trace': true,
  },
});

/** A system in its own stack, from zip files, which need no image assets. */
export function synthesize(
  props: WebhookProcessingSystemProps | ((stack: Stack) => WebhookProcessingSystemProps) = {}, stackProps?: StackProps,
): SynthesizedSystem {
  const stack = new Stack(fastApp(), 'Stack', stackProps);
  const system = new WebhookProcessingSystem(stack, 'Payments', {
    handlerCode: HandlerCode.zip(),
    ...typeof props === 'function' ? props(stack) : props,
  });
  let template: Template | undefined;
  return {
    stack,
    system,
    /** Synthesized when first read, so that a test can change the stack before. */
    get template() {
      return template ??= Template.fromStack(stack);
    },
  };
}

const templates: Array<readonly [WebhookProcessingSystemProps, Template]> = [];

/** The template of a system that the test does not change. A test file synthesizes equal props once, so the template is frozen. */
export function templateOf(props: WebhookProcessingSystemProps = {}): Template {
  const known = templates.find(([others]) => isDeepStrictEqual(others, props));
  if (known) {
    return known[1];
  }
  const { template } = synthesize(props);
  freeze(template.toJSON());
  templates.push([props, template]);
  return template;
}

function freeze(value: unknown): void {
  if (typeof value === 'object' && value !== null) {
    Object.values(Object.freeze(value)).forEach(freeze);
  }
}

/** The only resource of a type whose properties satisfy the condition. */
export function theResource(template: Template, type: string, condition: (properties: any) => boolean = () => true): any {
  const found = Object.values(template.findResources(type)).filter(({ Properties }) => condition(Properties));
  if (found.length !== 1) {
    throw new Error(`the template must have one ${type} with these properties, got ${found.length}`);
  }
  return found[0];
}

/** Whether the properties are those of the archive, and not of the bucket for failed records: only the archive is versioned. */
export function isArchive({ VersioningConfiguration }: { readonly VersioningConfiguration?: object }): boolean {
  return VersioningConfiguration !== undefined;
}

/** The environment of the webhook validator. */
export function validatorEnvironment(template: Template): { [name: string]: any } {
  return theResource(template, 'AWS::Lambda::Function', ({ Environment }) => Environment?.Variables.PROVIDERS).Properties.Environment.Variables;
}

/** The providers in the environment of the validator, with a word in place of each reference. */
export function providersOf(template: Template): any[] {
  const { PROVIDERS } = validatorEnvironment(template);
  return JSON.parse(PROVIDERS['Fn::Join'][1].map((part: unknown) => typeof part === 'string' ? part : 'arn').join(''));
}

/** The statements of the policy that is attached to the role with this name. */
export function statementsOf(template: Template, roleName: string): any[] {
  const roles = Object.entries(template.findResources('AWS::IAM::Role'))
    .filter(([, { Properties }]) => JSON.stringify(Properties.RoleName ?? '').includes(roleName));
  expect(roles).toHaveLength(1);
  return Object.values(template.findResources('AWS::IAM::Policy'))
    .filter(({ Properties }) => Properties.Roles.some(({ Ref }: { Ref: string }) => Ref === roles[0][0]))
    .flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
}
