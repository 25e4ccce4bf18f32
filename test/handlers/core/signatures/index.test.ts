import { SCHEMES } from '../../../../handlers/core/signatures';

test('each scheme of the table verifies and reads', () => {
  expect(Object.entries(SCHEMES).map(([name, { verify, read }]) => [name, typeof verify, typeof read])).toEqual([
    ['stripe', 'function', 'function'],
    ['standard-webhooks', 'function', 'function'],
    ['hmac', 'function', 'function'],
  ]);
});
