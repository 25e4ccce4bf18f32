import { paginateQuery, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { Attr } from '../../src/private/contract';
import type { StoredItem } from '../aws/stored-item';

/** How much is read. */
export interface PaymentEventsLimits {
  readonly signal?: AbortSignal;
  /** The number of pages, of at most 1 MB each. Not set: all of them. */
  readonly maxPages?: number;
}

/** Reads attributes of the events of a transaction, consistently and newest first. */
export async function readPaymentEvents(
  client: DynamoDBClient, table: string, transactionId: string, attributes: readonly string[], { signal, maxPages = Infinity }: PaymentEventsLimits,
): Promise<StoredItem[]> {
  const events: StoredItem[] = [];
  const pages = paginateQuery({ client }, {
    TableName: table,
    KeyConditionExpression: `#${Attr.TRANSACTION_ID} = :id`,
    ProjectionExpression: attributes.map((attribute) => `#${attribute}`).join(', '),
    ExpressionAttributeNames: Object.fromEntries(attributes.map((attribute) => [`#${attribute}`, attribute])),
    ExpressionAttributeValues: { ':id': { S: transactionId } },
    ConsistentRead: true,
    ScanIndexForward: false,
  }, { abortSignal: signal });
  let read = 0;
  for await (const { Items } of pages) {
    events.push(...Items!);
    read += 1;
    if (read >= maxPages) {
      break;
    }
  }
  return events;
}
