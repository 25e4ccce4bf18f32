import { distinctIds, type TableSize, type TransactionReader } from './transaction-reader';
import { identifier } from '../../handlers/domain/identifier';
import { Attr, PROVIDER_NAME, RecordType } from '../../src/private/contract';
import { UsageError } from '../terminal/usage-error';

/** DynamoDB's limit for a partition key. */
const MAX_KEY_BYTES = 2_048;
/** The stored length of an id that is no key. */
const MAX_ID_BYTES = 256;
/** The number of items up to which a table is searched without a question: about 0.01 USD. */
const SMALL_TABLE_ITEMS = 10_000;

/** What an id was found to be. */
export type FoundBy = 'payment' | 'customer' | 'event' | 'reference';

export interface FoundTransactions {
  readonly foundBy: FoundBy;
  /** Ids of transactions, the newest first if they are those of a customer. */
  readonly transactionIds: readonly string[];
}

/** Finds transactions by an id that people have: of a payment, a customer or an event, or their own reference. */
export class TransactionSearch {
  constructor(private readonly reader: TransactionReader, private readonly providers: readonly string[]) {}

  /** Searches the table's key and its indexes. Undefined if nothing matches. */
  public async byKey(id: string, size: TableSize): Promise<FoundTransactions | undefined> {
    return await this.byPayment(id) ?? await this.byCustomer(id) ?? (size.hasEventIndex ? await this.byEvent(id) : undefined);
  }

  /** The payment with an id, with or without the name of its provider. */
  public async byPayment(id: string): Promise<FoundTransactions | undefined> {
    if (id.trim() === '') {
      throw new UsageError('the id is empty. Name a payment, a reference, a customer or an event.');
    }
    const keys = [...withProvider(id) ? [id] : [], ...this.providers.flatMap((provider) => storedKeys(provider, id))];
    const found = await Promise.all(keys.filter(isKey).map(async (key) => (await this.reader.eventsOf(key)).length > 0 ? [key] : []));
    return result('payment', found.flat());
  }

  /** The payments with an event, if the table has the index of events. */
  public async byEvent(id: string): Promise<FoundTransactions | undefined> {
    const found = await Promise.all(storedIds(id).filter(isKey).map(async (event) => this.reader.transactionsOfEvent(event)));
    return result('event', found.flat());
  }

  /** Reads the whole table for a reference, an event or a customer that the index does not have. */
  public async byScan(id: string, onPage: (scanned: number) => void): Promise<FoundTransactions | undefined> {
    const found = new Set<string>();
    const [stored, hashed = stored] = storedIds(id);
    const pages = this.reader.scan({
      FilterExpression: '#type = :type AND (#reference = :id OR #event IN (:id, :hashed) OR #customer IN (:id, :hashed))',
      ProjectionExpression: '#key, #timestamp, #type, #provider',
      ExpressionAttributeNames: {
        '#key': Attr.TRANSACTION_ID,
        '#timestamp': Attr.TIMESTAMP,
        '#provider': Attr.PROVIDER,
        '#type': Attr.RECORD_TYPE,
        '#reference': Attr.REFERENCE,
        '#event': Attr.EVENT_ID,
        '#customer': Attr.CUSTOMER_ID,
      },
      ExpressionAttributeValues: { ':type': { S: RecordType.TRANSACTION }, ':id': { S: stored }, ':hashed': { S: hashed } },
    });
    for await (const { items, scanned } of pages) {
      distinctIds(items).forEach((each) => found.add(each));
      onPage(scanned);
    }
    return result('reference', [...found]);
  }

  private async byCustomer(id: string): Promise<FoundTransactions | undefined> {
    const own = this.providers.find((provider) => id.startsWith(`${provider}:`));
    const customers = [
      ...own === undefined ? [] : [[own, id.slice(own.length + 1)] as const],
      ...this.providers.map((provider) => [provider, id] as const),
    ];
    const found = await Promise.all(customers.flatMap(([provider, customer]) => (
      storedIds(customer).map(async (each) => this.reader.transactionsOfCustomer(provider, each))
    )));
    return result('customer', [...new Set(found.flat())]);
  }
}

/** Whether a table is searched without a question. */
export function isSmall({ items }: TableSize): boolean {
  return items < SMALL_TABLE_ITEMS;
}

function result(foundBy: FoundBy, transactionIds: readonly string[]): FoundTransactions | undefined {
  return transactionIds.length > 0 ? { foundBy, transactionIds } : undefined;
}

function withProvider(id: string): boolean {
  return id.includes(':') && PROVIDER_NAME.test(id.slice(0, id.indexOf(':')));
}

/** The keys that a payment can have: a long id is stored as its hash, which people can also have. */
function storedKeys(provider: string, id: string): string[] {
  const prefix = `${provider}:`;
  return [...new Set([prefix + id, prefix + identifier(id, MAX_KEY_BYTES - Buffer.byteLength(prefix))])];
}

function storedIds(id: string): string[] {
  return [...new Set([id, identifier(id, MAX_ID_BYTES)])];
}

function isKey(key: string): boolean {
  return Buffer.byteLength(key) <= MAX_KEY_BYTES;
}
