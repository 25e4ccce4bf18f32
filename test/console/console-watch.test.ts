import { gzipSync } from 'node:zlib';
import { BatchGetItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import type { ConsoleTransaction } from '../../cli/console/model/console-transaction';
import { ConsoleWatch, MAX_READ_ITEMS, type WatchParts } from '../../cli/console/system/console-watch';
import { ArchiveReader } from '../../cli/transactions/archive-reader';
import { TransactionReader } from '../../cli/transactions/transaction-reader';
import { toTransactionDetail } from '../../handlers/publish/events/detail';
import { LocalDynamoDb } from '../handlers/support/dynamodb';
import { DETAIL_CONFIG, storedTransaction } from '../handlers/support/items';

const NOW = new Date('2025-03-04T12:00:00.000Z');
const HOUR = 3_600_000;
/** Somebody changed it by hand. */
const UNREADABLE = storedTransaction({ transaction_id: { S: 'stripe:pi_unreadable' }, amount_minor: { S: 'much' } });
const s3 = mockClient(S3Client);
let database: LocalDynamoDb;

beforeAll(async () => {
  database = await LocalDynamoDb.start();
});
afterAll(async () => database.stop());
beforeEach(() => {
  s3.reset();
  s3.on(ListObjectsV2Command).resolves({});
});

interface Seen {
  readonly reported: ConsoleTransaction[];
  readonly notes: string[];
  readonly calls: string[];
  readonly sleeps: number[];
}

interface Setting {
  /** The watch runs until this is true. */
  readonly done: (seen: Seen) => boolean;
  readonly receive?: (signal: AbortSignal) => Promise<string[]>;
  readonly session?: object;
  readonly parts?: Partial<WatchParts>;
}

const idsOf = ({ reported }: Pick<Seen, 'reported'>) => reported.map(({ transactionId }) => transactionId);
const pause = async () => new Promise((resolve) => setTimeout(resolve, 5));

/** Runs a watch until it has done something. Each wait for messages takes an hour of its clock, and its other waits nothing. */
async function watch({ done, receive = async () => [], session, parts }: Setting): Promise<Seen> {
  const controller = new AbortController();
  const { signal } = controller;
  const seen: Seen = { reported: [], notes: [], calls: [], sleeps: [] };
  let now = NOW.getTime();
  const timer = setInterval(() => done(seen) && controller.abort(), 5);
  const watched = new ConsoleWatch({
    dynamodb: database.client,
    tableName: database.tableName,
    reader: new TransactionReader(database.client, database.tableName, signal),
    archive: new ArchiveReader(new S3Client({ region: 'us-east-1' }), 'archive', signal),
    config: DETAIL_CONFIG,
    newSession: () => ({
      removeLeftovers: async () => ({ removed: [], remaining: [] }),
      open: async () => void seen.calls.push('open'),
      receive: async () => {
        await pause();
        now += HOUR;
        seen.calls.push('receive');
        return receive(signal);
      },
      close: async () => {
        seen.calls.push('close');
        return [];
      },
      ...session,
    }),
    now: () => new Date(now),
    sleep: async (millis) => {
      seen.sleeps.push(millis);
      await pause();
      throw new Error('aborted');
    },
    ...parts,
  }, { report: (transactions) => seen.reported.push(...transactions), note: (text) => seen.notes.push(text), signal });
  await watched.run();
  clearInterval(timer);
  return seen;
}

const received = (overrides = {}) => JSON.stringify({ 'id': 'e', 'detail-type': 'transaction.received', 'detail': toTransactionDetail(storedTransaction(overrides), DETAIL_CONFIG) });

describe('a watch', () => {
  test('reads the table, then follows the bus, and removes what it created', async () => {
    await database.store([storedTransaction({ transaction_id: { S: 'stripe:pi_stored' } }), UNREADABLE]);
    const bodies = [received({ transaction_id: { S: 'stripe:pi_live' } })];

    const { calls, notes } = await watch({
      receive: async () => bodies.splice(0), done: (seen) => idsOf(seen).includes('stripe:pi_stored') && idsOf(seen).includes('stripe:pi_live'),
    });

    expect(calls.at(-1)).toBe('close');
    expect(notes.at(-1)).toBe('');
  });

  test('begins a new session before the old one counts as left behind', async () => {
    const { calls } = await watch({ done: (seen) => seen.calls.filter((call) => call === 'open').length === 2 });

    expect(calls.slice(0, 15)).toEqual(['open', ...Array(12).fill('receive'), 'close', 'open']);
  });

  test('shows why it has no live events, and goes on with everything else', async () => {
    const failure = Object.assign(new Error('not authorized'), { name: 'AccessDeniedException' });
    await database.store([storedTransaction({ transaction_id: { S: 'stripe:pi_stored' } })]);

    const { notes } = await watch({
      session: { open: async () => { throw failure; } }, done: (seen) => idsOf(seen).includes('stripe:pi_stored') && seen.sleeps.includes(60_000),
    });

    expect(notes).toContain('No live events (AccessDeniedException: not authorized). Trying again …');
  });

  test('ends quietly if a call is interrupted', async () => {
    const { notes } = await watch({
      receive: async (signal) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('aborted')))),
      done: ({ calls }) => calls.includes('receive'),
    });

    expect(notes.filter((note) => note !== '')).toEqual([]);
  });

  test('reports what could not be removed', async () => {
    const { notes } = await watch({ session: { close: async () => ['rule r: AccessDenied'] }, done: ({ calls }) => calls.includes('receive') });

    expect(notes.at(-1)).toContain('Not removed: rule r: AccessDenied');
  });

  test('does not read a large table', async () => {
    const reader = new TransactionReader(database.client, database.tableName, new AbortController().signal);
    jest.spyOn(reader, 'size').mockResolvedValue({ items: MAX_READ_ITEMS + 1, bytes: 1, readUnits: 1, hasEventIndex: false });
    const scan = jest.spyOn(reader, 'scan');

    const { notes } = await watch({ parts: { reader }, done: (seen) => seen.notes.some((note) => note.includes('items')) });

    expect(scan).not.toHaveBeenCalled();
    expect(notes.join()).toContain('The table has about 20,001 items.');
  });
});

test('a failure of the archive is shown, and tried again', async () => {
  s3.on(ListObjectsV2Command).rejectsOnce(Object.assign(new Error('no right'), { name: 'AccessDenied' })).resolves({});

  const { notes } = await watch({ done: (seen) => seen.notes.at(-1) === '' && seen.sleeps.includes(30_000) });

  expect(notes).toContain('The archive could not be read (AccessDenied: no right). Trying again …');
});

describe('the archive', () => {
  const object = (name: string, minutesAgo: number) => ({ Key: `year=2025/month=03/day=04/${name}`, LastModified: new Date(NOW.getTime() - minutesAgo * 60_000) });
  const contentOf = (...changes: object[]) => ({ Body: { transformToByteArray: async () => gzipSync(changes.map((change) => `${JSON.stringify(change)}\n`).join('')) } as never });
  const image = (id: string, more = {}) => ({
    transaction_id: `stripe:${id}`,
    timestamp: 't#e',
    record_type: 'transaction',
    event_id: 'e',
    provider: 'stripe',
    provider_event: 'x',
    kind: 'captured',
    live: true,
    money_movement: true,
    amount_minor: '6000000',
    exponent: 2,
    currency: 'EUR',
    received_at: '2025-03-04T11:59:00.000Z',
    body: 'secret',
    claimed_at: '2025-03-04T11:59:01.000Z',
    ...more,
  });

  test('shows when an event was archived, and the events of the last day', async () => {
    s3.on(ListObjectsV2Command, { Prefix: 'year=2025/month=03/day=04/' }).resolves({ Contents: [object('b', 1), object('a', 3)] });
    s3.on(GetObjectCommand, { Key: object('a', 0).Key }).resolves(contentOf({ transaction_id: 'stripe:pi_a', timestamp: 't#e', new_image: image('pi_a') }, { transaction_id: 'blocklist:x', timestamp: '-', old_image: {} }));
    s3.on(GetObjectCommand, { Key: object('b', 0).Key }).resolves(contentOf({ transaction_id: 'stripe:pi_b', timestamp: 't#e', unrendered: { new_image: storedTransaction({ transaction_id: { S: 'stripe:pi_b' } }) } }));

    const isArchived = ({ archiveKey }: ConsoleTransaction) => archiveKey !== undefined;
    const { reported } = await watch({
      done: ({ sleeps, reported: all }) => sleeps.filter((millis) => millis === 30_000).length > 2 && all.some(isArchived),
    });

    const archived = reported.filter(({ archiveKey }) => archiveKey !== undefined);
    expect(archived.map(({ transactionId, archivedAt }) => [transactionId, archivedAt])).toEqual([
      ['stripe:pi_a', '2025-03-04T11:57:00.000Z'], ['stripe:pi_b', '2025-03-04T11:59:00.000Z'],
    ]);
    expect(archived[0]).toMatchObject({ amount: '60,000.00', tier: 'high' });
    expect(archived[0]).not.toHaveProperty('claimedAt');
    expect(s3.commandCalls(GetObjectCommand)).toHaveLength(2);
  });

  test.each([
    ['has the label of a transaction if it is newer than the reading of the table', -1, { label: 'fraud', labeledBy: 'jane' }],
    ['does not replace the label of the table by an earlier one', 1, {}],
  ])('%s', async (_, minutesAgo, expected) => {
    const reader = new TransactionReader(database.client, database.tableName, new AbortController().signal);
    jest.spyOn(reader, 'size').mockResolvedValue({ items: 1, bytes: 1, readUnits: 1, hasEventIndex: false });
    const tableIsRead = new Promise<void>((resolve) => {
      jest.spyOn(reader, 'scan').mockImplementation(async function* () {
        resolve();
      });
    });
    s3.on(ListObjectsV2Command, { Prefix: 'year=2025/month=03/day=04/' }).callsFake(async () => {
      await tableIsRead;
      return { Contents: [object('a', minutesAgo)] };
    });
    s3.on(GetObjectCommand).resolves(contentOf({ transaction_id: 'stripe:pi_a', timestamp: 't#e', new_image: image('pi_a', { label: 'fraud', labeled_by: 'jane' }) }));

    const { reported } = await watch({ parts: { reader }, done: ({ reported: all }) => all.length > 0 });

    expect(Object.fromEntries(Object.entries(reported[0]).filter(([name]) => name.startsWith('label')))).toEqual(expected);
  });

  test('is read from its newest objects only', async () => {
    s3.on(ListObjectsV2Command, { Prefix: 'year=2025/month=03/day=04/' }).resolves({ Contents: Array.from({ length: 60 }, (_, index) => object(`o${index}`, index)) });
    s3.on(GetObjectCommand).resolves(contentOf({ transaction_id: 'stripe:pi_a', timestamp: 't#e', new_image: image('pi_a') }));

    await watch({ done: ({ sleeps }) => sleeps.includes(30_000) });

    expect(s3.commandCalls(GetObjectCommand).map(({ args: [{ input }] }) => input.Key)).not.toContain(object('o41', 0).Key);
    expect(s3.commandCalls(GetObjectCommand)).toHaveLength(40);
  });
});

describe('an open transaction', () => {
  test('is read until it is closed', async () => {
    const key = { transaction_id: { S: 'stripe:pi_open' }, timestamp: { S: '2025-03-04T05:06:00.000Z#evt_1' } };
    await database.store([storedTransaction({ ...key, closed_at: { S: '2025-03-04T05:06:09.000Z' } })]);
    const calls = jest.spyOn(DynamoDBClient.prototype, 'send');
    const bodies = [received(key)];

    const { reported } = await watch({
      receive: async () => bodies.splice(0),
      parts: { reader: { size: async () => ({ items: MAX_READ_ITEMS + 1 }) } as never },
      done: ({ reported: all, sleeps }) => (
        all.some(({ closedAt }) => closedAt !== undefined) && sleeps.filter((millis) => millis === 5_000).length > 5
      ),
    });

    expect(reported.filter(({ transactionId }) => transactionId === 'stripe:pi_open').map(({ closedAt }) => closedAt)).toEqual([undefined, '2025-03-04T05:06:09.000Z']);
    expect(calls.mock.calls.filter(([command]) => command instanceof BatchGetItemCommand)).toHaveLength(1);
    calls.mockRestore();
  });

  test('that the table does not have anymore is not shown', async () => {
    const bodies = [received({ transaction_id: { S: 'stripe:pi_gone' } })];
    const send = jest.fn(async () => ({ Responses: { [database.tableName]: [UNREADABLE] } }));
    send.mockResolvedValueOnce({} as never);

    const { reported } = await watch({
      receive: async () => bodies.splice(0), parts: { dynamodb: { send } as never }, done: () => send.mock.calls.length > 1,
    });

    expect(reported.filter(({ transactionId }) => transactionId === 'stripe:pi_gone')).toHaveLength(1);
    expect(send).toHaveBeenCalled();
  });
});
