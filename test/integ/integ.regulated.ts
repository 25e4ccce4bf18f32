/**
 * Every setting that auditors require. The key, the network, the alarm topic, the images and the account's API Gateway role
 * belong to a platform team. They are in another stack, which also shows that the system causes no cycle between the stacks.
 */
import { IntegTest } from '@aws-cdk/integ-tests-alpha';
import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { GatewayVpcEndpointAwsService, InterfaceVpcEndpointAwsService, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Key } from 'aws-cdk-lib/aws-kms';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { ObjectLockRetention } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { scenarioApp } from './scenario';
import { HandlerRepositories, WebhookProcessingSystem, WebhookProvider } from '../../src';

const app = scenarioApp();

const platform = new Stack(app, 'WebhookPlatform');
const encryptionKey = new Key(platform, 'Key', { enableKeyRotation: true });
const alarmTopic = new Topic(platform, 'Alarms', { enforceSSL: true, masterKey: encryptionKey });
const repositories = new HandlerRepositories(platform, 'Repositories', {
  environmentSuffix: 'regulated',
  encryptionKey,
  removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
});
const certificate = Certificate.fromCertificateArn(
  platform, 'Certificate', 'arn:aws:acm:us-east-1:123456789012:certificate/11111111-1111-1111-1111-111111111111',
);
const vpc = new Vpc(platform, 'Vpc', {
  maxAzs: 2,
  restrictDefaultSecurityGroup: true,
  subnetConfiguration: [{ name: 'Private', subnetType: SubnetType.PRIVATE_ISOLATED }],
});
vpc.addGatewayEndpoint('DynamoDb', { service: GatewayVpcEndpointAwsService.DYNAMODB });
vpc.addGatewayEndpoint('S3', { service: GatewayVpcEndpointAwsService.S3 });
for (const [id, service] of Object.entries({
  EventBridge: InterfaceVpcEndpointAwsService.EVENTBRIDGE,
  SecretsManager: InterfaceVpcEndpointAwsService.SECRETS_MANAGER,
  Sqs: InterfaceVpcEndpointAwsService.SQS,
  Ssm: InterfaceVpcEndpointAwsService.SSM,
  XRay: InterfaceVpcEndpointAwsService.XRAY,
})) {
  vpc.addInterfaceEndpoint(id, { service });
}

const stack = new Stack(app, 'WebhookRegulated');
new WebhookProcessingSystem(stack, 'Payments', {
  environmentSuffix: 'regulated',
  providers: [WebhookProvider.stripe({ allowedSourceRanges: ['203.0.113.0/24'] })],
  handlerCode: repositories.code('1.0.0'),
  // Data.
  encryptionKey,
  deletionProtection: true,
  transactionRetention: Duration.days(400),
  archiveObjectLock: ObjectLockRetention.governance(Duration.days(366)),
  archiveLifecycle: { glacierAfter: Duration.days(93), expireAfter: Duration.days(366) },
  removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
  // Network.
  vpc,
  vpcSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED },
  validatorReservedConcurrency: 100,
  customDomain: { domainName: 'webhooks.example.com', certificate },
  webAclArn: 'arn:aws:wafv2:us-east-1:123456789012:regional/webacl/webhooks/11111111-1111-1111-1111-111111111111',
  cloudWatchRole: false,
  // Logs and alarms.
  alarmTopic,
  tracingSampleRate: 0.01,
  logRetention: RetentionDays.ONE_YEAR,
});

// The runner cannot push images. It cannot destroy resources that the removal policy, the lock and the protection keep. The
// scenario is therefore compared, not deployed.
new IntegTest(app, 'Regulated', {
  testCases: [stack],
  cdkCommandOptions: { deploy: { enabled: false }, destroy: { enabled: false } },
});

/** For the checks of the security rules. The resources of the platform team are not part of the system. */
export const stacks = [stack];
