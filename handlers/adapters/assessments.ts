import { DynamoDBClient, GetItemCommand, QueryCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { tookPlace } from './conditional-write';
import { required } from './environment';
import { Attr, Env, HISTORY_LIMIT, Index, type AssessmentResult, type TransactionDetail } from '../../src/private/contract';
import { customerKey } from '../core/customer-key';
import { scoreOf, verdictOf } from '../core/detail';
import { occurredAt, windowStart, type PastEvent } from '../core/fraud/subject';
import { texts } from '../core/stored-item';

/**
 * Repeated by the SDK: reads change nothing, and a verdict whose write was
 * repeated after an unheard success fails its condition and is then read back.
 */
const client = new DynamoDBClient({
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 1000, requestTimeout: 3000, throwOnRequestTimeout: true },
});

/**
 * The customer's events of the given seconds before a transaction, newest
 * first. One page bounds what an assessment costs; the index is eventually
 * consistent, so that the last moments may be missing.
 */
export async function customerHistory(detail: TransactionDetail & { readonly customer_id: string }, seconds: number): Promise<PastEvent[]> {
  const { Items = [] } = await client.send(new QueryCommand({
    TableName: required(Env.TABLE_NAME),
    IndexName: Index.CUSTOMER,
    Select: 'ALL_PROJECTED_ATTRIBUTES',
    KeyConditionExpression: '#customer = :customer AND #occurredAt BETWEEN :from AND :to',
    ExpressionAttributeNames: { '#customer': Attr.CUSTOMER_KEY, '#occurredAt': Attr.OCCURRED_AT },
    ExpressionAttributeValues: {
      ':customer': { S: customerKey(detail.provider, detail.customer_id) },
      ':from': { S: windowStart(detail, seconds) },
      ':to': { S: occurredAt(detail) },
    },
    ScanIndexForward: false,
    Limit: HISTORY_LIMIT,
  }));
  return Items.map((item) => ({
    transactionId: item[Attr.TRANSACTION_ID].S!,
    occurredAt: item[Attr.OCCURRED_AT].S!,
    routed: item[Attr.ROUTED]?.BOOL === true,
  }));
}

/**
 * Writes a verdict, once, and closes the transaction for the sweep in the same
 * write. Returns the verdict that stands: this one, or the one that was there.
 */
export async function writeVerdict(detail: TransactionDetail, result: AssessmentResult, assessedAt: string): Promise<AssessmentResult> {
  const written = await tookPlace(client.send(new UpdateItemCommand({
    TableName: required(Env.TABLE_NAME),
    Key: keyOf(detail),
    UpdateExpression: 'SET #verdict = :verdict, #score = :score, #reasons = :reasons, #assessedAt = :assessedAt REMOVE #sweepPartition, #sweepAt',
    ConditionExpression: 'attribute_exists(#id) AND attribute_not_exists(#verdict)',
    ExpressionAttributeNames: {
      '#id': Attr.TRANSACTION_ID,
      '#verdict': Attr.VERDICT,
      '#score': Attr.SCORE,
      '#reasons': Attr.REASONS,
      '#assessedAt': Attr.ASSESSED_AT,
      '#sweepPartition': Attr.SWEEP_PARTITION,
      '#sweepAt': Attr.SWEEP_AT,
    },
    ExpressionAttributeValues: {
      ':verdict': { S: result.verdict },
      ':score': { N: String(result.score) },
      ':reasons': { L: result.reasons.map((reason) => ({ S: reason })) },
      ':assessedAt': { S: assessedAt },
    },
  })));
  return written ? result : standingVerdict(detail);
}

async function standingVerdict(detail: TransactionDetail): Promise<AssessmentResult> {
  const { Item } = await client.send(new GetItemCommand({
    TableName: required(Env.TABLE_NAME),
    Key: keyOf(detail),
    ConsistentRead: true,
  }));
  if (!Item) {
    throw new Error('the transaction to assess is not in the table');
  }
  return { verdict: verdictOf(Item), score: scoreOf(Item), reasons: texts(Item, Attr.REASONS) };
}

function keyOf({ transaction_id: id, timestamp }: TransactionDetail) {
  return { [Attr.TRANSACTION_ID]: { S: id }, [Attr.TIMESTAMP]: { S: timestamp } };
}
