import { App, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Key } from 'aws-cdk-lib/aws-kms';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { AmountTier, FraudRule, HandlerCode, SchemaRegistry, WebhookProcessingSystem, WebhookProvider } from 'cdk-webhook-processing-system';

const app = new App();
const stack = new Stack(app, 'Payments');
const system = new WebhookProcessingSystem(stack, 'Payments', {
  environmentSuffix: 'prod',
  providers: [
    WebhookProvider.stripe({ tolerance: Duration.minutes(3) }),
    WebhookProvider.standardWebhooks({ name: 'orders', fields: { transactionId: 'order.id', amount: 'order.total', currency: 'order.currency' } }),
  ],
  thresholds: { medium: 500, high: 5_000, currencies: { JPY: { medium: 100_000, high: 1_000_000 } } },
  fraudRules: [...FraudRule.defaults(), FraudRule.blocked({ countries: ['KP'], score: 100 })],
  handlerCode: HandlerCode.zip(),
  alertEmails: ['alerts@example.com'],
  alarmTopic: new Topic(stack, 'OnCall'),
  schemaRegistry: SchemaRegistry.create(),
  encryptionKey: new Key(stack, 'Key', { enableKeyRotation: true }),
  archiveLifecycle: { glacierAfter: Duration.days(120), expireAfter: Duration.days(3_650) },
  logRetention: RetentionDays.ONE_WEEK,
  removalPolicy: RemovalPolicy.DESTROY,
});
system.addTarget(AmountTier.LOW, new SqsQueue(new Queue(stack, 'SmallTransactions', { enforceSSL: true })));
