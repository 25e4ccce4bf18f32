import { DeleteItemCommand, GetItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { ErasedCustomer } from './erased-customer';
import { blocklistKey, type BlocklistEntry } from '../../handlers/assess/rules/blocklist';
import type { StoredItem } from '../../handlers/aws/stored-item';
import { customerKey } from '../../handlers/domain/identifier';
import { ALLOWLIST_PREFIX, Attr, BLOCKLIST_PREFIX, NO_EVENT } from '../../src/private/contract';

/** The keys of entries, by what an erasure does with them. */
export interface FoundEntries {
  readonly removed: readonly string[];
  readonly kept: readonly string[];
}

/** The entries of the blocklist and the allowlist that name a customer: the id, the cards and the email addresses of the payments. */
export class ListEntries {
  /** The keys of entries that can exist. */
  private readonly noted: Set<string>;
  /** The keys that `remove` has looked up. Payments of a customer name the same card again and again. */
  private readonly handled = new Set<string>();

  constructor(
    private readonly client: DynamoDBClient,
    private readonly tableName: string,
    private readonly customer: ErasedCustomer,
    private readonly keepsBlocklist: boolean,
    private readonly signal: AbortSignal,
  ) {
    this.noted = new Set(this.keysOfCustomer());
  }

  /** Remembers what an item of the customer names. */
  public note(item: StoredItem): void {
    this.keysOfItem(item).forEach((key) => this.noted.add(key));
  }

  /** The entries that exist for the customer and for what was noted. */
  public async find(): Promise<FoundEntries> {
    const keys: string[] = [];
    for (const key of this.noted) {
      keys.push(...await this.exists(key) ? [key] : []);
    }
    return { removed: keys.filter((key) => this.isRemoved(key)), kept: keys.filter((key) => !this.isRemoved(key)) };
  }

  /** Removes the entries of the customer's ids. Returns the keys that existed. */
  public async removeOfCustomer(): Promise<string[]> {
    return this.remove(this.keysOfCustomer());
  }

  /** Removes the entries for what an item names, before it is erased: afterwards, nothing connects them to the customer. */
  public async removeOfItem(item: StoredItem): Promise<string[]> {
    return this.remove(this.keysOfItem(item));
  }

  private isRemoved(key: string): boolean {
    return !(this.keepsBlocklist && key.startsWith(BLOCKLIST_PREFIX));
  }

  private keysOfCustomer(): string[] {
    const { provider, storedIds } = this.customer;
    return [...storedIds].flatMap((id) => keysOfEntry({ kind: 'customer', value: customerKey(provider, id) }));
  }

  private keysOfItem({ [Attr.CARD_FINGERPRINT]: card, [Attr.EMAIL_HASH]: email }: StoredItem): string[] {
    return [
      ...card?.S === undefined ? [] : keysOfEntry({ kind: 'card-fingerprint', value: `${this.customer.provider}:${card.S}` }),
      ...email?.S === undefined ? [] : keysOfEntry({ kind: 'email', value: email.S }),
    ];
  }

  private async remove(keys: readonly string[]): Promise<string[]> {
    const removed: string[] = [];
    for (const key of keys.filter((each) => this.isRemoved(each) && !this.handled.has(each))) {
      if (await this.exists(key)) {
        await this.client.send(new DeleteItemCommand({ TableName: this.tableName, Key: listItemKey(key) }), { abortSignal: this.signal });
        removed.push(key);
      }
      this.handled.add(key);
    }
    return removed;
  }

  private async exists(key: string): Promise<boolean> {
    const request = new GetItemCommand({ TableName: this.tableName, Key: listItemKey(key), ConsistentRead: true });
    const { Item } = await this.client.send(request, { abortSignal: this.signal });
    return Item !== undefined;
  }
}

/** Entries have the same form in both lists. */
function keysOfEntry(entry: BlocklistEntry): string[] {
  const key = blocklistKey(entry);
  return [key, ALLOWLIST_PREFIX + key.slice(BLOCKLIST_PREFIX.length)];
}

function listItemKey(key: string) {
  return { [Attr.TRANSACTION_ID]: { S: key }, [Attr.TIMESTAMP]: { S: NO_EVENT } };
}
