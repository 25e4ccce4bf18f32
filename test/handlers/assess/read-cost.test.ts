import { handler } from '../../../handlers/assess/handler';
import type { StoredItem } from '../../../handlers/aws/stored-item';
import { transactionItem } from '../../../handlers/ingest/transaction-item';
import { marshal } from '../../../handlers/ingest/transaction-writer';
import { normalizeCanonical } from '../../../handlers/providers/shared/canonical-transaction';
import { toTransactionDetail } from '../../../handlers/publish/events/detail';
import { resolveFraudRules } from '../../../src/private/settings/fraud-config';
import { CountingProxy, type Traffic } from '../support/counting-proxy';
import { LocalDynamoDb } from '../support/dynamodb';
import { Output } from '../support/output';

const NOW = new Date('2026-06-30T12:00:00.000Z');
const TIERS = { medium: 1_000, high: 10_000 };
/** So long lies between two events of a customer: of 100,000 the first was almost four years ago. */
const INTERVAL = 20 * 60_000;
/** One event in so many is a declined payment. */
const DECLINED = 20;

/** One of a customer's events, made as the validator makes it; 0 is the present one, and of high value. */
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

/** Real queries, over items that are there: nothing of what is counted is imitated. */
describe('an assessment by the default rules', () => {
  let dynamodb: LocalDynamoDb;
  let proxy: CountingProxy;
  const output = new Output();

  beforeAll(async () => {
    dynamodb = await LocalDynamoDb.start();
    proxy = await CountingProxy.inFrontOf(dynamodb.endpoint);
    dynamodb.useFor(proxy.endpoint);
    process.env.FRAUD_RULES = JSON.stringify(resolveFraudRules());
  });

  afterAll(async () => {
    await proxy.close();
    await dynamodb.stop();
  });

  async function costOf(events: number): Promise<Pick<Traffic, 'requests' | 'itemsRead'>> {
    const customer = `of-${events}`;
    await dynamodb.store(Array.from({ length: events }, (_, number) => itemOf(customer, number)));
    output.capture();
    await handler({
      detail: toTransactionDetail(itemOf(customer, 0) as StoredItem, TIERS),
      execution: 'arn:aws:states:us-east-1:000000000000:express:workflow:name:id',
      started_at: NOW.toISOString(),
    });
    const { requests: { Query, BatchGetItem, GetItem }, itemsRead } = proxy.take();
    jest.restoreAllMocks();
    process.stdout.write(`A customer of ${events} events: ${Query} Query, ${BatchGetItem} BatchGetItem, ${GetItem} GetItem; ${itemsRead} items read\n`);
    return { requests: { Query, BatchGetItem, GetItem }, itemsRead };
  }

  test('costs the same number of reads for a customer of 100 and of 100,000 events', async () => {
    const costs = [await costOf(100), await costOf(1_000), await costOf(100_000)];

    expect(costs.map(({ requests }) => requests)).toEqual(costs.map(() => ({ Query: 3, BatchGetItem: 1, GetItem: 1 })));
    // Of 100 events 95 are in the history, which ends at 200. Beside it: the oldest one, a decline of the hour, 6 keys of the blocklist.
    expect(costs.map(({ itemsRead }) => itemsRead)).toEqual([95 + 1 + 1 + 6, 200 + 1 + 1 + 6, 200 + 1 + 1 + 6]);
  }, 600_000);
});
