import { detailWith } from './details';
import { occurredAt, windowStart } from '../../../../handlers/core/fraud/subject';
import { RECEIVED_AT } from '../../support/items';

describe('occurredAt', () => {
  test('is the signed time, else the time of receipt', () => {
    expect(occurredAt(detailWith())).toBe('2025-03-04T05:06:00.000Z');
    expect(occurredAt(detailWith({ event_time: undefined }))).toBe(RECEIVED_AT);
  });
});

describe('windowStart', () => {
  test('lies before the transaction\'s own time', () => {
    expect(windowStart(detailWith(), 3600)).toBe('2025-03-04T04:06:00.000Z');
  });
});
