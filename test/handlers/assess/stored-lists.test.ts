import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { detailWith } from './details';
import { storedListKeys, storedListsOf } from '../../../handlers/assess/stored-lists';
import type { StoredItem } from '../../../handlers/aws/stored-item';
import { RECEIVED_AT } from '../support/items';

const DETAIL = detailWith({ card_bin: '42424242', card_fingerprint: 'card-a', email_hash: 'hash-a', email_domain: 'mail.example' });
const VALUES = [
  'customer:stripe:cus_1', 'country:DE', 'country:FR', 'card:424242', 'card:4242424', 'card:42424242', 'card-fingerprint:stripe:card-a',
  'email:hash-a', 'email-domain:mail.example',
];
const RECEIVED_SECONDS = Math.floor(Date.parse(RECEIVED_AT) / 1_000);

/** The result for items with these attributes, by their partition keys. */
function listsOf(items: { readonly [key: string]: Record<string, AttributeValue> }, detail = DETAIL) {
  return storedListsOf(detail, new Map(Object.entries(items)) as ReadonlyMap<string, StoredItem>);
}

test('looks up the entries of both lists that can match, and the counts of two months', () => {
  expect(storedListKeys(DETAIL)).toEqual([
    ...VALUES.map((value) => `blocklist:${value}`), ...VALUES.map((value) => `allowlist:${value}`),
    'amount-counts:EUR:2025-03', 'amount-counts:EUR:2025-02',
  ]);
});

test('looks up each entry once if the customer and the card have the same country', () => {
  const keys = storedListKeys(detailWith({ country: 'DE', card_country: 'DE' }));

  expect(keys.filter((key) => key.includes('country'))).toEqual(['blocklist:country:DE', 'allowlist:country:DE']);
});

test('looks up the month of the receipt, because a signed time can be any time', () => {
  const keys = storedListKeys(detailWith({ event_time: '9999-12-31T00:00:00.000Z', received_at: '2026-01-01T00:00:00.000Z' }));

  expect(keys.filter((key) => key.startsWith('amount-counts'))).toEqual(['amount-counts:EUR:2026-01', 'amount-counts:EUR:2025-12']);
});

test('finds nothing if nothing is stored', () => {
  expect(listsOf({})).toEqual({ blocked: [], allowed: [], shopAmounts: new Map() });
});

test('finds the entries of each list, with the reason if there is one', () => {
  expect(listsOf({
    'blocklist:customer:stripe:cus_1': { reason: { S: 'chargebacks' } },
    'blocklist:card-fingerprint:stripe:card-a': {},
    'allowlist:email:hash-a': { reason: { S: 'known' } },
    'blocklist:country:US': {},
  })).toMatchObject({
    blocked: [
      { kind: 'customer', value: 'stripe:cus_1', reason: 'chargebacks' },
      { kind: 'card-fingerprint', value: 'stripe:card-a', reason: undefined },
    ],
    allowed: [{ kind: 'email', value: 'hash-a', reason: 'known' }],
  });
});

test.each<[string, Record<string, AttributeValue>]>([
  ['a reason that is not text', { reason: { N: '7' } }],
  ['an expiry that is not a number', { expires_at: { S: '2000-01-01' } }],
  ['nothing but its key', {}],
])('an entry that was written by hand with %s matches', (_, item) => {
  expect(listsOf({ 'blocklist:country:DE': item }).blocked).toEqual([{ kind: 'country', value: 'DE', reason: undefined }]);
});

test('an end that is not a number ends a permission and not a block', () => {
  const item = { expires_at: { S: '2999-01-01' } };

  expect(listsOf({ 'blocklist:country:DE': item, 'allowlist:country:DE': item })).toMatchObject({ blocked: [{ value: 'DE' }], allowed: [] });
});

describe('an entry that expires', () => {
  const hits = (seconds: number, detail = DETAIL) => {
    const item = { expires_at: { N: String(seconds) } };
    const { blocked, allowed } = listsOf({ 'blocklist:country:DE': item, 'allowlist:country:DE': item }, detail);
    return [blocked.length, allowed.length];
  };

  test.each([
    ['matches until it expires', RECEIVED_SECONDS + 1, [1, 1]],
    ['does not match from then on, although DynamoDB deletes it later', RECEIVED_SECONDS, [0, 0]],
  ])('%s', (_, seconds, expected) => {
    expect(hits(seconds)).toEqual(expected);
  });

  test('does not match a transaction that is received exactly when it expires', () => {
    const received_at = '2025-03-04T05:06:07.000Z';

    expect(hits(RECEIVED_SECONDS, detailWith({ received_at }))).toEqual([0, 0]);
    expect(hits(RECEIVED_SECONDS + 1, detailWith({ received_at }))).toEqual([1, 1]);
  });
});

test('adds the counts of both months, and skips attributes that are no counts', () => {
  expect(listsOf({
    'amount-counts:EUR:2025-03': { 'b80': { N: '3' }, 'b-4': { N: '1' }, 'expires_at': { N: '1' }, 'b81': { S: 'many' }, 'b82': { N: '-1' }, 'body9': { N: '1' } },
    'amount-counts:EUR:2025-02': { b80: { N: '4' }, b90: { N: '1' } },
  }).shopAmounts).toEqual(new Map([[80, 7], [-4, 1], [90, 1]]));
});
