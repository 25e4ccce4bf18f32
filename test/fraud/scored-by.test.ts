import { App, Duration, Stack } from 'aws-cdk-lib';
import { Alias, Code, Function as LambdaFunction, type IFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { FraudRule, HandlerCode, WebhookProcessingSystem } from '../../src';
import { workflowOf, type Machine, type State } from '../support/state-machine';
import { synthesize, statementsOf, theResource } from '../support/system';

const ARN = 'arn:aws:lambda:eu-central-1:111111111111:function:model';
const HERE = { account: '111111111111', region: 'eu-central-1' };
const imported = (stack: Stack, arn = ARN, id = 'Model') => LambdaFunction.fromFunctionArn(stack, id, arn);
const someFunction = () => imported(new Stack(new App(), 'Stack'));
const created = (stack: Stack, id = 'Model') => new LambdaFunction(stack, id, { code: Code.fromInline('x'), handler: 'index.handler', runtime: Runtime.NODEJS_22_X });
const scored = (scoringFunction: IFunction, props: object = {}) => FraudRule.scoredBy({ function: scoringFunction, score: 60, ...props });

describe('FraudRule.scoredBy', () => {
  test('waits a second and adds nothing for a failure by default', () => {
    expect(scored(someFunction())._config).toEqual({ rule: 'scored-by', score: 60, functionArn: ARN, timeoutMillis: 1_000, onFailure: 0 });
  });

  test.each([[100, 0], [5_000, 60]])('accepts the limits: %d ms and %d points', (millis, onFailure) => {
    expect(scored(someFunction(), { timeout: Duration.millis(millis), onFailure })._config).toMatchObject({ timeoutMillis: millis, onFailure });
  });

  test.each<[string, object, string]>([
    ['no function', { function: undefined }, '`function` must be an object, got: undefined'],
    ['a shorter time-out', { timeout: Duration.millis(99) }, '`timeout` must be from 100 millis to 5 seconds, got: 99 millis'],
    ['a longer time-out', { timeout: Duration.seconds(6) }, '`timeout` must be from 100 millis to 5 seconds, got: 6 seconds'],
    ['negative points', { onFailure: -1 }, '`onFailure` must be a whole number from 0 to 1000, got: -1'],
    ['points with decimals', { onFailure: 0.5 }, '`onFailure` must be a whole number from 0 to 1000, got: 0.5'],
    ['more points than any answer gives', { onFailure: 61 }, '`onFailure` must be at most `score` (60), which is the most that the function can add, got: 61'],
    ['a score of nothing', { score: 0 }, '`score` must be a whole number from 1 to 1000, got: 0'],
  ])('rejects %s', (_, props, message) => {
    expect(() => scored(someFunction(), props)).toThrow(message);
  });

  test('leaves most of the time of the workflow for the other tasks of an assessment', () => {
    const tasksOf = ({ States }: Pick<Machine, 'States'>): [string, State][] => Object.entries(States)
      .flatMap(([name, state]) => [[name, state] as [string, State], ...(state.Branches ?? []).flatMap(tasksOf)]);
    const [[, { TimeoutSeconds: seconds }]] = tasksOf(workflowOf()).filter(([name]) => name === 'DetectFraud');
    const longest = scored(someFunction(), { timeout: Duration.seconds(5) })._config as { readonly timeoutMillis: number };

    // The verdict, the context, the sets of rules and the write, one after the other, each with one attempt that gets no answer in 3 s.
    expect(longest.timeoutMillis / 1_000 + 4 * 3).toBeLessThan(seconds!);
  });
});

describe('a system with a scoring function', () => {
  const invokeStatements = (template: Parameters<typeof statementsOf>[0]) => statementsOf(template, 'fraud-detector-test')
    .filter(({ Action }) => JSON.stringify(Action).includes('lambda:'));

  // A policy for an unqualified ARN does not allow to invoke a version or an alias, and the other way around
  // (https://docs.aws.amazon.com/lambda/latest/dg/lambda-api-permissions-ref.html).
  test('is allowed to invoke exactly the ARNs that its rules have', () => {
    const { template } = synthesize((stack) => {
      const alias = new Alias(stack, 'Live', { aliasName: 'live', version: created(stack).currentVersion });
      const known = imported(stack, `${ARN}:7`, 'Known');
      return { environmentSuffix: 'test', fraudRules: [...FraudRule.defaults(), scored(alias), scored(known)], shadowFraudRules: [scored(alias, { score: 90 })] };
    });

    const [{ Ref: alias }] = Object.keys(template.findResources('AWS::Lambda::Alias')).map((Ref) => ({ Ref }));
    expect(invokeStatements(template)).toEqual([{ Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: [{ Ref: alias }, `${ARN}:7`] }]);
    const detector = theResource(template, 'AWS::Lambda::Function', ({ Environment }) => Environment?.Variables?.FRAUD_RULES);
    const rules = JSON.stringify(detector.Properties.Environment.Variables.FRAUD_RULES);
    expect(rules).toContain(`${ARN}:7`);
    expect(rules).toContain(`{"Ref":"${alias}"}`);
  });

  test('is allowed to invoke a function that only shadow rules use', () => {
    const { template } = synthesize((stack) => ({ environmentSuffix: 'test', shadowFraudRules: [scored(imported(stack), { score: 90 })] }));

    expect(invokeStatements(template)).toEqual([{ Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: ARN }]);
  });

  test('has no right to invoke functions without such a rule', () => {
    expect(invokeStatements(synthesize({ environmentSuffix: 'test' }).template)).toEqual([]);
  });

  test('can use a function of another stack and of another account, but not of another region', () => {
    const app = new App();
    const systemWith = (id: string, scoringFunction: IFunction) => new WebhookProcessingSystem(new Stack(app, id, { env: HERE }), 'Payments', {
      handlerCode: HandlerCode.zip(), fraudRules: [...FraudRule.defaults(), scored(scoringFunction)],
    });
    const models = new Stack(app, 'Models', { env: HERE });

    systemWith('Same', created(models));
    systemWith('OtherAccount', imported(models, ARN.replace('111111111111', '222222222222'), 'Vendor'));
    expect(() => systemWith('OtherRegion', imported(models, ARN.replace('eu-central-1', 'us-east-1'), 'Far'))).toThrow(
      '`function` of `FraudRule.scoredBy` must be in the region of the stack (eu-central-1), got a resource of region us-east-1.',
    );
    expect(() => app.synth()).not.toThrow();
  });

  test('is rejected if two of its rules use one function', () => {
    expect(() => synthesize((stack) => {
      const model = imported(stack);
      return { fraudRules: [...FraudRule.defaults(), scored(model), scored(model, { score: 10 })] };
    })).toThrow('`fraudRules` must use each scoring function in one rule, got two rules with Stack/Model. Remove one of them.');
  });
});
