import {
  DeleteItemCommand, DescribeTableCommand, GetItemCommand, paginateScan, PutItemCommand, type AttributeValue, type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import { blockingKey, blocklistKindOf } from './blocked-value';
import { Attr, BLOCKLIST_PREFIX, NO_EVENT, RecordType } from '../../src/private/contract';

/** An entry, as it is stored. */
export interface StoredBlock {
  readonly kind: string;
  readonly value: string;
  readonly reason?: string;
  /** Why the fraud detector never finds it. */
  readonly problem?: string;
}

export type BlockOutcome = 'added' | 'changed' | 'unchanged';

/** What a list of the blocklist costs. DynamoDB updates the figures of a table about every six hours. */
export interface ScanCost {
  readonly items: number;
  readonly bytes: number;
  /** Each is 4 KB, read eventually consistently. */
  readonly readUnits: number;
}

export interface BlocklistListing {
  readonly entries: readonly StoredBlock[];
  readonly scanned: number;
  readonly readUnits: number;
}

/** The bytes that one read unit reads, eventually consistently. */
const BYTES_PER_UNIT = 8 * 1024;

/** The operators' entries in the table. Writes have the attributes that `grantManageBlocklist` allows, and no others. */
export class BlocklistStore {
  constructor(private readonly client: DynamoDBClient, private readonly table: string, private readonly signal?: AbortSignal) {}

  /** Writes an entry, unless it exists with this reason. Without a reason, an entry keeps its own. */
  public async add(key: string, reason: string | undefined): Promise<BlockOutcome> {
    const { Item } = await this.client.send(new GetItemCommand({ TableName: this.table, Key: entryKey(key), ConsistentRead: true }));
    const existing = Item?.[Attr.REASON]?.S;
    const isComplete = Item?.[Attr.RECORD_TYPE]?.S === RecordType.BLOCKLIST_ENTRY;
    if (isComplete && (reason === undefined || reason === existing)) {
      return 'unchanged';
    }
    const words = reason ?? existing;
    await this.client.send(new PutItemCommand({
      TableName: this.table,
      Item: {
        ...entryKey(key),
        [Attr.RECORD_TYPE]: { S: RecordType.BLOCKLIST_ENTRY },
        ...words !== undefined && { [Attr.REASON]: { S: words } },
      },
    }));
    return Item ? 'changed' : 'added';
  }

  /** Deletes the entries with these keys. Returns the keys that existed. */
  public async remove(keys: readonly string[]): Promise<string[]> {
    const removed: string[] = [];
    for (const key of keys) {
      const { Item } = await this.client.send(new GetItemCommand({ TableName: this.table, Key: entryKey(key), ConsistentRead: true }));
      if (Item) {
        await this.client.send(new DeleteItemCommand({ TableName: this.table, Key: entryKey(key) }));
        removed.push(key);
      }
    }
    return removed;
  }

  /** The cost of `list`, which reads the whole table, because no index has the entries. */
  public async costOfList(): Promise<ScanCost> {
    const { Table } = await this.client.send(new DescribeTableCommand({ TableName: this.table }), { abortSignal: this.signal });
    const { ItemCount, TableSizeBytes } = Table!;
    const [items, bytes] = [ItemCount!, TableSizeBytes!];
    return { items, bytes, readUnits: Math.ceil(bytes / BYTES_PER_UNIT) };
  }

  /** Every entry, in order. */
  public async list(onPage: (scanned: number) => void): Promise<BlocklistListing> {
    const entries: StoredBlock[] = [];
    let [scanned, readUnits] = [0, 0];
    const pages = paginateScan({ client: this.client }, {
      TableName: this.table,
      FilterExpression: 'begins_with(#id, :prefix)',
      ProjectionExpression: '#id, #timestamp, #reason',
      ExpressionAttributeNames: { '#id': Attr.TRANSACTION_ID, '#timestamp': Attr.TIMESTAMP, '#reason': Attr.REASON },
      ExpressionAttributeValues: { ':prefix': { S: BLOCKLIST_PREFIX } },
      ReturnConsumedCapacity: 'TOTAL',
    }, { abortSignal: this.signal });
    for await (const { Items, ScannedCount, ConsumedCapacity } of pages) {
      entries.push(...Items!.map(storedBlock));
      scanned += ScannedCount!;
      readUnits += ConsumedCapacity!.CapacityUnits!;
      onPage(scanned);
    }
    return { entries: entries.sort((a, b) => entryText(a) < entryText(b) ? -1 : 1), scanned, readUnits };
  }
}

function entryKey(key: string): Record<string, AttributeValue> {
  return { [Attr.TRANSACTION_ID]: { S: key }, [Attr.TIMESTAMP]: { S: NO_EVENT } };
}

function storedBlock(item: Record<string, AttributeValue>): StoredBlock {
  const [, kind, value] = /^blocklist:([^:]*):?(.*)$/s.exec(item[Attr.TRANSACTION_ID].S!)!;
  return { kind, value, reason: item[Attr.REASON]?.S, problem: problemOf(kind, value, item[Attr.TIMESTAMP].S!) };
}

function problemOf(kind: string, value: string, timestamp: string): string | undefined {
  if (timestamp !== NO_EVENT) {
    return `its timestamp is not ${NO_EVENT}`;
  }
  try {
    return blockingKey(blocklistKindOf(kind), value, []) === `${BLOCKLIST_PREFIX}${kind}:${value}` ? undefined : 'the detector looks up another spelling';
  } catch (error) {
    return (error as Error).message;
  }
}

function entryText({ kind, value }: StoredBlock): string {
  return `${kind}:${value}`;
}
