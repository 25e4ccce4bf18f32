import { App, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { WebhookProcessingSystem, WebhookProvider } from 'cdk-webhook-processing-system';

const app = new App();
const stack = new Stack(app, 'Payments');
new WebhookProcessingSystem(stack, 'Payments', {
  environmentSuffix: 'prod',
  providers: [WebhookProvider.stripe(), WebhookProvider.adyen()],
  alertEmails: ['payments@example.com'],
  alarmTopic: new Topic(stack, 'OnCall'),
  removalPolicy: RemovalPolicy.DESTROY,
});
