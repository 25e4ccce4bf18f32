import { createHmac } from 'node:crypto';
import { QueryCommand } from '@aws-sdk/client-dynamodb';
import { byEvent, charge, fill, JANE, MARKER, PROVIDER, world } from './support/jane-and-john';
import { HISTORY_INDEXES } from '../../src/private/contract';
import { SECRETS } from '../handlers/support/fake-secrets';
import { Output } from '../handlers/support/output';

beforeAll(async () => world.start());
afterAll(async () => world.stop());
beforeEach(async () => {
  new Output().capture();
  await world.reset();
});

const hashOf = (address: string) => createHmac('sha256', SECRETS['arn:guests']).update(address).digest('hex').slice(0, 32);
const EMAIL = hashOf(`${MARKER}@${MARKER}.example`);

/** The number of events in an index. */
async function entriesOf(index: (typeof HISTORY_INDEXES)[number], value: string): Promise<number> {
  const { Count } = await world.clients.dynamodb.send(new QueryCommand({
    TableName: world.table,
    IndexName: index.name,
    KeyConditionExpression: '#key = :value',
    ExpressionAttributeNames: { '#key': index.key },
    ExpressionAttributeValues: { ':value': { S: value } },
  }));
  return Count!;
}
const indexed = async () => Promise.all([`${PROVIDER}:${JANE}`, `card-${MARKER}`, EMAIL].map(async (value, index) => entriesOf(HISTORY_INDEXES[index], value)));

test('an erased customer is in no index, with payments and declined payments', async () => {
  await fill();
  await world.receive(charge('jane4', JANE, { type: 'charge.failed' }));
  expect(await indexed()).toEqual([2, 3, 3]);
  expect(await byEvent('evt_jane4')).toMatchObject({ card_fingerprint: { S: `card-${MARKER}` }, email_hash: { S: EMAIL }, risk_score: { N: '66' }, risk_level: { S: 'elevated' } });

  await world.erase({ provider: PROVIDER, id: JANE });

  expect(await indexed()).toEqual([0, 0, 0]);
  expect(Object.keys(await byEvent('evt_jane4')).filter((name) => /card|email|risk|three|occurred|customer/.test(name))).toEqual([]);
  expect((await world.everything()).includes(EMAIL)).toBe(false);
});
