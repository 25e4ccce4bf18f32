import { BatchGetItemCommand, GetItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { handler } from '../../../handlers/assess/handler';
import type { StoredItem } from '../../../handlers/aws/stored-item';
import { transactionItem } from '../../../handlers/ingest/transaction-item';
import { marshal } from '../../../handlers/ingest/transaction-table';
import { normalizeCanonical } from '../../../handlers/providers/shared/canonical-transaction';
import { toTransactionDetail } from '../../../handlers/publish/events/detail';
import { resolveFraudRules } from '../../../src/private/settings/fraud-config';
import { FakeTable } from '../support/fake-table';
import { DETAIL_CONFIG } from '../support/items';
import { Output } from '../support/output';

const NOW = new Date('2026-06-30T12:00:00.000Z');
const TIERS = { medium: 1_000, high: 10_000 };
/** The time between two events of a customer. The first of 10,000 was almost five months ago. */
const INTERVAL = 20 * 60_000;
/** One in this number of events is a declined payment. */
const DECLINED = 20;

/** One of a customer's events, as the validator writes it. 0 is the current event, which has a high value. */
function itemOf(customer: string, number: number) {
  const at = new Date(NOW.getTime() - number * INTERVAL);
  const rawBody = Buffer.from(JSON.stringify({
    transaction_id: `${customer}-${number}`,
    kind: number % DECLINED === 1 ? 'failed' : 'captured',
    amount_minor: number === 0 ? 1_500_000 : 20_000 + number,
    currency: 'EUR',
    customer_id: customer,
    country: 'DE',
    card_country: 'DE',
    card_bin: '42424242',
    email_domain: 'mail.example',
    event_time: at.toISOString(),
  }));
  return marshal(transactionItem({
    provider: { name: 'orders', scheme: 'standard-webhooks', secretArns: [] },
    normalized: normalizeCanonical(rawBody, `${customer}-${number}`),
    rawBody,
    receivedAt: at,
    tiers: TIERS,
  }));
}

/**
 * dynalite counts the items that a query reads. 10,000 events exceed every
 * limit of a read, which are 200 items, three pages and DynamoDB's 1 MB, so
 * more events would not change the result.
 */
describe('an assessment by the default rules', () => {
  const table = new FakeTable();
  const output = new Output();

  beforeAll(() => {
    Object.assign(process.env, { TABLE_NAME: 'transactions', FRAUD_RULES: JSON.stringify(resolveFraudRules()) });
  });

  async function costOf(events: number): Promise<{ readonly requests: readonly number[]; readonly itemsRead: number }> {
    table.reset(...Array.from({ length: events }, (_, number) => itemOf(`of-${events}`, number)));
    output.capture();
    await handler({
      detail: toTransactionDetail(itemOf(`of-${events}`, 0) as StoredItem, { ...DETAIL_CONFIG, tiers: TIERS }),
      execution: 'arn:aws:states:us-east-1:000000000000:express:workflow:name:id',
      started_at: NOW.toISOString(),
    });
    const requests = [QueryCommand, BatchGetItemCommand, GetItemCommand].map((Command) => table.client.commandCalls<any, any, any>(Command).length);
    return { requests, itemsRead: table.itemsRead };
  }

  test('costs the same number of reads for a customer of 100 and of 10,000 events', async () => {
    const costs = [await costOf(100), await costOf(1_000), await costOf(10_000)];

    // Three queries, one batch, and the transaction itself.
    expect(costs.map(({ requests }) => requests)).toEqual(costs.map(() => [3, 1, 1]));
    // Of 100 events, 95 are in the history, which has at most 200.
    // In addition: the oldest event, a decline in the last hour, 6 keys of the blocklist, the transaction.
    expect(costs.map(({ itemsRead }) => itemsRead)).toEqual([95 + 1 + 1 + 6 + 1, 200 + 1 + 1 + 6 + 1, 200 + 1 + 1 + 6 + 1]);
  }, 60_000);
});
