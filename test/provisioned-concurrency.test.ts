import { CfnParameter, type Stack } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import { HandlerCode, WebhookProvider } from '../src';
import { optionsOf, widgetsOf } from './support/dashboard';
import { synthesize, templateOf } from './support/system';

const ALIAS = 'AWS::Lambda::Alias';
const resourcesOf = (template: ReturnType<typeof templateOf>, type: string) => Object.entries(template.findResources(type));
const theId = (template: ReturnType<typeof templateOf>, type: string) => {
  const ids = resourcesOf(template, type).map(([id]) => id);
  expect(ids).toHaveLength(1);
  return ids[0];
};

describe.each([['images', { handlerCode: HandlerCode.bundledImages() }], ['zip files', { handlerCode: HandlerCode.zip() }]])('provisioned concurrency of the validator from %s', (_, code) => {
  const template = templateOf({ ...code, validatorProvisionedConcurrency: 3 });

  test('is that of an alias of the newest version', () => {
    const version = theId(template, 'AWS::Lambda::Version');

    template.resourceCountIs(ALIAS, 1);
    template.hasResourceProperties(ALIAS, {
      FunctionName: { Ref: Match.stringLikeRegexp('^PaymentsWebhookValidatorHandlerFunction') },
      FunctionVersion: { 'Fn::GetAtt': [version, 'Version'] },
      ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 3 },
    });
    // It belongs to the alias. On the version, CloudFormation would allocate it a second time.
    template.hasResourceProperties('AWS::Lambda::Version', { ProvisionedConcurrencyConfig: Match.absent() });
  });

  test('serves every method of the API, which has no right to invoke the function itself', () => {
    const alias = theId(template, ALIAS);
    const methods = resourcesOf(template, 'AWS::ApiGateway::Method').map(([, { Properties }]) => Properties);
    const permissions = resourcesOf(template, 'AWS::Lambda::Permission').map(([, { Properties }]) => Properties)
      .filter(({ Principal }) => Principal === 'apigateway.amazonaws.com');

    expect(methods.length).toBeGreaterThan(2);
    expect(methods.every(({ Integration }) => JSON.stringify(Integration.Uri).includes(`{"Ref":"${alias}"}`))).toBe(true);
    expect(permissions.map(({ FunctionName }) => FunctionName)).toEqual(methods.map(() => ({ Ref: alias })));
  });
});

describe('a system with provisioned concurrency', () => {
  const version = (props: Parameters<typeof templateOf>[0]) => theId(templateOf(props), 'AWS::Lambda::Version');
  const deployment = (props: Parameters<typeof templateOf>[0]) => theId(templateOf(props), 'AWS::ApiGateway::Deployment');
  const provisioned = { validatorProvisionedConcurrency: 3 };

  test('publishes a version when the code or a setting of the validator changes, and only then', () => {
    const usual = version(provisioned);

    expect(version({ validatorProvisionedConcurrency: 4 })).toBe(usual);
    expect(version({ ...provisioned, thresholds: { medium: 500, high: 5_000 } })).not.toBe(usual);
    expect(version({ ...provisioned, handlerCode: HandlerCode.bundledImages({ rebuildKey: '2026-12' }) })).not.toBe(usual);
  });

  test('deploys the stage of the API again when the prop is added', () => {
    expect(deployment(provisioned)).not.toBe(deployment({}));
  });

  test('has the same functions, roles, alarms and outputs as without', () => {
    for (const type of ['AWS::Lambda::Function', 'AWS::IAM::Role', 'AWS::IAM::Policy', 'AWS::CloudWatch::Alarm', 'AWS::Logs::LogGroup']) {
      expect(templateOf(provisioned).findResources(type)).toEqual(templateOf({}).findResources(type));
    }
    expect(templateOf(provisioned).findOutputs('*')).toEqual(templateOf({}).findOutputs('*'));
  });

  test('publishes the version after the role has its rights, which its initialization can need', () => {
    const template = templateOf({ ...provisioned, providers: [WebhookProvider.stripe()] });
    const [[, { DependsOn }]] = resourcesOf(template, 'AWS::Lambda::Function').filter(([id]) => id.startsWith('PaymentsWebhookValidator'));

    expect(DependsOn).toEqual(expect.arrayContaining([expect.stringMatching('^PaymentsWebhookValidatorHandlerRoleDefaultPolicy')]));
  });

  test('shows the webhooks that are above it', () => {
    const lines = (props: Parameters<typeof templateOf>[0]) => widgetsOf(templateOf(props))
      .find(({ properties }) => properties.title === 'Lambda invocations')!.properties.metrics;
    const added = lines(provisioned).slice(lines({}).length);

    expect(added).toEqual([[
      'AWS/Lambda', 'ProvisionedConcurrencySpilloverInvocations', 'FunctionName', expect.anything(), 'Resource', expect.anything(), expect.anything(),
    ]]);
    expect(optionsOf(added[0])).toMatchObject({ label: 'webhook-validator, above provisioned concurrency', stat: 'Sum' });
  });

  test('has its alias as a property, so that the number can follow the load', () => {
    const scaled = synthesize(provisioned);
    scaled.system.webhookValidatorAlias!.addAutoScaling({ minCapacity: 2, maxCapacity: 20 }).scaleOnUtilization({ utilizationTarget: 0.5 });

    scaled.template.hasResourceProperties('AWS::ApplicationAutoScaling::ScalableTarget', {
      MinCapacity: 2, MaxCapacity: 20, ScalableDimension: 'lambda:function:ProvisionedConcurrency',
    });
    expect(synthesize().system.webhookValidatorAlias).toBeUndefined();
  });
});

describe('the number', () => {
  test.each([0, -1, 1.5])('is rejected as %d', (validatorProvisionedConcurrency) => {
    expect(() => synthesize({ validatorProvisionedConcurrency }))
      .toThrow(`\`validatorProvisionedConcurrency\` must be a whole number from 1 to 1000000, got: ${validatorProvisionedConcurrency}`);
  });

  test('can be the reserved concurrency, and not more', () => {
    const reserved = { validatorReservedConcurrency: 10 };

    expect(() => synthesize({ ...reserved, validatorProvisionedConcurrency: 10 })).not.toThrow();
    expect(() => synthesize({ ...reserved, validatorProvisionedConcurrency: 11 })).toThrow(
      '`validatorProvisionedConcurrency` must not be more than `validatorReservedConcurrency` (10), got: 11. Lower it, or reserve more.',
    );
  });

  test('is not compared with a reserved concurrency that is known only at deployment', () => {
    expect(() => synthesize((stack) => ({ validatorProvisionedConcurrency: 2, validatorReservedConcurrency: parameterIn(stack) }))).not.toThrow();
  });

  test('must be known at synthesis', () => {
    expect(() => synthesize((stack) => ({ validatorProvisionedConcurrency: parameterIn(stack) })))
      .toThrow('`validatorProvisionedConcurrency` must be known at synthesis, because the CDK checks it there, got: a token. Pass a number.');
  });
});

function parameterIn(stack: Stack): number {
  return new CfnParameter(stack, 'Number', { type: 'Number' }).valueAsNumber;
}
