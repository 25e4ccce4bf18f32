import { DeleteItemCommand, GetItemCommand, PutItemCommand, QueryCommand, TransactWriteItemsCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { AccountRootPrincipal, Role, type CfnRole } from 'aws-cdk-lib/aws-iam';
import type { Clients } from './cloud/clients';
import { Cloud } from './cloud/cloud';
import type { Caller } from './cloud/rights-proxy';
import { unusedRights } from './policy/evaluate';
import { storedTransaction } from '../handlers/support/items';
import { synthesize } from '../support/system';

const entry = (list: string) => ({ transaction_id: { S: `${list}:country:FR` }, timestamp: { S: '-' } });
const RULE_SET = { transaction_id: { S: 'rule-set:0123456789ab' }, timestamp: { S: '-' } };
const { transaction_id, timestamp } = storedTransaction();
const TRANSACTION = { transaction_id, timestamp };

/** People who manage a list write directly to the table. Only IAM prevents access to the transactions and to the other list. */
describe.each([
  ['blocklist', 'allowlist', 'grantManageBlocklist'],
  ['allowlist', 'blocklist', 'grantManageAllowlist'],
] as const)('someone who manages the %s', (SUFFIX, otherList, grant) => {
  const TableName = `transactions-${SUFFIX}`;
  const ENTRY = entry(SUFFIX);
  const OTHER = entry(otherList);
  let cloud: Cloud;
  let dynamodb: Clients['dynamodb'];
  let caller: Caller;

  beforeAll(async () => {
    cloud = await Cloud.start();
    const system = synthesize({ environmentSuffix: SUFFIX });
    const operators = new Role(system.stack, 'Operators', { assumedBy: new AccountRootPrincipal() });
    system.system[grant](operators);
    const { template } = await cloud.deploy(system, SUFFIX);
    const roleId = system.stack.getLogicalId(operators.node.defaultChild as CfnRole);
    ({ caller, clients: { dynamodb } } = cloud.clientsWith('operators', template.statementsOf(roleId)));
  });
  afterAll(async () => cloud.stop());

  const reason = { ':reason': { S: 'a wave' } };
  const SetReason = { UpdateExpression: 'SET reason = :reason', ExpressionAttributeValues: reason };
  const query = async (id: string) => dynamodb.send(new QueryCommand({
    TableName, KeyConditionExpression: 'transaction_id = :id', ExpressionAttributeValues: { ':id': { S: id } },
  }));

  test('adds, reads, changes, lists and removes an entry, and needs each right for it', async () => {
    await dynamodb.send(new PutItemCommand({ TableName, Item: ENTRY }));
    await dynamodb.send(new UpdateItemCommand({ TableName, Key: ENTRY, ...SetReason }));
    const { Item } = await dynamodb.send(new GetItemCommand({ TableName, Key: ENTRY }));
    const { Items } = await query(ENTRY.transaction_id.S);
    await dynamodb.send(new DeleteItemCommand({ TableName, Key: ENTRY }));

    expect(Item).toEqual({ ...ENTRY, reason: { S: 'a wave' } });
    expect(Items).toEqual([Item]);
    expect(caller).toMatchObject({ denied: [], failures: [] });
    expect(unusedRights(caller.statements, caller.calls)).toEqual([]);
  });

  test.each([
    ['write an entry of the other list', () => dynamodb.send(new PutItemCommand({ TableName, Item: OTHER }))],
    ['change an entry of the other list', () => dynamodb.send(new UpdateItemCommand({ TableName, Key: OTHER, ...SetReason }))],
    ['read an entry of the other list', () => dynamodb.send(new GetItemCommand({ TableName, Key: OTHER }))],
    ['list the other list', () => query(OTHER.transaction_id.S)],
    ['remove an entry of the other list', () => dynamodb.send(new DeleteItemCommand({ TableName, Key: OTHER }))],
    ['give an entry an attribute of an index', () => dynamodb.send(new PutItemCommand({ TableName, Item: { ...ENTRY, customer_key: { S: 'stripe:cus_1' } } }))],
    ['write a transaction', () => dynamodb.send(new PutItemCommand({ TableName, Item: storedTransaction() }))],
    ['read a transaction', () => dynamodb.send(new GetItemCommand({ TableName, Key: TRANSACTION }))],
    ['change a transaction', () => dynamodb.send(new UpdateItemCommand({ TableName, Key: TRANSACTION, ...SetReason }))],
    ['remove a transaction', () => dynamodb.send(new DeleteItemCommand({ TableName, Key: TRANSACTION }))],
    ['list the events of a transaction', () => query(transaction_id.S!)],
    ['change a set of rules', () => dynamodb.send(new UpdateItemCommand({ TableName, Key: RULE_SET, ...SetReason }))],
    ['write a transaction beside an entry', () => dynamodb.send(new TransactWriteItemsCommand({
      TransactItems: [{ Put: { TableName, Item: ENTRY } }, { Put: { TableName, Item: storedTransaction() } }],
    }))],
    ['list the transactions of a customer', () => dynamodb.send(new QueryCommand({
      TableName, IndexName: 'customer-index', KeyConditionExpression: 'customer_key = :key', ExpressionAttributeValues: { ':key': { S: `${SUFFIX}:` } },
    }))],
  ])('cannot %s', async (_, attempt: () => Promise<unknown>) => {
    await expect(attempt()).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });
});
