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
});
