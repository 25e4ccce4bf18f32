import { ConditionalCheckFailedException, DynamoDBClient, PutItemCommand, type AttributeValue, type PutItemCommandInput } from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';

/** A table in memory that takes puts, and honours the one condition under which the validator makes them. */
export class PutTable {
  public readonly client = mockClient(DynamoDBClient);
  private readonly stored = new Map<string, Record<string, AttributeValue>>();

  public reset(): void {
    this.client.reset();
    this.stored.clear();
    this.client.on(PutItemCommand).callsFake(async (input: PutItemCommandInput) => this.put(input));
  }

  public get items(): Record<string, AttributeValue>[] {
    return [...this.stored.values()];
  }

  private async put({ Item, ConditionExpression }: PutItemCommandInput): Promise<object> {
    await new Promise(setImmediate);
    const key = JSON.stringify([Item!.transaction_id, Item!.timestamp]);
    if (ConditionExpression === 'attribute_not_exists(transaction_id)' && this.stored.has(key)) {
      throw new ConditionalCheckFailedException({ $metadata: {}, message: 'The conditional request failed' });
    }
    this.stored.set(key, Item!);
    return {};
  }
}
