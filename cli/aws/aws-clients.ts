import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import { attemptTimeOuts } from '../../handlers/aws/attempt-time-outs';

/** How to connect to AWS. What is not set comes from the usual places: the environment, the configuration files, the instance. */
export interface AwsConnection {
  readonly profile?: string;
  readonly region?: string;
}

export interface AwsClients {
  readonly cloudformation: CloudFormationClient;
  readonly dynamodb: DynamoDBClient;
  readonly s3: S3Client;
  readonly secrets: SecretsManagerClient;
  readonly sqs: SQSClient;
}

/** Longer than a request for a page of a table, for objects and for long polling. */
const ATTEMPT_MS = 60_000;
const MAX_ATTEMPTS = 6;

/**
 * The SDK retries throttling and failures of the network. Every call of the tool has the same effect if it happens twice:
 * writes are conditional, and deletions name a version or a message.
 */
export function connectToAws({ profile, region }: AwsConnection): AwsClients {
  const config = { profile, region, maxAttempts: MAX_ATTEMPTS, requestHandler: attemptTimeOuts(ATTEMPT_MS) };
  return {
    cloudformation: new CloudFormationClient(config),
    dynamodb: new DynamoDBClient(config),
    s3: new S3Client(config),
    secrets: new SecretsManagerClient(config),
    sqs: new SQSClient({ ...config, useQueueUrlAsEndpoint: false }),
  };
}
