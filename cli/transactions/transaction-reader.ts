import {
  DescribeTableCommand, paginateQuery, paginateScan, type AttributeValue, type DynamoDBClient, type QueryCommandInput, type ScanCommandInput,
  type TableDescription,
} from '@aws-sdk/client-dynamodb';
import { isTransaction, type StoredItem } from '../../handlers/aws/stored-item';
import { customerKey } from '../../handlers/domain/identifier';
import { Attr, DECLINED_PREFIX, Index } from '../../src/private/contract';

/** The parts of a scan, of which each page is at most 1 MB. */
const UNIT_BYTES = 8 * 1024;

/** What DynamoDB last counted, every six hours. */
export interface TableSize {
  readonly items: number;
  readonly bytes: number;
  /** Read request units of a scan with eventual consistency. */
  readonly readUnits: number;
  readonly hasEventIndex: boolean;
}

/** A condition of a scan, with placeholders for names and values. */
export type ScanFilter = Pick<ScanCommandInput, 'FilterExpression' | 'ProjectionExpression' | 'ExpressionAttributeNames' | 'ExpressionAttributeValues'>;

/** A page of a scan. */
export interface ScannedPage {
  readonly items: readonly StoredItem[];
  /** The items that the scan has read so far. */
  readonly scanned: number;
}

/** Reads transactions from the table. Other records are left out. */
export class TransactionReader {
  constructor(private readonly client: DynamoDBClient, private readonly tableName: string, private readonly signal: AbortSignal) {}

  /** All events of a payment, in the order of their time. */
  public async eventsOf(transactionId: string): Promise<StoredItem[]> {
    const items = await this.query({
      ConsistentRead: true,
      KeyConditionExpression: '#id = :id',
      ExpressionAttributeNames: { '#id': Attr.TRANSACTION_ID },
      ExpressionAttributeValues: { ':id': { S: transactionId } },
    });
    return items.filter(isTransaction).sort((a, b) => sortTimeOf(a).localeCompare(sortTimeOf(b)));
  }

  /** The ids of a customer's movements and declined payments, the newest first. */
  public async transactionsOfCustomer(provider: string, customerId: string): Promise<string[]> {
    const keys = ['', DECLINED_PREFIX].map((prefix) => prefix + customerKey(provider, customerId));
    const found = (await Promise.all(keys.map(async (key) => this.query({
      IndexName: Index.CUSTOMER,
      KeyConditionExpression: '#key = :key',
      ExpressionAttributeNames: { '#key': Attr.CUSTOMER_KEY },
      ExpressionAttributeValues: { ':key': { S: key } },
    })))).flat();
    return distinctIds(found.sort((a, b) => b[Attr.OCCURRED_AT].S!.localeCompare(a[Attr.OCCURRED_AT].S!)));
  }

  /** The ids of the transactions with an event. Only a table with the index has it. */
  public async transactionsOfEvent(eventId: string): Promise<string[]> {
    return distinctIds(await this.query({
      IndexName: Index.EVENT,
      KeyConditionExpression: '#event = :event',
      ExpressionAttributeNames: { '#event': Attr.EVENT_ID },
      ExpressionAttributeValues: { ':event': { S: eventId } },
    }));
  }

  public async size(): Promise<TableSize> {
    const { Table } = await this.client.send(new DescribeTableCommand({ TableName: this.tableName }), { abortSignal: this.signal });
    const { ItemCount: items, TableSizeBytes: bytes, GlobalSecondaryIndexes: indexes = [] } = Table as Required<TableDescription>;
    return { items, bytes, readUnits: Math.ceil(bytes / UNIT_BYTES), hasEventIndex: indexes.some(({ IndexName }) => IndexName === Index.EVENT) };
  }

  /** Reads the whole table, and returns the matching transactions page by page. */
  public async* scan(filter: ScanFilter): AsyncGenerator<ScannedPage> {
    let scanned = 0;
    const pages = paginateScan({ client: this.client }, { TableName: this.tableName, ...filter }, { abortSignal: this.signal });
    for await (const { Items, ScannedCount } of pages) {
      scanned += ScannedCount!;
      yield { items: Items!.filter(isTransaction), scanned };
    }
  }

  private async query(query: Omit<QueryCommandInput, 'TableName'>): Promise<Record<string, AttributeValue>[]> {
    const items: Record<string, AttributeValue>[] = [];
    const pages = paginateQuery({ client: this.client }, { TableName: this.tableName, ...query }, { abortSignal: this.signal });
    for await (const { Items } of pages) {
      items.push(...Items!);
    }
    return items;
  }
}

/** When an event took place, or was received if its provider signs no time. */
export function sortTimeOf(item: StoredItem): string {
  return item[Attr.EVENT_TIME]?.S ?? item[Attr.RECEIVED_AT]?.S ?? '';
}

/** The ids of the transactions of some items, each once. */
export function distinctIds(items: readonly StoredItem[]): string[] {
  return [...new Set(items.map((item) => item[Attr.TRANSACTION_ID].S!))];
}
