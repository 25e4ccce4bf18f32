import type { Acknowledgment } from '../support/finding-review';

const HANDLERS = /PaymentsWebhookValidatorHandler|PaymentsWebhookReconcilerHandler|PaymentsEventRelayHandler|PaymentsFraudDetectorHandler|PaymentsTransactionArchivalHandler/;
const EMPTYING_FUNCTION = {
  where: /CustomS3AutoDeleteObjectsCustomResourceProviderHandler/,
  reason: 'A function of CDK that runs when the archive is created or deleted, to empty it.',
  resolvedBy: 'removalPolicy',
} as const;
const SECURITY_GROUP_FUNCTION = {
  where: /CustomVpcRestrictDefaultSGCustomResourceProviderHandler/,
  reason: "A function of CDK that runs when the scenario's VPC is created or deleted, to close its default security group.",
};

/** Why each remaining finding of checkov is acceptable. */
export const ACKNOWLEDGED_FINDINGS: readonly Acknowledgment[] = [
  {
    rule: 'CKV_AWS_18',
    where: /PaymentsArchiveBucket/,
    reason: 'Access logs need a second bucket, which is a choice of the account. '
      + 'Pass `archiveBucket` with server access logging, or record its data events in CloudTrail.',
  },
  {
    rule: 'CKV_AWS_18',
    where: /PaymentsFailedRecordsBucket/,
    reason: 'Access logs need another bucket, which is a choice of the account. The bucket is empty in normal operation.',
  },
  {
    rule: 'CKV_AWS_21',
    where: /PaymentsFailedRecordsBucket/,
    reason: 'Lambda writes each object once, under a key with a random part.',
  },
  {
    // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html
    rule: 'CKV_AWS_26',
    where: /PaymentsAlertsTopic/,
    reason: 'CloudWatch alarms cannot publish to a topic that the AWS-managed key encrypts. Only a key of your own works.',
    resolvedBy: 'encryptionKey',
  },
  { rule: 'CKV_AWS_26', where: /Own(Alerts|Alarms)/, reason: 'The scenario creates the topic, in place of one that you pass.' },
  {
    rule: 'CKV_AWS_27',
    where: /PaymentsDeadLettersQueue/,
    reason: 'SQS encrypts the queue with its own keys, which the check does not consider. EventBridge cannot use the AWS-managed key.',
    resolvedBy: 'encryptionKey',
  },
  { rule: 'CKV_AWS_27', where: /SmallTransactions/, reason: 'The scenario creates the queue, in place of a target that you add.' },
  {
    rule: 'CKV_AWS_59',
    where: /PaymentsIngressApi/,
    reason: 'Providers sign webhooks and cannot log in. The signature over the raw body authorizes a request.',
  },
  {
    rule: 'CKV_AWS_115',
    where: /PaymentsWebhookValidator/,
    reason: 'A reservation takes concurrency from the other functions of the account. The throttling of the API limits the rate.',
    resolvedBy: 'validatorReservedConcurrency',
  },
  {
    rule: 'CKV_AWS_115',
    where: /PaymentsEventRelay|PaymentsTransactionArchival/,
    reason: 'The shards of the stream limit the concurrency.',
  },
  {
    rule: 'CKV_AWS_115',
    where: /PaymentsFraudDetector/,
    reason: 'Only the workflow calls the function, and retries throttled calls.',
  },
  {
    rule: 'CKV_AWS_115',
    where: /PaymentsWebhookReconciler/,
    reason: 'Only schedules call the function, each at most every 15 minutes.',
  },
  { rule: 'CKV_AWS_115', ...EMPTYING_FUNCTION },
  { rule: 'CKV_AWS_115', ...SECURITY_GROUP_FUNCTION },
  {
    rule: 'CKV_AWS_116',
    where: /PaymentsWebhookValidator|PaymentsFraudDetector/,
    reason: 'The queue of a function serves asynchronous calls only. API Gateway and Step Functions call and wait.',
  },
  {
    rule: 'CKV_AWS_116',
    where: /PaymentsEventRelay|PaymentsTransactionArchival/,
    reason: 'The queue of a function serves asynchronous calls only. The stream mappings name the dead-letter queue, '
      + 'and a failed sweep is repeated within a minute.',
  },
  {
    rule: 'CKV_AWS_116',
    where: /PaymentsWebhookReconciler/,
    reason: 'The next run of the schedule continues at the checkpoint. An alarm reports that no run completes.',
  },
  { rule: 'CKV_AWS_116', ...EMPTYING_FUNCTION },
  { rule: 'CKV_AWS_116', ...SECURITY_GROUP_FUNCTION },
  {
    rule: 'CKV_AWS_117',
    where: HANDLERS,
    reason: 'The functions need no private network, and a VPC needs a NAT gateway or VPC endpoints, which cost money.',
    resolvedBy: 'vpc',
  },
  { rule: 'CKV_AWS_117', ...EMPTYING_FUNCTION },
  { rule: 'CKV_AWS_117', ...SECURITY_GROUP_FUNCTION },
  {
    rule: 'CKV_AWS_120',
    where: /PaymentsIngressApi/,
    reason: 'The API has no cache, because each webhook must reach the validator.',
  },
  {
    // https://docs.aws.amazon.com/AmazonECR/latest/userguide/encryption-at-rest.html
    rule: 'CKV_AWS_136',
    where: /Repositories/,
    reason: 'ECR encrypts the images with keys of its own.',
    resolvedBy: 'encryptionKey',
  },
  {
    // https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html
    rule: 'CKV_AWS_149',
    where: /PaymentsWebhookValidator(Secret|GuestKey)/,
    reason: 'Secrets Manager encrypts every secret with the AWS-managed key.',
    resolvedBy: 'encryptionKey',
  },
  { rule: 'CKV_AWS_149', where: /\.(Braintree)?Secret/, reason: 'The scenario creates the secret, in place of one that you pass.' },
  {
    // https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
    rule: 'CKV_AWS_158',
    where: /Payments.*Logs/,
    reason: 'CloudWatch Logs encrypts every log group with keys of its own.',
    resolvedBy: 'encryptionKey',
  },
  {
    // https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars-encryption.html
    rule: 'CKV_AWS_173',
    where: HANDLERS,
    reason: 'Lambda encrypts the environment with the AWS-managed key. It contains names and settings, and no secret.',
    resolvedBy: 'encryptionKey',
  },
];
