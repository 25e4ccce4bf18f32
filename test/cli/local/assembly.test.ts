import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, CfnResource, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import { leaveOutOfAssembly } from '../../../cli/local/assembly/assembly';
import { HARMLESS_ONLY } from '../../../cli/local/assembly/exclusion-rules';

describe('leaveOutOfAssembly', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'assembly-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const fill = (stack: Stack, ...types: string[]) => types.forEach((type, index) => new CfnResource(stack, `R${index}`, { type }));
  // As the CDK's command line sets it. Nested stacks are found by it.
  const appIn = (outdir: string) => new App({ outdir, context: { 'aws:cdk:enable-asset-metadata': true } });
  const typesIn = (...path: string[]) => Object.values(JSON.parse(readFileSync(join(folder, ...path), 'utf8')).Resources)
    .map((resource) => (resource as { Type: string }).Type);

  test('rewrites the templates of stacks, including nested stacks and stacks in stages', () => {
    const app = appIn(folder);
    const stack = new Stack(app, 'Main');
    fill(stack, 'AWS::XRay::SamplingRule', 'AWS::SQS::Queue');
    const inner = new NestedStack(stack, 'Inner');
    fill(inner, 'AWS::SNS::Topic', 'AWS::Logs::QueryDefinition');
    const staged = new Stack(new Stage(app, 'Stage'), 'Staged');
    fill(staged, 'AWS::Events::Archive', 'AWS::SQS::Queue');
    const stagedInner = new NestedStack(staged, 'Inner');
    fill(stagedInner, 'AWS::SNS::Topic', 'AWS::Events::Archive');
    app.synth();

    expect(leaveOutOfAssembly(folder, HARMLESS_ONLY).leftOut).toEqual([
      { type: 'AWS::Events::Archive', count: 2 },
      { type: 'AWS::Logs::QueryDefinition', count: 1 },
      { type: 'AWS::XRay::SamplingRule', count: 1 },
    ]);
    expect(typesIn('Main.template.json')).toEqual(['AWS::SQS::Queue', 'AWS::CloudFormation::Stack']);
    expect(typesIn(inner.templateFile)).toEqual(['AWS::SNS::Topic']);
    expect(typesIn('assembly-Stage', staged.templateFile)).toEqual(['AWS::SQS::Queue', 'AWS::CloudFormation::Stack']);
    expect(typesIn('assembly-Stage', stagedInner.templateFile)).toEqual(['AWS::SNS::Topic']);
    expect(leaveOutOfAssembly(folder, HARMLESS_ONLY).leftOut).toEqual([]);
  });

  test('does not change an assembly if nothing is left out', () => {
    const app = appIn(folder);
    const stack = new Stack(app, 'Main');
    const topic = new CfnResource(stack, 'Topic', { type: 'AWS::SNS::Topic' });
    const queue = new CfnResource(stack, 'Queue', { type: 'AWS::SQS::Queue' });
    // In the CDK's order of keys, which rewriting the template would change.
    queue.addDependency(topic);
    queue.addMetadata('key', 'value');
    app.synth();
    const before = readFileSync(join(folder, 'Main.template.json'), 'utf8');

    expect(leaveOutOfAssembly(folder, HARMLESS_ONLY).leftOut).toEqual([]);
    expect(readFileSync(join(folder, 'Main.template.json'), 'utf8')).toBe(before);
  });
});
