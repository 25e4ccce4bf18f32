import { QueryCommand, type QueryCommandInput } from '@aws-sdk/client-dynamodb';
import { client } from './assessment-client';
import { isOfHistory, type IndexPartition } from './history-partitions';
import { Attr, Env, HISTORY_LIMIT } from '../../src/private/contract';
import { required } from '../aws/environment-variables';
import { providerOf, type StoredItem } from '../aws/stored-item';
import { log } from '../aws/telemetry';

/** The maximum number of requests. One is enough, unless the partition contains other items. */
const MAX_REQUESTS = 3;

type StartKey = QueryCommandInput['ExclusiveStartKey'];

/**
 * The newest events of a history up to a time, newest first, at most
 * `HISTORY_LIMIT`. This limits the cost of an assessment for any history. The
 * index is eventually consistent, so the latest events can be missing.
 */
export async function readHistoryPage(partition: IndexPartition, to: string): Promise<StoredItem[]> {
  const found: StoredItem[] = [];
  let otherItems = 0;
  let start: StartKey;
  for (let requests = 0; requests < MAX_REQUESTS; requests++) {
    const { items, next } = await readItems(partition, to, start);
    found.push(...items.filter((item) => isOfHistory(item, partition)));
    otherItems += items.filter((item) => providerOf(item) === undefined).length;
    start = next;
    if (found.length >= HISTORY_LIMIT || !start) {
      break;
    }
  }
  if (otherItems > 0) {
    log('WARN', 'skipped items that are not transactions', { index: partition.index, items: otherItems });
  }
  return found.slice(0, HISTORY_LIMIT);
}

async function readItems(
  { index, key, value }: IndexPartition, to: string, start: StartKey,
): Promise<{ readonly items: StoredItem[]; readonly next: StartKey }> {
  const { Items: items = [], LastEvaluatedKey: next } = await client.send(new QueryCommand({
    TableName: required(Env.TABLE_NAME),
    IndexName: index,
    Select: 'ALL_PROJECTED_ATTRIBUTES',
    KeyConditionExpression: '#partition = :partition AND #occurredAt <= :to',
    ExpressionAttributeNames: { '#partition': key, '#occurredAt': Attr.OCCURRED_AT },
    ExpressionAttributeValues: { ':partition': { S: value }, ':to': { S: to } },
    ScanIndexForward: false,
    ExclusiveStartKey: start,
    Limit: HISTORY_LIMIT,
  }));
  return { items, next };
}
