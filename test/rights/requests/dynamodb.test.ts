import { dynamoDbCalls } from './dynamodb';
import { KNOWN } from './known-for-tests';
import { storedTransaction } from '../../handlers/support/items';
import { isAllowed } from '../policy/evaluate';
import { readStatement } from '../policy/statement';

const TABLE = 'arn:aws:dynamodb:us-east-1:123456789012:table/transactions';
const KEY = { transaction_id: { S: 'blocklist:country:FR' }, timestamp: { S: '-' } };
const OTHER_KEY = { transaction_id: { S: 'stripe:pi_1' }, timestamp: { S: '-#evt_1' } };

const callsOf = (operation: string, input: object) => dynamoDbCalls(operation, { TableName: 'transactions', ...input }, KNOWN);
const contextOf = (operation: string, input: object) => {
  const [call, ...others] = callsOf(operation, input);
  expect(others).toEqual([]);
  return call.context;
};

describe('a request names', () => {
  test.each([
    ['GetItem', { Key: KEY }, { 'dynamodb:Attributes': ['transaction_id', 'timestamp'] }],
    [
      'GetItem', { Key: KEY, ProjectionExpression: 'reason, #a.b[0].c', ExpressionAttributeNames: { '#a': 'address' } },
      { 'dynamodb:Attributes': ['transaction_id', 'timestamp', 'reason', 'address'] },
    ],
    [
      'PutItem', { Item: { ...KEY, reason: { S: 'a' } }, ConditionExpression: 'attribute_not_exists(claimed_at)' },
      { 'dynamodb:Attributes': ['transaction_id', 'timestamp', 'reason', 'claimed_at'], 'dynamodb:ReturnValues': ['NONE'] },
    ],
    [
      'UpdateItem',
      {
        Key: KEY,
        UpdateExpression: 'SET #a = if_not_exists(b, :zero) + :one, c.d = :one REMOVE e[1], f ADD g :one DELETE h :one',
        ConditionExpression: 'attribute_exists(i) AND NOT (j BETWEEN :zero AND :one OR k IN (:zero, :one)) and size(l) > :one',
        ExpressionAttributeNames: { '#a': 'a' },
        ReturnValues: 'ALL_NEW',
      },
      {
        'dynamodb:Attributes': ['transaction_id', 'timestamp', 'a', 'b', 'c', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l'],
        'dynamodb:ReturnValues': ['ALL_NEW'],
      },
    ],
    [
      'DeleteItem', { Key: KEY, ConditionExpression: 'reason = :reason' },
      { 'dynamodb:Attributes': ['transaction_id', 'timestamp', 'reason'], 'dynamodb:ReturnValues': ['NONE'] },
    ],
  ])('of %s: its item and attributes', (operation, input, more) => {
    expect(callsOf(operation, input)).toEqual([{
      action: `dynamodb:${operation}`, resource: TABLE, context: { 'dynamodb:LeadingKeys': ['blocklist:country:FR'], ...more },
    }]);
  });

  test('of BatchGetItem: each item, once for each table', () => {
    expect(callsOf('BatchGetItem', { RequestItems: { transactions: { Keys: [KEY, OTHER_KEY, KEY], ProjectionExpression: 'reason' } } })).toEqual([{
      action: 'dynamodb:BatchGetItem',
      resource: TABLE,
      context: {
        'dynamodb:LeadingKeys': ['blocklist:country:FR', 'stripe:pi_1'], 'dynamodb:Attributes': ['transaction_id', 'timestamp', 'reason'],
      },
    }]);
  });

  test('of a transaction: the calls of each part', () => {
    const TableName = 'transactions';
    const calls = callsOf('TransactWriteItems', {
      TransactItems: [
        { Put: { TableName, Item: KEY } }, { Update: { TableName, Key: OTHER_KEY, UpdateExpression: 'REMOVE a' } },
        { Delete: { TableName, Key: KEY } }, { ConditionCheck: { TableName, Key: OTHER_KEY, ConditionExpression: 'attribute_exists(b)' } },
      ],
    });

    expect(calls.map(({ action, context }) => [action, ...context!['dynamodb:LeadingKeys']!])).toEqual([
      ['dynamodb:PutItem', 'blocklist:country:FR'], ['dynamodb:UpdateItem', 'stripe:pi_1'],
      ['dynamodb:DeleteItem', 'blocklist:country:FR'], ['dynamodb:ConditionCheckItem', 'stripe:pi_1'],
    ]);
  });

  test.each([
    ['all attributes', {}, ['ALL_ATTRIBUTES']],
    ['named attributes', { ProjectionExpression: 'reason' }, ['SPECIFIC_ATTRIBUTES']],
    ['the given value', { Select: 'COUNT' }, ['COUNT']],
  ])('of Query on the table: its partition, and that it selects %s', (_, more, select) => {
    const [{ action, resource, context }] = callsOf('Query', {
      KeyConditionExpression: '#time > :time AND #id = :id',
      ExpressionAttributeNames: { '#id': 'transaction_id', '#time': 'timestamp' },
      ExpressionAttributeValues: { ':id': { S: 'blocklist:a' }, ':time': { S: '-' } },
      ...more,
    });

    expect({ action, resource }).toEqual({ action: 'dynamodb:Query', resource: TABLE });
    expect(context).toMatchObject({ 'dynamodb:LeadingKeys': ['blocklist:a'], 'dynamodb:Select': select });
  });

  test("of Query on an index: the index and the index's partition", () => {
    expect(callsOf('Query', {
      IndexName: 'customer-index',
      KeyConditionExpression: 'customer_key=:key',
      FilterExpression: 'begins_with(kind, :kind)',
      ExpressionAttributeValues: { ':key': { S: 'stripe:cus_1' }, ':kind': { S: 'c' } },
    })).toEqual([{
      action: 'dynamodb:Query',
      resource: `${TABLE}/index/customer-index`,
      context: {
        'dynamodb:LeadingKeys': ['stripe:cus_1'], 'dynamodb:Attributes': ['customer_key', 'kind'], 'dynamodb:Select': ['ALL_PROJECTED_ATTRIBUTES'],
      },
    }]);
  });
});

describe('throws for', () => {
  test.each([
    ['an unsupported operation', 'Scan', {}, "DynamoDB's Scan"],
    ['a legacy parameter', 'GetItem', { Key: KEY, AttributesToGet: ['reason'] }, 'legacy parameter AttributesToGet'],
    ['a placeholder without a name', 'GetItem', { Key: KEY, ProjectionExpression: '#a' }, 'placeholder #a'],
    ['a key condition without the partition key', 'Query', { KeyConditionExpression: 'a = :a' }, 'no value of transaction_id'],
    ['a query without a key condition', 'Query', {}, 'no value of transaction_id'],
    ['a partition key that is not text', 'GetItem', { Key: { transaction_id: { N: '1' } } }, 'partition keys of type S'],
  ])('%s', (_, operation, input, message) => {
    expect(() => contextOf(operation, input)).toThrow(message);
  });
});

/** A policy that allows entries of the blocklist with their own attributes only. */
describe('a policy on keys and attributes', () => {
  const statement = readStatement({
    Effect: 'Allow',
    Action: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem', 'dynamodb:Query'],
    Resource: TABLE,
    Condition: {
      'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['blocklist:*'] },
      'ForAllValues:StringEquals': { 'dynamodb:Attributes': ['transaction_id', 'timestamp', 'reason'] },
      'StringEqualsIfExists': { 'dynamodb:ReturnValues': ['NONE', 'UPDATED_OLD', 'UPDATED_NEW'] },
    },
  });
  const allowed = (operation: string, input: object) => callsOf(operation, input).every((call) => isAllowed([statement], call));
  const set = (attribute: string, more: object = {}) => ({ Key: KEY, UpdateExpression: `SET ${attribute} = :value`, ...more });

  test('allows an entry to be written, read, changed, listed and removed', () => {
    expect(allowed('PutItem', { Item: { ...KEY, reason: { S: 'a wave' } } })).toBe(true);
    expect(allowed('GetItem', { Key: KEY, ProjectionExpression: 'reason' })).toBe(true);
    expect(allowed('UpdateItem', set('reason'))).toBe(true);
    expect(allowed('Query', { KeyConditionExpression: 'transaction_id = :id', ExpressionAttributeValues: { ':id': KEY.transaction_id } })).toBe(true);
    expect(allowed('DeleteItem', { Key: KEY })).toBe(true);
  });

  test.each([
    ['a transaction under the key of an entry', 'PutItem', { Item: { ...storedTransaction(), ...KEY } }],
    ['an entry with a record type', 'PutItem', { Item: { ...KEY, record_type: { S: 'transaction' } } }],
    ['an entry with a key of the customer index', 'PutItem', { Item: { ...KEY, customer_key: { S: 'stripe:cus_1' } } }],
    ['a key of the customer index, added to an entry', 'UpdateItem', set('customer_key')],
    ['a record type, added under another name', 'UpdateItem', set('#name', { ExpressionAttributeNames: { '#name': 'record_type' } })],
    ['a change of another key', 'UpdateItem', { ...set('reason'), Key: OTHER_KEY }],
    ['a change that depends on another attribute', 'UpdateItem', set('reason', { ConditionExpression: 'amount_minor > :value' })],
    ['a change that returns the whole item', 'UpdateItem', set('reason', { ReturnValues: 'ALL_OLD' })],
    ['another attribute, read', 'GetItem', { Key: KEY, ProjectionExpression: 'reason, amount_minor' }],
  ])('denies %s', (_, operation, input) => {
    expect(allowed(operation, input)).toBe(false);
  });
});
