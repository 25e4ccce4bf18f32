import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import type { StoredItem, StoredValue } from '../../../../handlers/aws/stored-item';
import { toTransactionDetail } from '../../../../handlers/publish/events/detail';
import { withBody } from '../../../../handlers/publish/events/event-body';
import { entryOf, entrySize, MAX_BATCH_BYTES } from '../../../../handlers/publish/events/event-entry';
import { DetailType, MAX_BODY_BYTES, MAX_DETAIL_BYTES } from '../../../../src/private/contract';
import { DETAIL_CONFIG, packed, storedTransaction } from '../../support/items';

const DETAIL = toTransactionDetail(storedTransaction() as StoredItem, DETAIL_CONFIG);
const CONFIG = { eventBusName: 'bus', source: 'payments', ...DETAIL_CONFIG, includeBody: true };
const sizeWith = (body: string) => Buffer.byteLength(JSON.stringify({ ...DETAIL, body }));

function bodyOf(value: StoredValue | undefined): object {
  const { body, body_base64, body_omitted } = withBody(DETAIL, { body: value } as StoredItem);
  return JSON.parse(JSON.stringify({ body, body_base64, body_omitted })) as object;
}

describe('withBody', () => {
  test('adds the text without a change to the detail', () => {
    expect(withBody(DETAIL, { body: packed('{"id":"evt_1"}') })).toEqual({ ...DETAIL, body: '{"id":"evt_1"}' });
  });

  test('returns the exact bytes of any body', () => {
    const bytes = fc.oneof(fc.uint8Array({ maxLength: 200 }), fc.string({ unit: 'binary' }).map((text) => Buffer.from(text)));
    fc.assert(fc.property(bytes, (body) => {
      const { body: text, body_base64: base64 } = bodyOf({ B: gzipSync(body) }) as { body?: string; body_base64?: string };

      expect(text === undefined ? Buffer.from(base64!, 'base64') : Buffer.from(text)).toEqual(Buffer.from(body));
    }));
  });

  test('keeps a byte order mark', () => {
    expect(bodyOf(packed('\ufeff{}'))).toEqual({ body: '\ufeff{}' });
  });

  test('uses base64 for bytes that are not UTF-8', () => {
    expect(bodyOf(packed(Buffer.from([0x7b, 0xff])))).toEqual({ body_base64: 'e/8=' });
  });

  test.each([
    ['ASCII', 'x', 1],
    ['quotes, which are escaped', '"', 2],
    ['characters of three bytes', '€', 3],
  ])('leaves out a body over the limit: %s', (_, character, bytes) => {
    const room = MAX_DETAIL_BYTES - sizeWith('');
    const largest = character.repeat(Math.floor(room / bytes));

    expect(bodyOf(packed(largest))).toEqual({ body: largest });
    expect(bodyOf(packed(largest + character))).toEqual({ body_omitted: true });
  });

  test.each<[string, StoredValue | undefined]>([
    ['has no body', undefined],
    ['has another type of body', { S: '{}' }],
    ['has a body without gzip', { B: Buffer.from('{}').toString('base64') }],
    ['has a body that unpacks to more than the validator accepts', packed(Buffer.alloc(MAX_BODY_BYTES + 1))],
  ])('publishes the event without a body if the item %s', (_, value) => {
    expect(bodyOf(value)).toEqual({ body_omitted: true });
  });

  test('publishes the event without a body if the body is in S3', () => {
    const { body_omitted: omitted, ...detail } = withBody(DETAIL, { body_key: { S: 'webhook-bodies/stripe/a-b.gz' } });

    expect(omitted).toBe(true);
    expect(detail).toEqual(DETAIL);
  });

  test('keeps every entry below the limit of PutEvents', () => {
    fc.assert(fc.property(fc.nat(MAX_BODY_BYTES), fc.constantFrom('x', '"', '€', '\u0000'), (length, character) => {
      const body = Buffer.from(character.repeat(length)).subarray(0, MAX_BODY_BYTES);
      const entry = entryOf(DetailType.RECEIVED, DETAIL, { body: { B: gzipSync(body) } }, CONFIG);

      expect(entrySize(entry)).toBeLessThan(MAX_BATCH_BYTES - 60 * 1024);
    }), { numRuns: 30 });
  });
});
