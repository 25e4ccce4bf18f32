import { setTimeout as sleep } from 'node:timers/promises';
import {
  DynamoDBClient, PutItemCommand, TransactionCanceledException, TransactionConflictException, TransactWriteItemsCommand,
  type AttributeValue, type Put,
} from '@aws-sdk/client-dynamodb';
import type { StoreResult } from './ingest';
import type { TransactionItem } from './transaction-item';
import type { TransmissionItem } from './transmission-item';
import { Attr, Env, Metric } from '../../src/private/contract';
import { conditionMet } from '../aws/conditional-write';
import { required } from '../aws/environment-variables';
import { count } from '../aws/telemetry';

/**
 * With the secrets' 2.5 seconds this stays under the 5 that the most impatient
 * provider waits.
 */
const DEADLINE_MS = 2_200;
/** Deliveries of one event at the same moment get in each other's way; the other's write is over after this. */
const CONFLICT_PAUSE_MS = 50;
const CONDITION_FAILED = 'ConditionalCheckFailed';

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
 * Stores a transaction once, and with it the transmission it came by, where
 * there is one. The conditions are the whole of deduplication; any other
 * failure is thrown, so that the provider sends the webhook again.
 */
export async function storeOnce(item: TransactionItem, transmission?: TransmissionItem): Promise<StoreResult> {
  const abortSignal = AbortSignal.timeout(DEADLINE_MS);
  try {
    return transmission ? await storeWithTransmission(item, transmission, abortSignal) : await storeAlone(item, abortSignal);
  } catch (error) {
    count(Metric.STORE_FAILED);
    throw error;
  }
}

async function storeAlone(item: TransactionItem, abortSignal: AbortSignal): Promise<StoreResult> {
  return await conditionMet(dynamodb.send(new PutItemCommand(putOnce(item)), { abortSignal })) ? 'stored' : 'duplicate';
}

/** Tries again while other deliveries of the event are being stored; the deadline ends it. */
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
    if (ofTransmission === CONDITION_FAILED) {
      return 'body-mismatch';
    }
    if (ofItem === CONDITION_FAILED) {
      // Another delivery of a known event: its transmission must still be stored.
      return await conditionMet(dynamodb.send(new PutItemCommand(putForOneBody(transmission)), { abortSignal })) ? 'duplicate' : 'body-mismatch';
    }
    throw error;
  }
}

/** The reasons why DynamoDB canceled a transaction: a code for each of its items, in order. */
function reasonsOf(error: unknown): readonly (string | undefined)[] {
  return error instanceof TransactionCanceledException ? (error.CancellationReasons ?? []).map(({ Code }) => Code) : [];
}

/** Alone or within a transaction, the item was being written at the same moment. */
function isConflict(error: unknown): boolean {
  return error instanceof TransactionConflictException || reasonsOf(error).includes('TransactionConflict');
}

function putOnce(item: TransactionItem): Put {
  return { TableName: required(Env.TABLE_NAME), Item: marshal(item), ConditionExpression: `attribute_not_exists(${Attr.TRANSACTION_ID})` };
}

function putForOneBody(transmission: TransmissionItem): Put {
  return {
    TableName: required(Env.TABLE_NAME),
    Item: marshal({ ...transmission }),
    ConditionExpression: `attribute_not_exists(${Attr.TRANSACTION_ID}) OR ${Attr.BODY_HASH} = :hash`,
    ExpressionAttributeValues: { ':hash': { S: transmission[Attr.BODY_HASH] } },
  };
}

/** An item as DynamoDB takes it. */
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
  return value instanceof Uint8Array ? { B: value } : { N: String(value) };
}
