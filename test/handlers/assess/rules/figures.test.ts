import { countText, figureText, percentText } from '../../../../handlers/assess/rules/figures';

test.each([[5.2345, '5.23'], [0.000012345, '0.0000123'], [12, '12'], [999.4, '999'], [1_234.5, '1,235'], [1e21, '1,000,000,000,000,000,000,000'], [0, '0'], [2e-7, '0.0000002']])('figureText of %d', (value, expected) => {
  expect(figureText(value)).toBe(expected);
});

test.each([[0.99, '99 %'], [0.9962, '99.62 %'], [1, '100 %'], [0.57, '57 %'], [0, '0 %']])('percentText of %d', (share, expected) => {
  expect(percentText(share)).toBe(expected);
});

test.each([[1, '1 card'], [2, '2 cards'], [0, '0 cards'], [1_500, '1,500 cards'], [0.5, '0.5 cards']])('countText of %d', (count, expected) => {
  expect(countText(count, 'card')).toBe(expected);
});
