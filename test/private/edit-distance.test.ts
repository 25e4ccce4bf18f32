import { editDistance } from '../../src/private/edit-distance';

test.each([
  ['', '', 0],
  ['refund', 'refund', 0],
  ['', 'paid', 4],
  ['paid', '', 4],
  ['refund', 'refunds', 1],
  ['charge.succeeded', 'charge.succeded', 1],
  ['charge_succeeded', 'charge.succeeded', 1],
  ['captrue', 'capture', 2],
  ['kitten', 'sitting', 3],
])('from %j to %j is %i characters, and the same in reverse', (from, to, distance) => {
  expect([editDistance(from, to), editDistance(to, from)]).toEqual([distance, distance]);
});
