import { randomBytes } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { ListObjectVersionsCommand, S3Client, S3ServiceException, type PutObjectCommandInput } from '@aws-sdk/client-s3';
import { packedBody } from './support/erasure-world';
import { intercepted } from './support/intercepted';
import { byEvent, charge, fill, JANE, MARKER, PROVIDER, world } from './support/jane-and-john';
import { BodyObjects } from '../../cli/erase/body-objects';
import { ErasureTargets } from '../../cli/erase/erasure-targets';
import { inParallel } from '../../cli/erase/in-parallel';
import { LinePacker, ObjectVersions, unpackedLines } from '../../cli/erase/object-versions';
import { unpacked } from '../../cli/erase/record-facts';
import { TransactionsTable } from '../../cli/erase/transactions-table';
import { storedTransaction } from '../handlers/support/items';
import { Output } from '../handlers/support/output';

const customer = { provider: PROVIDER, id: JANE };
const signal = new AbortController().signal;
const failure = (name: string) => new S3ServiceException({ name, message: name, $fault: 'client', $metadata: {} });

beforeAll(async () => world.start());
afterAll(async () => world.stop());
beforeEach(async () => {
  new Output().capture();
  await world.reset();
});

test('an erasure of a customer without data is complete', async () => {
  const { result } = await world.erase(customer);

  expect(result).toMatchObject({ items: 0, notArchived: 0, remaining: { transactions: 0, versions: 0, failedBatches: 0 } });
});

test('a deleted object of the archive has no data in its old versions', async () => {
  await fill();
  for (const [key, versions] of world.buckets.buckets.get('the-archive')!) {
    world.buckets.buckets.get('the-archive')!.set(key, [{ ...versions[0], id: `marker-${key}`, content: Buffer.alloc(0), isMarker: true }, ...versions]);
  }

  const { result } = await world.erase(customer);

  expect(result.archive).toMatchObject({ deleted: 5 });
  expect([...world.buckets.buckets.get('the-archive')!.values()].flat().some(({ content }) => content.length > 0 && gzipText(content).includes(MARKER))).toBe(false);
});

const gzipText = (content: Buffer) => unpacked(content).toString();

test('a body in Glacier is reported, and ends no run', async () => {
  await world.put(storedTransaction({ customer_id: undefined, body_key: { S: 'bodies/1' } }));
  await world.putObject('archive', 'bodies/1', packedBody({ customer: JANE }).B);
  await world.receive(charge('jane1', JANE));
  await world.archiveChanges();
  world.buckets.versionsOf('the-archive', 'bodies/1')[0].storageClass = 'GLACIER';

  const { found, result } = await world.erase(customer);

  const unreadable = { key: 'bodies/1', versionId: 'current', reason: 'must be restored from its storage class' };
  expect(found.archive.unreadable).toEqual([unreadable]);
  expect(result).toMatchObject({ items: 1, kept: [unreadable], remaining: { transactions: 0, versions: 0 } });
});

test('a body that cannot be read for another reason ends the run', async () => {
  const bodies = new BodyObjects({ read: async () => Promise.reject(failure('AccessDenied')) } as unknown as ObjectVersions);

  await expect(bodies.read('bodies/1')).rejects.toThrow('AccessDenied');
  expect(bodies.unreadable).toEqual([]);
});

test('a body in Glacier of a transaction that is erased does not remain', async () => {
  await world.put(storedTransaction({ customer_id: { S: JANE } }));
  await world.put(storedTransaction({ timestamp: { S: '-#evt_2' }, event_id: { S: 'evt_2' }, customer_id: undefined, body_key: { S: 'bodies/1' } }));
  await world.putObject('archive', 'bodies/1', packedBody({ customer: JANE }).B);
  await world.archiveChanges();
  world.buckets.versionsOf('the-archive', 'bodies/1')[0].storageClass = 'GLACIER';

  expect((await world.erase(customer)).result).toMatchObject({ items: 2, kept: [] });
  expect(world.buckets.versionsOf('the-archive', 'bodies/1')).toEqual([]);
});

test('an object that another run replaces is read again', async () => {
  await world.receive(charge('jane1', JANE));
  await world.archiveChanges();
  let replaced = 0;
  const s3 = intercepted(world.clients.s3, async (name, { Key }: PutObjectCommandInput) => {
    if (name === 'PutObjectCommand' && replaced++ === 0) {
      const [current] = world.buckets.versionsOf('the-archive', Key!);
      world.buckets.buckets.get('the-archive')!.set(Key!, [{ ...current, id: 'other', content: gzipSync('{"transaction_id":"x","timestamp":"y"}\n') }, current]);
    }
  });

  const { result } = await world.erase(customer, { ...world.clients, s3 });

  expect(result.remaining.versions).toBe(0);
  expect((await world.everything()).includes(MARKER)).toBe(false);
});

test('an object that another run replaces and whose old version it deletes is finished', async () => {
  await world.receive(charge('jane1', JANE));
  await world.archiveChanges();
  const s3 = intercepted(world.clients.s3, async (name, { Key }: PutObjectCommandInput) => {
    if (name === 'PutObjectCommand') {
      world.buckets.buckets.get('the-archive')!.delete(Key!);
    }
  });

  expect((await world.erase(customer, { ...world.clients, s3 })).result.archive).toEqual({ replaced: 0, deleted: 0, kept: [] });
});

test('an item that another run deletes is not counted', async () => {
  await world.receive(charge('jane1', JANE));
  await world.archiveChanges();
  const item = await byEvent('evt_jane1');
  const dynamodb = intercepted(world.clients.dynamodb, async (name) => {
    if (name === 'PutItemCommand') {
      await world.remove(item);
    }
  });

  expect((await world.erase(customer, { ...world.clients, dynamodb })).result.items).toBe(0);
});

test('answers without values have their defaults', async () => {
  const dynamodb = new Proxy(world.clients.dynamodb as any, { get: (target, name) => name === 'send' ? async () => ({}) : target[name] });
  const table = new TransactionsTable(dynamodb, world.table, async () => undefined, signal);
  const jane = { provider: PROVIDER, storedIds: new Set<string>(), ownIds: new Set<string>(), contacts: new Set<string>() };

  expect(await table.find(jane, new ErasureTargets(), () => undefined)).toEqual({ scanned: 0, readUnits: 0 });
  expect(await table.eventsOf('stripe:1', jane)).toEqual([]);
});

test('lines that exceed the buffer of the packer are packed', async () => {
  const packer = new LinePacker();
  const line = randomBytes(400_000).toString('hex');
  await packer.add(line);
  await packer.add(line);

  expect(gunzipSync(await packer.finish()).toString() === `${line}\n${line}\n`).toBe(true);
});

test('an object that changes all the time ends the run', async () => {
  await world.receive(charge('jane1', JANE));
  await world.archiveChanges();
  const s3 = intercepted(world.clients.s3, async (name) => {
    if (name === 'PutObjectCommand') {
      throw failure('ConditionalRequestConflict');
    }
  });

  await expect(world.erase(customer, { ...world.clients, s3 })).rejects.toThrow(/^the object year=.+ changes all the time/);
});

test('a failed batch that another run replaces is found by the last check', async () => {
  await fill();
  const s3 = intercepted(world.clients.s3, async (name, { Bucket }: PutObjectCommandInput) => {
    if (name === 'PutObjectCommand' && Bucket === 'failed-records') {
      throw failure('PreconditionFailed');
    }
  });

  expect((await world.erase(customer, { ...world.clients, s3 })).result).toMatchObject({ failedBatches: 0, remaining: { failedBatches: 2 } });
});

test.each(['GetObjectCommand', 'PutObjectCommand', 'DeleteObjectCommand'])('a failure of %s ends the run', async (failing) => {
  await world.receive(charge('jane1', JANE));
  await world.archiveChanges();
  const s3 = intercepted(world.clients.s3, async (name) => {
    if (name === failing) {
      throw failure('AccessDenied');
    }
  });

  await expect(world.erase(customer, { ...world.clients, s3 })).rejects.toThrow('AccessDenied');
});

test('an object that is deleted while it is read is skipped', async () => {
  await fill();
  const s3 = intercepted(world.clients.s3, async (name, { Bucket, Key }: PutObjectCommandInput) => {
    if (name === 'GetObjectCommand') {
      world.buckets.buckets.get(Bucket!)!.delete(Key!);
    }
  });

  const erasure = await world.erasure(customer, { ...world.clients, s3 }, { waitMs: 0, keepsBlocklist: false });
  await erasure.find();

  expect((await erasure.erase()).remaining.versions).toBe(0);
});

test('an object in a bucket without versions is replaced, and not deleted', async () => {
  world.buckets.reset(['the-archive', 'failed-records'], ['the-archive', 'failed-records']);
  await world.receive(charge('jane1', JANE));
  await world.archiveChanges();

  expect((await world.erase(customer)).result.archive).toEqual({ replaced: 1, deleted: 0, kept: [] });
  expect((await world.everything()).match(/"event_name":"INSERT"/g)).toHaveLength(1);
});

test('a failure of the network ends the run', async () => {
  await world.receive(charge('jane1', JANE));
  await world.archiveChanges();
  const s3 = intercepted(world.clients.s3, async (name) => {
    if (name === 'DeleteObjectCommand') {
      throw new Error('no route');
    }
  });

  await expect(world.erase(customer, { ...world.clients, s3 })).rejects.toThrow('no route');
});

test('a change that could not be rendered is reduced, with the objects of its bodies', async () => {
  const item = storedTransaction({ customer_id: { S: JANE }, reference: { S: MARKER }, body_key: { S: 'bodies/1' } });
  const keys = { transaction_id: item.transaction_id, timestamp: item.timestamp };
  const line = (images: object) => JSON.stringify({
    event_id: '1', transaction_id: 'stripe:pi_1', timestamp: item.timestamp.S, unrendered: { error: MARKER, keys, ...images },
  });
  await world.putObject('archive', 'year=2026/month=01/day=01/1.jsonl.gz', gzipSync(`${line({ new_image: item })}\n${line({ old_image: item })}\n${line({})}`));
  await world.putObject('archive', 'bodies/1', packedBody(MARKER).B);
  world.buckets.versionsOf('the-archive', 'bodies/1')[0].lock = { hold: 'ON' };

  const { result } = await world.erase(customer);

  expect(result.kept.map(({ key }) => key)).toEqual(['bodies/1']);
  const text = [...await world.objects()].filter(([key]) => !key.includes('bodies')).map(([, each]) => each).join('');
  expect([text.includes(MARKER), text.includes('"erased_at":{"S":'), text.includes(JANE)]).toEqual([false, true, false]);
});

test('a body in base64 is searched', async () => {
  const image = { provider: PROVIDER, transaction_id: 'stripe:1', timestamp: '-#1', body_base64: Buffer.from(`customer=${JANE}&\xff`, 'latin1').toString('base64') };
  const removed = { ...image, body_base64: undefined };
  await world.putObject('archive', 'year=2026/1.jsonl.gz', gzipSync(JSON.stringify({ transaction_id: 'stripe:1', timestamp: '-#1', new_image: image, old_image: removed })));

  expect((await world.erase(customer)).result.archive.replaced).toBe(1);
});

test('the records of failed batches without keys or images are kept', async () => {
  await world.putObject('failedRecords', '1', Buffer.from(JSON.stringify({ payload: { Records: [{}, { dynamodb: { Keys: {} } }] } })));

  expect((await world.erase(customer)).result).toMatchObject({ failedBatches: 0, kept: [] });
});

test('an item that changes all the time ends the run', async () => {
  const item = storedTransaction();
  await world.put(item);
  let count = 0;
  const dynamodb = intercepted(world.clients.dynamodb, async (name) => {
    if (name === 'PutItemCommand') {
      await world.update(item, { verdict: { S: String(count++) } });
    }
  });
  const table = new TransactionsTable(dynamodb, world.table, async () => undefined, signal);

  await expect(table.erase(await byEvent('evt_1'), '2026-01-01T00:00:00.000Z')).rejects.toThrow('the item stripe:pi_1 changes all the time');
});

test('an old tombstone is archived long ago, and an item can have no body at all', async () => {
  await world.put(storedTransaction({ erased_at: { S: '2020-01-01T00:00:00.000Z' }, customer_id: undefined }));
  await world.put(storedTransaction({ transaction_id: { S: 'stripe:2' }, customer_id: undefined, body_key: { S: 'bodies/missing' } }));

  expect((await world.erase(customer)).result).toMatchObject({ items: 0, notArchived: 0 });
});

test('a list of versions without values has their defaults', async () => {
  world.buckets.reset(['the-archive']);
  const client = new S3Client({ region: 'us-east-1' });
  const send = intercepted(client, async () => undefined);
  const versions = new ObjectVersions(new Proxy(send, {
    get: (target: any, name) => name === 'send' ? async (command: object) => command instanceof ListObjectVersionsCommand ? { Versions: [{}] } : {} : target[name],
  }), 'the-archive', signal);
  const none = new ObjectVersions(new Proxy(client as any, { get: (target, name) => name === 'send' ? async () => ({}) : target[name] }), 'the-archive', signal);
  for await (const version of none.list('')) {
    expect(version).toBeUndefined();
  }
  const found = [];
  for await (const version of versions.list('')) {
    found.push(version);
  }

  expect(found).toEqual([{ key: '', versionId: 'null', isLatest: false, etag: '', modifiedAt: new Date(0) }]);
});

test('the lines of an object can end without a line break', async () => {
  const lines = [];
  for await (const line of unpackedLines(gzipSync('one\ntwo'))) {
    lines.push(line);
  }

  expect(lines).toEqual(['one', 'two']);
});

test('bytes that are not packed are the body itself', () => {
  expect(unpacked(Buffer.from('plain')).toString()).toBe('plain');
});

test('work in parallel stops at a failure and throws it', async () => {
  const started: number[] = [];

  await expect(inParallel([1, 2, 3, 4], 1, async (value) => {
    started.push(value);
    throw new Error(`failed at ${value}`);
  })).rejects.toThrow('failed at 1');
  expect(started).toEqual([1]);
});
