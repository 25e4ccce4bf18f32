import { randomBytes } from 'node:crypto';
import type { PutItemCommandInput } from '@aws-sdk/client-dynamodb';
import { packedBody } from './support/erasure-world';
import { intercepted } from './support/intercepted';
import { byEvent, charge, JANE, JOHN, MARKER, PROVIDER, world } from './support/jane-and-john';
import { BODY_PREFIX } from '../../src/private/contract';
import { Output } from '../handlers/support/output';

const customer = { provider: PROVIDER, id: JANE };
/** A text that does not fit into an item, also when it is compressed. */
const padding = randomBytes(500 * 1024).toString('base64');
const largeCharge = (...args: Parameters<typeof charge>) => ({ ...charge(...args), padding });
const bodyKeys = async () => [...(await world.objects()).keys()].map((name) => name.split(' ')[1]).filter((key) => key.startsWith(BODY_PREFIX));
const bodyKeyOf = async (eventId: string) => (await byEvent(eventId)).body_key.S!;

beforeAll(async () => world.start());
afterAll(async () => world.stop());
beforeEach(async () => {
  new Output().capture();
  await world.reset();
});

describe('an erasure of webhooks whose bodies do not fit into their items', () => {
  test('deletes every version of their objects, and none of another customer', async () => {
    await world.receive(largeCharge('jane1', JANE));
    // Only the body, which is in S3, mentions the customer.
    await world.receive({ id: 'evt_record', type: 'customer.created', livemode: true, created: 1769860800, data: { object: { id: 'cus_x', name: MARKER, customer: JANE } }, padding });
    await world.receive(largeCharge('john1', JOHN, { marker: 'belongs-to-john' }));
    await world.archiveChanges();
    await world.putObject('archive', await bodyKeyOf('evt_jane1'), packedBody({ name: MARKER }).B);
    const johns = [await byEvent('evt_john1'), await world.content('archive', await bodyKeyOf('evt_john1'))];
    expect(await bodyKeys()).toHaveLength(4);

    const { result } = await world.erase(customer);

    expect(result).toMatchObject({ items: 2, kept: [], remaining: { transactions: 0, versions: 0, failedBatches: 0 } });
    expect(await bodyKeys()).toEqual([await bodyKeyOf('evt_john1')]);
    expect([await byEvent('evt_john1'), await world.content('archive', await bodyKeyOf('evt_john1'))]).toEqual(johns);
    expect((await world.everything()).includes(MARKER)).toBe(false);
  });

  test('deletes the object of a delivery that was in progress, which nothing names', async () => {
    await world.receive(largeCharge('jane1', JANE));
    await world.archiveChanges();
    const other = (await bodyKeyOf('evt_jane1')).replace(/-[0-9a-f]{64}/, `-${'0'.repeat(64)}`);
    const unrelated = `${BODY_PREFIX}stripe/a-note`;
    await world.putObject('archive', unrelated, Buffer.from('a note'));
    const dynamodb = intercepted(world.clients.dynamodb, async (name, { Item }: PutItemCommandInput) => {
      if (name === 'PutItemCommand' && Item?.erased_at) {
        await world.putObject('archive', other, packedBody({ name: MARKER }).B);
      }
    });

    const { result } = await world.erase(customer, { ...world.clients, dynamodb });

    expect(result).toMatchObject({ items: 1, kept: [] });
    expect(await bodyKeys()).toEqual([unrelated]);
  });

  test('reports an object of a delivery in progress that Object Lock keeps', async () => {
    await world.receive(largeCharge('jane1', JANE));
    await world.archiveChanges();
    const key = await bodyKeyOf('evt_jane1');
    const other = key.replace(/-[0-9a-f]{64}/, `-${'0'.repeat(64)}`);
    await world.putObject('archive', other, packedBody({ name: MARKER }).B);
    world.buckets.versionsOf('the-archive', other)[0].lock = { hold: 'ON' };

    const { result } = await world.erase(customer);

    expect(result.kept).toEqual([{ key: other, versionId: expect.any(String) as string, reason: 'legal hold of Object Lock' }]);
  });
});
