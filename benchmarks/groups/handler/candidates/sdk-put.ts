/** The client of the AWS SDK alone: writes a complete item, with its body compressed here or before. */
import { gzipSync } from 'node:zlib';
import { DynamoDBClient, PutItemCommand, type AttributeValue } from '@aws-sdk/client-dynamodb';

const client = new DynamoDBClient({});

/** An item, and the body to compress, if any. */
export interface SdkPut {
  readonly item: Readonly<Record<string, AttributeValue>>;
  readonly body?: Uint8Array;
}

export async function handler({ item, body }: SdkPut): Promise<void> {
  await client.send(new PutItemCommand({
    TableName: 'transactions',
    Item: body === undefined ? item : { ...item, body: { B: gzipSync(body) } },
    ConditionExpression: 'attribute_not_exists(transaction_id)',
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  }));
}
