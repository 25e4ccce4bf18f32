import { QueryCommand, type QueryCommandInput } from '@aws-sdk/client-dynamodb';
import { client } from './assessment-client';
import { occurredAt, windowOf, type DeclineEvent, type PastEvent, type TimeWindow } from './rules/rule-context';
import { Attr, DECLINED_PREFIX, Env, HISTORY_LIMIT, Index, type TransactionDetail } from '../../src/private/contract';
import { required } from '../aws/environment-variables';
import { kindOf, moneyOf, optionalText, providerOf, requiredText, type StoredItem } from '../aws/stored-item';
import { errorName, log } from '../aws/telemetry';
import { customerKey } from '../domain/identifier';

/** Before every time. */
const BEGINNING = '0';
/** The maximum number of pages. One page is enough, unless it contains items that are not transactions. */
const MAX_PAGES = 3;

/** A transaction whose customer is known. */
export type CustomerDetail = TransactionDetail & { readonly customer_id: string };

/**
 * The customer's money movements in a transaction's window, newest first. One
 * page limits the cost of an assessment. The index is eventually consistent, so
 * the latest events can be missing. Unreadable events are skipped, because they
 * would otherwise stop every assessment of the customer.
 */
export async function customerHistory(detail: CustomerDetail, seconds: number): Promise<PastEvent[]> {
  const items = await query(detail, { partition: customerKeyOf(detail), limit: HISTORY_LIMIT, ...windowOf(detail, seconds) });
  return items.flatMap((item) => {
    try {
      return [pastEventOf(item)];
    } catch (error) {
      log('WARN', 'skipped unreadable customer event', { error: errorName(error) });
      return [];
    }
  });
}

function pastEventOf(item: StoredItem): PastEvent {
  const money = moneyOf(item);
  return {
    transactionId: requiredText(item, Attr.TRANSACTION_ID),
    occurredAt: requiredText(item, Attr.OCCURRED_AT),
    kind: kindOf(item),
    amountMinor: money?.minor,
    exponent: money?.exponent,
    currency: optionalText(item, Attr.CURRENCY),
    declined: false,
  };
}

/**
 * The time of the customer's oldest money movement; undefined if the index has
 * no movement. Older items that are not transactions are skipped within the
 * pages that are read. After that, the customer counts as new.
 */
export async function firstSeenAt(detail: CustomerDetail): Promise<string | undefined> {
  const [oldest] = await query(detail, { partition: customerKeyOf(detail), limit: 1, oldestFirst: true, from: BEGINNING, to: occurredAt(detail) });
  return oldest && requiredText(oldest, Attr.OCCURRED_AT);
}

/** The customer's newest events of declined payments in a transaction's window. */
export async function customerDeclines(detail: CustomerDetail, seconds: number): Promise<DeclineEvent[]> {
  const items = await query(detail, { partition: DECLINED_PREFIX + customerKeyOf(detail), limit: HISTORY_LIMIT, ...windowOf(detail, seconds) });
  return items.map((item) => ({ transactionId: requiredText(item, Attr.TRANSACTION_ID), occurredAt: requiredText(item, Attr.OCCURRED_AT) }));
}

type StartKey = QueryCommandInput['ExclusiveStartKey'];

interface Page extends TimeWindow {
  readonly partition: string;
  readonly limit: number;
  readonly oldestFirst?: boolean;
}

/** The transactions of a partition. Skips other items, because every item with the keys of the index is in it. */
async function query({ provider }: CustomerDetail, page: Page): Promise<StoredItem[]> {
  const found: StoredItem[] = [];
  let otherItems = 0;
  let start: StartKey;
  for (let pages = 0; pages < MAX_PAGES; pages++) {
    const { items, next } = await readPage(page, start);
    const transactions = items.filter((item) => providerOf(item) === provider);
    found.push(...transactions);
    otherItems += items.length - transactions.length;
    start = next;
    if (transactions.length === items.length || found.length >= page.limit || !start) {
      break;
    }
  }
  if (otherItems > 0) {
    log('WARN', 'skipped items that are not transactions', { items: otherItems });
  }
  return found.slice(0, page.limit);
}

async function readPage(
  { partition, from, to, limit, oldestFirst = false }: Page, start: StartKey,
): Promise<{ readonly items: StoredItem[]; readonly next: StartKey }> {
  const { Items: items = [], LastEvaluatedKey: next } = await client.send(new QueryCommand({
    TableName: required(Env.TABLE_NAME),
    IndexName: Index.CUSTOMER,
    Select: 'ALL_PROJECTED_ATTRIBUTES',
    KeyConditionExpression: '#customer = :customer AND #occurredAt BETWEEN :from AND :to',
    ExpressionAttributeNames: { '#customer': Attr.CUSTOMER_KEY, '#occurredAt': Attr.OCCURRED_AT },
    ExpressionAttributeValues: {
      ':customer': { S: partition },
      ':from': { S: from },
      ':to': { S: to },
    },
    ScanIndexForward: oldestFirst,
    ExclusiveStartKey: start,
    Limit: start ? HISTORY_LIMIT : limit,
  }));
  return { items, next };
}

function customerKeyOf({ provider, customer_id: customerId }: CustomerDetail): string {
  return customerKey(provider, customerId);
}
