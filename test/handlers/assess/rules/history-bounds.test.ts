import { firstSeenIn, newestTimeOf } from '../../../../handlers/assess/rules/history-bounds';
import { RECEIVED_AT } from '../../support/items';
import { detailWith, timeAgo } from '../details';

describe('newestTimeOf', () => {
  test.each([
    ['received after its time', {}, RECEIVED_AT],
    ['received days late', { received_at: '2025-03-07T00:00:00.000Z' }, '2025-03-07T00:00:00.000Z'],
    ['signed by a clock that is ahead', { received_at: '2025-03-04T05:00:00.000Z' }, '2025-03-04T05:06:00.000Z'],
    ['without a signed time', { event_time: undefined }, RECEIVED_AT],
  ])('of a transaction %s', (_, overrides, expected) => {
    expect(newestTimeOf(detailWith(overrides))).toBe(expected);
  });
});

describe('firstSeenIn', () => {
  const times = (count: number) => Array.from({ length: count }, (_, index) => timeAgo(index));

  test.each([
    ['no movements', 0, undefined],
    ['one movement', 1, timeAgo(0)],
    ['one less than the limit', 199, timeAgo(198)],
    ['as many as are read, because there can be older ones', 200, '0000'],
  ])('of %s', (_, count, expected) => {
    expect(firstSeenIn(times(count))).toBe(expected);
  });
});
