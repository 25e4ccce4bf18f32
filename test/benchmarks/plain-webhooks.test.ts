import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { PlainWebhooks } from '../../benchmarks/groups/synth/twin/plain-webhooks';
import { WebhookProcessingSystem } from '../../src';

interface StateMachineDefinition {
  readonly States: { readonly [name: string]: { readonly Branches?: readonly StateMachineDefinition[] } };
}

const stackOf = (add: (stack: Stack) => void) => {
  const stack = new Stack(new App(), 'Payments');
  add(stack);
  return Template.fromStack(stack);
};
const ours = stackOf((stack) => new WebhookProcessingSystem(stack, 'Webhooks'));
const twin = stackOf((stack) => new PlainWebhooks(stack, 'Webhooks', { assets: join(__dirname, '../../assets') }));

/** The number of resources of each type. */
const resourceTypes = (template: Template) => {
  const counts: Record<string, number> = {};
  Object.values<{ Type: string }>(template.toJSON().Resources).forEach(({ Type }) => { counts[Type] = (counts[Type] ?? 0) + 1; });
  return counts;
};

const onlyPropertiesOf = (template: Template, type: string) => {
  const [{ Properties }, ...more] = Object.values(template.findResources(type));
  expect(more).toEqual([]);
  return Properties;
};

const textOf = (property: string | { readonly 'Fn::Join': readonly [string, readonly unknown[]] }): string => (
  typeof property === 'string' ? property : property['Fn::Join'][1].map((part) => (typeof part === 'string' ? part : 'token')).join('')
);

const stateNames = ({ States }: StateMachineDefinition): string[] => Object.entries(States)
  .flatMap(([name, { Branches = [] }]) => [name, ...Branches.flatMap(stateNames)]);

test('the plain stack has the same number of resources of each type as the system', () => {
  expect(resourceTypes(twin)).toEqual(resourceTypes(ours));
});

test('the functions of both run the same container images', () => {
  const images = (template: Template) => Object.values(template.findResources('AWS::Lambda::Function', { Properties: { PackageType: 'Image' } }))
    .map(({ Properties }) => JSON.stringify(Properties.Code)).sort();

  expect(images(twin)).toEqual(images(ours));
});

test('the functions of both have the same names of variables', () => {
  const variables = (template: Template) => Object.values(template.findResources('AWS::Lambda::Function', { Properties: { PackageType: 'Image' } }))
    .map(({ Properties }) => [Properties.Description, Object.keys(Properties.Environment.Variables).sort()]).sort();

  expect(variables(twin)).toEqual(variables(ours));
});

test('the workflows of both have the same states', () => {
  const states = (template: Template) => stateNames(JSON.parse(textOf(onlyPropertiesOf(template, 'AWS::StepFunctions::StateMachine').DefinitionString))).sort();

  expect(states(twin)).toEqual(states(ours));
});

test('the alarms of both watch the same metrics', () => {
  const metrics = (template: Template) => Object.values(template.findResources('AWS::CloudWatch::Alarm'))
    .map(({ Properties: { MetricName, Metrics = [], Threshold } }) => [MetricName ?? Metrics[0].Expression, Threshold].join(' ')).sort();

  expect(metrics(twin)).toEqual(metrics(ours));
});

test('the dashboards of both have the same widgets', () => {
  const titles = (template: Template) => [...textOf(onlyPropertiesOf(template, 'AWS::CloudWatch::Dashboard').DashboardBody).matchAll(/"title":"([^"]+)"/g)]
    .map(([, title]) => title);

  expect(titles(twin)).toEqual(titles(ours));
});

test('both have the same number of outputs', () => {
  const outputs = (template: Template) => Object.keys(template.toJSON().Outputs).length;

  // RestApi prints the address of its stage too.
  expect(outputs(twin) - 1).toBe(outputs(ours));
});
