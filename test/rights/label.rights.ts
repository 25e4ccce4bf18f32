import { PutItemCommand, QueryCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { AccountRootPrincipal, Role, type CfnRole } from 'aws-cdk-lib/aws-iam';
import type { Clients } from './cloud/clients';
import { Cloud } from './cloud/cloud';
import type { Caller } from './cloud/rights-proxy';
import { unusedRights } from './policy/evaluate';
import { PaymentLabels } from '../../cli/label/label-payment';
import { WebhookProvider } from '../../src';
import { storedTransaction } from '../handlers/support/items';
import { synthesize } from '../support/system';

const SUFFIX = 'label';
const TableName = `transactions-${SUFFIX}`;
const { transaction_id, timestamp } = storedTransaction();
const Key = { transaction_id, timestamp };

/** People who label write directly to the table. Only IAM prevents other changes of the transactions. */
describe('someone who labels', () => {
  let cloud: Cloud;
  let dynamodb: Clients['dynamodb'];
  let caller: Caller;

  beforeAll(async () => {
    cloud = await Cloud.start();
    const system = synthesize({ environmentSuffix: SUFFIX, providers: [WebhookProvider.stripe()] });
    const operators = new Role(system.stack, 'Operators', { assumedBy: new AccountRootPrincipal() });
    system.system.grantLabel(operators);
    const { template } = await cloud.deploy(system, SUFFIX);
    const roleId = system.stack.getLogicalId(operators.node.defaultChild as CfnRole);
    ({ caller, clients: { dynamodb } } = cloud.clientsWith('operators', template.statementsOf(roleId)));
  });
  afterAll(async () => cloud.stop());

  test('sets and removes a label, and needs each right for it', async () => {
    await cloud.admin.dynamodb.send(new PutItemCommand({ TableName, Item: storedTransaction() }));
    const labels = new PaymentLabels(dynamodb, TableName, new AbortController().signal);

    const found = await labels.find(transaction_id.S!);
    const { events } = found as Extract<typeof found, { events: unknown }>;
    expect(await labels.set(events, { label: 'fraud', author: 'jane', now: new Date() })).toBe(1);
    expect(await labels.remove(events.map((event) => ({ ...event, label: { S: 'fraud' } })))).toBe(1);

    expect(caller).toMatchObject({ denied: [], failures: [] });
    expect(unusedRights(caller.statements, caller.calls)).toEqual([]);
  });

  const kind = { ':kind': { S: 'other' } };
  const ofTransaction = { TableName, KeyConditionExpression: 'transaction_id = :id', ExpressionAttributeValues: { ':id': transaction_id } };

  test.each([
    ['change another attribute', () => dynamodb.send(new UpdateItemCommand({ TableName, Key, UpdateExpression: 'SET kind = :kind', ExpressionAttributeValues: kind }))],
    ['label an entry of a list', () => dynamodb.send(new UpdateItemCommand({
      TableName, Key: { transaction_id: { S: 'blocklist:country:FR' }, timestamp: { S: '-' } }, UpdateExpression: 'REMOVE label',
    }))],
    ['read the whole item with an update', () => dynamodb.send(new UpdateItemCommand({ TableName, Key, UpdateExpression: 'REMOVE label', ReturnValues: 'ALL_OLD' }))],
    ['read whole items', () => dynamodb.send(new QueryCommand(ofTransaction))],
    ['read the body', () => dynamodb.send(new QueryCommand({ ...ofTransaction, ProjectionExpression: 'body' }))],
    ['write a transaction', () => dynamodb.send(new PutItemCommand({ TableName, Item: storedTransaction() }))],
  ])('cannot %s', async (_, attempt: () => Promise<unknown>) => {
    await expect(attempt()).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });
});
