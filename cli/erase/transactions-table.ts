import { GetItemCommand, paginateQuery, paginateScan, PutItemCommand, type AttributeValue, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { ErasedCustomer } from './erased-customer';
import type { ErasureTargets, Tombstone } from './erasure-targets';
import { inParallel } from './in-parallel';
import { factsOfItem, isAbout, type BodyReader } from './record-facts';
import { tombstoneOf } from './reduction';
import { conditionMet } from '../../handlers/aws/conditional-write';
import { isErased, isTransaction } from '../../handlers/aws/stored-item';
import { Attr } from '../../src/private/contract';

type Item = Record<string, AttributeValue>;

/** The parts of a scan that are read at the same time. */
const SEGMENTS = 4;
/** How often an item is read again after something else changed it. The workflow changes an item four times. */
const ATTEMPTS = 10;
/** The kept attributes that others write. A tombstone must have their last values. */
const CHANGED_BY_OTHERS = [Attr.VERDICT, Attr.CLOSED_AT, Attr.LABEL, Attr.LABELED_AT];

/** What one scan has read. */
export interface ScanFigures {
  readonly scanned: number;
  readonly readUnits: number;
}

/** The table: finds the transactions of a customer, and replaces them with tombstones. */
export class TransactionsTable {
  constructor(
    private readonly client: DynamoDBClient,
    private readonly tableName: string,
    private readonly readBody: BodyReader,
    private readonly signal: AbortSignal,
  ) {}

  /**
   * Reads the whole table, because the customer index has only movements and declined payments. DynamoDB returns only items
   * that can be the customer's: those with the id, those without any, and the tombstones.
   */
  public async find(customer: ErasedCustomer, targets: ErasureTargets, onPage: (figures: ScanFigures) => void): Promise<ScanFigures> {
    let figures: ScanFigures = { scanned: 0, readUnits: 0 };
    const ids = [...customer.storedIds].map((id, index) => [`:customer${index}`, { S: id }] as const);
    await inParallel([...Array(SEGMENTS).keys()], SEGMENTS, async (Segment) => {
      const pages = paginateScan({ client: this.client }, {
        TableName: this.tableName,
        Segment,
        TotalSegments: SEGMENTS,
        ConsistentRead: true,
        ReturnConsumedCapacity: 'TOTAL',
        FilterExpression: 'attribute_exists(#erasedAt) OR (#provider = :provider AND (attribute_not_exists(#customerId)'
          + `${ids.map(([name]) => ` OR #customerId = ${name}`).join('')}))`,
        ProjectionExpression: '#id, #timestamp, #recordType, #provider, #customerId, #body, #bodyKey, #erasedAt',
        ExpressionAttributeNames: {
          '#id': Attr.TRANSACTION_ID,
          '#timestamp': Attr.TIMESTAMP,
          '#recordType': Attr.RECORD_TYPE,
          '#provider': Attr.PROVIDER,
          '#customerId': Attr.CUSTOMER_ID,
          '#body': Attr.BODY,
          '#bodyKey': Attr.BODY_KEY,
          '#erasedAt': Attr.ERASED_AT,
        },
        ExpressionAttributeValues: { ':provider': { S: customer.provider }, ...Object.fromEntries(ids) },
      }, { abortSignal: this.signal });
      for await (const { Items = [], ScannedCount = 0, ConsumedCapacity } of pages) {
        for (const item of Items) {
          await this.note(item, customer, targets);
        }
        figures = { scanned: figures.scanned + ScannedCount, readUnits: figures.readUnits + (ConsumedCapacity?.CapacityUnits ?? 0) };
        onPage(figures);
      }
    });
    return figures;
  }

  /** The events of a transaction that are not erased. Those about the customer come last. */
  public async eventsOf(transactionId: string, customer: ErasedCustomer): Promise<Item[]> {
    const events: { readonly item: Item; readonly isAboutCustomer: boolean }[] = [];
    const pages = paginateQuery({ client: this.client }, {
      TableName: this.tableName,
      ConsistentRead: true,
      KeyConditionExpression: '#id = :id',
      ExpressionAttributeNames: { '#id': Attr.TRANSACTION_ID },
      ExpressionAttributeValues: { ':id': { S: transactionId } },
    }, { abortSignal: this.signal });
    for await (const { Items = [] } of pages) {
      for (const item of Items.filter((each) => isTransaction(each) && !isErased(each))) {
        events.push({ item, isAboutCustomer: await isAbout(factsOfItem(item), customer, this.readBody) });
      }
    }
    return events.sort((a, b) => Number(a.isAboutCustomer) - Number(b.isAboutCustomer)).map(({ item }) => item);
  }

  /**
   * Replaces an item with its tombstone, if nothing else has changed what stays of it. Otherwise it reads the item again.
   * Returns undefined if the item was deleted or erased in the meantime: a tombstone must not bring a deleted item back.
   */
  public async erase(found: Item, erasedAt: string): Promise<Tombstone | undefined> {
    let item: Item | undefined = found;
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (!item || isErased(item)) {
        return undefined;
      }
      if (await conditionMet(this.client.send(new PutItemCommand(this.putTombstone(item, erasedAt)), { abortSignal: this.signal }))) {
        return tombstoneFor(item, erasedAt);
      }
      const Key: Item = { [Attr.TRANSACTION_ID]: item[Attr.TRANSACTION_ID], [Attr.TIMESTAMP]: item[Attr.TIMESTAMP] };
      const request = new GetItemCommand({ TableName: this.tableName, Key, ConsistentRead: true });
      ({ Item: item } = await this.client.send(request, { abortSignal: this.signal }));
    }
    throw new Error(`the item ${found[Attr.TRANSACTION_ID].S} changes all the time. Run the command again.`);
  }

  private putTombstone(item: Item, erasedAt: string) {
    const changed = CHANGED_BY_OTHERS.map((name) => ({ name, value: item[name] as AttributeValue | undefined }));
    const values = changed.flatMap(({ name, value }) => value ? [[`:${name}`, value] as const] : []);
    return {
      TableName: this.tableName,
      Item: { ...tombstoneOf<AttributeValue>(item, { S: erasedAt }) },
      ConditionExpression: ['attribute_exists(#id)', 'attribute_not_exists(#erasedAt)', ...changed.map(({ name, value }) => (
        value ? `#${name} = :${name}` : `attribute_not_exists(#${name})`
      ))].join(' AND '),
      ExpressionAttributeNames: {
        '#id': Attr.TRANSACTION_ID, '#erasedAt': Attr.ERASED_AT, ...Object.fromEntries(changed.map(({ name }) => [`#${name}`, name])),
      },
      ExpressionAttributeValues: values.length > 0 ? Object.fromEntries(values) : undefined,
    };
  }

  private async note(item: Item, customer: ErasedCustomer, targets: ErasureTargets): Promise<void> {
    if (isErased(item)) {
      targets.addTombstone(tombstoneFor(item, item[Attr.ERASED_AT].S!));
    } else if (await isAbout(factsOfItem(item), customer, this.readBody)) {
      targets.transactionIds.add(item[Attr.TRANSACTION_ID].S!);
    }
  }
}

function tombstoneFor(item: Item, erasedAt: string): Tombstone {
  return { transactionId: item[Attr.TRANSACTION_ID].S!, timestamp: item[Attr.TIMESTAMP].S!, erasedAt };
}
