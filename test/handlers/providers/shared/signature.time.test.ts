import { isUnixSeconds, isWithinTolerance } from '../../../../handlers/providers/shared/signature';
import type { ProviderConfig } from '../../../../src/private/contract';

const config: ProviderConfig = { name: 'any', scheme: 'stripe', secretArns: [] };

test.each(['0', '1769860800', '999999999999'])('accepts %s as Unix seconds', (text) => {
  expect(isUnixSeconds(text)).toBe(true);
});

test.each(['', '-1', '+1', '1.0', '1e9', ' 1', '1\n', '0x1', '1234567890123', '१'])('rejects %p as Unix seconds', (text) => {
  expect(isUnixSeconds(text)).toBe(false);
});

test.each<[number | undefined, number, boolean]>([
  [undefined, 0, true],
  [undefined, 300, true],
  [undefined, 301, false],
  [undefined, -300, true],
  [undefined, -301, false],
  [60, 60, true],
  [60, 61, false],
  [60, -61, false],
  [0, 0, true],
  [0, 1, false],
])('with a tolerance of %p seconds, accepts an age of %d: %p', (toleranceSeconds, age, isWithin) => {
  const now = new Date(1769860800_999);

  expect(isWithinTolerance(1769860800 - age, { ...config, toleranceSeconds }, now)).toBe(isWithin);
});
