/** A provider of each kind in one system: their endpoints, their secrets, and Braintree's check of the endpoint. */
import { createHash, createHmac } from 'node:crypto';
import { ExpectedResult, IntegTest } from '@aws-cdk/integ-tests-alpha';
import { Stack } from 'aws-cdk-lib';
import { assertWebhookIsAssessed, knownSecret, scenarioApp, testProvider } from './scenario';
import { HandlerCode, WebhookProcessingSystem, WebhookProvider } from '../../src';

const BRAINTREE_KEYS = { public_key: 'public-key', private_key: 'private-key' };
const CHALLENGE = '0123456789abcdef0123456789abcdef';

const app = scenarioApp();
const stack = new Stack(app, 'WebhookProviders');
const system = new WebhookProcessingSystem(stack, 'Payments', {
  providers: [
    WebhookProvider.stripe(),
    WebhookProvider.adyen(),
    WebhookProvider.payPal(),
    WebhookProvider.square(),
    WebhookProvider.razorpay(),
    WebhookProvider.checkoutCom(),
    WebhookProvider.shopify(),
    WebhookProvider.braintree({ secrets: [knownSecret(stack, 'BraintreeSecret', JSON.stringify(BRAINTREE_KEYS))], testMode: true }),
    WebhookProvider.mollie(),
    WebhookProvider.coinbaseCommerce(),
    WebhookProvider.goCardless(),
    WebhookProvider.standardWebhooks(),
    testProvider(knownSecret(stack, 'Secret')),
  ],
  handlerCode: HandlerCode.zip(),
});

const test = new IntegTest(app, 'Providers', { testCases: [stack] });
assertWebhookIsAssessed(test, system);
test.assertions
  .httpApiCall(`${system.webhookUrl}/braintree?bt_challenge=${CHALLENGE}`)
  .expect(ExpectedResult.objectLike({ status: 200, body: `${BRAINTREE_KEYS.public_key}|${answerOf(CHALLENGE)}` }));

/** For the checks of the security rules. */
export const stacks = [stack];

function answerOf(challenge: string): string {
  return createHmac('sha1', createHash('sha1').update(BRAINTREE_KEYS.private_key).digest()).update(challenge).digest('hex');
}
