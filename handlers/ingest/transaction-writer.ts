import { setTimeout as sleep } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import {
  ConditionalCheckFailedException, DynamoDBClient, PutItemCommand, TransactionCanceledException, TransactionConflictException,
  TransactWriteItemsCommand, type AttributeValue, type CancellationReason, type Put,
} from '@aws-sdk/client-dynamodb';
import type { StoreResult } from './ingest';
import type { TransactionItem } from './transaction-item';
import type { TransmissionItem } from './transmission-item';
import { Attr, Env, MAX_BODY_BYTES, Metric } from '../../src/private/contract';
import { conditionMet } from '../aws/conditional-write';
import { required } from '../aws/environment-variables';
import { count } from '../aws/telemetry';

/**
 * With 2.5 seconds for the secrets, this is below the shortest time-out of a
 * provider, which is 5 seconds.
 */
const DEADLINE_MS = 2_200;
/** Concurrent deliveries of one event conflict. The other write is finished after this time. */
const CONFLICT_PAUSE_MS = 50;
const CONDITION_FAILED = 'ConditionalCheckFailed';

/**
 * A second attempt is safe, because the write is conditional. If the first one
 * succeeded after a time-out, the second attempt or the provider's retry finds a
 * duplicate, which is acknowledged.
 */
const dynamodb = new DynamoDBClient({
  maxAttempts: 2,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 1_500, throwOnRequestTimeout: true },
});

/**
 * Stores a transaction once, with its transmission if there is one. Only the
 * conditions deduplicate. Any other failure is thrown, so that the provider
 * retries the webhook.
 */
export async function storeOnce(item: TransactionItem, transmission?: TransmissionItem): Promise<StoreResult> {
  const abortSignal = AbortSignal.timeout(DEADLINE_MS);
  try {
    return transmission ? await storeWithTransmission(item, transmission, abortSignal) : await storeAlone(item, abortSignal);
  } catch (error) {
    count(Metric.STORE_FAILED, String(item[Attr.PROVIDER]));
    throw error;
  }
}

async function storeAlone(item: TransactionItem, abortSignal: AbortSignal): Promise<StoreResult> {
  try {
    await dynamodb.send(new PutItemCommand(putOnce(item)), { abortSignal });
    return 'stored';
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) {
      return duplicateOf(error.Item, item);
    }
    throw error;
  }
}

/** Retries while other deliveries of the event are being stored, until the deadline. */
async function storeWithTransmission(item: TransactionItem, transmission: TransmissionItem, abortSignal: AbortSignal): Promise<StoreResult> {
  for (;;) {
    try {
      return await storeBoth(item, transmission, abortSignal);
    } catch (error) {
      if (!isConflict(error)) {
        throw error;
      }
      await sleep(CONFLICT_PAUSE_MS, undefined, { signal: abortSignal });
    }
  }
}

/** Stores both items or neither. Without the transmission, a forged transaction could follow under the same transmission id. */
async function storeBoth(item: TransactionItem, transmission: TransmissionItem, abortSignal: AbortSignal): Promise<StoreResult> {
  const TransactItems = [{ Put: putOnce(item) }, { Put: putForOneBody(transmission) }];
  try {
    await dynamodb.send(new TransactWriteItemsCommand({ TransactItems }), { abortSignal });
    return 'stored';
  } catch (error) {
    const [ofItem, ofTransmission] = reasonsOf(error);
    if (ofTransmission?.Code === CONDITION_FAILED) {
      return 'body-mismatch';
    }
    if (ofItem?.Code === CONDITION_FAILED) {
      // Another delivery of a known event: its transmission must still be stored.
      const isOneBody = await conditionMet(dynamodb.send(new PutItemCommand(putForOneBody(transmission)), { abortSignal }));
      return isOneBody ? duplicateOf(ofItem.Item, item) : 'body-mismatch';
    }
    throw error;
  }
}

/** Compares a duplicate with the stored item, which DynamoDB returned with the failed condition. */
function duplicateOf(stored: Record<string, AttributeValue> | undefined, item: TransactionItem): StoreResult {
  const before = stored?.[Attr.BODY]?.B;
  return before === undefined || hasSameBody(before, item[Attr.BODY] as Uint8Array) ? 'duplicate' : 'altered-duplicate';
}

/** Compares two compressed bodies. Versions of zlib can compress one body differently. */
function hasSameBody(first: Uint8Array, second: Uint8Array): boolean {
  const [before, now] = [first, second].map((bytes) => gunzipSync(bytes, { maxOutputLength: MAX_BODY_BYTES }));
  return before.equals(now);
}

/** The reasons why DynamoDB canceled a transaction: one for each of its items, in order. */
function reasonsOf(error: unknown): readonly CancellationReason[] {
  return error instanceof TransactionCanceledException ? error.CancellationReasons ?? [] : [];
}

/** Whether another request was writing the item, alone or in a transaction. */
function isConflict(error: unknown): boolean {
  return error instanceof TransactionConflictException || reasonsOf(error).some(({ Code }) => Code === 'TransactionConflict');
}

/** If the item exists, DynamoDB returns it without a read (https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PutItem.html). */
function putOnce(item: TransactionItem): Put {
  return {
    TableName: required(Env.TABLE_NAME),
    Item: marshal(item),
    ConditionExpression: `attribute_not_exists(${Attr.TRANSACTION_ID})`,
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  };
}

function putForOneBody(transmission: TransmissionItem): Put {
  return {
    TableName: required(Env.TABLE_NAME),
    Item: marshal({ ...transmission }),
    ConditionExpression: `attribute_not_exists(${Attr.TRANSACTION_ID}) OR ${Attr.BODY_HASH} = :hash`,
    ExpressionAttributeValues: { ':hash': { S: transmission[Attr.BODY_HASH] } },
  };
}

/** An item in DynamoDB's format. */
export function marshal(item: TransactionItem): Record<string, AttributeValue> {
  return Object.fromEntries(Object.entries(item).map(([name, value]) => [name, toAttribute(value)]));
}

function toAttribute(value: TransactionItem[string]): AttributeValue {
  if (typeof value === 'string') {
    return { S: value };
  }
  if (typeof value === 'boolean') {
    return { BOOL: value };
  }
  if (value instanceof Uint8Array) {
    return { B: value };
  }
  return typeof value === 'object' ? { M: marshal(value) } : { N: String(value) };
}
