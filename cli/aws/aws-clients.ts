import { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { SSMClient } from '@aws-sdk/client-ssm';
import { STSClient } from '@aws-sdk/client-sts';
import { LOCAL_CREDENTIALS, type LocalSystem } from './local-system';
import { attemptTimeOuts } from '../../handlers/aws/attempt-time-outs';

/** How to connect to AWS. What is not set comes from the usual places: the environment, the configuration files, the instance. */
export interface AwsConnection {
  readonly profile?: string;
  readonly region?: string;
  /** Connects to this system instead of AWS. */
  readonly local?: LocalSystem;
}

export interface AwsClients {
  readonly apiGateway: APIGatewayClient;
  readonly cloudformation: CloudFormationClient;
  readonly cloudwatch: CloudWatchClient;
  readonly dynamodb: DynamoDBClient;
  readonly eventBridge: EventBridgeClient;
  readonly lambda: LambdaClient;
  readonly s3: S3Client;
  readonly secrets: SecretsManagerClient;
  readonly sns: SNSClient;
  readonly sqs: SQSClient;
  readonly ssm: SSMClient;
  readonly stepFunctions: SFNClient;
  readonly sts: STSClient;
}

/** Longer than a request for a page of a table, for objects and for long polling. */
const ATTEMPT_MS = 60_000;
/** Longer than the longest invocation of a function. */
const INVOCATION_MS = 310_000;
const MAX_ATTEMPTS = 6;

/**
 * The SDK retries throttling and failures of the network. Every call of the tool has the same effect if it happens twice:
 * writes are conditional, and deletions name a version or a message.
 */
export function connectToAws({ profile, region, local }: AwsConnection): AwsClients {
  const target = local ? { endpoint: local.endpoint, region: local.region, credentials: LOCAL_CREDENTIALS } : { profile, region };
  const config = { ...target, maxAttempts: MAX_ATTEMPTS, requestHandler: attemptTimeOuts(ATTEMPT_MS) };
  return {
    apiGateway: new APIGatewayClient(config),
    cloudformation: new CloudFormationClient(config),
    cloudwatch: new CloudWatchClient(config),
    dynamodb: new DynamoDBClient(config),
    eventBridge: new EventBridgeClient(config),
    lambda: new LambdaClient({ ...config, requestHandler: attemptTimeOuts(INVOCATION_MS) }),
    s3: new S3Client({ ...config, forcePathStyle: local !== undefined }),
    secrets: new SecretsManagerClient(config),
    sns: new SNSClient(config),
    sqs: new SQSClient({ ...config, useQueueUrlAsEndpoint: false }),
    ssm: new SSMClient(config),
    stepFunctions: new SFNClient(config),
    sts: new STSClient(config),
  };
}
