/** Every option, and an existing resource for every prop that accepts one. */
import { IntegTest } from '@aws-cdk/integ-tests-alpha';
import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Key } from 'aws-cdk-lib/aws-kms';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { assertWebhookIsAssessed, knownSecret, scenarioApp, testProvider } from './scenario';
import {
  AmountTier, AmountUnit, FraudRule, HandlerCode, HmacAlgorithm, SchemaRegistry, SignatureEncoding, TransactionKind, WebhookProcessingSystem,
  WebhookProvider,
} from '../../src';

const app = scenarioApp();
const stack = new Stack(app, 'WebhookEverything');
const encryptionKey = new Key(stack, 'OwnKey', { enableKeyRotation: true, removalPolicy: RemovalPolicy.DESTROY });
const system = new WebhookProcessingSystem(stack, 'Payments', {
  environmentSuffix: 'everything',
  providers: [
    testProvider(knownSecret(stack, 'Secret')),
    WebhookProvider.stripe({
      moneyMovementEvents: ['payment_intent.succeeded'],
      tolerance: Duration.minutes(3),
      reconciliation: { apiKey: Secret.fromSecretNameV2(stack, 'StripeApiKey', 'stripe-api-key'), every: Duration.minutes(30), eventNames: ['payment_intent.succeeded'] },
    }),
    WebhookProvider.standardWebhooks({ name: 'orders', fields: { transactionId: 'order.id', amount: 'order.total', currency: 'order.currency' } }),
    WebhookProvider.hmac({
      name: 'acme',
      signatureHeader: 'X-Acme-Signature',
      timestampHeader: 'X-Acme-Timestamp',
      algorithm: HmacAlgorithm.SHA512,
      encoding: SignatureEncoding.BASE64,
      prefix: 'v1=',
      tolerance: Duration.minutes(1),
      moneyMovementEvents: ['payment.paid'],
      fields: {
        transactionId: 'payment.id',
        eventId: 'id',
        eventName: 'type',
        eventTime: 'created_at',
        amount: 'payment.amount',
        amountUnit: AmountUnit.MAJOR,
        currency: 'payment.currency',
        status: 'payment.status',
        customerId: 'payment.customer.id',
        paymentMethod: 'payment.method',
        country: 'payment.customer.country',
        cardCountry: 'payment.card.country',
        live: 'live',
        kinds: { 'payment.paid': TransactionKind.CAPTURED, 'payment.declined': TransactionKind.FAILED },
      },
    }),
  ],
  previousSecretGrace: Duration.hours(48),
  processTestEvents: true,
  thresholds: {
    medium: 500,
    high: 5_000,
    currencies: { JPY: { medium: 100_000, high: 1_000_000 }, KRW: { medium: 100_000, high: 1_000_000 }, IDR: { medium: 1e7, high: 1e8 } },
  },
  fraudRules: [...FraudRule.defaults().slice(1), FraudRule.blocked({ countries: ['KP', 'IR'], score: 100 })],
  fraudReviewScore: 30,
  fraudBlockScore: 100,
  handlerCode: HandlerCode.zip(),
  throttlingRateLimit: 100,
  throttlingBurstLimit: 200,
  cloudWatchRole: true,
  alertEmails: ['alerts@example.com'],
  alertPhoneNumbers: ['+14155550100'],
  alertTopic: new Topic(stack, 'OwnAlerts'),
  alarmTopic: new Topic(stack, 'OwnAlarms'),
  eventBus: new EventBus(stack, 'OwnBus'),
  includeBody: true,
  schemaRegistry: SchemaRegistry.create(),
  encryptionKey,
  archiveBucketName: `audit-of-everything-${stack.account}`,
  archiveLifecycle: {
    infrequentAccessAfter: Duration.days(45),
    glacierAfter: Duration.days(120),
    expireAfter: Duration.days(3_650),
    noncurrentVersionsExpireAfter: Duration.days(10),
  },
  logRetention: RetentionDays.ONE_WEEK,
  includeExecutionData: true,
  removalPolicy: RemovalPolicy.DESTROY,
  tags: { Team: 'payments', CostCentre: '42' },
});
const auditors = new Queue(stack, 'SmallTransactions', { enforceSSL: true });
system.addTarget(AmountTier.LOW, new SqsQueue(auditors));

assertWebhookIsAssessed(new IntegTest(app, 'Everything', { testCases: [stack] }), system, encryptionKey);

/** For the checks of the security rules. */
export const stacks = [stack];
