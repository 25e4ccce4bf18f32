import { blocked } from '../../../../handlers/assess/rules/blocked';
import type { BlocklistHit } from '../../../../handlers/assess/rules/blocklist';
import type { BlockedConfig, TransactionDetail } from '../../../../src/private/contract';
import { factsWith } from '../details';

type Lists = Omit<BlockedConfig, 'rule' | 'score'>;

function reasonFor(lists: Lists, found: BlocklistHit[] = [], detail: Partial<TransactionDetail> = {}) {
  const facts = factsWith({ detail: { card_bin: '41111122', card_fingerprint: 'fp_1', email_domain: 'mail.example', ...detail }, blocked: found });
  return blocked.evaluate({ rule: 'blocked', score: 1, ...lists }, facts);
}

describe('blocked by the rule\'s lists', () => {
  test.each<[string, Lists, string | undefined]>([
    ['no lists', {}, undefined],
    ['empty lists', { customers: [], countries: [], cards: [], emailDomains: [] }, undefined],
    ['the customer', { customers: ['stripe:cus_2', 'stripe:cus_1'] }, 'blocked customer stripe:cus_1'],
    ['the same customer of another provider', { customers: ['adyen:cus_1'] }, undefined],
    ['a customer in another case', { customers: ['stripe:CUS_1'] }, undefined],
    ['the customer\'s country', { countries: ['DE'] }, 'blocked country DE'],
    ['the card\'s country', { countries: ['FR', 'IT'] }, 'blocked country FR'],
    ['both countries', { countries: ['FR', 'DE'] }, 'blocked country DE, country FR'],
    ['a country in small letters', { countries: ['de'] }, 'blocked country DE'],
    ['another country', { countries: ['IT'] }, undefined],
    ['six of the card\'s digits', { cards: ['411111'] }, 'blocked card 411111'],
    ['seven of them', { cards: ['4111112'] }, 'blocked card 4111112'],
    ['eight of them', { cards: ['41111122'] }, 'blocked card 41111122'],
    ['other last digits', { cards: ['41111123', '4111113', '411112'] }, undefined],
    ['digits from within', { cards: ['111112'] }, undefined],
    ['the domain', { emailDomains: ['mail.example'] }, 'blocked email domain mail.example'],
    ['the domain in capital letters', { emailDomains: ['MAIL.example'] }, 'blocked email domain mail.example'],
    ['a part of the domain', { emailDomains: ['example', 'il.example'] }, undefined],
    ['a longer domain', { emailDomains: ['a.mail.example'] }, undefined],
    ['the card itself', { cardFingerprints: ['stripe:fp_1'] }, 'blocked card fingerprint stripe:fp_1'],
    ['the same fingerprint of another provider', { cardFingerprints: ['adyen:fp_1'] }, undefined],
    ['several', { customers: ['stripe:cus_1'], emailDomains: ['mail.example'] }, 'blocked customer stripe:cus_1, email domain mail.example'],
  ])('%s', (_, lists, expected) => {
    expect(reasonFor(lists)).toBe(expected);
  });

  test('ignores an entry with more digits than the event has of the card, which could be another card', () => {
    expect(reasonFor({ cards: ['41111122'] }, [], { card_bin: '411111' })).toBeUndefined();
  });

  test('names a country once', () => {
    expect(reasonFor({ countries: ['DE'] }, [], { card_country: 'DE' })).toBe('blocked country DE');
  });

  test('does not fire for unknown values', () => {
    const unknown = {
      customer_id: undefined, country: undefined, card_country: undefined, card_bin: undefined, card_fingerprint: undefined, email_domain: undefined,
    };

    expect(reasonFor({ customers: ['stripe:undefined'], countries: ['DE'], cards: ['411111'], emailDomains: ['mail.example'] }, [], unknown)).toBeUndefined();
  });
});

describe('blocked by the operators\' entries', () => {
  test.each<[string, BlocklistHit[], string]>([
    ['one', [{ kind: 'country', value: 'FR' }], 'blocked country FR'],
    ['one with a reason', [{ kind: 'customer', value: 'stripe:cus_1', reason: 'two chargebacks in March' }], 'blocked customer stripe:cus_1 (two chargebacks in March)'],
    ['an email address', [{ kind: 'email', value: 'hash_1' }], 'blocked email hash_1'],
    ['an empty reason', [{ kind: 'country', value: 'FR', reason: '' }], 'blocked country FR'],
    ['parentheses in the reason', [{ kind: 'country', value: 'FR', reason: 'one (two)' }], 'blocked country FR (one  two )'],
    ['line breaks in the reason', [{ kind: 'country', value: 'FR', reason: 'one\ntwo\u0007' }], 'blocked country FR (one two )'],
  ])('%s', (_, found, expected) => {
    expect(reasonFor({}, found)).toBe(expected);
  });

  test('truncates a long reason, and removes half a character at the end', () => {
    expect(reasonFor({}, [{ kind: 'country', value: 'FR', reason: `${'x'.repeat(100)}y` }])).toBe(`blocked country FR (${'x'.repeat(100)})`);
    expect(reasonFor({}, [{ kind: 'country', value: 'FR', reason: `${'x'.repeat(99)}😀` }])).toBe(`blocked country FR (${'x'.repeat(99)} )`);
  });

  test('names an entry of both lists once, with the operator\'s reason', () => {
    expect(reasonFor({ countries: ['DE', 'FR'] }, [{ kind: 'country', value: 'FR', reason: 'sanctions' }])).toBe('blocked country DE, country FR (sanctions)');
  });

  test('gives the same reason for any order of the entries', () => {
    const found: BlocklistHit[] = [{ kind: 'email-domain', value: 'mail.example' }, { kind: 'country', value: 'FR' }, { kind: 'card', value: '411111' }];

    expect(reasonFor({}, found)).toBe('blocked card 411111, country FR, email domain mail.example');
    expect(reasonFor({}, [...found].reverse())).toBe(reasonFor({}, found));
  });
});
