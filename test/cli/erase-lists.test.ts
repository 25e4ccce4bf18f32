import { DeleteItemCommand, type AttributeValue } from '@aws-sdk/client-dynamodb';
import { byEvent, fill, JANE, JOHN, PROVIDER, world } from './support/jane-and-john';
import { foundLines } from '../../cli/erase/erasure-summary';
import { Output } from '../handlers/support/output';

type Item = Record<string, AttributeValue>;

const entry = (key: string): Item => ({ transaction_id: { S: key }, timestamp: { S: '-' }, record_type: { S: `${key.split(':')[0]}-entry` } });
const OF_JANE = ['blocklist', 'allowlist'].flatMap((list) => [`${list}:customer:stripe:${JANE}`, `${list}:card-fingerprint:stripe:fp_jane`, `${list}:email:hash-of-jane`]).sort();
const OF_OTHERS = [`allowlist:customer:stripe:${JOHN}`, 'blocklist:card-fingerprint:square:fp_jane', 'blocklist:card-fingerprint:stripe:fp_john', 'blocklist:country:FR'];
const ERASED = { provider: PROVIDER, id: JANE };

const entries = async () => (await world.items()).map(({ transaction_id: id }) => id.S!).filter((id) => /^(block|allow)list:/.test(id)).sort();

beforeAll(async () => world.start());
afterAll(async () => world.stop());
beforeEach(async () => {
  new Output().capture();
  await world.reset();
  await fill();
  await world.update(await byEvent('evt_jane1'), { card_fingerprint: { S: 'fp_jane' }, email_hash: { S: 'hash-of-jane' } });
  await world.update(await byEvent('evt_jane2'), { card_fingerprint: { S: 'fp_jane' } });
  await world.update(await byEvent('evt_john1'), { card_fingerprint: { S: 'fp_john' } });
  for (const key of [...OF_JANE, ...OF_OTHERS]) {
    await world.put(entry(key));
  }
});

describe('an erasure', () => {
  test('removes the entries of both lists that name the customer, or a card or an address of the payments', async () => {
    const { found, result } = await world.erase(ERASED);

    expect([...found.listEntries.removed].sort()).toEqual(OF_JANE);
    expect([...result.listEntries].sort()).toEqual(OF_JANE);
    expect(await entries()).toEqual(OF_OTHERS);
  });

  test('keeps the entries of the blocklist with --keep-blocklist', async () => {
    const erasure = await world.erasure(ERASED, world.clients, { waitMs: 60_000, keepsBlocklist: true });
    const found = await erasure.find();
    const kept = OF_JANE.filter((key) => key.startsWith('blocklist:'));

    expect([...found.listEntries.kept].sort()).toEqual(kept);
    expect(foundLines(found).filter((line) => line.startsWith('  Lists'))).toEqual([expect.not.stringContaining('blocklist:'), expect.stringMatching(/blocklist:.*: stays$/)]);
    await erasure.erase();
    expect(await entries()).toEqual([...OF_OTHERS, ...kept].sort());
  });

  test('changes nothing in a dry run', async () => {
    await (await world.erasure(ERASED)).find();

    expect(await entries()).toEqual([...OF_JANE, ...OF_OTHERS].sort());
  });

  test.each([0, 3, 5])('removes all entries after a failure at deletion %d, because an entry is removed before the item that names its value', async (failing) => {
    let deletions = 0;
    const dynamodb = new Proxy(world.clients.dynamodb, {
      get: (target, name) => name !== 'send' ? Reflect.get(target, name) as unknown : async (command: DeleteItemCommand) => {
        if (command instanceof DeleteItemCommand && deletions++ === failing) {
          throw new Error('failed');
        }
        return target.send(command);
      },
    });

    await expect(world.erase(ERASED, { ...world.clients, dynamodb })).rejects.toThrow('failed');
    expect(await entries()).toHaveLength(OF_JANE.length + OF_OTHERS.length - failing);
    await world.erase(ERASED);
    expect(await entries()).toEqual(OF_OTHERS);
  });
});

test('an erased transaction keeps the label that it got in the meantime, without its author', async () => {
  const erasure = await world.erasure(ERASED);
  await erasure.find();
  await world.update(await byEvent('evt_jane1'), { label: { S: 'fraud' }, labeled_by: { S: 'jim' }, labeled_at: { S: '2026-02-01T00:00:00.000Z' } });

  await erasure.erase();

  const { label, labeled_by: author, labeled_at: at } = await byEvent('evt_jane1');
  expect({ label, author, at }).toEqual({ label: { S: 'fraud' }, author: undefined, at: { S: '2026-02-01T00:00:00.000Z' } });
});
