import {
  BatchGetItemCommand, ConditionalCheckFailedException, DynamoDBClient, GetItemCommand, PutItemCommand, QueryCommand, UpdateItemCommand,
  type AttributeValue, type BatchGetItemCommandInput, type GetItemCommandInput, type PutItemCommandInput, type QueryCommandInput,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { CUSTOMER_INDEX_ATTRIBUTES, Index } from '../../../src/private/contract';

type Item = Record<string, AttributeValue>;
type Names = Record<string, string> | undefined;
type Values = Record<string, AttributeValue> | undefined;

/** What an index shows of an item: the keys of the table and its own, and what is projected besides. */
const PROJECTIONS: Readonly<Record<string, readonly string[]>> = {
  [Index.CUSTOMER]: ['transaction_id', 'timestamp', 'customer_key', 'occurred_at', ...CUSTOMER_INDEX_ATTRIBUTES],
  [Index.OPEN_HIGH_VALUE]: ['transaction_id', 'timestamp', 'sweep_partition', 'sweep_at'],
};

/**
 * A table in memory that evaluates the condition, key and update expressions
 * of the handlers, so that a wrong one fails a test. Each write is atomic, as
 * in DynamoDB. It knows the operators that the handlers use, and throws on any other.
 */
export class FakeTable {
  public readonly client = mockClient(DynamoDBClient);
  /** How many items were read, those that are not there included: what DynamoDB charges for. */
  public itemsRead = 0;
  private readonly items = new Map<string, Item>();
  private readonly indexed = new Map<string, Item>();

  constructor(...items: Item[]) {
    this.reset(...items);
  }

  /** Empties the table and puts the given items in. */
  public reset(...items: Item[]): void {
    this.client.reset();
    this.itemsRead = 0;
    this.items.clear();
    this.indexed.clear();
    items.forEach((item) => this.store(item));
    this.client.on(GetItemCommand).callsFake((input: GetItemCommandInput) => ({ Item: this.read(input.Key!) }));
    this.client.on(BatchGetItemCommand).callsFake((input: BatchGetItemCommandInput) => this.readBatch(input));
    this.client.on(PutItemCommand).callsFake((input: PutItemCommandInput) => this.put(input));
    this.client.on(UpdateItemCommand).callsFake((input: UpdateItemCommandInput) => this.update(input));
    this.client.on(QueryCommand).callsFake((input: QueryCommandInput) => this.query(input));
  }

  public store(item: Item): void {
    this.items.set(keyOf(item), item);
    this.indexed.set(keyOf(item), item);
  }

  /** The indexes keep the item, as they do for a moment in DynamoDB. */
  public delete(item: Item): void {
    this.items.delete(keyOf(item));
  }

  public find(key: Item): Item | undefined {
    return this.items.get(keyOf(key));
  }

  public update(input: UpdateItemCommandInput): object {
    const current = this.find(input.Key!) ?? {};
    if (!holds(input.ConditionExpression!, current, input.ExpressionAttributeNames, input.ExpressionAttributeValues)) {
      throw new ConditionalCheckFailedException({ $metadata: {}, message: 'The conditional request failed' });
    }
    this.store({ ...updated(input, current), ...input.Key });
    return {};
  }

  private put(input: PutItemCommandInput): object {
    const current = this.find(input.Item!) ?? {};
    if (!holds(input.ConditionExpression!, current, input.ExpressionAttributeNames, input.ExpressionAttributeValues)) {
      throw new ConditionalCheckFailedException({ $metadata: {}, message: 'The conditional request failed' });
    }
    this.store(input.Item!);
    return {};
  }

  private read(key: Item): Item | undefined {
    this.itemsRead += 1;
    return this.find(key);
  }

  /** In another order than was asked for, as in DynamoDB. */
  private readBatch({ RequestItems = {} }: BatchGetItemCommandInput): object {
    return {
      Responses: Object.fromEntries(Object.entries(RequestItems).map(([table, { Keys = [] }]) => {
        if (Keys.length === 0 || Keys.length > 100 || new Set(Keys.map(keyOf)).size < Keys.length) {
          throw new Error('a batch has 1 to 100 keys, and none twice');
        }
        return [table, Keys.map((key) => this.read(key)).filter((item) => item !== undefined).reverse()];
      })),
      UnprocessedKeys: {},
    };
  }

  /** Knows both directions; what is over the limit is not read. */
  private query(input: QueryCommandInput): object {
    const sortName = Object.values(input.ExpressionAttributeNames!)[1];
    const found = [...this.indexed.values()]
      .filter((item) => holds(input.KeyConditionExpression!, item, input.ExpressionAttributeNames, input.ExpressionAttributeValues))
      .sort((a, b) => (a[sortName].S! < b[sortName].S! ? -1 : 1));
    const ordered = input.ScanIndexForward === false ? found.reverse() : found;
    const start = input.ExclusiveStartKey ? ordered.findIndex((item) => keyOf(item) === keyOf(input.ExclusiveStartKey!)) + 1 : 0;
    const page = ordered.slice(start, start + input.Limit!);
    this.itemsRead += page.length;
    return {
      Items: page.map((item) => Object.fromEntries(Object.entries(item).filter(([name]) => PROJECTIONS[input.IndexName!].includes(name)))),
      ScannedCount: page.length,
      ...start + page.length < found.length && { LastEvaluatedKey: page.at(-1) },
    };
  }
}

function keyOf(item: Item): string {
  return JSON.stringify([item.transaction_id, item.timestamp]);
}

function updated(input: UpdateItemCommandInput, current: Item): Item {
  const { UpdateExpression, ExpressionAttributeNames: names, ExpressionAttributeValues: values } = input;
  const next = { ...current };
  const [, assignments, removals] = /^(?:SET (.+?))?\s*(?:REMOVE (.+))?$/.exec(UpdateExpression!)!;
  for (const [, target, source] of (assignments ?? '').matchAll(/(#\w+) = ((?:if_not_exists\([^)]*\)|:\w+)(?: \+ :\w+)?)/g)) {
    next[names![target]] = source.split(' + ').map((term) => operand(term, current, names, values)!).reduce(sum);
  }
  (removals ?? '').split(', ').filter(Boolean).forEach((name) => delete next[names![name]]);
  return next;
}

function operand(term: string, item: Item, names: Names, values: Values): AttributeValue | undefined {
  const fallback = /^if_not_exists\((#\w+), (:\w+)\)$/.exec(term);
  if (fallback) {
    return item[names![fallback[1]]] ?? values![fallback[2]];
  }
  return term.startsWith('#') ? item[names![term]] : values![term];
}

function sum(a: AttributeValue, b: AttributeValue): AttributeValue {
  return { N: String(Number(a.N) + Number(b.N)) };
}

/** Evaluates `AND`, `OR`, parentheses, both existence functions, comparisons and BETWEEN. */
function holds(expression: string, item: Item, names: Names, values: Values): boolean {
  const tokens = expression.match(/attribute_(?:not_)?exists\(#?\w+\)|[()]|[#:]\w+|<=|[=<]|AND|OR|BETWEEN/g)!;
  if (tokens.join('') !== expression.replaceAll(' ', '')) {
    throw new Error(`the fake table cannot read: ${expression}`);
  }
  const value = (term: string) => operand(term, item, names, values)?.S;
  const compare: Record<string, (a: string, b: string) => boolean> = { '=': (a, b) => a === b, '<': (a, b) => a < b, '<=': (a, b) => a <= b };

  const either = (): boolean => {
    let result = both();
    while (tokens[0] === 'OR') {
      tokens.shift();
      const right = both();
      result = result || right;
    }
    return result;
  };
  const both = (): boolean => {
    let result = single();
    while (tokens[0] === 'AND') {
      tokens.shift();
      const right = single();
      result = result && right;
    }
    return result;
  };
  const single = (): boolean => {
    const token = tokens.shift()!;
    if (token === '(') {
      const inner = either();
      tokens.shift();
      return inner;
    }
    const existence = /^attribute_(not_)?exists\((#?\w+)\)$/.exec(token);
    if (existence) {
      return (item[names?.[existence[2]] ?? existence[2]] === undefined) === Boolean(existence[1]);
    }
    const left = value(token);
    const operator = tokens.shift()!;
    const right = value(tokens.shift()!);
    if (operator === 'BETWEEN') {
      tokens.shift();
      const upper = value(tokens.shift()!);
      return left !== undefined && left >= right! && left <= upper!;
    }
    return left !== undefined && compare[operator](left, right!);
  };
  return either();
}
