import {
  BatchGetItemCommand, DynamoDBClient, QueryCommand, UpdateItemCommand, type AttributeValue, type BatchGetItemCommandInput, type QueryCommandInput,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import type { LabeledEvent } from './labeled-event';
import { SHOP_PROVIDER } from './simulated-payments';
import { applyRules } from '../../handlers/assess/apply-rules';
import { readAssessmentBatch } from '../../handlers/assess/assessment-batch';
import { countAmount } from '../../handlers/assess/count-amount';
import { loadRuleContext } from '../../handlers/assess/load-rule-context';
import { needsOf } from '../../handlers/assess/needs';
import { isTransaction } from '../../handlers/aws/stored-item';
import { exponentOf } from '../../handlers/domain/money';
import { transactionItem } from '../../handlers/ingest/transaction-item';
import { marshal } from '../../handlers/ingest/transaction-table';
import { normalizeCanonical } from '../../handlers/providers/shared/canonical-transaction';
import { toTransactionDetail } from '../../handlers/publish/events/detail';
import { HISTORY_INDEXES, type AssessmentResult, type FraudConfig, type ProviderConfig, type TransactionDetail } from '../../src/private/contract';
import { DETAIL_CONFIG } from '../handlers/support/items';
import { fromWire } from '../handlers/support/wire-item';

const PROVIDER: ProviderConfig = { name: SHOP_PROVIDER, scheme: 'standard-webhooks', secretArns: [] };

/** A high-value payment, and its result from the handlers. */
export interface HandlersVerdict {
  readonly detail: TransactionDetail;
  readonly result: AssessmentResult;
}

type Item = Record<string, AttributeValue>;

/** The table in memory, with the requests of an assessment. Large enough for a few customers. */
class TableInMemory {
  private readonly items: Item[] = [];
  private readonly counts = new Map<string, Item>();

  public add(item: Item): void {
    this.items.push(item);
  }

  public query({ IndexName: index, ExpressionAttributeValues: values, Limit: limit }: QueryCommandInput): { Items: Item[] } {
    const { key } = HISTORY_INDEXES.find(({ name }) => name === index)!;
    return {
      Items: this.items
        .filter((item) => item[key]?.S === values![':partition'].S && item.occurred_at?.S !== undefined && item.occurred_at.S <= values![':to'].S!)
        .sort((a, b) => (a.occurred_at.S! < b.occurred_at.S! ? 1 : -1))
        .slice(0, limit),
    };
  }

  public batchGet({ RequestItems: requested }: BatchGetItemCommandInput): { Responses: { transactions: Item[] } } {
    const keys = requested!.transactions.Keys!.map(({ transaction_id: { S: id }, timestamp: { S: time } }) => `${id} ${time}`);
    const stored = this.items.filter((item) => keys.includes(`${item.transaction_id.S} ${item.timestamp.S}`));
    return { Responses: { transactions: [...stored, ...[...this.counts.values()].filter(({ transaction_id: { S: id } }) => keys.includes(`${id} -`))] } };
  }

  public count({ Key: key, ExpressionAttributeNames: names }: UpdateItemCommandInput): object {
    const id = key!.transaction_id.S!;
    const step = names!['#step'];
    const item = this.counts.get(id) ?? { ...key };
    this.counts.set(id, { ...item, [step]: { N: String(Number(item[step]?.N ?? 0) + 1) } });
    return {};
  }
}

/**
 * Sends events through the handlers' own code, one after the other: normalized, stored, routed and, if they are payments of
 * the high tier, assessed with the current content of the table. Only DynamoDB is replaced. The replay of the backtest is
 * faster, and must have the same results.
 */
export async function assessByHandlers(events: readonly LabeledEvent[], config: FraudConfig): Promise<HandlersVerdict[]> {
  const table = new TableInMemory();
  const dynamodb = mockClient(DynamoDBClient);
  dynamodb.on(QueryCommand).callsFake((input: QueryCommandInput) => table.query(input));
  dynamodb.on(BatchGetItemCommand).callsFake((input: BatchGetItemCommandInput) => table.batchGet(input));
  dynamodb.on(UpdateItemCommand).callsFake((input: UpdateItemCommandInput) => table.count(input));
  process.env.TABLE_NAME = 'transactions';
  const verdicts: HandlersVerdict[] = [];
  try {
    for (const [number, event] of events.entries()) {
      const item = itemOf(event, `event-${number}`, config);
      table.add(item);
      const detail = isTransaction(item) ? toTransactionDetail(item, { ...DETAIL_CONFIG, tiers: config.tiers }) : undefined;
      if (detail?.kind === 'captured' && detail.tier === 'high') {
        const batch = await readAssessmentBatch(detail);
        if (batch.verdict) {
          throw new Error(`the transaction ${detail.transaction_id} has a verdict before its assessment`);
        }
        verdicts.push({ detail, result: applyRules(await loadRuleContext(detail, needsOf(config.rules), config.tiers, batch.lists), config).result });
        await countAmount(detail);
      }
    }
  } finally {
    dynamodb.restore();
  }
  return verdicts;
}

function itemOf(event: LabeledEvent, eventId: string, { tiers }: FraudConfig): Item {
  const rawBody = Buffer.from(JSON.stringify({
    transaction_id: event.transactionId,
    kind: event.kind,
    amount_minor: Math.round(event.amount * 10 ** exponentOf(event.currency)!),
    currency: event.currency,
    account: event.account,
    customer_id: event.customerId,
    country: event.country,
    card_country: event.cardCountry,
    card_bin: event.cardBin,
    card_fingerprint: event.cardFingerprint,
    email_domain: event.emailDomain,
    event_time: event.at.toISOString(),
  }));
  const normalized = normalizeCanonical(rawBody, eventId);
  if (!normalized.parsed) {
    throw new Error(`the event ${eventId} is not canonical: ${JSON.stringify(normalized.violation)}`);
  }
  return fromWire(marshal(transactionItem({ provider: PROVIDER, normalized, rawBody, receivedAt: event.at, tiers })));
}
