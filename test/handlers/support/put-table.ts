import {
  ConditionalCheckFailedException, DynamoDBClient, PutItemCommand, TransactionCanceledException, TransactionConflictException,
  TransactWriteItemsCommand, type AttributeValue, type Put, type PutItemCommandInput, type TransactWriteItemsCommandInput,
} from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';

type Item = Record<string, AttributeValue>;
type WritePut = Pick<Put, 'Item' | 'ConditionExpression' | 'ExpressionAttributeValues'>;

/** The conditions under which the validator writes, over the item that is there. */
const CONDITIONS: Readonly<Record<string, (present: Item | undefined, put: WritePut) => boolean>> = {
  'attribute_not_exists(transaction_id)': (present) => present === undefined,
  'attribute_not_exists(transaction_id) OR body_hash = :hash': (present, { ExpressionAttributeValues }) => (
    present === undefined || present.body_hash?.S === ExpressionAttributeValues?.[':hash'].S
  ),
};

/**
 * A table in memory that takes puts, alone or in a transaction, and honours
 * the conditions of the validator, and no others. As in DynamoDB, a write to
 * an item that a transaction is about to write is rejected.
 */
export class PutTable {
  public readonly client = mockClient(DynamoDBClient);
  private readonly stored = new Map<string, Item>();
  private readonly inTransaction = new Set<string>();
  private failures: (Error | undefined)[] = [];

  public reset(): void {
    this.client.reset();
    this.stored.clear();
    this.failures = [];
    this.client.on(PutItemCommand).callsFake(async (input: PutItemCommandInput) => this.put(input));
    this.client.on(TransactWriteItemsCommand).callsFake(async (input: TransactWriteItemsCommandInput) => this.transact(input));
  }

  /** How the next writes fail, one after the other; undefined lets one through. */
  public failNext(...failures: (Error | undefined)[]): void {
    this.failures = failures;
  }

  public get items(): Item[] {
    return [...this.stored.values()];
  }

  /** The items of one record type. */
  public itemsOf(recordType: string): Item[] {
    return this.items.filter(({ record_type: type }) => type?.S === recordType);
  }

  private async put(put: PutItemCommandInput): Promise<object> {
    await new Promise(setImmediate);
    this.fail();
    if (this.inTransaction.has(keyOf(put))) {
      throw new TransactionConflictException({ $metadata: {}, message: 'Transaction is ongoing for the item' });
    }
    if (!this.isConditionMet(put)) {
      throw new ConditionalCheckFailedException({ $metadata: {}, message: 'The conditional request failed' });
    }
    this.stored.set(keyOf(put), put.Item!);
    return {};
  }

  /** All or nothing. It takes a while, in which its items are its own. */
  private async transact({ TransactItems = [] }: TransactWriteItemsCommandInput): Promise<object> {
    this.fail();
    const puts = TransactItems.map(({ Put: put }) => put!);
    this.cancelUnless(puts, (put) => this.inTransaction.has(keyOf(put)) ? 'TransactionConflict' : 'None');
    puts.forEach((put) => this.inTransaction.add(keyOf(put)));
    await new Promise(setImmediate);
    puts.forEach((put) => this.inTransaction.delete(keyOf(put)));
    this.cancelUnless(puts, (put) => this.isConditionMet(put) ? 'None' : 'ConditionalCheckFailed');
    puts.forEach((put) => this.stored.set(keyOf(put), put.Item!));
    return {};
  }

  private cancelUnless(puts: readonly Put[], codeOf: (put: Put) => string): void {
    const codes = puts.map(codeOf);
    if (codes.some((code) => code !== 'None')) {
      throw new TransactionCanceledException({
        $metadata: {},
        message: `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes.join(', ')}]`,
        CancellationReasons: codes.map((Code) => ({ Code })),
      });
    }
  }

  private fail(): void {
    const failure = this.failures.shift();
    if (failure) {
      throw failure;
    }
  }

  private isConditionMet(put: WritePut): boolean {
    return CONDITIONS[put.ConditionExpression!](this.stored.get(keyOf(put)), put);
  }
}

function keyOf({ Item: item }: WritePut): string {
  return JSON.stringify([item!.transaction_id, item!.timestamp]);
}
