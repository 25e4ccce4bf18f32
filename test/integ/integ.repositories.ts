/** Only the repositories. They are deployed before the system whose images they store. */
import { IntegTest } from '@aws-cdk/integ-tests-alpha';
import { Stack } from 'aws-cdk-lib';
import { scenarioApp } from './scenario';
import { HandlerRepositories } from '../../src';

const app = scenarioApp();
const stack = new Stack(app, 'WebhookRepositories');
new HandlerRepositories(stack, 'Repositories', { environmentSuffix: 'imported' });

new IntegTest(app, 'Repositories', { testCases: [stack] });

/** For the checks of the security rules. */
export const stacks = [stack];
