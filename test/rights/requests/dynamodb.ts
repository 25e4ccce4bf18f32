import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { attributesIn, valueDemandedOf, type ExpressionInput } from './expressions';
import type { KnownResources } from './known-resources';
import type { RequestContext } from '../policy/conditions';
import type { AuthorizedCall } from '../policy/evaluate';

type Item = Readonly<Record<string, AttributeValue>>;

/** The common input of the operations on items. */
interface ItemInput extends ExpressionInput {
  readonly TableName: string;
  readonly IndexName?: string;
  readonly Item?: Item;
  readonly Key?: Item;
  readonly Keys?: readonly Item[];
  readonly ExpressionAttributeValues?: Item;
  readonly ReturnValues?: string;
  readonly Select?: string;
}

interface BatchGetInput { readonly RequestItems: Readonly<Record<string, Omit<ItemInput, 'TableName'>>> }
interface TransactInput { readonly TransactItems: readonly Readonly<Record<string, ItemInput>>[] }

/** Legacy parameters that replace expressions. The evaluator would not check them. */
const LEGACY_PARAMETERS = [
  'AttributesToGet', 'AttributeUpdates', 'Expected', 'KeyConditions', 'QueryFilter', 'ScanFilter', 'ConditionalOperator',
];
const SINGLE_ITEM_OPERATIONS = ['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem'];
const WRITES = ['PutItem', 'UpdateItem', 'DeleteItem'];

/** A part of a transaction needs the right of the corresponding operation (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html). */
const TRANSACTION_ACTIONS: Readonly<Record<string, string>> = {
  Put: 'PutItem', Update: 'UpdateItem', Delete: 'DeleteItem', ConditionCheck: 'ConditionCheckItem',
};

/** The calls that a request to DynamoDB needs rights for. */
export function dynamoDbCalls(operation: string, input: object, known: KnownResources): AuthorizedCall[] {
  if (SINGLE_ITEM_OPERATIONS.includes(operation)) {
    return [callOn(operation, input as ItemInput, known)];
  }
  switch (operation) {
    case 'Query':
      return [queryCall(input as ItemInput, known)];
    case 'BatchGetItem':
      return Object.entries((input as BatchGetInput).RequestItems).map(([TableName, request]) => callOn(operation, { ...request, TableName }, known));
    case 'TransactWriteItems':
      return (input as TransactInput).TransactItems.flatMap(Object.entries<ItemInput>)
        .map(([part, request]) => callOn(TRANSACTION_ACTIONS[part], request, known));
    default:
      throw new Error(`the proxy does not support DynamoDB's ${operation}: add it to test/rights/requests/dynamodb.ts`);
  }
}

function callOn(operation: string, input: ItemInput, known: KnownResources): AuthorizedCall {
  const { arn, partitionKey } = known.table(input.TableName);
  const items = [input.Item, input.Key, ...input.Keys ?? []].filter((item) => item !== undefined);
  return {
    action: `dynamodb:${operation}`,
    resource: arn,
    context: {
      'dynamodb:LeadingKeys': unique(items.map((item) => text(item[partitionKey]))),
      'dynamodb:Attributes': attributesOf(input, items),
      ...WRITES.includes(operation) && { 'dynamodb:ReturnValues': [input.ReturnValues ?? 'NONE'] },
    },
  };
}

function queryCall(input: ItemInput, known: KnownResources): AuthorizedCall {
  const table = known.table(input.TableName);
  const { arn, partitionKey } = input.IndexName === undefined ? table : table.index(input.IndexName);
  const placeholder = valueDemandedOf(partitionKey, input);
  return {
    action: 'dynamodb:Query',
    resource: arn,
    context: {
      'dynamodb:LeadingKeys': [text(input.ExpressionAttributeValues?.[placeholder])],
      'dynamodb:Attributes': attributesOf(input, []),
      'dynamodb:Select': [selectOf(input)],
    },
  };
}

/**
 * The top-level attributes that a request names, in its keys, items and
 * expressions, including conditions
 * (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html).
 */
function attributesOf(input: ItemInput, items: readonly Item[]): RequestContext['dynamodb:Attributes'] {
  const legacy = LEGACY_PARAMETERS.filter((parameter) => parameter in input);
  if (legacy.length > 0) {
    throw new Error(`the proxy does not support the legacy parameter ${legacy.join(', ')}`);
  }
  return unique([...items.flatMap(Object.keys), ...attributesIn(input)]);
}

/** The default that applies without the parameter (https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Query.html). */
function selectOf({ Select, ProjectionExpression, IndexName }: ItemInput): string {
  const allAttributes = IndexName === undefined ? 'ALL_ATTRIBUTES' : 'ALL_PROJECTED_ATTRIBUTES';
  return Select ?? (ProjectionExpression === undefined ? allAttributes : 'SPECIFIC_ATTRIBUTES');
}

function text(value: AttributeValue | undefined): string {
  if (value?.S === undefined) {
    throw new Error('the proxy supports only partition keys of type S');
  }
  return value.S;
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
