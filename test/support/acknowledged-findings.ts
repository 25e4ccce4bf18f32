import type { Acknowledgment } from './finding-review';

/** The rule packs of cdk-nag, by the prefix of their rules. */
export type Pack = 'AwsSolutions' | 'PCI.DSS.321' | 'NIST.800.53.R5';

// Reasons that several rules share.
const SIGNED_NOT_LOGGED_IN = 'Providers sign webhooks and cannot log in. The signature over the raw body authorizes a request.';
const FIREWALL = 'A web ACL has a monthly price, and its rules are a choice of the account. Associate one with the stage of `api`.';
// https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
const EXECUTION_LOGS = 'Execution logs can contain parameters and payloads, including signatures. '
  + 'The access log has the status, the latency and the integration error of every request.';
const SECRET_ROTATION = 'The provider issues or shares the secret. A rotation on one side alone would reject every webhook.';
const GUEST_KEY_ROTATION = 'With another key, every guest would be a new customer without a history.';
const ACCESS_LOGS_OF_FAILED_RECORDS = 'Access logs need another bucket, which is a choice of the account. The bucket is empty in normal operation.';
const ACCESS_LOGS_OF_ARCHIVE = 'Access logs need a second bucket, which is a choice of the account. '
  + 'Pass `archiveBucket` with server access logging, or record its data events in CloudTrail.';
const SCENARIO_TOPIC = 'The scenario creates the topic, in place of one that you pass.';

/** Why each remaining finding of cdk-nag is acceptable. */
export const ACKNOWLEDGED_FINDINGS: readonly Acknowledgment[] = [
  ...inPacks(['AwsSolutions'], [
    {
      rule: 'APIG2',
      where: /Ingress\/Api/,
      reason: 'Each provider has a format of its own, and every authentic webhook is stored. The validator verifies the signature instead.',
    },
    { rule: 'APIG3', where: /Ingress\/Api\/DeploymentStage/, reason: FIREWALL, resolvedBy: 'webAclArn' },
    { rule: 'APIG4', where: /Ingress\/Api\/Default\/webhook/, reason: SIGNED_NOT_LOGGED_IN },
    { rule: 'APIG6', where: /Ingress\/Api\/DeploymentStage/, reason: EXECUTION_LOGS },
    { rule: 'COG4', where: /Ingress\/Api\/Default\/webhook/, reason: SIGNED_NOT_LOGGED_IN },
    {
      rule: 'IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]',
      where: /ApiGatewayAccount\/CloudWatchRole/,
      reason: "AWS prescribes this policy for the account's API Gateway logging role.",
      resolvedBy: 'cloudWatchRole',
    },
    {
      rule: 'IAM5[Action::kms:GenerateDataKey*]',
      where: /Role\/DefaultPolicy/,
      reason: 'The variants of the action on one key. A condition limits the role to the services that need them.',
    },
    {
      rule: 'IAM5[Action::kms:ReEncrypt*]',
      where: /Role\/DefaultPolicy/,
      reason: 'The two halves of the action on one key. A condition limits the role to the services that need them.',
    },
    {
      rule: 'IAM5[Resource::*]',
      where: /(Handler|Workflow)\/Role\/DefaultPolicy/,
      reason: 'Tracing and log delivery accept no resource. Lambda needs the network interfaces of a VPC on all resources; '
        + "a condition denies them to the function's code.",
    },
    {
      rule: 'IAM5[Resource::<PaymentsArchiveBucket2364BD16.Arn>/year=*]',
      where: /TransactionArchival\/Handler\/Role\/DefaultPolicy/,
      reason: 'The keys of archived objects start with this prefix and are not known at deployment.',
    },
    {
      rule: 'IAM5[Resource::<PaymentsArchiveBucket2364BD16.Arn>/webhook-bodies/*]',
      where: /(WebhookValidator|WebhookReconciler)\/Handler\/Role\/DefaultPolicy/,
      reason: 'The keys of large bodies start with this prefix and are not known at deployment.',
    },
    {
      rule: 'IAM5[Resource::<PaymentsFailedRecordsBucketCFC0B761.Arn>/aws/lambda/*]',
      where: /(EventRelay|TransactionArchival)\/Handler\/Role\/DefaultPolicy/,
      reason: 'Lambda chooses the keys of objects for failed batches. All start with this prefix.',
    },
    {
      rule: 'IAM5[Resource::<PaymentsFraudDetectorHandlerFunction1F76896F.Arn>:*]',
      where: /Workflow\/Role\/DefaultPolicy/,
      reason: 'The versions and aliases of one function.',
    },
    { rule: 'S1', where: /Archive\/Bucket/, reason: ACCESS_LOGS_OF_ARCHIVE },
    { rule: 'S1', where: /FailedRecords\/Bucket/, reason: ACCESS_LOGS_OF_FAILED_RECORDS },
    {
      // https://docs.aws.amazon.com/step-functions/latest/dg/cloudwatch-log-level.html
      rule: 'SF1',
      where: /Workflow\/StateMachine/,
      reason: 'Failures are logged. Of a success, the table has the claim, the verdict and the close. `includeExecutionData` logs all events.',
    },
    { rule: 'SMG4', where: /Secret/, reason: SECRET_ROTATION },
    { rule: 'SMG4', where: /GuestKey/, reason: GUEST_KEY_ROTATION },
    { rule: 'SNS3', where: /Own(Alerts|Alarms)/, reason: SCENARIO_TOPIC },
    { rule: 'SQS3', where: /DeadLetters\/Queue/, reason: 'The queue is the dead-letter queue.' },
    { rule: 'SQS3', where: /SmallTransactions/, reason: 'The scenario creates the queue, in place of a target that you add.' },
  ]),

  ...inPacks(['PCI.DSS.321', 'NIST.800.53.R5'], [
    { rule: 'APIGWAssociatedWithWAF', where: /Ingress\/Api\/DeploymentStage/, reason: FIREWALL, resolvedBy: 'webAclArn' },
    {
      rule: 'APIGWCacheEnabledAndEncrypted',
      where: /Ingress\/Api\/DeploymentStage/,
      reason: 'The API has no cache, because each webhook must reach the validator.',
    },
    { rule: 'APIGWExecutionLoggingEnabled', where: /Ingress\/Api\/DeploymentStage/, reason: EXECUTION_LOGS },
    {
      // https://docs.aws.amazon.com/apigateway/latest/developerguide/getting-started-client-side-ssl-authentication.html
      rule: 'APIGWSSLEnabled',
      where: /Ingress\/Api\/DeploymentStage/,
      reason: 'A client certificate identifies API Gateway to HTTP backends. The only backend is a Lambda function, which IAM protects.',
    },
    {
      // https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
      rule: 'CloudWatchLogGroupEncrypted',
      where: /Payments\/.*Logs/,
      reason: 'CloudWatch Logs encrypts every log group with keys of its own.',
      resolvedBy: 'encryptionKey',
    },
    {
      // https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies-choosing-managed-or-inline.html
      rule: 'IAMNoInlinePolicy',
      where: /Role\/DefaultPolicy/,
      reason: 'Each policy belongs to one role, names the resources of one system, and is deleted with the role.',
    },
    {
      rule: 'LambdaInsideVPC',
      where: /Handler\/Function/,
      reason: 'The functions need no private network, and a VPC needs a NAT gateway or VPC endpoints, which cost money.',
      resolvedBy: 'vpc',
    },
    { rule: 'S3BucketLoggingEnabled', where: /Archive\/Bucket/, reason: ACCESS_LOGS_OF_ARCHIVE },
    { rule: 'S3BucketLoggingEnabled', where: /FailedRecords\/Bucket/, reason: ACCESS_LOGS_OF_FAILED_RECORDS },
    {
      rule: 'S3BucketReplicationEnabled',
      where: /FailedRecords\/Bucket/,
      reason: 'The table has the data of the records too. An object is needed until you have processed it.',
    },
    {
      rule: 'S3BucketVersioningEnabled',
      where: /FailedRecords\/Bucket/,
      reason: 'Lambda writes each object once, under a key with a random part.',
    },
    {
      rule: 'S3DefaultEncryptionKMS',
      where: /FailedRecords\/Bucket/,
      reason: 'S3 encrypts the bucket with keys of its own, which cost nothing.',
      resolvedBy: 'encryptionKey',
    },
    {
      rule: 'S3BucketReplicationEnabled',
      where: /Archive\/Bucket/,
      reason: 'The second region and its bucket are a choice of the account. Pass `archiveBucket` with replication.',
    },
    {
      rule: 'S3DefaultEncryptionKMS',
      where: /Archive\/Bucket/,
      reason: 'S3 encrypts the archive with keys of its own, which cost nothing.',
      resolvedBy: 'encryptionKey',
    },
    {
      // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html
      rule: 'SNSEncryptedKMS',
      where: /Payments\/Alerts\/Topic/,
      reason: 'CloudWatch alarms cannot publish to a topic that the AWS-managed key encrypts. Only a key of your own works.',
      resolvedBy: 'encryptionKey',
    },
    { rule: 'SNSEncryptedKMS', where: /Own(Alerts|Alarms)/, reason: SCENARIO_TOPIC },
    {
      // https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html
      rule: 'SecretsManagerUsingKMSKey',
      where: /WebhookValidator\/(Secret-|GuestKey)/,
      reason: 'Secrets Manager encrypts every secret with the AWS-managed key.',
      resolvedBy: 'encryptionKey',
    },
    {
      rule: 'SecretsManagerUsingKMSKey',
      where: /^\w+\/(Braintree)?Secret\//,
      reason: 'The scenario creates the secret, in place of one that you pass.',
    },
  ]),

  ...inPacks(['NIST.800.53.R5'], [
    {
      rule: 'CloudWatchAlarmAction',
      where: /Payments\/Alarms/,
      reason: 'Only you know whom to notify.',
      resolvedBy: 'alarmTopic',
    },
    {
      rule: 'LambdaConcurrency',
      where: /WebhookValidator/,
      reason: 'A reservation takes concurrency from the other functions of the account. The throttling of the API limits the rate.',
      resolvedBy: 'validatorReservedConcurrency',
    },
    {
      rule: 'LambdaConcurrency',
      where: /EventRelay|TransactionArchival/,
      reason: 'The shards of the stream limit the concurrency.',
    },
    {
      rule: 'LambdaConcurrency',
      where: /FraudDetector/,
      reason: 'Only the workflow calls the function, and retries throttled calls.',
    },
    {
      rule: 'LambdaConcurrency',
      where: /WebhookReconciler/,
      reason: 'Only schedules call the function, each at most every 15 minutes.',
    },
    {
      rule: 'LambdaDLQ',
      where: /WebhookReconciler/,
      reason: 'The next run of the schedule continues at the checkpoint. An alarm reports that no run completes.',
    },
    {
      rule: 'LambdaDLQ',
      where: /WebhookValidator|FraudDetector/,
      reason: 'The queue of a function serves asynchronous calls only. API Gateway and Step Functions call and wait.',
    },
    {
      rule: 'LambdaDLQ',
      where: /EventRelay|TransactionArchival/,
      reason: 'The queue of a function serves asynchronous calls only. The stream mappings name the dead-letter queue, '
        + 'and a failed sweep is repeated within a minute.',
    },
    { rule: 'SecretsManagerRotationEnabled', where: /Secret/, reason: SECRET_ROTATION },
    { rule: 'SecretsManagerRotationEnabled', where: /GuestKey/, reason: GUEST_KEY_ROTATION },
  ]),
];

function inPacks(packs: readonly Pack[], acknowledgments: readonly Acknowledgment[]): Acknowledgment[] {
  return packs.flatMap((pack) => acknowledgments.map((acknowledgment) => ({ ...acknowledgment, rule: `${pack}-${acknowledgment.rule}` })));
}
