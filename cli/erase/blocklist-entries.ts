import { GetItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { ErasedCustomer } from './erased-customer';
import { blocklistKey } from '../../handlers/assess/rules/blocklist';
import { customerKey } from '../../handlers/domain/identifier';
import { Attr, NO_EVENT } from '../../src/private/contract';

/** The keys of the blocklist's entries for a customer. They are only reported: whether to keep one is the decision of a person. */
export async function blocklistEntriesOf(
  client: DynamoDBClient, tableName: string, { provider, storedIds }: ErasedCustomer, signal: AbortSignal,
): Promise<string[]> {
  const keys = [...storedIds].map((id) => blocklistKey({ kind: 'customer', value: customerKey(provider, id) }));
  const items = await Promise.all(keys.map(async (key) => client.send(new GetItemCommand({
    TableName: tableName, Key: { [Attr.TRANSACTION_ID]: { S: key }, [Attr.TIMESTAMP]: { S: NO_EVENT } }, ConsistentRead: true,
  }), { abortSignal: signal })));
  return keys.filter((_, index) => items[index].Item !== undefined);
}
