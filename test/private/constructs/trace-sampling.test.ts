import { App, Lazy, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { HandlerCode, WebhookProcessingSystem, type WebhookProcessingSystemProps } from '../../../src';
import { synthesize, templateOf, theResource } from '../../support/system';

const ruleIn = (template: Template) => theResource(template, 'AWS::XRay::SamplingRule', ({ SamplingRule }) => SamplingRule.ServiceType === 'AWS::ApiGateway::Stage').Properties.SamplingRule;
const ruleOf = (props?: WebhookProcessingSystemProps) => ruleIn(templateOf(props));

describe('the sampling rule', () => {
  test.each([[{}, 0.01], [{ tracingSampleRate: 0 }, 0], [{ tracingSampleRate: 1 }, 1]])('with %j traces a share of %d, and no fixed number per second', (props, rate) => {
    expect(ruleOf(props)).toMatchObject({ FixedRate: rate, ReservoirSize: 0 });
  });

  test('matches the stage of this API only', () => {
    // https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-configuring-xray-sampling-rules.html
    const template = templateOf({ environmentSuffix: 'test' });
    const [api] = Object.keys(template.findResources('AWS::ApiGateway::RestApi'));
    const [stage] = Object.keys(template.findResources('AWS::ApiGateway::Stage'));

    expect(ruleIn(template)).toMatchObject({
      ServiceName: { 'Fn::Join': ['', ['webhook-api-test/', { Ref: stage }]] },
      ServiceType: 'AWS::ApiGateway::Stage',
      ResourceARN: {
        'Fn::Join': ['', [
          'arn:', { Ref: 'AWS::Partition' }, ':apigateway:', { Ref: 'AWS::Region' }, '::/restapis/', { Ref: api }, '/stages/', { Ref: stage },
        ]],
      },
      Host: '*',
      HTTPMethod: '*',
      URLPath: '*',
    });
  });

  test.each([
    ['without a suffix', {}],
    ['with a suffix', { environmentSuffix: 'test' }],
    ['with the longest suffix', { environmentSuffix: 'a23456789012' }],
  ])('is one that X-Ray accepts, %s', (_, props) => {
    // https://docs.aws.amazon.com/xray/latest/api/API_SamplingRule.html and
    // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-xray-samplingrule-samplingrule.html
    const rule = ruleOf(props);

    expect(rule.RuleName).toMatch(/^[A-Za-z0-9-]{1,32}$/);
    expect(rule).not.toHaveProperty('RuleARN');
    expect(rule.Version).toBe(1);
    expect(rule.Priority).toBeGreaterThanOrEqual(1);
    expect(rule.Priority).toBeLessThanOrEqual(9_999);
    const [apiName, stage] = rule.ServiceName['Fn::Join'][1];
    expect(stage).toEqual({ Ref: expect.stringMatching('Stageprod') });
    expect(`${apiName}prod`.length).toBeLessThanOrEqual(64);
  });

  test('has a unique name in each system and stack', () => {
    const app = new App();
    const stacks = ['One', 'Two'].map((id) => new Stack(app, id));
    stacks.forEach((stack) => ['A', 'B'].forEach((id) => new WebhookProcessingSystem(stack, id, { handlerCode: HandlerCode.zip() })));

    const names = stacks.flatMap((stack) => Object.values(Template.fromStack(stack).findResources('AWS::XRay::SamplingRule')))
      .map(({ Properties }) => Properties.SamplingRule.RuleName);

    expect(new Set(names).size).toBe(8);
  });

  test('of the workflow matches its executions only, at the same rate', () => {
    const { template } = synthesize({ environmentSuffix: 'a23456789012', tracingSampleRate: 0.5 });
    const [stateMachine] = Object.keys(template.findResources('AWS::StepFunctions::StateMachine'));

    const rule = theResource(template, 'AWS::XRay::SamplingRule', ({ SamplingRule }) => SamplingRule.ServiceType === '*').Properties.SamplingRule;

    expect(rule).toMatchObject({ RuleName: 'workflow-a23456789012', ResourceARN: { Ref: stateMachine }, ServiceName: '*', FixedRate: 0.5, ReservoirSize: 0 });
  });

  test('keeps active tracing of the API, the workflow, and the functions that a request or an execution invokes', () => {
    const template = templateOf();

    template.allResourcesProperties('AWS::ApiGateway::Stage', { TracingEnabled: true });
    template.resourcePropertiesCountIs('AWS::Lambda::Function', { TracingConfig: { Mode: 'Active' } }, 2);
    // By default, Lambda passes traces through. A stream has no trace to pass.
    template.resourcePropertiesCountIs('AWS::Lambda::Function', { TracingConfig: Match.absent(), Description: Match.stringLikeRegexp('sweeps|Archives') }, 2);
    template.allResourcesProperties('AWS::StepFunctions::StateMachine', { TracingConfiguration: { Enabled: true } });
  });

  test.each([-0.1, 1.01, 5, Number.NaN])('rejects a share of %d', (tracingSampleRate) => {
    expect(() => synthesize({ tracingSampleRate })).toThrow(
      `\`tracingSampleRate\` must be from 0 to 1, got: ${tracingSampleRate}. Pass 0.01 to trace 1 % of the requests.`,
    );
  });

  test('accepts a share that is known only at deployment', () => {
    expect(() => synthesize({ tracingSampleRate: Lazy.number({ produce: () => 0.5 }) })).not.toThrow();
  });
});
