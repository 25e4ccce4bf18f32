import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
// The examples/ show apps that install the package.
import { FraudRule, HandlerCode, WebhookProcessingSystem, WebhookProvider } from '../src';

const suffix = process.env.ENVIRONMENT_SUFFIX ?? 'dev';

export const app = new App();
const stack = new Stack(app, `WebhookProcessing-${suffix}`);

// The name of a secret with a restricted key, to fetch events whose webhooks did not arrive.
const apiKeySecret = process.env.STRIPE_API_KEY_SECRET;

const system = new WebhookProcessingSystem(stack, 'Payments', {
  environmentSuffix: suffix,
  providers: [
    WebhookProvider.stripe({ reconciliation: apiKeySecret ? { apiKey: Secret.fromSecretNameV2(stack, 'StripeApiKey', apiKeySecret) } : undefined }),
    WebhookProvider.adyen(),
    WebhookProvider.square(),
    WebhookProvider.razorpay(),
    WebhookProvider.standardWebhooks(),
  ],
  // Tried without an effect, beside the default rules.
  shadowFraudRules: [...FraudRule.defaults(), FraudRule.amountAbove({ timesHigh: 4, score: 20 })],
  handlerCode: process.env.HANDLER_CODE === 'zip' ? HandlerCode.zip() : HandlerCode.bundledImages(),
  tags: {
    Environment: suffix,
    Repository: process.env.REPOSITORY ?? 'unknown',
    Author: process.env.COMMIT_AUTHOR ?? 'unknown',
  },
});

// The system prints the URL and the secret of each provider itself.
const outputs: { [name: string]: string } = {
  ApiId: system.api.restApiId,
  TableName: system.table.tableName,
  EventBusName: system.eventBus.eventBusName,
  StateMachineArn: system.stateMachine.stateMachineArn,
  TopicArn: system.alertTopic.topicArn,
  ArchiveBucketName: system.archive.bucketName,
  DeadLetterQueueUrl: system.deadLetterQueue.queueUrl,
  RelayFunctionName: system.eventRelay.functionName,
  FraudDetectorFunctionName: system.fraudDetector.functionName,
};
for (const [name, value] of Object.entries(outputs)) {
  new CfnOutput(stack, name, { value });
}
