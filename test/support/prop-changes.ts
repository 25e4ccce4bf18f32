import { Duration, RemovalPolicy, type Stack } from 'aws-cdk-lib';
import { SecurityPolicy } from 'aws-cdk-lib/aws-apigateway';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { SecurityGroup, Subnet, Vpc } from 'aws-cdk-lib/aws-ec2';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { Key } from 'aws-cdk-lib/aws-kms';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Bucket, ObjectLockRetention } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { ApiType, AssessmentScope, FraudRule, HandlerCode, SchemaRegistry, WebhookProvider, type WebhookProcessingSystemProps } from '../../src';

/** Props in addition to those of the base system. Existing resources are imported, so that the template contains only the system's own. */
export type SystemProps = (stack: Stack) => WebhookProcessingSystemProps;

export interface PropChange {
  /** The first cell of its row in docs/changes.md. */
  readonly title: string;
  readonly before: SystemProps;
  readonly after: SystemProps;
  /** The docstrings that must describe the effect. */
  readonly documentedAt: readonly string[];
  /** A change of the suffix applies to only one of the two systems. */
  readonly only?: 'with' | 'without';
}

const RETAIN = RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE;

/** The base system is the smallest system with an alert. */
export const base: SystemProps = () => ({ alertEmails: ['alerts@example.com'] });
export const nothing: SystemProps = () => ({});
export const suffixed: SystemProps = () => ({ environmentSuffix: 'prod' });
export const bus: SystemProps = (stack) => ({ eventBus: EventBus.fromEventBusName(stack, 'Bus', 'first') });
export const otherBus: SystemProps = (stack) => ({ eventBus: EventBus.fromEventBusName(stack, 'Bus', 'second') });
export const zip: SystemProps = () => ({ handlerCode: HandlerCode.zip() });
export const images: SystemProps = () => ({ handlerCode: HandlerCode.bundledImages() });
export const retained: SystemProps = () => ({ removalPolicy: RETAIN });
export const locked: SystemProps = () => ({ removalPolicy: RETAIN, archiveObjectLock: ObjectLockRetention.governance(Duration.days(366)) });
export const lockedAndRenamed: SystemProps = (stack) => ({ ...locked(stack), archiveBucketName: 'locked-archive' });

const stripe: SystemProps = () => ({ providers: [WebhookProvider.stripe()] });
const reconciledStripe: SystemProps = (stack) => ({
  providers: [WebhookProvider.stripe({ reconciliation: { apiKey: Secret.fromSecretNameV2(stack, 'ApiKey', 'api-key') } })],
});
const renamedStripe: SystemProps = () => ({ providers: [WebhookProvider.stripe({ name: 'stripe-eu' })] });
/** Braintree needs an additional method, at `/webhook` too if it is the first provider. */
const stripeAndBraintree: SystemProps = () => ({ providers: [WebhookProvider.stripe(), WebhookProvider.braintree()] });
const braintreeAndStripe: SystemProps = () => ({ providers: [WebhookProvider.braintree(), WebhookProvider.stripe()] });
const keyOf = (id: string): SystemProps => (stack) => ({
  encryptionKey: Key.fromKeyArn(stack, 'Key', `arn:aws:kms:us-east-1:111111111111:key/${id}`),
});
const key = keyOf('1');
const topic: SystemProps = (stack) => ({ alertTopic: Topic.fromTopicArn(stack, 'Topic', 'arn:aws:sns:us-east-1:111111111111:alerts') });
const bucket: SystemProps = (stack) => ({ archiveBucket: Bucket.fromBucketName(stack, 'Bucket', 'archive') });
const createdRegistry: SystemProps = () => ({ schemaRegistry: SchemaRegistry.create() });
const ownRegistry = (name: string): SystemProps => () => ({ schemaRegistry: SchemaRegistry.fromRegistryName(name) });
const vpc: SystemProps = (stack) => ({
  vpc: Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['us-east-1a'], privateSubnetIds: ['subnet-1'] }),
});
const otherSubnets: SystemProps = (stack) => ({ ...vpc(stack), vpcSubnets: { subnets: [Subnet.fromSubnetId(stack, 'Subnet', 'subnet-2')] } });
const ownSecurityGroup: SystemProps = (stack) => ({ ...vpc(stack), securityGroups: [SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1')] });
const domain: SystemProps = (stack) => ({
  customDomain: {
    domainName: 'webhooks.example.com', certificate: Certificate.fromCertificateArn(stack, 'Certificate', 'arn:aws:acm:us-east-1:111111111111:certificate/1'),
  },
});
const mutualTls: SystemProps = (stack) => ({
  customDomain: { ...domain(stack).customDomain!, truststore: { bucket: Bucket.fromBucketName(stack, 'Truststore', 'truststore'), key: 'truststore.pem' } },
});
const httpApi: SystemProps = () => ({ apiType: ApiType.httpApi() });
const webAcl: SystemProps = () => ({ webAclArn: 'arn:aws:wafv2:us-east-1:111111111111:regional/webacl/webhooks/1' });
const rulesOf = (count: number): SystemProps => () => ({
  fraudRules: [...Array(count).keys()].map((index) => FraudRule.amountAbove({ amount: 1_000 + index, currency: 'EUR', score: 1 })),
  fraudReviewScore: 10,
  fraudBlockScore: 20,
});
const manyRules = rulesOf(50);
const moreRules = rulesOf(75);

/** Every prop whose change only updates the settings of resources, all changed at once. */
const everyOther: SystemProps = (stack) => ({
  previousSecretGrace: Duration.hours(48),
  processTestEvents: true,
  includeBody: true,
  thresholds: { medium: 500, high: 5_000 },
  fraudReviewScore: 30,
  fraudBlockScore: 100,
  shadowFraudRules: [FraudRule.countryMismatch({ score: 90 })],
  shadowFraudReviewScore: 20,
  shadowFraudBlockScore: 90,
  blockDisputedCards: Duration.days(30),
  throttlingRateLimit: 100,
  throttlingBurstLimit: 200,
  alarmTopic: Topic.fromTopicArn(stack, 'Alarms', 'arn:aws:sns:us-east-1:111111111111:alarms'),
  ticketTopic: Topic.fromTopicArn(stack, 'Tickets', 'arn:aws:sns:us-east-1:111111111111:tickets'),
  alarmOverrides: { throttled: { threshold: 10 } },
  validatorReservedConcurrency: 100,
  validatorProvisionedConcurrency: 10,
  transactionRetention: Duration.days(400),
  tracingSampleRate: 1,
  deletionProtection: true,
  removalPolicy: RETAIN,
  archiveLifecycle: { expireAfter: Duration.days(3_650) },
  logRetention: RetentionDays.ONE_YEAR,
  includeExecutionData: true,
  tags: { Team: 'payments' },
});

const system = (prop: string) => `WebhookProcessingSystemProps.${prop}`;
const nameOfProvider = 'WebhookProviderProps.name';

/** The changes of docs/changes.md, in its order. */
export const CHANGES: readonly PropChange[] = [
  { title: '`environmentSuffix` added', only: 'without', before: nothing, after: suffixed, documentedAt: [system('environmentSuffix')] },
  { title: '`environmentSuffix` changed', only: 'with', before: suffixed, after: () => ({ environmentSuffix: 'live' }), documentedAt: [system('environmentSuffix')] },
  { title: '`environmentSuffix` removed', only: 'with', before: suffixed, after: () => ({ environmentSuffix: undefined }), documentedAt: [system('environmentSuffix')] },

  { title: '`providers`: one added', before: stripe, after: stripeAndBraintree, documentedAt: [] },
  { title: '`providers`: reordered', before: stripeAndBraintree, after: braintreeAndStripe, documentedAt: [] },
  { title: '`providers`: one renamed', before: stripe, after: renamedStripe, documentedAt: [nameOfProvider, system('providers')] },
  { title: '`providers`: one removed', before: stripeAndBraintree, after: stripe, documentedAt: [system('providers')] },
  { title: '`reconciliation` of the first provider added', before: stripe, after: reconciledStripe, documentedAt: [] },
  { title: '`reconciliation` of the last provider removed', before: reconciledStripe, after: stripe, documentedAt: ['ReconcilableProviderProps.reconciliation'] },
  { title: '`providers` added', before: nothing, after: stripe, documentedAt: [system('providers')] },

  { title: '`eventBus` added', before: nothing, after: bus, documentedAt: [system('eventBus')] },
  { title: '`eventBus` removed', before: bus, after: nothing, documentedAt: [] },
  { title: '`eventBus` changed', before: bus, after: otherBus, documentedAt: [system('eventBus')] },

  { title: '`schemaRegistry` added', before: nothing, after: createdRegistry, documentedAt: [] },
  { title: '`schemaRegistry` removed', before: createdRegistry, after: nothing, documentedAt: [] },
  { title: '`schemaRegistry`: created to one of yours', before: createdRegistry, after: ownRegistry('first'), documentedAt: [] },
  { title: '`schemaRegistry`: one of yours to another', before: ownRegistry('first'), after: ownRegistry('second'), documentedAt: [] },

  { title: '`alertEmails`, `alertPhoneNumbers`: one added', before: nothing, after: () => ({ alertPhoneNumbers: ['+14155550100'] }), documentedAt: [] },
  { title: '`alertTopic` added', before: nothing, after: topic, documentedAt: [system('alertTopic')] },
  { title: '`alertTopic` removed', before: topic, after: nothing, documentedAt: [system('alertTopic')] },

  { title: '`handlerCode`: zip to images', before: zip, after: images, documentedAt: [system('handlerCode'), 'HandlerCode'] },
  { title: '`handlerCode`: images to zip', before: images, after: zip, documentedAt: [system('handlerCode'), 'HandlerCode'] },

  { title: '`archiveBucketName` added or changed', before: nothing, after: () => ({ archiveBucketName: 'archive' }), documentedAt: [system('archiveBucketName')] },
  { title: '`archiveBucket` added', before: nothing, after: bucket, documentedAt: [system('archiveBucket')] },
  { title: '`archiveBucket` removed', before: bucket, after: nothing, documentedAt: [] },
  { title: '`archiveObjectLock` added', before: retained, after: locked, documentedAt: [system('archiveObjectLock')] },
  { title: '`archiveObjectLock` removed', before: locked, after: retained, documentedAt: [system('archiveObjectLock')] },
  {
    title: '`archiveObjectLock` changed',
    before: locked,
    after: () => ({ removalPolicy: RETAIN, archiveObjectLock: ObjectLockRetention.compliance(Duration.days(400)) }),
    documentedAt: [],
  },

  { title: '`removalPolicy`: `DESTROY` to one that retains', before: nothing, after: retained, documentedAt: [] },
  { title: '`removalPolicy`: one that retains to `DESTROY`', before: retained, after: nothing, documentedAt: [] },

  { title: '`encryptionKey` added', before: nothing, after: key, documentedAt: [] },
  { title: '`encryptionKey` changed', before: key, after: keyOf('2'), documentedAt: [] },
  { title: '`encryptionKey` removed', before: key, after: nothing, documentedAt: [] },

  { title: '`customDomain` added', before: nothing, after: domain, documentedAt: [] },
  { title: '`customDomain` removed', before: domain, after: nothing, documentedAt: [] },

  { title: '`customDomain.truststore` added', before: domain, after: mutualTls, documentedAt: [] },
  { title: '`securityPolicy` changed', before: nothing, after: () => ({ securityPolicy: SecurityPolicy.TLS_1_2 }), documentedAt: [] },

  { title: '`webAclArn` added', before: nothing, after: webAcl, documentedAt: [] },

  { title: '`apiType`: REST API to HTTP API', before: nothing, after: httpApi, documentedAt: [system('apiType')] },
  { title: '`apiType`: HTTP API to REST API', before: httpApi, after: nothing, documentedAt: [system('apiType')] },

  { title: '`vpc` added', before: nothing, after: vpc, documentedAt: [] },
  { title: '`vpc` removed', before: vpc, after: nothing, documentedAt: [] },
  { title: '`vpcSubnets` changed', before: vpc, after: otherSubnets, documentedAt: [] },
  { title: '`securityGroups` added', before: vpc, after: ownSecurityGroup, documentedAt: [] },
  { title: '`cloudWatchRole` turned off', before: nothing, after: () => ({ cloudWatchRole: false }), documentedAt: [] },

  { title: '`fraudRules`: outgrow the environment', before: nothing, after: manyRules, documentedAt: [] },
  { title: '`fraudRules`: outgrow a standard parameter', before: manyRules, after: moreRules, documentedAt: [] },
  { title: '`fraudRules`: fit the environment again', before: moreRules, after: nothing, documentedAt: [] },

  { title: '`assessmentScope`: the high tier only', before: nothing, after: () => ({ assessmentScope: AssessmentScope.highTier() }), documentedAt: [] },
  { title: '`assessmentScope`: the default again', before: () => ({ assessmentScope: AssessmentScope.highTier() }), after: nothing, documentedAt: [] },
  { title: '`assessmentScope`: all', before: nothing, after: () => ({ assessmentScope: AssessmentScope.all() }), documentedAt: [] },

  { title: '`identifyGuests` turned off', before: nothing, after: () => ({ identifyGuests: false }), documentedAt: [system('identifyGuests')] },
  { title: '`identifyGuests` turned on', before: () => ({ identifyGuests: false }), after: nothing, documentedAt: [] },

  { title: 'any other prop', before: retained, after: everyOther, documentedAt: [] },
];
