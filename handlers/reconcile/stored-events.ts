import { QueryCommand } from '@aws-sdk/client-dynamodb';
import { tableClient } from './table-client';
import { Attr, Env, Index } from '../../src/private/contract';
import { required } from '../aws/environment-variables';
import { providerOf } from '../aws/stored-item';
import { storedEventId } from '../ingest/transaction-item';

/**
 * Whether an event of a provider is stored, under any key. A provider can render an event differently in its list, so that
 * its transaction or its time differs from those of the webhook. The index is eventually consistent, and the events that are
 * looked up are minutes old.
 */
export async function isEventStored(provider: string, eventId: string): Promise<boolean> {
  const { Items = [] } = await tableClient.send(new QueryCommand({
    TableName: required(Env.TABLE_NAME),
    IndexName: Index.EVENT,
    KeyConditionExpression: '#event = :event',
    ExpressionAttributeNames: { '#event': Attr.EVENT_ID },
    ExpressionAttributeValues: { ':event': { S: storedEventId(eventId) } },
  }));
  return Items.some((keys) => providerOf(keys) === provider);
}
