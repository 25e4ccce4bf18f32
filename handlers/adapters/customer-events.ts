import { QueryCommand, type AttributeValue } from '@aws-sdk/client-dynamodb';
import { client } from './assessment-client';
import { required } from './environment';
import { Attr, DECLINED_SUFFIX, Env, HISTORY_LIMIT, Index, type TransactionDetail } from '../../src/private/contract';
import { customerKey } from '../core/customer-key';
import { kindOf, moneyOf } from '../core/detail';
import { occurredAt, windowStart, type PastEvent } from '../core/fraud/subject';
import { flag, optionalText, text } from '../core/stored-item';

/** A transaction whose customer is known. */
export type CustomerDetail = TransactionDetail & { readonly customer_id: string };

/**
 * The customer's routed events of the given seconds before a transaction,
 * newest first. One page bounds what an assessment costs; the index is
 * eventually consistent, so that the last moments may be missing.
 */
export async function customerHistory(detail: CustomerDetail, seconds: number): Promise<PastEvent[]> {
  const items = await query(detail, { partition: keyOf(detail), seconds, limit: HISTORY_LIMIT });
  return items.map((item) => {
    const money = moneyOf(item);
    return {
      transactionId: text(item, Attr.TRANSACTION_ID),
      occurredAt: text(item, Attr.OCCURRED_AT),
      routed: flag(item, Attr.ROUTED),
      kind: kindOf(item),
      amountMinor: money?.minor,
      exponent: money?.exponent,
      currency: optionalText(item, Attr.CURRENCY),
    };
  });
}

/** When the customer's oldest routed event took place; undefined where the index knows none. */
export async function firstSeenAt(detail: CustomerDetail): Promise<string | undefined> {
  const [oldest] = await query(detail, { partition: keyOf(detail), limit: 1, oldestFirst: true });
  return oldest && text(oldest, Attr.OCCURRED_AT);
}

/** When the customer's newest declined payments of the given seconds took place. */
export async function declinedAt(detail: CustomerDetail, bounds: Pick<Page, 'limit'> & { readonly seconds: number }): Promise<string[]> {
  const items = await query(detail, { ...bounds, partition: keyOf(detail) + DECLINED_SUFFIX });
  return items.map((item) => text(item, Attr.OCCURRED_AT));
}

interface Page {
  readonly partition: string;
  /** How far back; absent: to the beginning. */
  readonly seconds?: number;
  readonly limit: number;
  readonly oldestFirst?: boolean;
}

async function query(detail: CustomerDetail, { partition, seconds, limit, oldestFirst = false }: Page): Promise<Record<string, AttributeValue>[]> {
  const { Items = [] } = await client.send(new QueryCommand({
    TableName: required(Env.TABLE_NAME),
    IndexName: Index.CUSTOMER,
    Select: 'ALL_PROJECTED_ATTRIBUTES',
    KeyConditionExpression: '#customer = :customer AND #occurredAt BETWEEN :from AND :to',
    ExpressionAttributeNames: { '#customer': Attr.CUSTOMER_KEY, '#occurredAt': Attr.OCCURRED_AT },
    ExpressionAttributeValues: {
      ':customer': { S: partition },
      ':from': { S: seconds === undefined ? '0' : windowStart(detail, seconds) },
      ':to': { S: occurredAt(detail) },
    },
    ScanIndexForward: oldestFirst,
    Limit: limit,
  }));
  return Items;
}

function keyOf({ provider, customer_id: customerId }: CustomerDetail): string {
  return customerKey(provider, customerId);
}
