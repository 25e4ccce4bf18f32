import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';

const dynamodb = new DynamoDBClient({});

/** The SDK's client of DynamoDB alone. It is only loaded. */
export const handler = async (): Promise<unknown> => dynamodb.send(new PutItemCommand({ TableName: 'the-table', Item: {} }));
