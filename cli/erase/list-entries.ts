import { GetItemCommand, type AttributeValue, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { ErasedCustomer } from './erased-customer';
import { inParallel } from './in-parallel';
import { customerKey } from '../../handlers/domain/identifier';
import { ALLOWLIST_PREFIX, Attr, BLOCKLIST_PREFIX, NO_EVENT, type ListKind } from '../../src/private/contract';

/** The reads at the same time: a customer can have used many cards. */
const PARALLEL_READS = 10;

/** The values of a customer, beside the ids, that entries of the lists can have. */
export class ListedValues {
  /** The parts of their keys after the name of the list. */
  private readonly suffixes = new Set<string>();

  constructor({ provider, storedIds }: ErasedCustomer) {
    storedIds.forEach((id) => this.add('customer', customerKey(provider, id)));
  }

  /** Notes the card and the email address of an item of the customer. */
  public note(item: Readonly<Record<string, AttributeValue>>): void {
    this.add('card-fingerprint', item[Attr.CARD_FINGERPRINT]?.S);
    this.add('email', item[Attr.EMAIL_HASH]?.S);
  }

  /** The keys of possible entries of both lists. */
  public get keys(): string[] {
    return [BLOCKLIST_PREFIX, ALLOWLIST_PREFIX].flatMap((prefix) => [...this.suffixes].map((suffix) => prefix + suffix));
  }

  private add(kind: ListKind, value: string | undefined): void {
    if (value !== undefined) {
      this.suffixes.add(`${kind}:${value}`);
    }
  }
}

/** The keys of the lists' entries about a customer. They are only reported: whether to keep one is the decision of a person. */
export async function listEntriesOf(client: DynamoDBClient, tableName: string, values: ListedValues, signal: AbortSignal): Promise<string[]> {
  const existing = new Set<string>();
  await inParallel(values.keys, PARALLEL_READS, async (key) => {
    const { Item } = await client.send(new GetItemCommand({
      TableName: tableName, Key: { [Attr.TRANSACTION_ID]: { S: key }, [Attr.TIMESTAMP]: { S: NO_EVENT } }, ConsistentRead: true,
    }), { abortSignal: signal });
    if (Item) {
      existing.add(key);
    }
  });
  return values.keys.filter((key) => existing.has(key));
}
