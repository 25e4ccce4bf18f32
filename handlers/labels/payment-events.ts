import { paginateQuery, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { Attr } from '../../src/private/contract';
import type { StoredItem } from '../aws/stored-item';

/** Reads attributes of all events of a transaction, consistently. */
export async function readPaymentEvents(
  client: DynamoDBClient, table: string, transactionId: string, attributes: readonly string[], signal?: AbortSignal,
): Promise<StoredItem[]> {
  const events: StoredItem[] = [];
  const pages = paginateQuery({ client }, {
    TableName: table,
    KeyConditionExpression: `#${Attr.TRANSACTION_ID} = :id`,
    ProjectionExpression: attributes.map((attribute) => `#${attribute}`).join(', '),
    ExpressionAttributeNames: Object.fromEntries(attributes.map((attribute) => [`#${attribute}`, attribute])),
    ExpressionAttributeValues: { ':id': { S: transactionId } },
    ConsistentRead: true,
  }, { abortSignal: signal });
  for await (const { Items } of pages) {
    events.push(...Items!);
  }
  return events;
}
