import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HARMLESS_ONLY, rulesForUserApp } from '../../../cli/local/assembly/exclusion-rules';
import { everythingLeftOut, leaveOutRefused } from '../../../cli/local/assembly/left-out';
import { EMULATOR_VERSION } from '../../../cli/local/assembly/refused-types';
import type { Template } from '../../../cli/local/assembly/template';
import { LocalFailure } from '../../../cli/local/emulator/failure';

const sampling = { Type: 'AWS::XRay::SamplingRule', Properties: {} };
const queue = (tag: unknown = 'plain') => ({ Type: 'AWS::SQS::Queue', Properties: { Tags: [{ Key: 'key', Value: tag }] } });
const nested = (file: string, Parameters: object = {}) => ({
  Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: 'url', Parameters }, Metadata: { 'aws:asset:path': file },
});

function leaveOut(templates: { [path: string]: Template }) {
  const { templates: left, ...omitted } = leaveOutRefused(new Map(Object.entries(templates)), HARMLESS_ONLY);
  return { templates: Object.fromEntries(left), leftOut: everythingLeftOut(omitted) };
}

test('the list was made for the version of the emulator that is installed', () => {
  expect(readFileSync(join(__dirname, '../../../assets/cli/requirements.txt'), 'utf8')).toContain(`\nministack==${EMULATOR_VERSION} `);
});

describe('leaveOutRefused', () => {
  test('does not change a template if the emulator supports all of it', () => {
    const template = {
      Parameters: { Version: { Type: 'String' } },
      Resources: { A: { ...queue(), DependsOn: ['B'] }, B: queue({ Ref: 'Version' }) },
      Outputs: { Url: { Value: { Ref: 'A' } } },
    };

    expect(leaveOut({ main: template })).toEqual({ templates: { main: template }, leftOut: [] });
  });

  test('counts the omitted resources by type, in a fixed order', () => {
    const { templates, leftOut } = leaveOut({
      main: { Resources: { C: sampling, B: sampling, A: { Type: 'AWS::Events::Archive' }, Kept: queue() } },
      other: { Resources: { D: sampling } },
    });

    expect(templates).toEqual({ main: { Resources: { Kept: queue() } }, other: { Resources: {} } });
    expect(leftOut).toEqual([{ type: 'AWS::Events::Archive', count: 1 }, { type: 'AWS::XRay::SamplingRule', count: 3 }]);
  });

  test('lists everything in one order', () => {
    const [first, second] = [{ type: 'A', count: 1 }, { type: 'B', count: 1 }];

    expect(everythingLeftOut({ leftOut: [second], dependents: [first] })).toEqual([first, second]);
    expect(everythingLeftOut({ leftOut: [first], dependents: [second] })).toEqual([first, second]);
    expect(leaveOut({ empty: {} })).toEqual({ templates: { empty: { Resources: {} } }, leftOut: [] });
  });

  test('leaves out alarms with metric math, and no other alarms', () => {
    const plain = { Type: 'AWS::CloudWatch::Alarm', Properties: { MetricName: 'Errors' } };
    const math = { Type: 'AWS::CloudWatch::Alarm', Properties: { Metrics: [{ Id: 'rate', Expression: 'a / b' }] } };

    expect(leaveOut({ main: { Resources: { Plain: plain, Math: math } } })).toEqual({
      templates: { main: { Resources: { Plain: plain } } }, leftOut: [{ type: 'AWS::CloudWatch::Alarm with metric math', count: 1 }],
    });
  });

  test('leaves out a dashboard that shows an omitted alarm, and no other dashboard', () => {
    const math = { Type: 'AWS::CloudWatch::Alarm', Properties: { Metrics: [{ Id: 'rate', Expression: 'a / b' }] } };
    const dashboard = (body: unknown) => ({ Type: 'AWS::CloudWatch::Dashboard', Properties: { DashboardBody: body } });
    const other = dashboard({ Ref: 'Queue' });

    expect(leaveOut({ main: { Resources: { Math: math, Shows: dashboard({ 'Fn::GetAtt': ['Math', 'Arn'] }), Other: other, Queue: queue() } } })).toEqual({
      templates: { main: { Resources: { Other: other, Queue: queue() } } },
      leftOut: [{ type: 'AWS::CloudWatch::Alarm with metric math', count: 1 }, { type: 'AWS::CloudWatch::Dashboard', count: 1 }],
    });
  });

  test('removes the filters of a mapping that match an absent attribute, and no others', () => {
    const mapping = (pattern: object) => ({
      Type: 'AWS::Lambda::EventSourceMapping', Properties: { BatchSize: 1, FilterCriteria: { Filters: [{ Pattern: JSON.stringify(pattern) }] } },
    });
    const present = mapping({ verdict: { S: [{ exists: true }] } });

    const { templates, leftOut } = leaveOut({ main: { Resources: { Absent: mapping({ verdict: { S: [{ exists: false }] } }), Present: present } } });

    expect(templates.main.Resources).toEqual({ Absent: { Type: present.Type, Properties: { BatchSize: 1 } }, Present: present });
    expect(leftOut).toEqual([{ type: 'filter of AWS::Lambda::EventSourceMapping by the absence of an attribute', count: 1 }]);
  });

  test('removes dependencies on omitted resources', () => {
    const { templates } = leaveOut({
      main: { Resources: { Rule: sampling, A: { ...queue(), DependsOn: ['Rule', 'B'] }, B: { ...queue(), DependsOn: 'Rule' } } },
    });

    expect(templates.main.Resources).toEqual({ A: { ...queue(), DependsOn: ['B'] }, B: queue() });
  });

  test.each([
    ['Ref', { Ref: 'Rule' }],
    ['Fn::GetAtt', { 'Fn::GetAtt': ['Rule', 'RuleARN'] }],
    ['Fn::GetAtt as text', { 'Fn::GetAtt': 'Rule.RuleARN' }],
    ['Fn::Sub', { 'Fn::Sub': 'rule/${Rule}' }],
    ['Fn::Sub of an attribute', { 'Fn::Sub': ['${Rule.RuleARN}/${name}', { name: 'x' }] }],
    ['a variable of Fn::Sub', { 'Fn::Sub': ['${name}', { name: { Ref: 'Rule' } }] }],
    ['a part of Fn::Join', { 'Fn::Join': ['', ['arn:', { Ref: 'Rule' }]] }],
  ])('finds a reference by %s, removes outputs with it and rejects resources with it', (_, reference) => {
    const Outputs = { Rule: { Value: reference }, Queue: { Value: { Ref: 'A' } } };

    expect(leaveOut({ main: { Resources: { Rule: sampling, A: queue() }, Outputs } }).templates.main.Outputs).toEqual({ Queue: Outputs.Queue });
    expect(() => leaveOut({ 'main.template.json': { Resources: { Rule: sampling, A: queue(reference) } } })).toThrow(new LocalFailure(
      '`A` (AWS::SQS::Queue) in main.template.json refers to `Rule` (AWS::XRay::SamplingRule), which MiniStack 1.5.33 does not support. ' +
      'Remove the reference from the app that you deploy locally.',
    ));
  });

  test.each([
    ['a literal', { 'Fn::Sub': '${!Rule}' }],
    ['a variable of its own', { 'Fn::Sub': ['${Rule}', { Rule: 'x' }] }],
    ['only the name', 'Rule'],
    ['a property that is named like an intrinsic', { Ref: 'Rule', Other: 'x' }],
  ])('does not treat %s as a reference', (_, value) => {
    expect(leaveOut({ main: { Resources: { Rule: sampling, A: queue(value) } } }).templates.main.Resources).toEqual({ A: queue(value) });
  });

  test('keeps a resource if only omitted resources refer to it', () => {
    const group = { Type: 'AWS::XRay::Group', Properties: { Name: { Ref: 'A' }, Rule: { Ref: 'Rule' } } };

    expect(leaveOut({ main: { Resources: { Rule: sampling, Group: group, A: queue() } } }).templates.main.Resources).toEqual({ A: queue() });
  });
});

describe('leaveOutRefused with nested stacks', () => {
  const path = 'assembly-Stage/main.template.json';
  const child = 'assembly-Stage/child.template.json';

  test('leaves resources out of the template of a nested stack', () => {
    const { templates, leftOut } = leaveOut({
      [path]: { Resources: { Child: nested('child.template.json') } }, [child]: { Resources: { Rule: sampling, A: queue() } },
    });

    expect(templates).toEqual({ [path]: { Resources: { Child: nested('child.template.json') } }, [child]: { Resources: { A: queue() } } });
    expect(leftOut).toEqual([{ type: 'AWS::XRay::SamplingRule', count: 1 }]);
  });

  test('follows an output of a nested stack to its parent', () => {
    const parent = (Outputs: object, tag?: unknown): Template => ({
      Resources: { Child: nested('child.template.json'), A: queue(tag) }, Outputs: Outputs as Template['Outputs'],
    });
    const inner = { Resources: { Rule: sampling, A: queue() }, Outputs: { Rule: { Value: { Ref: 'Rule' } }, A: { Value: { Ref: 'A' } } } };
    const fromChild = (output: string) => ({ 'Fn::GetAtt': ['Child', `Outputs.${output}`] });
    const kept = { Value: fromChild('A') };

    // The parent comes first, so that it must be checked again.
    const { templates } = leaveOut({ [path]: parent({ Rule: { Value: fromChild('Rule') }, A: kept }), [child]: inner });

    expect(templates[path].Outputs).toEqual({ A: kept });
    expect(templates[child].Outputs).toEqual({ A: inner.Outputs.A });
    expect(() => leaveOut({ [path]: parent({}, fromChild('Rule')), [child]: inner }))
      .toThrow(`\`A\` (AWS::SQS::Queue) in ${path} refers to \`Rule\` (AWS::XRay::SamplingRule)`);
  });

  test('follows a parameter into a nested stack', () => {
    const parent = { Resources: { Child: nested('child.template.json', { Rule: { Ref: 'Rule' }, A: { Ref: 'A' } }), A: queue(), Rule: sampling } };
    const inner = (Resources: Template['Resources']) => ({ Parameters: { Rule: { Type: 'String' }, A: { Type: 'String' } }, Resources });
    const group = { Type: 'AWS::XRay::Group', Properties: { Rule: { Ref: 'Rule' } } };

    const { templates } = leaveOut({ [path]: parent, [child]: inner({ Group: group, A: queue({ Ref: 'A' }) }) });

    expect(templates[path].Resources).toEqual({ Child: nested('child.template.json', { A: { Ref: 'A' } }), A: queue() });
    expect(templates[child]).toEqual({ Parameters: { A: { Type: 'String' } }, Resources: { A: queue({ Ref: 'A' }) } });
    expect(() => leaveOut({ [path]: parent, [child]: inner({ A: queue({ Ref: 'Rule' }) }) }))
      .toThrow(`\`A\` (AWS::SQS::Queue) in ${child} refers to \`Rule\` (AWS::XRay::SamplingRule)`);
  });

  test.each([
    ['outside of the assembly', undefined],
    ['that is not JSON', 'asset.yaml'],
  ])('does not read a template %s', (_, file) => {
    const { Metadata, ...stack } = nested(String(file), { A: 'x' });
    const template = { Resources: { Child: file === undefined ? stack : { ...stack, Metadata } } };

    expect(leaveOut({ [path]: template }).templates[path]).toEqual(template);
  });

  test('follows an export to other stacks', () => {
    const producer = { Resources: { Rule: sampling }, Outputs: { Rule: { Value: { Ref: 'Rule' }, Export: { Name: 'rule' } } } };
    const consumer = { Resources: { A: queue({ 'Fn::ImportValue': 'rule' }) } };

    expect(() => leaveOut({ consumer, producer })).toThrow('`A` (AWS::SQS::Queue) in consumer refers to `Rule` (AWS::XRay::SamplingRule)');
    expect(leaveOut({ consumer: { Resources: { A: queue({ 'Fn::ImportValue': 'other' }) } }, producer }).templates.producer.Outputs).toEqual({});
  });
});

describe('the rules for the app of a user', () => {
  const rules = rulesForUserApp({ supported: new Set(['AWS::SQS::Queue', 'AWS::Lambda::Function', 'AWS::SNS::Subscription', 'AWS::IAM::Policy', 'AWS::CloudFormation::Stack']), systems: ['Main/Payments'] });
  const inApp = (templates: { [path: string]: Template }) => {
    const { templates: left, ...omitted } = leaveOutRefused(new Map(Object.entries(templates)), rules);
    return { ids: Object.fromEntries([...left].map(([path, { Resources = {} }]) => [path, Object.keys(Resources)])), ...omitted };
  };
  const at = (path: string, resource: object) => ({ ...resource, Metadata: { 'aws:cdk:path': path } }) as never;
  const unknown = { Type: 'AWS::Cognito::UserPoolIdentityProvider', Properties: {} };

  test('leave out a type that the emulator does not support, with everything that refers to it', () => {
    expect(inApp({
      main: {
        Resources: {
          Provider: unknown,
          First: queue({ Ref: 'Provider' }),
          Second: queue({ Ref: 'First' }),
          Other: { ...queue(), DependsOn: ['First'] },
          // It refers to a resource after it.
          Early: queue({ Ref: 'Late' }),
          Late: queue({ 'Fn::Sub': '${Provider}' }),
        },
        Outputs: { Second: { Value: { Ref: 'Second' }, Export: { Name: 'second' } } },
      },
      other: { Resources: { Consumer: queue({ 'Fn::ImportValue': 'second' }), Kept: queue() } },
    })).toEqual({
      ids: { main: ['Other'], other: ['Kept'] },
      leftOut: [{ type: 'AWS::Cognito::UserPoolIdentityProvider', count: 1 }],
      dependents: [{ type: 'AWS::SQS::Queue', count: 5 }],
    });
  });

  test('keep a nested stack that gets a parameter from what is left out', () => {
    expect(inApp({
      'main.json': { Resources: { Provider: unknown, Child: nested('child.json', { Provider: { Ref: 'Provider' } }) } },
      'child.json': { Parameters: { Provider: {} }, Resources: { A: queue({ Ref: 'Provider' }), B: queue() } },
    })).toMatchObject({ ids: { 'main.json': ['Child'], 'child.json': ['B'] }, dependents: [{ type: 'AWS::SQS::Queue', count: 1 }] });
  });

  test.each<[string, string, object, string | undefined]>([
    ['a function from an image', 'F', { Type: 'AWS::Lambda::Function', Properties: { PackageType: 'Image' } }, 'AWS::Lambda::Function from a container image'],
    ['a function from a zip file', 'F', { Type: 'AWS::Lambda::Function', Properties: {} }, undefined],
    ['a subscription of a URL', 'S', { Type: 'AWS::SNS::Subscription', Properties: { Protocol: 'https' } }, 'AWS::SNS::Subscription to a URL'],
    ['a subscription of a queue', 'S', { Type: 'AWS::SNS::Subscription', Properties: { Protocol: 'sqs' } }, undefined],
    ['a custom resource that cleans up', 'C', { Type: 'Custom::S3AutoDeleteObjects' }, 'Custom::S3AutoDeleteObjects'],
    ['its function', 'CustomS3AutoDeleteObjectsCustomResourceProviderHandler9D90184F', { Type: 'AWS::Lambda::Function' }, 'AWS::Lambda::Function of Custom::S3AutoDeleteObjects'],
    ['its role', 'CustomS3AutoDeleteObjectsCustomResourceProviderHandlerRole', { Type: 'AWS::SQS::Queue' }, undefined],
    ['another custom resource', 'C', { Type: 'Custom::Other' }, undefined],
    ['a harmless type', 'X', { Type: 'AWS::XRay::SamplingRule' }, 'AWS::XRay::SamplingRule'],
    ['a harmless type of the system', 'X', at('Main/Payments/X', { Type: 'AWS::XRay::SamplingRule' }), 'AWS::XRay::SamplingRule'],
  ])('decide about %s', (_, id, resource, type) => {
    expect(rules.refusal(id, resource as never)).toBe(type);
  });

  test('fail if the system has a resource that the emulator does not support', () => {
    expect(() => inApp({ main: { Resources: { X: at('Main/Payments/Ingress/X', { Type: 'AWS::New::Thing' }) } } })).toThrow(new LocalFailure(
      '`Main/Payments/Ingress/X` is a part of the webhook system, and MiniStack 1.5.33 does not support it: AWS::New::Thing. '
      + 'Leave out the prop that adds it when you deploy locally.',
    ));
    expect(inApp({ main: { Resources: { X: at('Main/PaymentsOther/X', { Type: 'AWS::New::Thing' }) } } }).leftOut).toHaveLength(1);
  });

  test('fail if a resource of the system refers to what is left out, unless it only shows, alarms or permits', () => {
    expect(() => inApp({ main: { Resources: { Provider: unknown, A: at('Main/Payments/A', queue({ Ref: 'Provider' })) } } }))
      .toThrow('`A` (AWS::SQS::Queue) in main refers to `Provider` (AWS::Cognito::UserPoolIdentityProvider)');
    const policy = at('Main/Payments/Policy', { Type: 'AWS::IAM::Policy', Properties: { Resource: { Ref: 'Provider' } } });
    expect(inApp({ main: { Resources: { Provider: unknown, Policy: policy } } })).toMatchObject({ dependents: [{ type: 'AWS::IAM::Policy', count: 1 }] });
  });
});
