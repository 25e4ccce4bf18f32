import { isDeepStrictEqual } from 'node:util';
import type { StoredItem } from '../../handlers/aws/stored-item';
import type { StreamRecord } from '../../handlers/aws/stream-change';
import { streamRecord } from '../handlers/support/items';
import { MemoryTable, type Operation } from '../handlers/support/memory-table';
import type { WireItem } from '../handlers/support/wire-item';

export const TABLE_NAME = 'transactions';

type Key = WireItem;
interface Write {
  readonly Item?: WireItem;
  readonly Key?: Key;
  readonly TransactItems?: readonly { readonly Put: { readonly Item: WireItem } }[];
}

/** The table, with the stream of its changes: one shard that keeps every record. dynalite has no streams. */
export class StreamedTable {
  public readonly stream: StreamRecord[] = [];
  private readonly table = new MemoryTable();

  public get items(): StoredItem[] {
    return this.table.items as StoredItem[];
  }

  /** Performs a request in wire format. Throws a `ServiceError`. */
  public async perform(operation: Operation, request: object): Promise<object> {
    const keys = keysOf(request as Write).map(keyOf);
    if (operation === 'Query' || operation === 'GetItem' || operation === 'BatchGetItem') {
      return this.table.perform(operation, request);
    }
    // Without a pause up to the return, so that the records have the order of the writes.
    const before = keys.map((key) => this.find(key));
    const answer = this.table.perform(operation, request);
    keys.forEach((key, index) => this.record(before[index], this.find(key)));
    return answer;
  }

  public async put(item: StoredItem): Promise<void> {
    await this.perform('PutItem', { TableName: TABLE_NAME, Item: item });
  }

  public find(key: Key): StoredItem | undefined {
    return (this.table.perform('GetItem', { TableName: TABLE_NAME, Key: key }) as { readonly Item?: StoredItem }).Item;
  }

  /** As in DynamoDB, a write that changes nothing makes no record. */
  private record(oldImage: StoredItem | undefined, newImage: StoredItem | undefined): void {
    if (!isDeepStrictEqual(oldImage, newImage)) {
      const eventName = oldImage ? newImage ? 'MODIFY' : 'REMOVE' : 'INSERT';
      this.stream.push(streamRecord(this.stream.length + 1, eventName, { oldImage, newImage }));
    }
  }
}

function keysOf({ Item: item, Key: key, TransactItems: items }: Write): Key[] {
  return [...items?.map(({ Put }) => Put.Item) ?? [], ...item ? [item] : [], ...key ? [key] : []];
}

function keyOf({ transaction_id, timestamp }: Key): Key {
  return { transaction_id, timestamp };
}
