import { DynamoDBClient, GetItemCommand, QueryCommand, UpdateItemCommand, type AttributeValue } from '@aws-sdk/client-dynamodb';
import { Attr, Env, Index } from '../../../src/private/contract';
import { attemptTimeOuts } from '../../aws/attempt-time-outs';
import { conditionMet } from '../../aws/conditional-write';
import { required } from '../../aws/environment-variables';
import type { StoredItem } from '../../aws/stored-item';

/** The maximum number of transactions that one run reads from a partition. The next run starts a minute later. */
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

/** The keys of the due transactions in a partition, the oldest first. */
export async function dueTransactions(partition: number, now: number): Promise<ItemKey[]> {
  const { Items = [] } = await client.send(new QueryCommand({
    TableName: required(Env.TABLE_NAME),
    IndexName: Index.OPEN_HIGH_VALUE,
    KeyConditionExpression: '#partition = :partition AND #sweepAt <= :now',
    ExpressionAttributeNames: { '#partition': Attr.SWEEP_PARTITION, '#sweepAt': Attr.SWEEP_AT },
    ExpressionAttributeValues: { ':partition': { S: String(partition) }, ':now': { S: new Date(now).toISOString() } },
    Limit: PAGE_SIZE,
  }));
  return Items.map((item) => ({ [Attr.TRANSACTION_ID]: item[Attr.TRANSACTION_ID], [Attr.TIMESTAMP]: item[Attr.TIMESTAMP] }));
}

/** The item itself; undefined if it was deleted and is still in the index. */
export async function readTransaction(key: ItemKey): Promise<StoredItem | undefined> {
  const { Item } = await client.send(new GetItemCommand({ TableName: required(Env.TABLE_NAME), Key: key, ConsistentRead: true }));
  return Item;
}

/**
 * Removes a dead execution's claim and sets the next sweep, so that a new
 * execution can claim the item. Returns false if another sweep was faster, or if
 * a workflow has closed the item or has just claimed it.
 */
export async function releaseClaim(
  key: ItemKey, { expectedSweepAt, nextSweepAt, deadBefore }: { expectedSweepAt: string; nextSweepAt: string; deadBefore: string },
): Promise<boolean> {
  return conditionMet(client.send(new UpdateItemCommand({
    TableName: required(Env.TABLE_NAME),
    Key: key,
    UpdateExpression: 'SET #sweepAt = :next, #sweeps = if_not_exists(#sweeps, :zero) + :one REMOVE #claimOwner, #claimedAt',
    ConditionExpression: 'attribute_not_exists(#closedAt) AND #sweepAt = :seen AND (attribute_not_exists(#claimedAt) OR #claimedAt < :deadBefore)',
    ExpressionAttributeNames: {
      '#sweepAt': Attr.SWEEP_AT,
      '#sweeps': Attr.SWEEPS,
      '#claimOwner': Attr.CLAIM_OWNER,
      '#claimedAt': Attr.CLAIMED_AT,
      '#closedAt': Attr.CLOSED_AT,
    },
    ExpressionAttributeValues: {
      ':next': { S: nextSweepAt },
      ':seen': { S: expectedSweepAt },
      ':deadBefore': { S: deadBefore },
      ':zero': { N: '0' },
      ':one': { N: '1' },
    },
  })));
}

/**
 * Removes an item from the open ones, with the claim of an execution that died,
 * so that you can republish it by hand. Does nothing if it was swept or closed
 * in the meantime.
 */
export async function closeTransaction(key: ItemKey, expectedSweepAt: string): Promise<void> {
  await conditionMet(client.send(new UpdateItemCommand({
    TableName: required(Env.TABLE_NAME),
    Key: key,
    UpdateExpression: 'REMOVE #partition, #sweepAt, #claimOwner, #claimedAt',
    ConditionExpression: '#sweepAt = :seen',
    ExpressionAttributeNames: {
      '#partition': Attr.SWEEP_PARTITION, '#sweepAt': Attr.SWEEP_AT, '#claimOwner': Attr.CLAIM_OWNER, '#claimedAt': Attr.CLAIMED_AT,
    },
    ExpressionAttributeValues: { ':seen': { S: expectedSweepAt } },
  })));
}
