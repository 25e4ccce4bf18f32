import { DynamoDBClient, QueryCommand, type AttributeValue, type QueryCommandInput } from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import type { LabeledEvent } from './labeled-event';
import { applyRules, type Judgment } from '../../handlers/assess/apply-rules';
import { loadRuleContext } from '../../handlers/assess/load-rule-context';
import { needsOf } from '../../handlers/assess/needs';
import { storedListsOf } from '../../handlers/assess/stored-lists';
import { isTransaction, type StoredItem } from '../../handlers/aws/stored-item';
import { exponentOf } from '../../handlers/domain/money';
import { transactionItem } from '../../handlers/ingest/transaction-item';
import { marshal } from '../../handlers/ingest/transaction-table';
import { normalizeCanonical } from '../../handlers/providers/shared/canonical-transaction';
import { toTransactionDetail } from '../../handlers/publish/events/detail';
import type { FraudConfig, ProviderConfig, TierConfig } from '../../src/private/contract';
import { DETAIL_CONFIG } from '../handlers/support/items';

const PROVIDER: ProviderConfig = { name: 'shop', scheme: 'standard-webhooks', secretArns: [] };
const TIERS: TierConfig = { medium: 1_000, high: 10_000 };

/** A high-value event and its verdict. */
export interface Judged extends Judgment {
  readonly event: LabeledEvent;
}

type Item = Record<string, AttributeValue>;

/** The customer index in memory, which is large enough for this number of customers. */
class CustomerIndex {
  private readonly partitions = new Map<string, Item[]>();

  public add(item: Item): void {
    const partition = item.customer_key?.S;
    if (partition !== undefined) {
      const items = this.partitions.get(partition) ?? [];
      items.push(item);
      this.partitions.set(partition, items);
    }
  }

  public query({ ExpressionAttributeValues: values, Limit: limit }: QueryCommandInput): { Items: Item[] } {
    const { ':partition': partition, ':to': to } = values!;
    const within = (this.partitions.get(partition.S!) ?? [])
      .filter(({ occurred_at: { S: time } }) => time! <= to.S!)
      .sort((a, b) => (a.occurred_at.S! < b.occurred_at.S! ? -1 : 1));
    return { Items: within.reverse().slice(0, limit) };
  }
}

/** The time until an operator has checked a verdict and added a fraudster to the blocklist. */
const UNTIL_REVIEWED = 60 * 60_000;

/** An operator who recognizes fraud after a rule reports it. */
class Operator {
  private readonly found = new Map<string, number>();

  public look({ event, result }: Judged): void {
    if (event.fraud !== undefined && result.verdict !== 'approve' && !this.found.has(event.customerId)) {
      this.found.set(event.customerId, event.at.getTime() + UNTIL_REVIEWED);
    }
  }

  /** The entries of the blocklist for a customer, by their keys. */
  public entriesFor(customerId: string, at: Date): ReadonlyMap<string, StoredItem> {
    return new Map(at.getTime() >= (this.found.get(customerId) ?? Infinity) ? [[`blocklist:customer:${PROVIDER.name}:${customerId}`, {}]] : []);
  }
}

/**
 * Sends events through the handlers' own code, one after the other: normalized,
 * stored, routed and, if they are of high value, assessed with the current
 * content of the customer index and the blocklist. Only DynamoDB is replaced.
 */
export async function replay(events: readonly LabeledEvent[], config: FraudConfig): Promise<Judged[]> {
  const index = new CustomerIndex();
  const dynamodb = mockClient(DynamoDBClient);
  dynamodb.on(QueryCommand).callsFake((input: QueryCommandInput) => index.query(input));
  const operator = new Operator();
  process.env.TABLE_NAME = 'transactions';
  const judged: Judged[] = [];
  try {
    for (const [number, event] of events.entries()) {
      const item = itemOf(event, `event-${number}`);
      index.add(item);
      const detail = isTransaction(item) ? toTransactionDetail(item, { ...DETAIL_CONFIG, tiers: TIERS }) : undefined;
      if (detail?.money_movement && detail.tier === 'high') {
        const lists = storedListsOf(detail, operator.entriesFor(event.customerId, event.at));
        const judgment = { event, ...applyRules(await loadRuleContext(detail, needsOf(config.rules), TIERS, lists), config) };
        operator.look(judgment);
        judged.push(judgment);
      }
    }
  } finally {
    dynamodb.restore();
  }
  return judged;
}

function itemOf(event: LabeledEvent, eventId: string): Item {
  const rawBody = Buffer.from(JSON.stringify({
    transaction_id: event.transactionId,
    kind: event.kind,
    amount_minor: Math.round(event.amount * 10 ** exponentOf(event.currency)!),
    currency: event.currency,
    customer_id: event.customerId,
    country: event.country,
    card_country: event.cardCountry,
    card_bin: event.cardBin,
    email_domain: event.emailDomain,
    event_time: event.at.toISOString(),
  }));
  const normalized = normalizeCanonical(rawBody, eventId);
  if (!normalized.parsed) {
    throw new Error(`the event ${eventId} is not canonical: ${JSON.stringify(normalized.violation)}`);
  }
  return marshal(transactionItem({ provider: PROVIDER, normalized, rawBody, receivedAt: event.at, tiers: TIERS }));
}
