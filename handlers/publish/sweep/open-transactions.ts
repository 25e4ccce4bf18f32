import { DynamoDBClient, GetItemCommand, QueryCommand, UpdateItemCommand, type AttributeValue } from '@aws-sdk/client-dynamodb';
import { Attr, Env, GIVEN_UP_PARTITION, Index } from '../../../src/private/contract';
import { attemptTimeOuts } from '../../aws/attempt-time-outs';
import { conditionMet } from '../../aws/conditional-write';
import { required } from '../../aws/environment-variables';
import type { StoredItem } from '../../aws/stored-item';
import { sweepPartition } from '../../domain/identifier';

/** The number of keys that one query reads. */
const PAGE_SIZE = 50;

/**
 * One attempt for each call, because the next sweep retries a minute later. If
 * the first attempt of a release succeeded and its answer was lost, a retry
 * would treat it as the release of another sweep, and the event would not be
 * published.
 */
export const client = new DynamoDBClient({
  maxAttempts: 1,
  requestHandler: attemptTimeOuts(2_000),
});

export type ItemKey = Record<typeof Attr.TRANSACTION_ID | typeof Attr.TIMESTAMP, AttributeValue>;

/** A page of keys, and the position after it if there is more. */
export interface DuePage {
  readonly keys: readonly ItemKey[];
  readonly next?: Record<string, AttributeValue>;
}

/** The keys of the due transactions in a partition, the oldest first, from a position on. */
export async function dueTransactions(partition: string, now: number, from?: DuePage['next']): Promise<DuePage> {
  const { Items = [], LastEvaluatedKey: next } = await client.send(new QueryCommand({
    TableName: required(Env.TABLE_NAME),
    IndexName: Index.OPEN_HIGH_VALUE,
    KeyConditionExpression: '#partition = :partition AND #sweepAt <= :now',
    ExpressionAttributeNames: { '#partition': Attr.SWEEP_PARTITION, '#sweepAt': Attr.SWEEP_AT },
    ExpressionAttributeValues: { ':partition': { S: partition }, ':now': { S: new Date(now).toISOString() } },
    Limit: PAGE_SIZE,
    ExclusiveStartKey: from,
  }));
  const keys = Items.map((item) => ({ [Attr.TRANSACTION_ID]: item[Attr.TRANSACTION_ID], [Attr.TIMESTAMP]: item[Attr.TIMESTAMP] }));
  return { keys, next };
}

/**
 * When each item in a partition was received, in milliseconds, `NaN` for an item without that time. One page has up to 1 MB,
 * which is more than 5,000 items. If there are more, the result is a part of them.
 */
export async function receiptTimes(partition: string): Promise<number[]> {
  const { Items } = await client.send(new QueryCommand({
    TableName: required(Env.TABLE_NAME),
    IndexName: Index.OPEN_HIGH_VALUE,
    KeyConditionExpression: '#partition = :partition',
    ProjectionExpression: '#receivedAt',
    ExpressionAttributeNames: { '#partition': Attr.SWEEP_PARTITION, '#receivedAt': Attr.RECEIVED_AT },
    ExpressionAttributeValues: { ':partition': { S: partition } },
  }));
  return Items!.map((item) => Date.parse(item[Attr.RECEIVED_AT]?.S ?? ''));
}

/** The item itself; undefined if it was deleted and is still in the index. */
export async function readTransaction(key: ItemKey): Promise<StoredItem | undefined> {
  const { Item } = await client.send(new GetItemCommand({ TableName: required(Env.TABLE_NAME), Key: key, ConsistentRead: true }));
  return Item;
}

/** Matches an item that was not swept or closed in the meantime, and that no live execution has claimed. */
const UNCHANGED_AND_UNCLAIMED = 'attribute_not_exists(#closedAt) AND #sweepAt = :seen '
  + 'AND (attribute_not_exists(#claimedAt) OR #claimedAt < :deadBefore)';
const NAMES = {
  '#partition': Attr.SWEEP_PARTITION,
  '#sweepAt': Attr.SWEEP_AT,
  '#givenUpAt': Attr.GIVEN_UP_AT,
  '#claimOwner': Attr.CLAIM_OWNER,
  '#claimedAt': Attr.CLAIMED_AT,
};

/**
 * Removes a dead execution's claim and sets the next sweep, so that a new
 * execution can claim the item. An item that was given up is open again. Returns
 * false if another sweep was faster, or if a workflow has closed the item or has
 * just claimed it.
 */
export async function releaseClaim(
  key: ItemKey,
  { expectedSweepAt, nextSweepAt, attempt, deadBefore }: { expectedSweepAt: string; nextSweepAt: string; attempt: number; deadBefore: string },
): Promise<boolean> {
  return conditionMet(client.send(new UpdateItemCommand({
    TableName: required(Env.TABLE_NAME),
    Key: key,
    UpdateExpression: 'SET #partition = :partition, #sweepAt = :next, #sweeps = :attempt REMOVE #claimOwner, #claimedAt, #givenUpAt',
    ConditionExpression: UNCHANGED_AND_UNCLAIMED,
    ExpressionAttributeNames: { ...NAMES, '#sweeps': Attr.SWEEPS, '#closedAt': Attr.CLOSED_AT },
    ExpressionAttributeValues: {
      ':partition': { S: sweepPartition(key[Attr.TRANSACTION_ID].S!) },
      ':next': { S: nextSweepAt },
      ':attempt': { N: String(attempt) },
      ':seen': { S: expectedSweepAt },
      ':deadBefore': { S: deadBefore },
    },
  })));
}

/**
 * Moves an item to the partition of those that were given up, where a redrive
 * finds it, and removes the claim of an execution that died, so that you can also
 * republish it by hand. Returns false in the same cases as `releaseClaim`.
 */
export async function markGivenUp(
  key: ItemKey, { expectedSweepAt, givenUpAt, deadBefore }: { expectedSweepAt: string; givenUpAt: string; deadBefore: string },
): Promise<boolean> {
  return conditionMet(client.send(new UpdateItemCommand({
    TableName: required(Env.TABLE_NAME),
    Key: key,
    UpdateExpression: 'SET #partition = :partition, #sweepAt = :now, #givenUpAt = :now REMOVE #claimOwner, #claimedAt',
    ConditionExpression: UNCHANGED_AND_UNCLAIMED,
    ExpressionAttributeNames: { ...NAMES, '#closedAt': Attr.CLOSED_AT },
    ExpressionAttributeValues: {
      ':partition': { S: GIVEN_UP_PARTITION },
      ':now': { S: givenUpAt },
      ':seen': { S: expectedSweepAt },
      ':deadBefore': { S: deadBefore },
    },
  })));
}

/** Removes an item from the open ones. Does nothing if it was swept or closed in the meantime. */
export async function closeTransaction(key: ItemKey, expectedSweepAt: string): Promise<void> {
  await conditionMet(client.send(new UpdateItemCommand({
    TableName: required(Env.TABLE_NAME),
    Key: key,
    UpdateExpression: 'REMOVE #partition, #sweepAt, #givenUpAt, #claimOwner, #claimedAt',
    ConditionExpression: '#sweepAt = :seen',
    ExpressionAttributeNames: NAMES,
    ExpressionAttributeValues: { ':seen': { S: expectedSweepAt } },
  })));
}
