import { setTimeout as sleep } from 'node:timers/promises';
import {
  ConditionalCheckFailedException, DynamoDBClient, PutItemCommand, TransactionCanceledException, TransactionConflictException,
  TransactWriteItemsCommand, type AttributeValue, type CancellationReason, type Put, type PutItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import type { StoreResult } from './ingest';
import { bodyHashOf } from './large-body';
import type { TransactionItem } from './transaction-item';
import type { TransmissionItem } from './transmission-item';
import { Attr, Env } from '../../src/private/contract';
import { conditionMet } from '../aws/conditional-write';
import { required } from '../aws/environment-variables';

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

/** Stores an item once, with its transmission if there is one. The item must fit into the table. */
export async function storeFitting(
  item: TransactionItem, transmission: TransmissionItem | undefined, abortSignal: AbortSignal,
): Promise<StoreResult> {
  return transmission ? untilNoConflict(async () => storeBoth(item, transmission, abortSignal), abortSignal) : storeAlone(item, abortSignal);
}

/** Stores a transmission alone. Returns whether it is new, or delivered the same body before. */
export async function storeTransmission(transmission: TransmissionItem, abortSignal: AbortSignal): Promise<boolean> {
  return untilNoConflict(async () => putTransmission(transmission, abortSignal), abortSignal);
}

/** Compares an item with the stored one of the same key. Returns undefined if there is none. */
export async function findDuplicate(item: TransactionItem, abortSignal: AbortSignal): Promise<StoreResult | undefined> {
  const stored = await untilNoConflict(async () => storedItem(item, abortSignal), abortSignal);
  return stored && duplicateOf(stored, item);
}

/**
 * The item with the same key, if there is one. A put whose condition is never met returns it, and needs no right to read the
 * table, which the function does not have.
 */
async function storedItem(
  { [Attr.TRANSACTION_ID]: id, [Attr.TIMESTAMP]: timestamp }: TransactionItem, abortSignal: AbortSignal,
): Promise<Record<string, AttributeValue> | undefined> {
  const put = putOnce({ [Attr.TRANSACTION_ID]: id, [Attr.TIMESTAMP]: timestamp });
  const never = { ...put, ConditionExpression: `attribute_exists(${Attr.TRANSACTION_ID}) AND ${put.ConditionExpression}` };
  return (await refusalOf(never, abortSignal))?.Item;
}

async function storeAlone(item: TransactionItem, abortSignal: AbortSignal): Promise<StoreResult> {
  const refusal = await refusalOf(putOnce(item), abortSignal);
  return refusal ? duplicateOf(refusal.Item, item) : 'stored';
}

/** The error of a put whose condition was not met. Throws on any other failure. */
async function refusalOf(put: Put & PutItemCommandInput, abortSignal: AbortSignal): Promise<ConditionalCheckFailedException | undefined> {
  try {
    await dynamodb.send(new PutItemCommand(put), { abortSignal });
    return undefined;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) {
      return error;
    }
    throw error;
  }
}

/** Retries while other deliveries of the event are being stored, until the deadline. */
async function untilNoConflict<T>(store: () => Promise<T>, abortSignal: AbortSignal): Promise<T> {
  for (;;) {
    try {
      return await store();
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
      return await putTransmission(transmission, abortSignal) ? duplicateOf(ofItem.Item, item) : 'body-mismatch';
    }
    throw error;
  }
}

/** Whether the transmission is new, or delivered the same body before. */
async function putTransmission(transmission: TransmissionItem, abortSignal: AbortSignal): Promise<boolean> {
  return conditionMet(dynamodb.send(new PutItemCommand(putForOneBody(transmission)), { abortSignal }));
}

/**
 * Compares a duplicate with the stored item, which DynamoDB returned with the failed condition. A fetched event is not
 * compared, because the provider renders it in another way than its webhook, such as with other spaces.
 */
function duplicateOf(stored: Record<string, AttributeValue> | undefined, item: TransactionItem): StoreResult {
  const before = stored?.[Attr.FETCHED] ? undefined : bodyHashOf(stored);
  return before === undefined || before === bodyHashOf(marshal(item)) ? 'duplicate' : 'altered-duplicate';
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
