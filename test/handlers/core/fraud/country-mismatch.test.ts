import { detailWith } from './details';
import { countryMismatch } from '../../../../handlers/core/fraud/country-mismatch';

describe('countryMismatch', () => {
  test.each([
    ['DE', 'FR', 'country DE differs from the card\'s country FR'],
    ['DE', 'DE', undefined],
    ['DE', 'de', undefined],
    [undefined, 'FR', undefined],
    ['DE', undefined, undefined],
  ])('%s and %s', (country, card_country, expected) => {
    const subject = { detail: detailWith({ country, card_country }), history: [] };

    expect(countryMismatch({ rule: 'country-mismatch', score: 1 }, subject)).toBe(expected);
  });
});
