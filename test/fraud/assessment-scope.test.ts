import { Duration, Lazy } from 'aws-cdk-lib';
import { AssessmentScope, type SuspiciousScopeProps } from '../../src';
import { Env } from '../../src/private/contract';
import { synthesize, theResource } from '../support/system';

describe('the scope is rendered for the relay', () => {
  test.each<[string, AssessmentScope, object | undefined]>([
    ['the high tier', AssessmentScope.highTier(), undefined],
    ['suspicious payments by default', AssessmentScope.suspicious(), { below: 'suspicious', declines: 1, windowSeconds: 86_400 }],
    [
      'suspicious payments with every option', AssessmentScope.suspicious({ declines: 50, window: Duration.days(30) }),
      { below: 'suspicious', declines: 50, windowSeconds: 2_592_000 },
    ],
    ['all movements', AssessmentScope.all(), { below: 'all' }],
  ])('%s', (_, scope, config) => {
    expect(scope._config).toEqual(config);
  });

  const relayOf = (assessmentScope?: AssessmentScope) => {
    const { template } = synthesize({ environmentSuffix: 'test', assessmentScope });
    const { Environment: { Variables: variables } } = theResource(template, 'AWS::Lambda::Function', ({ FunctionName }) => FunctionName === 'event-relay-test').Properties;
    const policy = JSON.stringify(Object.values(template.findResources('AWS::IAM::Policy')).filter(({ Properties: { PolicyName } }) => /EventRelay/.test(PolicyName)));
    return { scope: variables[Env.ASSESSMENT_SCOPE], reads: ['customer-index', 'card-index', 'email-index'].filter((index) => policy.includes(`index/${index}`)) };
  };

  test.each<[string, AssessmentScope | undefined, string | undefined, string[]]>([
    ['by default', undefined, '{"below":"suspicious","declines":1,"windowSeconds":86400}', ['customer-index', 'card-index']],
    ['for all movements', AssessmentScope.all(), '{"below":"all"}', []],
    ['for the high tier', AssessmentScope.highTier(), undefined, []],
  ])('%s with the right to read only what it needs', (_, assessmentScope, scope, reads) => {
    expect(relayOf(assessmentScope)).toEqual({ scope, reads });
  });
});

describe('a scope that cannot work is rejected', () => {
  test.each<[SuspiciousScopeProps, string]>([
    [{ declines: 0 }, '`declines` must be a whole number from 1 to 50, got: 0'],
    [{ declines: 51 }, '`declines` must be a whole number from 1 to 50, got: 51'],
    [{ declines: 1.5 }, '`declines` must be a whole number from 1 to 50, got: 1.5'],
    [{ window: Duration.millis(1_500) }, '`window` must be a whole number of seconds'],
    [{ window: Duration.seconds(0) }, '`window` must be'],
    [{ window: Duration.days(31) }, '`window` must be'],
  ])('%j', (props, message) => {
    expect(() => AssessmentScope.suspicious(props)).toThrow(message);
  });

  test('by its name, which would silently mean the high tier', () => {
    expect(() => synthesize({ assessmentScope: 'all' as unknown as AssessmentScope })).toThrow('`assessmentScope` must be an object, got: all');
  });

  test('unless it is known only at deployment', () => {
    expect(() => AssessmentScope.suspicious({ declines: Lazy.number({ produce: () => 7 }) })).not.toThrow();
  });
});
