/**
 * The stack's outputs that the command-line tool reads. The id of an output is the path of the system, one of these names,
 * and the hash of CDK.
 */
export const SYSTEM_OUTPUTS = [
  'TableName', 'ArchiveBucketName', 'FailedRecordsBucketName', 'DeadLetterQueueUrl', 'EventBusName', 'GuestKeyArn',
] as const;

export type SystemOutput = (typeof SYSTEM_OUTPUTS)[number];
