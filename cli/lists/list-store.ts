import {
  DeleteItemCommand, DescribeTableCommand, GetItemCommand, paginateScan, PutItemCommand, type AttributeValue, type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import { changeEntry, expiryIn, isExpired, type EntryOutcome, type WantedEntry } from './entry-change';
import { listedKey, listKindOf } from './listed-value';
import type { OperatorList } from './operator-list';
import { Attr, NO_EVENT } from '../../src/private/contract';

/** An entry, as it is stored. */
export interface StoredEntry {
  readonly kind: string;
  readonly value: string;
  readonly reason?: string;
  readonly author?: string;
  /** ISO 8601. */
  readonly since?: string;
  /** ISO 8601. DynamoDB deletes an expired entry within a few days. */
  readonly expires?: string;
  readonly expired?: true;
  /** The reason that the fraud detector never finds it. */
  readonly problem?: string;
}

/** The cost of reading a list. DynamoDB updates the figures of a table about every six hours. */
export interface ScanCost {
  readonly items: number;
  readonly bytes: number;
  /** Each is 4 KB, read eventually consistently. */
  readonly readUnits: number;
}

export interface ListedEntries {
  readonly entries: readonly StoredEntry[];
  readonly scanned: number;
  readonly readUnits: number;
}

/** The bytes that one read unit reads, eventually consistently. */
const BYTES_PER_UNIT = 8 * 1024;
const LISTED_ATTRIBUTES = [Attr.TRANSACTION_ID, Attr.TIMESTAMP, Attr.REASON, Attr.AUTHOR, Attr.CREATED_AT, Attr.EXPIRES_AT];

/** The operators' entries of a list in the table. Writes have the attributes that the list's grant allows, and no others. */
export class ListStore {
  constructor(
    private readonly list: OperatorList,
    private readonly client: DynamoDBClient,
    private readonly table: string,
    private readonly signal?: AbortSignal,
  ) {}

  /** Writes an entry, unless the same entry exists. Values that are not set do not change. */
  public async add(key: string, wanted: WantedEntry): Promise<EntryOutcome> {
    const { Item: existing } = await this.client.send(new GetItemCommand({ TableName: this.table, Key: entryKey(key), ConsistentRead: true }));
    const { item, outcome, expires } = changeEntry(existing, wanted, this.list.recordType);
    if (outcome !== 'unchanged') {
      await this.client.send(new PutItemCommand({ TableName: this.table, Item: { ...entryKey(key), ...item } }));
    }
    return { outcome, expires };
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

  /** The cost of `read`, which reads the whole table, because no index has the entries. */
  public async costOfRead(): Promise<ScanCost> {
    const { Table } = await this.client.send(new DescribeTableCommand({ TableName: this.table }), { abortSignal: this.signal });
    const { ItemCount, TableSizeBytes } = Table!;
    const [items, bytes] = [ItemCount!, TableSizeBytes!];
    return { items, bytes, readUnits: Math.ceil(bytes / BYTES_PER_UNIT) };
  }

  /** Every entry, in order. */
  public async read(now: Date, onPage: (scanned: number) => void): Promise<ListedEntries> {
    const entries: StoredEntry[] = [];
    let [scanned, readUnits] = [0, 0];
    const pages = paginateScan({ client: this.client }, {
      TableName: this.table,
      FilterExpression: `begins_with(#${Attr.TRANSACTION_ID}, :prefix)`,
      ProjectionExpression: LISTED_ATTRIBUTES.map((attribute) => `#${attribute}`).join(', '),
      ExpressionAttributeNames: Object.fromEntries(LISTED_ATTRIBUTES.map((attribute) => [`#${attribute}`, attribute])),
      ExpressionAttributeValues: { ':prefix': { S: this.list.prefix } },
      ReturnConsumedCapacity: 'TOTAL',
    }, { abortSignal: this.signal });
    for await (const { Items, ScannedCount, ConsumedCapacity } of pages) {
      entries.push(...Items!.map((item) => this.storedEntry(item, now)));
      scanned += ScannedCount!;
      readUnits += ConsumedCapacity!.CapacityUnits!;
      onPage(scanned);
    }
    return { entries: entries.sort((a, b) => entryText(a) < entryText(b) ? -1 : 1), scanned, readUnits };
  }

  private storedEntry(item: Record<string, AttributeValue>, now: Date): StoredEntry {
    const [, kind, value] = /^([^:]*):?(.*)$/s.exec(item[Attr.TRANSACTION_ID].S!.slice(this.list.prefix.length))!;
    return {
      kind,
      value,
      reason: item[Attr.REASON]?.S,
      author: item[Attr.AUTHOR]?.S,
      since: item[Attr.CREATED_AT]?.S,
      expires: expiryIn(item)?.toISOString(),
      ...isExpired(item, now) && { expired: true },
      problem: this.problemOf(kind, value, item),
    };
  }

  private problemOf(kind: string, value: string, item: Record<string, AttributeValue>): string | undefined {
    if (item[Attr.TIMESTAMP].S !== NO_EVENT) {
      return `its timestamp is not ${NO_EVENT}`;
    }
    // An entry of the blocklist then has no end.
    if (this.list.name === 'allowlist' && item[Attr.EXPIRES_AT] !== undefined && expiryIn(item) === undefined) {
      return 'its expires_at is not a number of seconds';
    }
    try {
      const key = listedKey(this.list, listKindOf(kind), value, []);
      return key === `${this.list.prefix}${kind}:${value}` ? undefined : 'the detector looks up another spelling';
    } catch (error) {
      return (error as Error).message;
    }
  }
}

function entryKey(key: string): Record<string, AttributeValue> {
  return { [Attr.TRANSACTION_ID]: { S: key }, [Attr.TIMESTAMP]: { S: NO_EVENT } };
}

function entryText({ kind, value }: StoredEntry): string {
  return `${kind}:${value}`;
}
