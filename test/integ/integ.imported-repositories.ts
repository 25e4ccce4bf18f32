/** Images in the repositories of another scenario, imported by name, for teams that build their own images. */
import { IntegTest } from '@aws-cdk/integ-tests-alpha';
import { Stack } from 'aws-cdk-lib';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import { scenarioApp } from './scenario';
import { HandlerCode, WebhookProcessingSystem } from '../../src';

const app = scenarioApp();
const stack = new Stack(app, 'WebhookImported');
const imported = (handler: string) => Repository.fromRepositoryName(stack, handler, `${handler}-imported`);
new WebhookProcessingSystem(stack, 'Payments', {
  environmentSuffix: 'imported',
  handlerCode: HandlerCode.repositories({
    webhookValidator: imported('webhook-validator'),
    eventRelay: imported('event-relay'),
    fraudDetector: imported('fraud-detector'),
    transactionArchival: imported('transaction-archival'),
  }, '1.0.0'),
});

// The images must be pushed first, which the runner cannot do: the scenario is compared, not deployed.
new IntegTest(app, 'ImportedRepositories', {
  testCases: [stack],
  cdkCommandOptions: { deploy: { enabled: false }, destroy: { enabled: false } },
});

/** For the checks of the security rules. */
export const stacks = [stack];
