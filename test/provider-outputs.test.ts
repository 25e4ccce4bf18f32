import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { HandlerCode, WebhookProcessingSystem, WebhookProvider } from '../src';
import { synthesize } from './support/system';

/** The outputs without those of `tool-outputs.test.ts`. */
const outputsOf = (template: Template): Record<string, any> => Object.fromEntries(Object.entries(template.findOutputs('*'))
  .filter(([, { Description }]) => /provider/.test(Description)));
/** The ids without the hash. */
const readable = (template: Template) => Object.keys(outputsOf(template)).map((id) => id.replace(/[0-9A-F]{8}$/, ''));
const named = (...names: string[]) => synthesize({ providers: names.map((name) => WebhookProvider.stripe({ name })) }).template;

describe('the outputs', () => {
  test('are only the URL and the secret of each provider', () => {
    const { stack, system, template } = synthesize({ providers: [WebhookProvider.stripe(), WebhookProvider.stripe({ name: 'stripe-eu' })] });

    expect(readable(template)).toEqual([
      'PaymentsWebhookUrlStripe', 'PaymentsWebhookSecretStripe', 'PaymentsWebhookUrlStripeEu', 'PaymentsWebhookSecretStripeEu',
    ]);
    expect(Object.values(outputsOf(template)).map(({ Value }) => Value)).toEqual(['stripe', 'stripe-eu'].flatMap((name) => [
      stack.resolve(`${system.webhookUrl}/${name}`), stack.resolve(system.providerSecrets(name)[0].secretArn),
    ]));
  });

  test('describe their values', () => {
    const [url, secret] = Object.values(outputsOf(named('stripe')));

    expect(url.Description).toBe('URL to register with the provider stripe');
    expect(secret.Description).toBe('Secret that verifies the webhooks of the provider stripe');
  });

  test('exist without a named provider', () => {
    expect(readable(synthesize().template)).toEqual(['PaymentsWebhookUrlStandardWebhooks', 'PaymentsWebhookSecretStandardWebhooks']);
  });

  test('number further secrets of a provider', () => {
    const { template } = synthesize((stack) => ({
      providers: [WebhookProvider.stripe({ secrets: ['One', 'Two', 'Three'].map((id) => new Secret(stack, id)) })],
    }));

    expect(readable(template)).toEqual([
      'PaymentsWebhookUrlStripe', 'PaymentsWebhookSecretStripe', 'PaymentsWebhookSecretStripe2', 'PaymentsWebhookSecretStripe3',
    ]);
  });

  test('keep their ids when providers are added, removed or reordered', () => {
    expect(Object.keys(outputsOf(named('b', 'a', 'c')))).toEqual(expect.arrayContaining(Object.keys(outputsOf(named('a', 'b')))));
  });

  test('do not collide for names that differ in a hyphen', () => {
    const names = ['a1', 'a-1', 'a--1', 'ab', 'a-b', 'a--b', '1a', '1-a'];

    expect(Object.values(outputsOf(named(...names))).filter(({ Description }) => Description.startsWith('URL'))).toHaveLength(names.length);
  });

  test('do not collide for a second secret and a provider that ends in 2', () => {
    const { template } = synthesize((stack) => ({
      providers: [
        WebhookProvider.stripe({ secrets: ['One', 'Two'].map((id) => new Secret(stack, id)) }),
        WebhookProvider.stripe({ name: 'stripe2' }),
        WebhookProvider.stripe({ name: 'stripe-2' }),
      ],
    }));

    expect(Object.keys(outputsOf(template))).toHaveLength(7);
  });

  test('do not collide for two systems in one stack', () => {
    const stack = new Stack(new App(), 'Stack');
    ['Live', 'Sandbox'].forEach((id) => new WebhookProcessingSystem(stack, id, { handlerCode: HandlerCode.zip(), providers: [WebhookProvider.stripe()] }));

    expect(readable(Template.fromStack(stack))).toEqual([
      'LiveWebhookUrlStripe', 'LiveWebhookSecretStripe', 'SandboxWebhookUrlStripe', 'SandboxWebhookSecretStripe',
    ]);
  });
});
