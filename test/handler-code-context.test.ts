import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { HandlerCode, HandlerRepositories, WebhookProcessingSystem } from '../src';

const KEY = 'cdk-webhook-processing-system:handlerCode';
const packagesWith = (context: Record<string, unknown>, codeOf: (stack: Stack) => HandlerCode | undefined = () => undefined) => {
  const stack = new Stack(new App({ context }), 'Stack');
  new WebhookProcessingSystem(stack, 'Payments', { handlerCode: codeOf(stack) });
  const functions = Template.fromStack(stack).findResources('AWS::Lambda::Function');
  return new Set(Object.entries(functions).filter(([id]) => id.startsWith('Payments')).map(([, { Properties }]) => Properties.PackageType ?? 'Zip'));
};

describe('the context for the code of the functions', () => {
  test.each<[string, ((stack: Stack) => HandlerCode | undefined)]>([
    ['no prop', () => undefined],
    ['images that the CDK builds', () => HandlerCode.bundledImages()],
    ['images in repositories', (stack) => new HandlerRepositories(stack, 'Repositories').code('1')],
  ])('replaces %s with zip files', (_, codeOf) => {
    expect(packagesWith({ [KEY]: 'zip' }, codeOf)).toEqual(new Set(['Zip']));
    expect(packagesWith({}, codeOf)).toEqual(new Set(['Image']));
  });

  test('has one value', () => {
    expect(() => packagesWith({ [KEY]: 'image' })).toThrow(
      "The context `cdk-webhook-processing-system:handlerCode` must be 'zip', got: \"image\". Remove it to use the prop `handlerCode`.",
    );
  });
});
