#!/usr/bin/env node
import { App, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { FraudRule, HandlerCode, WebhookProcessingSystem, WebhookProvider } from 'cdk-webhook-processing-system';

const app = new App();
// The suffix separates environments in one account. `npx cdk deploy -c environment=prod` overrides the value in cdk.json.
const environment: string = app.node.getContext('environment');
const isProduction = environment === 'prod';
const stack = new Stack(app, `Shop-${environment}`);

// Alarms are for the people who operate the system, alerts are for the people who decide about payments.
const onCall = new Topic(stack, 'OnCall');
onCall.addSubscription(new EmailSubscription('on-call@example.com'));

// Fraudsters often pay at night. Shadow rules are only counted: move this rule to `fraudRules` when the numbers convince you.
const atNight = FraudRule.outsideHours({ startHour: 7, endHour: 23, timeZone: 'Europe/Berlin', score: 10 });
// Customers of this shop seldom begin with a large order.
const largeFirstOrder = FraudRule.newCustomerAbove({ timesHigh: 2, age: Duration.days(30), score: 15 });

const payments = new WebhookProcessingSystem(stack, 'Payments', {
  environmentSuffix: environment,
  providers: [
    // The checkout writes the cart to Stripe's metadata, and the events carry it to the shop.
    WebhookProvider.stripe({ metadataKeys: ['cart'] }),
    WebhookProvider.adyen(),
  ],
  // Amounts are in major units of every currency, so 5,000 would be a small payment in yen.
  thresholds: { medium: 500, high: 5_000, currencies: { JPY: { medium: 80_000, high: 800_000 } } },
  fraudRules: [...FraudRule.defaults(), largeFirstOrder],
  shadowFraudRules: [...FraudRule.defaults(), largeFirstOrder, atNight],
  alertEmails: ['payments@example.com'],
  alarmTopic: onCall,
  // A year of history for auditors, with three months immediately available.
  archiveLifecycle: { glacierAfter: Duration.days(93), expireAfter: Duration.days(366) },
  // The table keeps what fraud rules and customer service use. The archive has the rest.
  transactionRetention: Duration.days(180),
  // Zip files need no Docker to deploy.
  handlerCode: HandlerCode.zip(),
  removalPolicy: isProduction ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY,
  tags: { service: 'payments', environment },
});

// A verdict stops nothing by itself: the shop reads this queue and holds the orders of blocked payments.
const ordersToHold = new Queue(stack, 'OrdersToHold', { enforceSSL: true, retentionPeriod: Duration.days(14) });
payments.onTransactionBlocked('HoldOrder', {
  target: new SqsQueue(ordersToHold, {
    message: RuleTargetInput.fromEventPath('$.detail'),
    deadLetterQueue: payments.deadLetterQueue,
  }),
});

app.synth();
