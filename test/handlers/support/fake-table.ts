import { DynamoDBClient, type AttributeValue, type UpdateItemCommandInput } from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { answerJsonCalls, type JsonCall } from './json-calls';
import { cancellation, MemoryTable, type Operation } from './memory-table';
import { answerDynamoDb, sdkError } from './sdk-dynamodb';
import { ServiceError } from './service-error';
import { fromWire, toWire, type WireItem } from './wire-item';

type Item = Record<string, AttributeValue>;
type Key = Pick<WireItem, 'transaction_id' | 'timestamp'>;

const NAME = 'transactions';

/**
 * DynamoDB for the tests of the handlers. Mocks pass the calls of the SDK and of the
 * validator's own client to the code of dynalite, over a table in memory. A test
 * can check the calls and replace responses of the SDK with the mock. As in DynamoDB, a put of an item conflicts
 * with a pending transaction on it, which dynalite does not do.
 */
export class FakeTable {
  public readonly client = mockClient(DynamoDBClient);
  private readonly table = new MemoryTable();
  private readonly inTransaction = new Set<string>();
  private recorded: readonly JsonCall[] = [];
  private failures: (Error | undefined)[] = [];
  /** A new object for each test, so that a late read of one test is not counted in the next. */
  private reads = { items: 0 };

  constructor(...items: Item[]) {
    this.reset(...items);
  }

  /** Empties the table and stores the given items. */
  public reset(...items: Item[]): void {
    this.client.reset();
    this.reads = { items: 0 };
    this.failures = [];
    this.table.clear();
    items.forEach((item) => this.store(item));
    const answer = async (operation: string, request: object) => this.answer(operation as Operation, request);
    answerDynamoDb(this.client, answer);
    this.recorded = answerJsonCalls('dynamodb', answer);
  }

  /** The number of items read, including keys without an item, because DynamoDB charges for both. */
  public get itemsRead(): number {
    return this.reads.items;
  }

  /** The calls of an operation by the validator's own client. */
  public callsOf(operation: Operation): readonly JsonCall[] {
    return this.recorded.filter((call) => call.operation === operation);
  }

  /** The errors of the next puts, in order; undefined means that the put succeeds. */
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
        : cancellation(keys.map((key) => ({ Code: this.inTransaction.has(key) ? 'TransactionConflict' : 'None' })));
    }
    if (operation === 'TransactWriteItems') {
      // A transaction takes time. Meanwhile, other writes of its items conflict.
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

/** A query reads the items that it scans. A lookup reads each of its keys, even without an item. */
function itemsReadBy(operation: Operation, request: any, answer: any): number {
  switch (operation) {
    case 'Query': return answer.ScannedCount;
    case 'BatchGetItem': return Object.values<any>(request.RequestItems).reduce((sum, { Keys }) => sum + Keys.length, 0);
    case 'GetItem': return 1;
    default: return 0;
  }
}
