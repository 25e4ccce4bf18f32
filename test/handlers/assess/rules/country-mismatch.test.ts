import { countryMismatch } from '../../../../handlers/assess/rules/country-mismatch';
import { factsWith } from '../details';

describe('countryMismatch', () => {
  test.each([
    ['DE', 'FR', 'country DE differs from the card\'s country FR'],
    ['DE', 'DE', undefined],
    ['DE', 'de', undefined],
    ['de', 'DE', undefined],
    [undefined, 'FR', undefined],
    ['DE', undefined, undefined],
  ])('%s and %s', (country, card_country, expected) => {
    expect(countryMismatch.evaluate({ rule: 'country-mismatch', score: 1 }, factsWith({ detail: { country, card_country } }))).toBe(expected);
  });
});
