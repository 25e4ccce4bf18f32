/**
 * The stack's outputs that the command-line tool reads. The id of an output is the path of the system, one of these names,
 * and the hash of CDK.
 */
export const SYSTEM_OUTPUTS = [
  'TableName', 'ArchiveBucketName', 'FailedRecordsBucketName', 'DeadLetterQueueUrl', 'EventBusName', 'AlertTopicArn', 'WorkflowArn',
  'ValidatorFunctionName', 'RelayFunctionName', 'DetectorFunctionName', 'ArchivalFunctionName', 'GuestKeyArn',
] as const;

export type SystemOutput = (typeof SYSTEM_OUTPUTS)[number];

/** Begin the ids of a provider's outputs. The name of the provider follows, and for a further secret its number. */
export const ProviderOutput = { URL: 'WebhookUrl', SECRET: 'WebhookSecret' } as const;
