import { DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import type { DeclineLookup } from './decline-lookups';
import { Attr, Env, HISTORY_LIMIT, type Kind } from '../../../src/private/contract';
import { attemptTimeOuts } from '../../aws/attempt-time-outs';
import { required } from '../../aws/environment-variables';
import { providerOf, requiredText } from '../../aws/stored-item';
import type { DeclineEvent } from '../../domain/declines';

/** The kind of every declined payment. Payments with the same card are in its partition too. */
const DECLINED: Kind = 'failed';

/** Two short attempts, because a batch waits for its reads. After that, Lambda retries the batch. */
const client = new DynamoDBClient({ maxAttempts: 2, requestHandler: attemptTimeOuts(1_000) });

/**
 * The newest events of declined payments in a partition. Reads one page, to limit
 * the cost. The page of a card can also have payments. The index is eventually
 * consistent, so the latest events can be missing.
 */
export async function declineEvents({ index, key, partition, provider, from, to }: DeclineLookup): Promise<DeclineEvent[]> {
  const { Items = [] } = await client.send(new QueryCommand({
    TableName: required(Env.TABLE_NAME),
    IndexName: index,
    KeyConditionExpression: '#key = :partition AND #occurredAt BETWEEN :from AND :to',
    FilterExpression: '#kind = :declined',
    ProjectionExpression: '#id, #timestamp, #occurredAt',
    ExpressionAttributeNames: {
      '#key': key, '#occurredAt': Attr.OCCURRED_AT, '#kind': Attr.KIND, '#id': Attr.TRANSACTION_ID, '#timestamp': Attr.TIMESTAMP,
    },
    ExpressionAttributeValues: { ':partition': { S: partition }, ':from': { S: from }, ':to': { S: to }, ':declined': { S: DECLINED } },
    ScanIndexForward: false,
    Limit: HISTORY_LIMIT,
  }));
  // The index contains every item with its keys, also one that an operator wrote.
  return Items.filter((item) => providerOf(item) === provider)
    .map((item) => ({ transactionId: requiredText(item, Attr.TRANSACTION_ID), occurredAt: requiredText(item, Attr.OCCURRED_AT) }));
}
