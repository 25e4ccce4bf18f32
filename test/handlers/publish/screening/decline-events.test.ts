import { QueryCommand } from '@aws-sdk/client-dynamodb';
import { declineEvents } from '../../../../handlers/publish/screening/decline-events';
import type { DeclineLookup } from '../../../../handlers/publish/screening/decline-lookups';
import { FakeTable } from '../../support/fake-table';
import { storedTransaction } from '../../support/items';

const WINDOW = { provider: 'stripe', from: '2025-03-04T04:06:00.000Z', to: '2025-03-04T05:06:00.000Z' };
const OF_CUSTOMER: DeclineLookup = { ...WINDOW, index: 'customer-index', key: 'customer_key', partition: 'declined#stripe:cus_1' };
const WITH_CARD: DeclineLookup = { ...WINDOW, index: 'card-index', key: 'card_fingerprint', partition: 'card_1' };
const DECLINED = { kind: { S: 'failed' }, money_movement: { BOOL: false }, customer_key: { S: 'declined#stripe:cus_1' }, card_fingerprint: { S: 'card_1' } };

const table = new FakeTable();

function store(id: string, time: string, overrides: Parameters<typeof storedTransaction>[0] = {}): void {
  table.store(storedTransaction({ transaction_id: { S: `stripe:${id}` }, occurred_at: { S: `2025-03-04T${time}.000Z` }, ...DECLINED, ...overrides }));
}

beforeEach(() => {
  process.env.TABLE_NAME = 'transactions';
  table.reset();
});

describe('declineEvents', () => {
  test.each([['of the customer', OF_CUSTOMER], ['with the card', WITH_CARD]])('finds the declines %s in the window, including both ends, newest first', async (_, lookup) => {
    store('first', '04:06:00');
    store('last', '05:06:00');
    store('too old', '04:05:59');
    store('later', '05:06:01');
    store('another\'s', '05:00:00', { customer_key: { S: 'declined#stripe:cus_2' }, card_fingerprint: { S: 'card_2' } });

    expect(await declineEvents(lookup)).toEqual([
      { transactionId: 'stripe:last', occurredAt: '2025-03-04T05:06:00.000Z' },
      { transactionId: 'stripe:first', occurredAt: '2025-03-04T04:06:00.000Z' },
    ]);
  });

  test('does not count payments with the card, declines at another provider, and items that are not transactions', async () => {
    store('paid', '05:00:00', { kind: { S: 'captured' }, customer_key: { S: 'stripe:cus_1' } });
    store('elsewhere', '05:00:00', { transaction_id: { S: 'square:1' } });
    store('entry', '05:00:00', { transaction_id: { S: 'blocklist:country:DE' }, timestamp: { S: '-' } });

    expect(await declineEvents(WITH_CARD)).toEqual([]);
  });

  test('reads one page with eventual consistency, and of each item only what it counts', async () => {
    await declineEvents(WITH_CARD);

    expect(table.client.commandCalls(QueryCommand).map(({ args }) => args[0].input)).toEqual([{
      TableName: 'transactions',
      IndexName: 'card-index',
      KeyConditionExpression: '#key = :partition AND #occurredAt BETWEEN :from AND :to',
      FilterExpression: '#kind = :declined',
      ProjectionExpression: '#id, #timestamp, #occurredAt',
      ExpressionAttributeNames: {
        '#key': 'card_fingerprint', '#occurredAt': 'occurred_at', '#kind': 'kind', '#id': 'transaction_id', '#timestamp': 'timestamp',
      },
      ExpressionAttributeValues: { ':partition': { S: 'card_1' }, ':from': { S: WINDOW.from }, ':to': { S: WINDOW.to }, ':declined': { S: 'failed' } },
      ScanIndexForward: false,
      Limit: 200,
    }]);
  });

  test('accepts an answer without items', async () => {
    table.client.on(QueryCommand).resolves({});

    expect(await declineEvents(OF_CUSTOMER)).toEqual([]);
  });
});
