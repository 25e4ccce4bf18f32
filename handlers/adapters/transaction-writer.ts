import { DynamoDBClient, PutItemCommand, type AttributeValue } from '@aws-sdk/client-dynamodb';
import { tookPlace } from './conditional-write';
import { required } from './environment';
import { count } from './telemetry';
import { Attr, Env, Metric } from '../../src/private/contract';
import type { StoreResult } from '../core/reception';
import type { TransactionItem } from '../core/transaction';

/**
 * With the secrets' 2.5 seconds this stays under the 5 that the most impatient
 * provider waits.
 */
const DEADLINE_MS = 2_200;

/**
 * A second attempt is safe, because the write is conditional: where the first
 * one timed out and had succeeded all the same, the second, or the provider's
 * own, finds a duplicate, and both are acknowledged.
 */
const dynamodb = new DynamoDBClient({
  maxAttempts: 2,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 1_500, throwOnRequestTimeout: true },
});

/**
 * Stores a transaction once. The condition is the whole of deduplication; any
 * other failure is thrown, so that the provider sends the webhook again.
 */
export async function storeOnce(item: TransactionItem): Promise<StoreResult> {
  try {
    const isNew = await tookPlace(dynamodb.send(
      new PutItemCommand({
        TableName: required(Env.TABLE_NAME),
        Item: marshal(item),
        ConditionExpression: `attribute_not_exists(${Attr.TRANSACTION_ID})`,
      }),
      { abortSignal: AbortSignal.timeout(DEADLINE_MS) },
    ));
    return isNew ? 'stored' : 'duplicate';
  } catch (error) {
    count(Metric.STORE_FAILED);
    throw error;
  }
}

function marshal(item: TransactionItem): Record<string, AttributeValue> {
  return Object.fromEntries(Object.entries(item).map(([name, value]) => [name, toAttribute(value)]));
}

function toAttribute(value: TransactionItem[string]): AttributeValue {
  if (typeof value === 'string') {
    return { S: value };
  }
  if (typeof value === 'boolean') {
    return { BOOL: value };
  }
  return value instanceof Uint8Array ? { B: value } : { N: String(value) };
}
