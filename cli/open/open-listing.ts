import { BatchGetItemCommand, paginateQuery, type DynamoDBClient, type KeysAndAttributes } from '@aws-sdk/client-dynamodb';
import type { OpenItemKey, ReadItem } from './open-transaction';
import { Attr, GIVEN_UP_PARTITION, Index, SWEEP_PARTITIONS } from '../../src/private/contract';

/** A transaction that is assessed and not closed. */
export interface OpenTransaction {
  readonly transactionId: string;
  readonly timestamp: string;
  readonly receivedAt?: string;
  readonly amountMinor?: string;
  readonly exponent?: number;
  readonly currency?: string;
  /** How many times the sweep has republished it. */
  readonly attempts: number;
  readonly nextSweepAt: string;
  readonly claimedAt?: string;
  readonly claimOwner?: string;
  readonly verdict?: string;
  readonly givenUpAt?: string;
}

/** The maximum of BatchGetItem. */
const BATCH = 100;
/** A call that DynamoDB answers in part is repeated. */
const ATTEMPTS = 8;
const PAUSE_MS = 100;

const SHOWN = [
  Attr.TRANSACTION_ID, Attr.TIMESTAMP, Attr.RECEIVED_AT, Attr.AMOUNT_MINOR, Attr.EXPONENT, Attr.CURRENCY, Attr.SWEEPS, Attr.SWEEP_AT,
  Attr.CLAIMED_AT, Attr.CLAIM_OWNER, Attr.VERDICT, Attr.GIVEN_UP_AT, Attr.CLOSED_AT,
];

/** Reads the index of open transactions, and the items behind it, the oldest first. */
export class OpenListing {
  constructor(
    private readonly client: DynamoDBClient,
    private readonly table: string,
    private readonly sleep: (millis: number) => Promise<unknown>,
    private readonly signal?: AbortSignal,
  ) {}

  public async read(): Promise<OpenTransaction[]> {
    const keys = await this.keys([...Array.from({ length: SWEEP_PARTITIONS }, (_, partition) => String(partition)), GIVEN_UP_PARTITION]);
    const items: ReadItem[] = [];
    for (let first = 0; first < keys.length; first += BATCH) {
      items.push(...await this.items(keys.slice(first, first + BATCH)));
    }
    // The index lags behind the items.
    return items.filter((item) => !(Attr.CLOSED_AT in item) && Attr.SWEEP_AT in item).map(openTransaction)
      .sort((a, b) => ageKey(a) < ageKey(b) ? -1 : 1);
  }

  /** The keys of the transactions that were given up. */
  public async givenUpKeys(): Promise<OpenItemKey[]> {
    return this.keys([GIVEN_UP_PARTITION]);
  }

  /** The keys of the open events of a transaction, which can have several. */
  public async keysOf(transactionId: string): Promise<OpenItemKey[]> {
    const pages = paginateQuery({ client: this.client }, {
      TableName: this.table,
      ConsistentRead: true,
      KeyConditionExpression: '#id = :id',
      FilterExpression: 'attribute_exists(#sweepAt)',
      ProjectionExpression: '#id, #timestamp',
      ExpressionAttributeNames: { '#id': Attr.TRANSACTION_ID, '#timestamp': Attr.TIMESTAMP, '#sweepAt': Attr.SWEEP_AT },
      ExpressionAttributeValues: { ':id': { S: transactionId } },
    }, { abortSignal: this.signal });
    return collectKeys(pages);
  }

  private async keys(partitions: readonly string[]): Promise<OpenItemKey[]> {
    const found = await Promise.all(partitions.map(async (partition) => collectKeys(paginateQuery({ client: this.client }, {
      TableName: this.table,
      IndexName: Index.OPEN_HIGH_VALUE,
      KeyConditionExpression: '#partition = :partition',
      ExpressionAttributeNames: { '#partition': Attr.SWEEP_PARTITION },
      ExpressionAttributeValues: { ':partition': { S: partition } },
    }, { abortSignal: this.signal }))));
    // An item can move from one partition to another between two queries.
    const byKey = new Map(found.flat().map((key) => [JSON.stringify(key), key]));
    return [...byKey.values()];
  }

  private async items(keys: readonly OpenItemKey[]): Promise<ReadItem[]> {
    const items: ReadItem[] = [];
    let request: KeysAndAttributes | undefined = {
      Keys: [...keys],
      ProjectionExpression: SHOWN.map((_, index) => `#a${index}`).join(', '),
      ExpressionAttributeNames: Object.fromEntries(SHOWN.map((name, index) => [`#a${index}`, name])),
    };
    for (let attempt = 0; request; attempt++) {
      if (attempt === ATTEMPTS) {
        throw new Error('DynamoDB did not return all items. Run the command again.');
      }
      await (attempt > 0 ? this.sleep(PAUSE_MS * 2 ** attempt) : undefined);
      const { Responses = {}, UnprocessedKeys = {} } = await this.client.send(
        new BatchGetItemCommand({ RequestItems: { [this.table]: request } }), { abortSignal: this.signal },
      ) as { Responses?: Record<string, ReadItem[]>; UnprocessedKeys?: Record<string, KeysAndAttributes> };
      items.push(...Object.values(Responses).flat());
      [request] = Object.values(UnprocessedKeys);
    }
    return items;
  }
}

async function collectKeys(pages: ReturnType<typeof paginateQuery>): Promise<OpenItemKey[]> {
  const keys: OpenItemKey[] = [];
  for await (const { Items } of pages) {
    keys.push(...Items!.map((item) => ({ [Attr.TRANSACTION_ID]: item[Attr.TRANSACTION_ID], [Attr.TIMESTAMP]: item[Attr.TIMESTAMP] })));
  }
  return keys;
}

function openTransaction(item: ReadItem): OpenTransaction {
  const { [Attr.EXPONENT]: exponent, [Attr.SWEEPS]: sweeps } = item as { readonly [name: string]: ReadItem[string] | undefined };
  const text = (name: string) => (item[name] as ReadItem[string] | undefined)?.S;
  return {
    transactionId: item[Attr.TRANSACTION_ID].S!,
    timestamp: item[Attr.TIMESTAMP].S!,
    receivedAt: text(Attr.RECEIVED_AT),
    amountMinor: (item[Attr.AMOUNT_MINOR] as ReadItem[string] | undefined)?.N,
    exponent: exponent && Number(exponent.N),
    currency: text(Attr.CURRENCY),
    attempts: Number(sweeps?.N ?? 0),
    nextSweepAt: text(Attr.SWEEP_AT)!,
    claimedAt: text(Attr.CLAIMED_AT),
    claimOwner: text(Attr.CLAIM_OWNER),
    verdict: text(Attr.VERDICT),
    givenUpAt: text(Attr.GIVEN_UP_AT),
  };
}

/** Sorts by the time of receipt, and in a fixed order within it. */
function ageKey({ receivedAt = '', transactionId, timestamp }: OpenTransaction): string {
  return `${receivedAt} ${transactionId} ${timestamp}`;
}
