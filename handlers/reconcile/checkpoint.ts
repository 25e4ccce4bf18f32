import { GetItemCommand, UpdateItemCommand, type AttributeValue } from '@aws-sdk/client-dynamodb';
import { tableClient } from './table-client';
import { Attr, Env, NO_EVENT, RecordType } from '../../src/private/contract';
import { conditionMet } from '../aws/conditional-write';
import { required } from '../aws/environment-variables';
import { optionalTime } from '../aws/stored-item';

/** The time up to which no event of a provider is missing, in milliseconds. Undefined before its first reconciliation. */
export async function readCheckpoint(provider: string): Promise<number | undefined> {
  const { Item = {} } = await tableClient.send(new GetItemCommand({
    TableName: required(Env.TABLE_NAME), Key: checkpointKey(provider), ConsistentRead: true,
  }));
  const until = optionalTime(Item, Attr.RECONCILED_UNTIL);
  return until === undefined ? undefined : Date.parse(until);
}

/**
 * Moves the checkpoint, if it is where this run left it. Returns false if another run moved it. The same write can be
 * repeated after its answer was lost, because a checkpoint that is already there counts as moved.
 */
export async function moveCheckpoint(provider: string, { from, to }: { readonly from: number | undefined; readonly to: number }): Promise<boolean> {
  return conditionMet(tableClient.send(new UpdateItemCommand({
    TableName: required(Env.TABLE_NAME),
    Key: checkpointKey(provider),
    UpdateExpression: 'SET #type = :type, #until = :to',
    ConditionExpression: `${from === undefined ? 'attribute_not_exists(#until)' : '#until = :from'} OR #until = :to`,
    ExpressionAttributeNames: { '#type': Attr.RECORD_TYPE, '#until': Attr.RECONCILED_UNTIL },
    ExpressionAttributeValues: {
      ':type': { S: RecordType.RECONCILIATION }, ':to': { S: textOf(to) }, ...from !== undefined && { ':from': { S: textOf(from) } },
    },
  })));
}

function checkpointKey(provider: string): Record<string, AttributeValue> {
  return { [Attr.TRANSACTION_ID]: { S: `${RecordType.RECONCILIATION}:${provider}` }, [Attr.TIMESTAMP]: { S: NO_EVENT } };
}

function textOf(millis: number): string {
  return new Date(millis).toISOString();
}
