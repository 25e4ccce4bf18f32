import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { MemoryTable, type Operation } from '../../../test/handlers/support/memory-table';
import { answerDynamoDb } from '../../../test/handlers/support/sdk-dynamodb';
import { toWire } from '../../../test/handlers/support/wire-item';

export const TABLE_NAME = 'transactions';

/** The work of the table for one webhook or one verdict. */
export interface TableWork {
  readonly calls: number;
  /** The items that queries scan and lookups ask for. DynamoDB charges for both. */
  readonly itemsRead: number;
}

/** The table in memory, which counts the calls of the fraud detector and the items that they read. */
export class CountedTable {
  private readonly table = new MemoryTable();
  private calls = 0;
  private itemsRead = 0;

  constructor() {
    answerDynamoDb(mockClient(DynamoDBClient), async (operation, request) => this.perform(operation, request));
  }

  /** Stores items without counting. */
  public store(items: Iterable<object>): void {
    for (const item of items) {
      void this.table.perform('PutItem', toWire({ TableName: TABLE_NAME, Item: item }));
    }
  }

  /** Puts one item, as the validator does in one call. */
  public put(item: object): void {
    this.calls += 1;
    this.store([item]);
  }

  /** The work of everything since the last call. */
  public takeWork(): TableWork {
    const { calls, itemsRead } = this;
    this.calls = 0;
    this.itemsRead = 0;
    return { calls, itemsRead };
  }

  private async perform(operation: Operation, request: object): Promise<object> {
    this.calls += 1;
    const answer = await this.table.perform(operation, request);
    this.itemsRead += itemsReadBy(operation, request, answer);
    return answer;
  }
}

function itemsReadBy(operation: Operation, request: object, answer: object): number {
  switch (operation) {
    case 'Query':
      return (answer as { readonly ScannedCount: number }).ScannedCount;
    case 'BatchGetItem':
      return Object.values((request as { readonly RequestItems: Record<string, { readonly Keys: readonly object[] }> }).RequestItems)
        .reduce((sum, { Keys }) => sum + Keys.length, 0);
    case 'GetItem':
      return 1;
    default:
      return 0;
  }
}
