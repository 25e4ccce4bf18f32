/** The smallest system. Its only option is a provider whose secret the test sets. */
import { IntegTest } from '@aws-cdk/integ-tests-alpha';
import { Stack } from 'aws-cdk-lib';
import { assertWebhookIsAssessed, knownSecret, scenarioApp, testProvider } from './scenario';
import { WebhookProcessingSystem } from '../../src';

const app = scenarioApp();
const stack = new Stack(app, 'WebhookMinimal');
const system = new WebhookProcessingSystem(stack, 'Payments', {
  providers: [testProvider(knownSecret(stack, 'Secret'))],
});

assertWebhookIsAssessed(new IntegTest(app, 'Minimal', { testCases: [stack] }), system);

/** For the checks of the security rules. */
export const stacks = [stack];
