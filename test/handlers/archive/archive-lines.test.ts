import { gzipSync } from 'node:zlib';
import { archiveKey, archiveLine, isArchived, unrenderedLine } from '../../../handlers/archive/archive-lines';
import type { StoredItem } from '../../../handlers/aws/stored-item';
import { toChange } from '../../../handlers/aws/stream-change';
import { MAX_BODY_BYTES } from '../../../src/private/contract';
import { ASSESSMENT, barestTransaction, insertion, packed, RECEIVED_AT, sequenceNumber, SHADOW_ASSESSMENT, storedTransaction, streamRecord } from '../support/items';

function lineOf(eventName: string, images: { newImage?: StoredItem; oldImage?: StoredItem }): Record<string, unknown> {
  return JSON.parse(archiveLine(toChange(streamRecord(3, eventName, images)))) as Record<string, unknown>;
}

/** The archived image of a transaction with one more attribute. */
function imageWith(value: unknown, name = 'extra'): Record<string, unknown> {
  return lineOf('INSERT', { newImage: storedTransaction({ [name]: value as never }) as StoredItem }).new_image as Record<string, unknown>;
}

/** A transaction with the body that the validator stores. */
function withBody(overrides: Parameters<typeof storedTransaction>[0] = {}): StoredItem {
  return storedTransaction({ body: packed('{"id":"evt_body"}'), ...overrides } as never) as StoredItem;
}

/** Only the attributes that the line of an erasure depends on. */
const ERASED = { erased_at: { S: RECEIVED_AT } };

describe('archiveLine', () => {
  test('describes a change: event, time, keys and both images', () => {
    const line = lineOf('MODIFY', { newImage: storedTransaction(ASSESSMENT) as StoredItem, oldImage: storedTransaction() as StoredItem });

    expect(line).toMatchObject({
      event_id: 'change-3',
      event_name: 'MODIFY',
      sequence_number: sequenceNumber(3),
      changed_at: '2025-03-04T05:06:10.000Z',
      transaction_id: 'stripe:pi_1',
      timestamp: '2025-03-04T05:06:00.000Z#evt_1',
      new_image: { event_id: 'evt_1', live: true, amount_minor: '1234567', exponent: 2, verdict: 'review', score: 40 },
      old_image: { event_id: 'evt_1', amount_minor: '1234567' },
    });
    expect(line.old_image).not.toHaveProperty('verdict');
  });

  test('has the verdict of the shadow rules', () => {
    const newImage = storedTransaction({ ...ASSESSMENT, ...SHADOW_ASSESSMENT }) as StoredItem;

    expect(lineOf('MODIFY', { newImage, oldImage: storedTransaction() as StoredItem }).new_image).toMatchObject({
      verdict: 'review',
      shadow_verdict: 'block',
      shadow_score: 90,
      shadow_reasons: ['amount 12,345.67 EUR is over 5,000 (+90)'],
      shadow_rule_set: 'ba9876543210',
    });
  });

  test('has no old image for an insertion, and no new image for a removal', () => {
    const image = storedTransaction() as StoredItem;

    expect(lineOf('INSERT', { newImage: image })).not.toHaveProperty('old_image');
    expect(lineOf('REMOVE', { oldImage: image })).not.toHaveProperty('new_image');
    expect(lineOf('REMOVE', { oldImage: image })).toHaveProperty('old_image.kind', 'captured');
  });

  test.each<[string, string, { newImage?: StoredItem; oldImage?: StoredItem }]>([
    ['a modification', 'MODIFY', { newImage: withBody(ASSESSMENT), oldImage: withBody() }],
    ['a removal', 'REMOVE', { oldImage: withBody(ASSESSMENT) }],
  ])('omits the body for %s, because the line of the insertion has it', (_, eventName, images) => {
    const line = lineOf(eventName, images);

    expect(JSON.stringify(line)).not.toMatch(/body|evt_body/);
    expect(line).toMatchObject(Object.fromEntries(Object.keys(images).map((image) => (
      [image === 'newImage' ? 'new_image' : 'old_image', { event_id: 'evt_1', amount_minor: '1234567' }]
    ))));
  });

  test.each<[string, (images: { newImage?: StoredItem; oldImage?: StoredItem }) => string]>([
    ['rendered', (images) => archiveLine(toChange(streamRecord(3, 'MODIFY', images)))],
    ['unrendered', (images) => unrenderedLine(toChange(streamRecord(3, 'MODIFY', images)), 'TypeError: unreadable')],
  ])('has no old image for an erasure, which would write the data into the archive again, %s', (_, render) => {
    const erased = { ...barestTransaction(), ...ERASED } as StoredItem;

    expect(render({ newImage: erased, oldImage: withBody() })).not.toMatch(/old_image|cus_1|evt_body|order-1001/);
    expect(render({ newImage: erased, oldImage: withBody() })).toContain(RECEIVED_AT);
  });

  test('has the old image if an item that is not a transaction is marked as erased', () => {
    const record = { transaction_id: { S: 'operator:note' }, timestamp: { S: '-' }, record_type: { S: 'rule-set' } };

    expect(lineOf('MODIFY', { newImage: { ...record, ...ERASED }, oldImage: record })).toHaveProperty('old_image');
  });

  test('of the removal of an erased transaction has what was left of it', () => {
    const erased = storedTransaction({ ...ERASED, customer_id: undefined }) as StoredItem;

    expect(lineOf('REMOVE', { oldImage: erased })).toHaveProperty('old_image.erased_at', RECEIVED_AT);
  });

  test('writes a modification even if its body cannot be unpacked', () => {
    const item = storedTransaction({ body: { S: 'text' } }) as StoredItem;

    expect(lineOf('MODIFY', { newImage: item, oldImage: item })).toHaveProperty('new_image.event_id', 'evt_1');
  });

  test('is one line for any body', () => {
    const line = archiveLine(toChange(insertion(1, { body: packed('{\r\n"a": 1\u2028}\n') as never })));

    expect(line).not.toMatch(/[\r\n]/);
    expect(JSON.parse(line)).toHaveProperty('new_image.body', '{\r\n"a": 1\u2028}\n');
  });

  test('omits the time of a record without a time', () => {
    const change = { ...toChange(insertion(1)), changedAt: undefined };

    expect(JSON.parse(archiveLine(change))).not.toHaveProperty('changed_at');
  });

  test('keeps a body that is not UTF-8 as base64', () => {
    const bytes = Buffer.from([0x7b, 0xff, 0xfe]);

    const image = imageWith(packed(bytes), 'body');

    expect(image).not.toHaveProperty('body');
    expect(image.body_base64).toBe(bytes.toString('base64'));
  });

  test('names the object of a body that does not fit into the item, in each line', () => {
    const item = storedTransaction({ body_key: { S: 'webhook-bodies/stripe/a-b.gz' } }) as StoredItem;

    const { new_image: inserted } = lineOf('INSERT', { newImage: item });
    const { old_image: before, new_image: after } = lineOf('MODIFY', { newImage: item, oldImage: item });

    for (const image of [inserted, before, after]) {
      expect(image).toMatchObject({ event_id: 'evt_1', body_key: 'webhook-bodies/stripe/a-b.gz' });
      expect(image).not.toHaveProperty('body');
    }
  });

  test('reads a body from bytes', () => {
    expect(imageWith({ B: gzipSync('{"id":1}') }, 'body').body).toBe('{"id":1}');
  });

  test.each([
    ['is not binary', { S: 'text' }, 'not binary'],
    ['is not gzip', { B: Buffer.from('plain').toString('base64') }, 'incorrect header check'],
    ['unpacks to more than is accepted', packed('x'.repeat(MAX_BODY_BYTES + 1)), `larger than ${MAX_BODY_BYTES}`],
  ])('rejects a body that %s', (_, body, message) => {
    expect(() => imageWith(body, 'body')).toThrow(message);
  });

  test('keeps a body with the maximum size', () => {
    expect(imageWith(packed('x'.repeat(MAX_BODY_BYTES)), 'body').body).toHaveLength(MAX_BODY_BYTES);
  });

  test.each([
    ['text', { S: '' }, ''],
    ['a boolean', { BOOL: false }, false],
    ['null', { NULL: true }, null],
    ['a list', { L: [{ S: 'a' }, { N: '1' }] }, ['a', 1]],
    ['a map', { M: { a: { M: { b: { N: '-0.5' } } } } }, { a: { b: -0.5 } }],
    ['a set of texts', { SS: ['a', 'b'] }, ['a', 'b']],
    ['a set of numbers', { NS: ['1', '9007199254740993'] }, [1, '9007199254740993']],
    ['bytes', { B: 'AAH/' }, 'AAH/'],
    ['a set of bytes', { BS: [Buffer.from([0, 1, 255])] }, ['AAH/']],
  ])('writes %s', (_, value, expected) => {
    expect(imageWith(value).extra).toEqual(expected);
  });

  test.each([
    ['9007199254740991', 9007199254740991],
    ['9007199254740992', '9007199254740992'],
    ['-9007199254740993', '-9007199254740993'],
    ['0.1', 0.1],
    ['0.12345678901234567890', '0.12345678901234567890'],
    ['1E+126', '1E+126'],
  ])('writes the number %s without loss', (digits, expected) => {
    expect(imageWith({ N: digits }).extra).toBe(expected);
  });

  test('writes the amount as text even if it is small', () => {
    expect(imageWith({ N: '5' }, 'amount_minor').amount_minor).toBe('5');
    expect(imageWith({ S: 'five' }, 'amount_minor').amount_minor).toBe('five');
  });

  test('rejects a value of an unknown type', () => {
    expect(() => imageWith({ X: 'new' })).toThrow(TypeError);
  });

  test.each(['rule-set', 'blocklist-entry', 'allowlist-entry'])('keeps a %s, because verdicts depend on it', (type) => {
    const record = {
      transaction_id: { S: `${type}:1` }, timestamp: { S: '-' }, record_type: { S: type }, config: { S: '{"review":40}' }, body: { S: 'as written' },
    };

    const line = lineOf('INSERT', { newImage: record });

    expect(line).toMatchObject({
      transaction_id: `${type}:1`, timestamp: '-', new_image: { record_type: type, config: '{"review":40}', body: 'as written' },
    });
    expect(lineOf('MODIFY', { newImage: record, oldImage: record })).toMatchObject({ new_image: { body: 'as written' }, old_image: { body: 'as written' } });
    expect(lineOf('REMOVE', { oldImage: record })).toMatchObject({ old_image: { record_type: type, body: 'as written' } });
  });

  test('keeps a forged transaction as its actual record type, with an unchanged body', () => {
    const body = packed('{"id":"evt_1"}');
    const forged = storedTransaction({ transaction_id: { S: 'blocklist:country:DE' }, body: body as never }) as StoredItem;

    expect(lineOf('INSERT', { newImage: forged })).toMatchObject({ transaction_id: 'blocklist:country:DE', new_image: { body: body.B } });
    expect(lineOf('MODIFY', { newImage: forged, oldImage: forged })).toMatchObject({ new_image: { body: body.B }, old_image: { body: body.B } });
    expect(lineOf('INSERT', { newImage: { ...forged, body: { S: 'no gzip' } } })).toHaveProperty('new_image.body', 'no gzip');
  });

  test('omits other record types, and keeps a record that was a transaction', () => {
    const other = { ...storedTransaction(), record_type: { S: 'transmission' } } as StoredItem;
    const odd = { transaction_id: { N: '1' }, timestamp: { M: {} } } as StoredItem;

    expect(isArchived(toChange(streamRecord(1, 'INSERT', { newImage: other })))).toBe(false);
    expect(isArchived(toChange(streamRecord(1, 'INSERT', { newImage: odd })))).toBe(false);
    expect(isArchived(toChange(streamRecord(1, 'MODIFY', { newImage: other, oldImage: storedTransaction() as StoredItem })))).toBe(true);
    expect(lineOf('MODIFY', { newImage: other, oldImage: storedTransaction() as StoredItem })).toHaveProperty('new_image.record_type', 'transmission');
  });
});

describe('unrenderedLine', () => {
  test('keeps the whole record, in the JSON of DynamoDB', () => {
    const item = storedTransaction({ body: { S: 'text' } as never, key: { B: 'AAH/' } as never, extra: { X: 'new' } as never }) as StoredItem;
    const change = toChange(streamRecord(3, 'MODIFY', { newImage: item, oldImage: item }));

    expect(JSON.parse(unrenderedLine(change, 'TypeError: not a function'))).toEqual({
      event_id: 'change-3',
      event_name: 'MODIFY',
      sequence_number: sequenceNumber(3),
      changed_at: '2025-03-04T05:06:10.000Z',
      transaction_id: 'stripe:pi_1',
      timestamp: '2025-03-04T05:06:00.000Z#evt_1',
      unrendered: {
        error: 'TypeError: not a function',
        keys: { transaction_id: { S: 'stripe:pi_1' }, timestamp: { S: '2025-03-04T05:06:00.000Z#evt_1' } },
        new_image: item,
        old_image: item,
      },
    });
  });

  test('needs no keys', () => {
    expect(JSON.parse(unrenderedLine({ ...toChange(insertion(1)), keys: {} }, 'error'))).toMatchObject({ event_id: 'change-1', unrendered: { keys: {} } });
  });
});

describe('archiveKey', () => {
  test('contains the first record\'s day and the first and last sequence numbers', () => {
    const changes = [1, 2, 3].map((position) => toChange(insertion(position)));

    expect(archiveKey(changes)).toBe(`year=2025/month=03/day=04/${sequenceNumber(1)}-${sequenceNumber(3)}.jsonl.gz`);
  });

  test('uses UTC', () => {
    const change = { ...toChange(insertion(1)), changedAt: new Date('2024-12-31T23:59:59.000Z') };

    expect(archiveKey([change])).toMatch(/^year=2024\/month=12\/day=31\//);
  });

  test('rejects a record without a time', () => {
    expect(() => archiveKey([{ ...toChange(insertion(1)), changedAt: undefined }])).toThrow(`the stream record ${sequenceNumber(1)} has no time`);
  });
});
