import { detailWith } from './details';
import { blockedCountries } from '../../../../handlers/core/fraud/blocked-countries';

function reasonFor(countries: string[], detail: Parameters<typeof detailWith>[0] = {}) {
  return blockedCountries({ rule: 'blocked-countries', score: 1, countries }, { detail: detailWith(detail), history: [] });
}

describe('blockedCountries', () => {
  test.each([
    ['the customer\'s country', ['DE'], 'blocked country DE'],
    ['the card\'s country', ['FR', 'IT'], 'blocked country FR'],
    ['both', ['FR', 'DE'], 'blocked country DE, FR'],
    ['another way of writing it', ['de'], 'blocked country DE'],
    ['neither', ['IT'], undefined],
    ['an empty list', [], undefined],
  ])('%s', (_, countries, expected) => {
    expect(reasonFor(countries)).toBe(expected);
  });

  test('names a country once', () => {
    expect(reasonFor(['DE'], { card_country: 'DE' })).toBe('blocked country DE');
  });

  test('has nothing to say where no country is known', () => {
    expect(reasonFor(['DE'], { country: undefined, card_country: undefined })).toBeUndefined();
  });
});
