import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { connectToAws } from '../../cli/aws/aws-clients';
import { ArchiveLookup } from '../../cli/find/archive-lookup';
import { lifeOf } from '../../cli/find/transaction-life';
import { ListenSession } from '../../cli/listen/listen-session';
import { itemsInTable } from '../../cli/replay/replay-source';
import { replayPlan } from '../../cli/replay/replayed-events';
import { ArchiveReader } from '../../cli/transactions/archive-reader';
import { itemOfChange } from '../../cli/transactions/archived-item';
import { relaySettings } from '../../cli/transactions/relay-settings';
import { sortTimeOf, type TransactionReader } from '../../cli/transactions/transaction-reader';
import { archiveLine } from '../../handlers/archive/archive-lines';
import { unpackBody } from '../../handlers/aws/raw-body';
import type { StoredItem } from '../../handlers/aws/stored-item';
import { toChange } from '../../handlers/aws/stream-change';
import { DETAIL_CONFIG, insertion, packed, storedTransaction } from '../handlers/support/items';

const SETTINGS = { ...DETAIL_CONFIG, eventBusName: 'bus', source: 'payments' };
const item = (overrides: Parameters<typeof storedTransaction>[0] = {}) => storedTransaction(overrides) as StoredItem;

describe('an archived item', () => {
  const change = (overrides: Parameters<typeof storedTransaction>[0]) => toChange(insertion(1, overrides));

  test('is the item that was archived', () => {
    const archived = change({
      body: packed('{}') as never, reasons: { L: [{ S: 'one' }] }, score: { N: '40' }, other: { NULL: true }, expires_at: { N: '1769860800' },
    });

    const { body, ...restored } = itemOfChange(JSON.parse(archiveLine(archived)) as never)!;

    expect(unpackBody(body)).toEqual({ body: '{}' });
    expect(restored).toEqual({ ...archived.newImage, body: undefined });
  });

  test('has a body that is no text', () => {
    const archived = change({ body: packed(Buffer.from([0xff])) as never });

    expect(unpackBody(itemOfChange(JSON.parse(archiveLine(archived)) as never)!.body)).toEqual({ body_base64: '/w==' });
  });

  test('is that of the stream if the archival could not render it, and nothing after a deletion', () => {
    const unrendered = { new_image: item() };

    expect(itemOfChange({ transaction_id: 'stripe:pi_1', timestamp: 'x', unrendered })).toBe(unrendered.new_image);
    expect(itemOfChange({ transaction_id: 'stripe:pi_1', timestamp: 'x' })).toBeUndefined();
  });
});

test('a replay of more transactions than fit into memory is refused', async () => {
  const many = Array.from({ length: 100_001 }, () => item());
  const reader = {
    scan: async function* () {
      yield { items: many, scanned: many.length };
    },
  } as unknown as TransactionReader;

  const read = itemsInTable(reader, { since: new Date(0), until: new Date() }, false, () => undefined);

  await expect(read).rejects.toThrow('more than 100,000 transactions were received in this time');
});

test('a plan sorts items without a time of receipt first, and throws what is not about an item', () => {
  const undated = item({ received_at: undefined, transaction_id: { S: 'stripe:pi_2' } });

  expect(replayPlan([item(), undated], { detail: 'received' }, SETTINGS)).toMatchObject({ events: [{ transactionId: 'stripe:pi_1' }], unreadable: [{ transactionId: 'stripe:pi_2' }] });
  expect(() => replayPlan([item()], { detail: 'received' }, { ...SETTINGS, tiers: undefined as never })).toThrow(TypeError);
});

test('a payment without a time has none', () => {
  expect(sortTimeOf({})).toBe('');
  expect(sortTimeOf(item({ event_time: undefined }))).toBe('2025-03-04T05:06:07.089Z');
});

test('the settings of an older relay have no schemes and no name', () => {
  expect(relaySettings({ EVENT_BUS_NAME: 'arn:aws:events:eu-central-1:123456789012:event-bus/bus', EVENT_SOURCE: 'payments', TIERS: '{"medium":1,"high":2}' })).toEqual({
    eventBusName: 'arn:aws:events:eu-central-1:123456789012:event-bus/bus',
    source: 'payments',
    tiers: { medium: 1, high: 2 },
    schemes: {},
    origin: { system: 'unknown', account: '123456789012', region: 'eu-central-1' },
    includeBody: false,
  });
});

test('the settings of a relay have its scope', () => {
  const scope = { below: 'all' };
  const settings = { EVENT_BUS_NAME: 'bus', EVENT_SOURCE: 'payments', TIERS: '{}', ASSESSMENT_SCOPE: JSON.stringify(scope) };

  expect(relaySettings(settings)).toMatchObject({ scope });
});

test('a life without a currency has the tier of the common thresholds, and skips reasons that are no text', () => {
  const context = { settings: SETTINGS, tableName: 'transactions', workflowArn: 'arn:aws:states:eu-central-1:1:x', inConsole: false };

  const life = lifeOf(item({ currency: undefined, verdict: { S: 'review' }, reasons: { L: [{ N: '1' }] } }), undefined, context);

  expect(life.tier).toBe('high');
  expect(life.links).toEqual({ payment: 'https://dashboard.stripe.com/acct_1/payments/pi_1', execution: undefined });
  expect(life.steps.find(({ step }) => step === 'assessed')!.text).toBe('review, score ?, rules ?');
});

test('an archive lookup of no items reads nothing', async () => {
  const { s3 } = connectToAws({ region: 'eu-central-1' });

  expect(await new ArchiveLookup(new ArchiveReader(s3, 'bucket', new AbortController().signal), () => new Date()).placesOf([])).toEqual([]);
});

test('an archive lookup of the same item twice reads its object once', async () => {
  const object = { key: 'year=2025/one.jsonl.gz', modifiedAt: new Date('2025-03-04T05:07:00Z') };
  const changes = jest.fn(async function* () {
    yield { transaction_id: 'stripe:pi_1', timestamp: '2025-03-04T05:06:00.000Z#evt_1' };
  });
  const objects = async function* () {
    yield object;
  };

  const places = await new ArchiveLookup({ bucket: 'archive', objects, changes } as unknown as ArchiveReader, () => new Date()).placesOf([item(), item()]);

  expect(places).toEqual(Array(2).fill({ state: 'archived', bucket: 'archive', key: object.key }));
  expect(changes).toHaveBeenCalledTimes(1);
});

test('a session whose parts cannot be listed says so', async () => {
  const { eventBridge, sns, sqs } = connectToAws({ region: 'eu-central-1' });
  [eventBridge, sns, sqs].forEach((client) => jest.spyOn(client as unknown as DynamoDBClient, 'send').mockRejectedValue(Object.assign(new Error('denied'), { name: 'AccessDenied' }) as never));
  const target = { busArn: 'arn:aws:events:eu-central-1:123456789012:event-bus/bus', source: 'payments', topicArn: 'arn:aws:sns:eu-central-1:123456789012:alerts' };

  const remaining = await new ListenSession({ eventBridge, sns, sqs }, target, new Date()).close();

  expect(remaining.map((text) => text.replace(/ cdk-webhooks-listen-\S+:/, ''))).toEqual(['queue and subscription AccessDenied', 'target of the rule AccessDenied', 'rule AccessDenied']);
});
