import { CreateTableCommand, type CreateTableCommandInput } from '@aws-sdk/client-dynamodb';
import { CreateEventBusCommand } from '@aws-sdk/client-eventbridge';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { CreateSecretCommand } from '@aws-sdk/client-secrets-manager';
import { CreateTopicCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand } from '@aws-sdk/client-sqs';
import { PutParameterCommand } from '@aws-sdk/client-ssm';
import type { Clients } from './clients';
import { ACCOUNT, REGION } from './moto';

/** The results of `Ref` and `Fn::GetAtt` for a resource. */
export interface Created {
  readonly ref: string;
  readonly attributes?: Readonly<Record<string, string>>;
}

type Create = (clients: Clients, name: string, properties: any) => Promise<Created>;

const STREAM = { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' } as const;

/** Creates the resources that a policy or a function's environment refers to. If the template sets no name, a name is generated. */
export const CREATORS: Readonly<Record<string, Create>> = {
  'AWS::DynamoDB::Table': createTable,
  'AWS::DynamoDB::GlobalTable': createTable,
  'AWS::Events::EventBus': async ({ events }, generatedName, { Name = generatedName }) => {
    const { EventBusArn } = await events.send(new CreateEventBusCommand({ Name }));
    return { ref: Name, attributes: { Arn: EventBusArn! } };
  },
  // The emulator has no customer managed keys. Policies need only the name.
  'AWS::KMS::Key': async (_, generatedName) => ({ ref: generatedName, attributes: { Arn: arn('kms', `key/${generatedName}`) } }),
  'AWS::Logs::LogGroup': async (_, generatedName, { LogGroupName = generatedName }) => (
    { ref: LogGroupName, attributes: { Arn: arn('logs', `log-group:${LogGroupName}:*`) } }
  ),
  'AWS::S3::Bucket': async ({ s3 }, generatedName, { BucketName = generatedName.toLowerCase() }) => {
    await s3.send(new CreateBucketCommand({ Bucket: BucketName }));
    return { ref: BucketName, attributes: { Arn: `arn:aws:s3:::${BucketName}` } };
  },
  // Without a value, as the construct creates them.
  'AWS::SecretsManager::Secret': async ({ secrets }, generatedName, { Name = generatedName }) => {
    const { ARN } = await secrets.send(new CreateSecretCommand({ Name }));
    return { ref: ARN! };
  },
  'AWS::SNS::Topic': async ({ sns }, generatedName, { TopicName = generatedName }) => {
    const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: TopicName }));
    return { ref: TopicArn! };
  },
  'AWS::SQS::Queue': async ({ sqs }, generatedName, { QueueName = generatedName }) => {
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName }));
    return { ref: QueueUrl!, attributes: { Arn: arn('sqs', QueueName) } };
  },
  'AWS::SSM::Parameter': async ({ ssm }, generatedName, { Name = generatedName, Type, Value, Tier }) => {
    await ssm.send(new PutParameterCommand({ Name, Type, Value, Tier }));
    return { ref: Name };
  },
};

/** Builds the ARN of a resource in the account and region of the tests. */
export function arn(service: string, resource: string): string {
  return `arn:aws:${service}:${REGION}:${ACCOUNT}:${resource}`;
}

async function createTable({ dynamodb }: Clients, generatedName: string, properties: CreateTableCommandInput): Promise<Created> {
  const { TableName = generatedName, AttributeDefinitions, KeySchema, GlobalSecondaryIndexes, BillingMode } = properties;
  const { TableDescription } = await dynamodb.send(new CreateTableCommand({
    TableName, AttributeDefinitions, KeySchema, GlobalSecondaryIndexes, BillingMode, StreamSpecification: STREAM,
  }));
  const { TableArn, LatestStreamArn } = TableDescription!;
  return { ref: TableName, attributes: { Arn: TableArn!, StreamArn: LatestStreamArn! } };
}
