import { allowed } from '../../../../handlers/assess/rules/allowed';
import { factsWith } from '../details';

describe('allowed', () => {
  test('applies to an entry of its own lists', () => {
    expect(allowed.evaluate({ rule: 'allowed', score: 0, customers: ['stripe:cus_1'], countries: ['IT'] }, factsWith())).toBe('allowed customer stripe:cus_1');
  });

  test("applies to an operator's entry, with the operator's words", () => {
    expect(allowed.evaluate({ rule: 'allowed', score: 0 }, factsWith({ allowed: [{ kind: 'card-fingerprint', value: 'stripe:fp', reason: 'the office' }] })))
      .toBe('allowed card fingerprint stripe:fp (the office)');
  });

  test('does not apply to entries of the blocklist', () => {
    expect(allowed.evaluate({ rule: 'allowed', score: 0 }, factsWith({ blocked: [{ kind: 'country', value: 'FR' }] }))).toBeUndefined();
  });

  describe('a country', () => {
    const evaluate = (detail: object, countries: string[], found: string[] = []) => (
      allowed.evaluate({ rule: 'allowed', score: 0, countries }, factsWith({ detail, allowed: found.map((value) => ({ kind: 'country', value })) }))
    );

    test('does not apply if the card is from another country, because the buyer states the own country', () => {
      expect(evaluate({ country: 'DE', card_country: 'NG' }, ['DE'])).toBeUndefined();
      expect(evaluate({ country: 'DE', card_country: 'NG' }, [], ['DE'])).toBeUndefined();
      expect(evaluate({ country: 'NG', card_country: 'DE' }, ['DE'])).toBeUndefined();
    });

    test.each([
      ['both countries are listed', { country: 'DE', card_country: 'FR' }, ['DE', 'FR'], 'allowed country DE, country FR'],
      ['the stack and an operator list one each', { country: 'DE', card_country: 'FR' }, ['FR'], 'allowed country DE, country FR'],
      ['both are the same, in any spelling', { country: 'de', card_country: 'DE' }, ['DE'], 'allowed country DE'],
      ['the card has no country', { country: 'DE', card_country: undefined }, ['DE'], 'allowed country DE'],
    ])('applies if %s', (_, detail, countries, expected) => {
      expect(evaluate(detail, countries, countries.includes('DE') ? [] : ['DE'])).toBe(expected);
    });

    test('that does not apply leaves the other entries', () => {
      expect(allowed.evaluate({ rule: 'allowed', score: 0, countries: ['DE'], customers: ['stripe:cus_1'] }, factsWith())).toBe('allowed customer stripe:cus_1');
    });
  });
});
