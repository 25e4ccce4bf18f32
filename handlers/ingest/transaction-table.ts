import { setTimeout as sleep } from 'node:timers/promises';
import type { StoreResult } from './ingest';
import { bodyHashOf } from './large-body';
import type { TransactionItem } from './transaction-item';
import type { TransmissionItem } from './transmission-item';
import { Attr, Env } from '../../src/private/contract';
import { AwsJsonClient, JSON_SERVICES } from '../aws/aws-json-client';
import { CONDITION_NOT_MET, conditionMet } from '../aws/conditional-write';
import { required } from '../aws/environment-variables';
import { ServiceException } from '../aws/service-exception';
import type { StoredItem, StoredValue } from '../aws/stored-item';

/** Concurrent deliveries of one event conflict. The other write is finished after this time. */
const CONFLICT_PAUSE_MS = 50;
const CONDITION_FAILED = 'ConditionalCheckFailed';
const TRANSACTION_CANCELED = 'TransactionCanceledException';
const TRANSACTION_CONFLICT = 'TransactionConflictException';

/**
 * A second attempt is safe, because the write is conditional. If the first one
 * succeeded after a time-out, the second attempt or the provider's retry finds a
 * duplicate, which is acknowledged.
 */
const dynamodb = new AwsJsonClient(JSON_SERVICES.dynamodb, { maxAttempts: 2, attemptMillis: 1_500 });

/** A put in DynamoDB's format (https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Put.html). */
interface Put {
  readonly TableName: string;
  readonly Item: StoredItem;
  readonly ConditionExpression: string;
  readonly ExpressionAttributeValues?: StoredItem;
  readonly ReturnValuesOnConditionCheckFailure?: 'ALL_OLD';
}

/** Why an item of a transaction was not written. `Item` is the stored one, for a condition that was not met. */
interface WriteRefusal {
  readonly Code?: string;
  readonly Item?: StoredItem;
}

/** Stores an item once, with its transmission if there is one. The item must fit into the table. */
export async function storeFitting(
  item: TransactionItem, transmission: TransmissionItem | undefined, deadline: number,
): Promise<StoreResult> {
  return transmission ? untilNoConflict(async () => storeBoth(item, transmission, deadline), deadline) : storeAlone(item, deadline);
}

/** Stores a transmission alone. Returns whether it is new, or delivered the same body before. */
export async function storeTransmission(transmission: TransmissionItem, deadline: number): Promise<boolean> {
  return untilNoConflict(async () => putTransmission(transmission, deadline), deadline);
}

/** Compares an item with the stored one of the same key. Returns undefined if there is none. */
export async function findDuplicate(item: TransactionItem, deadline: number): Promise<StoreResult | undefined> {
  const stored = await untilNoConflict(async () => storedItem(item, deadline), deadline);
  return stored && duplicateOf(stored, item);
}

/**
 * The item with the same key, if there is one. A put whose condition is never met returns it, and needs no right to read the
 * table, which the function does not have.
 */
async function storedItem(
  { [Attr.TRANSACTION_ID]: id, [Attr.TIMESTAMP]: timestamp }: TransactionItem, deadline: number,
): Promise<StoredItem | undefined> {
  const put = putOnce({ [Attr.TRANSACTION_ID]: id, [Attr.TIMESTAMP]: timestamp });
  const never = { ...put, ConditionExpression: `attribute_exists(${Attr.TRANSACTION_ID}) AND ${put.ConditionExpression}` };
  return (await refusalOf(never, deadline))?.Item;
}

async function storeAlone(item: TransactionItem, deadline: number): Promise<StoreResult> {
  const refusal = await refusalOf(putOnce(item), deadline);
  return refusal ? duplicateOf(refusal.Item, item) : 'stored';
}

/** The refusal of a put whose condition was not met. Throws on any other failure. */
async function refusalOf(put: Put, deadline: number): Promise<WriteRefusal | undefined> {
  try {
    await dynamodb.call('PutItem', put, deadline);
    return undefined;
  } catch (error) {
    if (error instanceof ServiceException && error.name === CONDITION_NOT_MET) {
      return error.fields as WriteRefusal;
    }
    throw error;
  }
}

/** Retries while other deliveries of the event are being stored, until the deadline. */
async function untilNoConflict<T>(store: () => Promise<T>, deadline: number): Promise<T> {
  for (;;) {
    try {
      return await store();
    } catch (error) {
      if (!isConflict(error) || Date.now() + CONFLICT_PAUSE_MS >= deadline) {
        throw error;
      }
      await sleep(CONFLICT_PAUSE_MS);
    }
  }
}

/** Stores both items or neither. Without the transmission, a forged transaction could follow under the same transmission id. */
async function storeBoth(item: TransactionItem, transmission: TransmissionItem, deadline: number): Promise<StoreResult> {
  const TransactItems = [{ Put: putOnce(item) }, { Put: putForOneBody(transmission) }];
  try {
    await dynamodb.call('TransactWriteItems', { TransactItems }, deadline);
    return 'stored';
  } catch (error) {
    const [ofItem, ofTransmission] = reasonsOf(error);
    if (ofTransmission?.Code === CONDITION_FAILED) {
      return 'body-mismatch';
    }
    if (ofItem?.Code === CONDITION_FAILED) {
      // Another delivery of a known event: its transmission must still be stored.
      return await putTransmission(transmission, deadline) ? duplicateOf(ofItem.Item, item) : 'body-mismatch';
    }
    throw error;
  }
}

/** Whether the transmission is new, or delivered the same body before. */
async function putTransmission(transmission: TransmissionItem, deadline: number): Promise<boolean> {
  return conditionMet(dynamodb.call('PutItem', putForOneBody(transmission), deadline));
}

/**
 * Compares a duplicate with the stored item, which DynamoDB returned with the failed condition. A fetched event is not
 * compared, because the provider renders it in another way than its webhook, such as with other spaces.
 */
function duplicateOf(stored: StoredItem | undefined, item: TransactionItem): StoreResult {
  const before = stored?.[Attr.FETCHED] ? undefined : bodyHashOf(stored);
  return before === undefined || before === bodyHashOf(marshal(item)) ? 'duplicate' : 'altered-duplicate';
}

/** The reasons why DynamoDB canceled a transaction: one for each of its items, in order. */
function reasonsOf(error: unknown): readonly WriteRefusal[] {
  if (!(error instanceof ServiceException) || error.name !== TRANSACTION_CANCELED) {
    return [];
  }
  const { CancellationReasons: reasons = [] } = error.fields as { readonly CancellationReasons?: readonly WriteRefusal[] };
  return reasons;
}

/** Whether another request was writing the item, alone or in a transaction. */
function isConflict(error: unknown): boolean {
  const isOfPut = error instanceof ServiceException && error.name === TRANSACTION_CONFLICT;
  return isOfPut || reasonsOf(error).some(({ Code }) => Code === 'TransactionConflict');
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
export function marshal(item: TransactionItem): StoredItem {
  return Object.fromEntries(Object.entries(item).map(([name, value]) => [name, toAttribute(value)]));
}

function toAttribute(value: TransactionItem[string]): StoredValue {
  if (typeof value === 'string') {
    return { S: value };
  }
  if (typeof value === 'boolean') {
    return { BOOL: value };
  }
  if (value instanceof Uint8Array) {
    return { B: Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64') };
  }
  return typeof value === 'object' ? { M: marshal(value) } : { N: String(value) };
}
