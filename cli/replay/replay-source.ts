import { BatchGetItemCommand, type AttributeValue, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { isErased, isTransaction, type StoredItem } from '../../handlers/aws/stored-item';
import { Attr, RecordType } from '../../src/private/contract';
import { UsageError } from '../terminal/usage-error';
import type { ArchiveReader } from '../transactions/archive-reader';
import { itemOfChange } from '../transactions/archived-item';
import type { TransactionReader } from '../transactions/transaction-reader';

/** All of them are in memory to publish them in order. */
const MAX_ITEMS = 100_000;
const HOUR = 3_600_000;
/** A batch of the archive contains later changes than the day in its name. */
const BATCH_TIME = HOUR;
/** The sweep repeats an assessment for 25 hours. */
const ASSESSED_WITHIN = 26 * HOUR;
/** The most keys of one request. */
const MAX_KEYS = 100;
/** How often the keys that DynamoDB did not process are requested. */
const MAX_ATTEMPTS = 8;
const BACK_OFF_MILLIS = 200;
const NAMES = {
  '#id': Attr.TRANSACTION_ID, '#timestamp': Attr.TIMESTAMP, '#type': Attr.RECORD_TYPE, '#provider': Attr.PROVIDER, '#erasedAt': Attr.ERASED_AT,
};

/** The time of the receipt, from the first value until before the second one. */
export interface ReceiptTime {
  readonly since: Date;
  readonly until: Date;
}

/** Reports how much was read. */
export type OnReplayRead = (read: number, found: number) => void;

/** Reads the transactions of a time from the table. Reads the whole table. */
export async function itemsInTable(
  reader: TransactionReader, { since, until }: ReceiptTime, withBody: boolean, onRead: OnReplayRead,
): Promise<StoredItem[]> {
  const items: StoredItem[] = [];
  const projected = Object.values(Attr).filter((name) => withBody || name !== Attr.BODY);
  const pages = reader.scan({
    FilterExpression: '#record_type = :type AND #received_at >= :since AND #received_at < :until',
    ProjectionExpression: projected.map((name) => `#${name}`).join(', '),
    ExpressionAttributeNames: Object.fromEntries(projected.map((name) => [`#${name}`, name])),
    ExpressionAttributeValues: {
      ':type': { S: RecordType.TRANSACTION }, ':since': { S: since.toISOString() }, ':until': { S: until.toISOString() },
    },
  });
  for await (const { items: page, scanned } of pages) {
    items.push(...page);
    checkCount(items.length);
    onRead(scanned, items.length);
  }
  return items;
}

/**
 * Reads the transactions of a time from the archive, which also has those that the table no longer has. Reads the objects of
 * the days only. The last minutes are not archived yet.
 */
export async function itemsInArchive(
  reader: ArchiveReader, { since, until }: ReceiptTime, { withBody, withVerdict }: { withBody: boolean; withVerdict: boolean }, onRead: OnReplayRead,
): Promise<StoredItem[]> {
  const items = new Map<string, StoredItem>();
  const last = new Date(until.getTime() + (withVerdict ? ASSESSED_WITHIN : BATCH_TIME));
  let read = 0;
  for await (const object of reader.objects(new Date(since.getTime() - BATCH_TIME), last)) {
    // An object is written after its changes. S3 has times of seconds.
    if (object.modifiedAt.getTime() + 1_000 < since.getTime()) {
      continue;
    }
    for await (const change of reader.changes(object)) {
      const item = itemOfChange(change);
      const receivedAt = item?.[Attr.RECEIVED_AT]?.S ?? '';
      if (isTransaction(item) && receivedAt >= since.toISOString() && receivedAt < until.toISOString()) {
        const { [Attr.BODY]: body, ...attributes } = item;
        const key = itemKey(item);
        // Only the insertion has the body. Attributes that decide about an event are never changed, but added.
        items.set(key, { ...items.get(key), ...attributes, ...withBody && body && { [Attr.BODY]: body } });
        checkCount(items.size);
      }
    }
    onRead(++read, items.size);
  }
  return [...items.values()];
}

/** Adds the time of the erasure to archived items that the table has erased since. The archive gets an erasure later. */
export async function withErasures(
  items: readonly StoredItem[], client: DynamoDBClient, tableName: string, sleep: (millis: number) => Promise<unknown>,
): Promise<StoredItem[]> {
  const erased = new Map<string, StoredItem>();
  for (let first = 0; first < items.length; first += MAX_KEYS) {
    let keys: Record<string, AttributeValue>[] = items.slice(first, first + MAX_KEYS).map((item) => ({
      [Attr.TRANSACTION_ID]: { S: item[Attr.TRANSACTION_ID].S! }, [Attr.TIMESTAMP]: { S: item[Attr.TIMESTAMP].S! },
    }));
    for (let attempt = 0; keys.length > 0; attempt++) {
      if (attempt === MAX_ATTEMPTS) {
        throw new Error('the table does not answer whether transactions were erased. Run the command again.');
      }
      if (attempt > 0) {
        await sleep(BACK_OFF_MILLIS * attempt);
      }
      const { Responses = {}, UnprocessedKeys } = await client.send(new BatchGetItemCommand({
        RequestItems: {
          [tableName]: { Keys: keys, ConsistentRead: true, ProjectionExpression: '#id, #timestamp, #type, #provider, #erasedAt', ExpressionAttributeNames: NAMES },
        },
      }));
      (Responses[tableName] ?? []).filter(isErased).forEach((item) => erased.set(itemKey(item), item));
      keys = UnprocessedKeys![tableName]?.Keys ?? [];
    }
  }
  return items.map((item) => ({ ...item, ...erased.get(itemKey(item)) }));
}

function itemKey(item: StoredItem): string {
  return JSON.stringify([item[Attr.TRANSACTION_ID].S, item[Attr.TIMESTAMP].S]);
}

function checkCount(count: number): void {
  if (count > MAX_ITEMS) {
    throw new UsageError(`more than ${MAX_ITEMS.toLocaleString('en-US')} transactions were received in this time. Choose a shorter one with --since and --until.`);
  }
}
