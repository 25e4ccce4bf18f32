import { connectToAws } from '../../../cli/aws/aws-clients';
import { CheckedSystem } from '../../../cli/doctor/checked-system';
import { tableChecks } from '../../../cli/doctor/table-checks';
import { LocalDynamoDb } from '../../handlers/support/dynamodb';

const NOW = new Date('2026-01-31T12:00:00.000Z');
let dynamodb: LocalDynamoDb;
beforeAll(async () => {
  dynamodb = await LocalDynamoDb.start();
  dynamodb.useForHandlers();
});
afterAll(async () => dynamodb.stop());

const open = (number: number, partition: string, sweepAt: string, padding = 0) => ({
  transaction_id: { S: `stripe:pi_${number}` },
  timestamp: { S: `2026-01-31T11:00:00.000Z#${number}` },
  sweep_partition: { S: partition },
  sweep_at: { S: sweepAt },
  received_at: { S: 'x'.repeat(padding + 1) },
});

test('open, overdue and given-up transactions are counted in all pages of all partitions', async () => {
  const soon = '2026-01-31T12:05:00.000Z';
  const late = '2026-01-31T11:54:00.000Z';
  await dynamodb.store([
    // More than a page of 1 MB.
    ...Array.from({ length: 8 }, (_, number) => open(number, '0', soon, 200_000)),
    open(20, '9', soon), open(21, '9', late), open(22, '4', '2026-01-31T11:58:00.000Z'),
    open(30, 'given-up', '2026-01-01T00:00:00.000Z'), open(31, 'given-up', '2026-01-01T00:00:00.000Z'),
  ]);
  const system = new CheckedSystem({
    deployed: { stack: 'S', id: 'S', resources: { TableName: dynamodb.tableName }, providers: [] },
    clients: connectToAws({ region: 'us-east-1' }),
    isLocal: false,
    now: () => NOW,
    reachable: (url) => url,
  });
  const [, check] = tableChecks(system);

  expect(await check.run(new AbortController().signal)).toMatchObject({ status: 'failed', text: '11 open, 1 of them overdue, 2 given up: the sweep does not republish them' });
});
