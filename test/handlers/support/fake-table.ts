import { DynamoDBClient, type AttributeValue, type UpdateItemCommandInput } from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { cancellation, MemoryTable, type Operation } from './memory-table';
import { answerDynamoDb, sdkError } from './sdk-dynamodb';
import { ServiceError } from './service-error';
import { fromWire, toWire, type WireItem } from './wire-item';

type Item = Record<string, AttributeValue>;
type Key = Pick<WireItem, 'transaction_id' | 'timestamp'>;

const NAME = 'transactions';

/**
 * DynamoDB for the tests of the handlers: the SDK's calls are answered by
 * dynalite's code over a table in memory. A test can look at the calls, and
 * replace answers, by the mock in front of it. As in DynamoDB, a put of an
 * item that a transaction is about to write is rejected; dynalite does not do that.
 */
export class FakeTable {
  public readonly client = mockClient(DynamoDBClient);
  private readonly table = new MemoryTable();
  private readonly inTransaction = new Set<string>();
  private failures: (Error | undefined)[] = [];
  /** Another object for each test: a read that a test leaves behind is not counted in the next one. */
  private reads = { items: 0 };

  constructor(...items: Item[]) {
    this.reset(...items);
  }

  /** Empties the table and puts the given items in. */
  public reset(...items: Item[]): void {
    this.client.reset();
    this.reads = { items: 0 };
    this.failures = [];
    this.table.clear();
    items.forEach((item) => this.store(item));
    answerDynamoDb(this.client, async (operation, request) => this.answer(operation, request));
  }

  /** How many items were read, with the keys that have no item: what DynamoDB charges for. */
  public get itemsRead(): number {
    return this.reads.items;
  }

  /** How the next puts fail, one after the other; undefined lets one through. */
  public failNext(...failures: (Error | undefined)[]): void {
    this.failures = failures;
  }

  public store(item: Item): void {
    this.perform('PutItem', { Item: item });
  }

  public delete(item: Item): void {
    this.perform('DeleteItem', { Key: keyOf(item) });
  }

  public find(item: Item): Item | undefined {
    return fromWire<{ Item?: Item }>(this.perform('GetItem', { Key: keyOf(item) })).Item;
  }

  public update(input: UpdateItemCommandInput): object {
    return this.perform('UpdateItem', input);
  }

  public get items(): Item[] {
    return this.table.items.map((item) => fromWire(item));
  }

  /** The items of one record type. */
  public itemsOf(recordType: string): Item[] {
    return this.items.filter(({ record_type: type }) => type?.S === recordType);
  }

  /** For the test itself. */
  private perform(operation: Exclude<Operation, 'Query'>, request: object): object {
    try {
      return this.table.perform(operation, toWire({ TableName: NAME, ...request }));
    } catch (error) {
      throw sdkError(error);
    }
  }

  /** For the code under test. */
  private async answer(operation: Operation, request: any): Promise<object> {
    const puts: { readonly Item: WireItem }[] = request.TransactItems?.map(({ Put }: { Put: object }) => Put) ?? (request.Item ? [request] : []);
    const failure = puts.length > 0 && this.failures.shift();
    if (failure) {
      throw failure;
    }
    const keys = puts.map(({ Item: item }) => JSON.stringify(keyOf(item)));
    if (keys.some((key) => this.inTransaction.has(key))) {
      throw operation === 'PutItem'
        ? new ServiceError('TransactionConflictException', 'Transaction is ongoing for the item')
        : cancellation(keys.map((key) => this.inTransaction.has(key) ? 'TransactionConflict' : 'None'));
    }
    if (operation === 'TransactWriteItems') {
      // It takes a while, in which its items are its own.
      keys.forEach((key) => this.inTransaction.add(key));
      await new Promise(setImmediate);
      keys.forEach((key) => this.inTransaction.delete(key));
    }
    const { reads } = this;
    const answer = await this.table.perform(operation, request);
    reads.items += itemsReadBy(operation, request, answer);
    return answer;
  }
}

function keyOf({ transaction_id, timestamp }: Item | WireItem): Key {
  return { transaction_id, timestamp } as Key;
}

/** A query reads what it looks at, a lookup each of its keys, whether or not there is an item. */
function itemsReadBy(operation: Operation, request: any, answer: any): number {
  switch (operation) {
    case 'Query': return answer.ScannedCount;
    case 'BatchGetItem': return Object.values<any>(request.RequestItems).reduce((sum, { Keys }) => sum + Keys.length, 0);
    case 'GetItem': return 1;
    default: return 0;
  }
}
