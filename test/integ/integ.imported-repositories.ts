/** Images in repositories of a stack deployed before, found by name, as a team does that builds its images itself. */
import { IntegTest } from '@aws-cdk/integ-tests-alpha';
import { Stack } from 'aws-cdk-lib';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import { storyApp } from './story';
import { HandlerCode, HandlerRepositories, WebhookProcessingSystem } from '../../src';

const suffix = 'imported';
const app = storyApp();
const repositories = new Stack(app, 'WebhookRepositories');
new HandlerRepositories(repositories, 'Repositories', { environmentSuffix: suffix });

const stack = new Stack(app, 'WebhookImported');
const imported = (handler: string) => Repository.fromRepositoryName(stack, handler, `${handler}-${suffix}`);
new WebhookProcessingSystem(stack, 'Payments', {
  environmentSuffix: suffix,
  handlerCode: HandlerCode.repositories({
    webhookValidator: imported('webhook-validator'),
    eventRelay: imported('event-relay'),
    fraudDetector: imported('fraud-detector'),
    transactionArchival: imported('transaction-archival'),
  }, '1.0.0'),
});

// The images have to be pushed between the two stacks, which the runner cannot do: only the first is deployed.
new IntegTest(app, 'ImportedRepositories', { testCases: [repositories] });

/** For the checks of the security rules. */
export const stacks = [repositories, stack];
