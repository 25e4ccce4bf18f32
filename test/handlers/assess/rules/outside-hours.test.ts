import { outsideHours } from '../../../../handlers/assess/rules/outside-hours';
import { factsWith } from '../details';

function reasonFor(startHour: number, endHour: number, event_time: string | undefined, timeZone = 'UTC') {
  return outsideHours.evaluate({ rule: 'outside-hours', score: 1, startHour, endHour, timeZone }, factsWith({ detail: { event_time } }));
}

describe('outsideHours', () => {
  test.each<[number, number, string, boolean]>([
    [8, 20, '07:59:59.999', true],
    [8, 20, '08:00:00.000', false],
    [8, 20, '19:59:59.999', false],
    [8, 20, '20:00:00.000', true],
    [8, 20, '00:00:00.000', true],
    [22, 6, '21:59:59.999', true],
    [22, 6, '22:00:00.000', false],
    [22, 6, '23:59:59.999', false],
    [22, 6, '00:00:00.000', false],
    [22, 6, '05:59:59.999', false],
    [22, 6, '06:00:00.000', true],
    [22, 24, '23:59:59.999', false],
    [22, 24, '00:00:00.000', true],
    [22, 0, '23:59:59.999', false],
    [22, 0, '00:00:00.000', true],
    [24, 6, '00:00:00.000', false],
    [24, 6, '06:00:00.000', true],
    [0, 24, '00:00:00.000', false],
    [0, 24, '23:59:59.999', false],
    [9, 9, '08:59:59.999', false],
    [9, 9, '09:00:00.000', false],
    [8.5, 20.25, '08:29:59.999', true],
    [8.5, 20.25, '08:30:00.000', false],
    [8.5, 20.25, '20:14:59.999', false],
    [8.5, 20.25, '20:15:00.000', true],
  ])('from %d to %d at %s: %s', (startHour, endHour, time, fires) => {
    expect(reasonFor(startHour, endHour, `2025-03-04T${time}Z`) !== undefined).toBe(fires);
  });

  test.each([
    ['2025-01-15T07:30:00.000Z', 'Europe/Berlin', undefined],
    ['2025-01-15T19:30:00.000Z', 'Europe/Berlin', '20:30 in Europe/Berlin is outside the hours 8 to 20'],
    ['2025-07-15T06:30:00.000Z', 'Europe/Berlin', undefined],
    ['2025-07-15T05:30:00.000Z', 'Europe/Berlin', '07:30 in Europe/Berlin is outside the hours 8 to 20'],
    ['2025-03-30T00:59:00.000Z', 'Europe/Berlin', '01:59 in Europe/Berlin is outside the hours 8 to 20'],
    ['2025-03-30T01:00:00.000Z', 'Europe/Berlin', '03:00 in Europe/Berlin is outside the hours 8 to 20'],
    ['2025-01-15T18:31:00.000Z', 'Asia/Kolkata', '00:01 in Asia/Kolkata is outside the hours 8 to 20'],
    ['2025-01-15T02:29:00.000Z', 'Asia/Kolkata', '07:59 in Asia/Kolkata is outside the hours 8 to 20'],
    ['2025-01-15T02:30:00.000Z', 'Asia/Kolkata', undefined],
  ])('%s in %s', (time, timeZone, expected) => {
    expect(reasonFor(8, 20, time, timeZone)).toBe(expected);
  });

  test('uses the time of receipt if no time is signed', () => {
    expect(reasonFor(8, 20, undefined)).toBe('05:06 in UTC is outside the hours 8 to 20');
  });

  test('throws if the zone does not exist', () => {
    expect(() => reasonFor(8, 20, '2025-03-04T05:06:00.000Z', 'Mars/Olympus')).toThrow(RangeError);
  });
});
