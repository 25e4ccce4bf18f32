import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';

const dynamodb = new DynamoDBClient({});
const secretsManager = new SecretsManagerClient({});

/** The two calls of a webhook with the SDK, and nothing else. */
export const handler = async ({ body }: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> => {
  await secretsManager.send(new GetSecretValueCommand({ SecretId: 'arn:stripe', VersionStage: 'AWSCURRENT' }));
  await dynamodb.send(new PutItemCommand({
    TableName: 'the-table',
    Item: { transaction_id: { S: 'stripe:1' }, timestamp: { S: '-#1' }, body: { B: Buffer.from(body!, 'base64') } },
    ConditionExpression: 'attribute_not_exists(transaction_id)',
  }));
  return { statusCode: 200, body: '{}' };
};
