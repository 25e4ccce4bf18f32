import { allowlistKey, allowlistKeys, blocklistKey, blocklistKeys } from '../../../../handlers/assess/rules/blocklist';
import type { ListKind, TransactionDetail } from '../../../../src/private/contract';
import { detailWith } from '../details';

describe('blocklistKey', () => {
  test.each<[ListKind, string, string]>([
    ['customer', 'stripe:cus_A', 'blocklist:customer:stripe:cus_A'],
    ['country', 'KP', 'blocklist:country:KP'],
    ['country', 'kp', 'blocklist:country:KP'],
    ['card', '411111', 'blocklist:card:411111'],
    ['card-fingerprint', 'stripe:card-a', 'blocklist:card-fingerprint:stripe:card-a'],
    ['email', 'bdf58d550c1c122a6cb5a2a766287184', 'blocklist:email:bdf58d550c1c122a6cb5a2a766287184'],
    ['email-domain', 'mail.example', 'blocklist:email-domain:mail.example'],
    ['email-domain', 'Mail.Example', 'blocklist:email-domain:mail.example'],
    ['email-domain', 'mail.example.', 'blocklist:email-domain:mail.example'],
    ['email-domain', 'b\u00fccher.example', 'blocklist:email-domain:xn--bcher-kva.example'],
    ['email-domain', 'bu\u0308cher.example', 'blocklist:email-domain:xn--bcher-kva.example'],
    ['email-domain', 'xn--bcher-kva.example', 'blocklist:email-domain:xn--bcher-kva.example'],
    ['email-domain', 'xn--A.example', 'blocklist:email-domain:xn--a.example'],
  ])('%s %s', (kind, value, expected) => {
    expect(blocklistKey({ kind, value })).toBe(expected);
  });
});

describe('blocklistKeys', () => {
  const NONE = { customer_id: undefined, country: undefined, card_country: undefined };

  test('returns the key and the meaning of all values that can be blocked', () => {
    const keys = blocklistKeys(detailWith({ card_bin: '41111122', card_fingerprint: 'card-a', email_hash: 'hash-a', email_domain: 'mail.example' }));

    expect([...keys]).toEqual([
      ['blocklist:customer:stripe:cus_1', { kind: 'customer', value: 'stripe:cus_1' }],
      ['blocklist:country:DE', { kind: 'country', value: 'DE' }],
      ['blocklist:country:FR', { kind: 'country', value: 'FR' }],
      ['blocklist:card:411111', { kind: 'card', value: '411111' }],
      ['blocklist:card:4111112', { kind: 'card', value: '4111112' }],
      ['blocklist:card:41111122', { kind: 'card', value: '41111122' }],
      ['blocklist:card-fingerprint:stripe:card-a', { kind: 'card-fingerprint', value: 'stripe:card-a' }],
      ['blocklist:email:hash-a', { kind: 'email', value: 'hash-a' }],
      ['blocklist:email-domain:mail.example', { kind: 'email-domain', value: 'mail.example' }],
    ]);
  });

  test.each<[string, Partial<TransactionDetail>, string[]]>([
    ['nothing', {}, []],
    ['six digits', { card_bin: '411111' }, ['blocklist:card:411111']],
    ['seven digits', { card_bin: '4111112' }, ['blocklist:card:411111', 'blocklist:card:4111112']],
    ['too few digits', { card_bin: '41111' }, []],
    ['one country twice', { country: 'DE', card_country: 'DE' }, ['blocklist:country:DE']],
    ['the card\'s country alone', { card_country: 'FR' }, ['blocklist:country:FR']],
  ])('of %s', (_, detail, expected) => {
    expect([...blocklistKeys(detailWith({ ...NONE, ...detail })).keys()]).toEqual(expected);
  });

  test('names a customer by the key of its history', () => {
    const [key] = blocklistKeys(detailWith({ ...NONE, customer_id: 'x'.repeat(3000) })).keys();

    expect(key).toMatch(/^blocklist:customer:stripe:sha256:[0-9a-f]{64}$/);
  });
});

describe('the allowlist', () => {
  test('has the same entries under a prefix of its own', () => {
    const detail = detailWith({ card_bin: '41111122', email_domain: 'mail.example' });

    expect([...allowlistKeys(detail).values()]).toEqual([...blocklistKeys(detail).values()]);
    expect([...allowlistKeys(detail).keys()]).toEqual([...blocklistKeys(detail).keys()].map((key) => key.replace(/^blocklist:/, 'allowlist:')));
    expect(allowlistKey({ kind: 'country', value: 'de' })).toBe('allowlist:country:DE');
  });
});
