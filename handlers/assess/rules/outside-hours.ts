import { defineRule } from './rule';
import { occurredAt } from './rule-context';
import type { OutsideHoursConfig } from '../../../src/private/contract';

const DAY = 24 * 60;

/** Cached, because creating a format takes longer than all other rules, and the first one loads the zones in tens of milliseconds. */
const formats = new Map<string, Intl.DateTimeFormat>();

/**
 * Fires on a transaction that took place outside the hours `startHour` (included)
 * to `endHour` (excluded) of a time zone. The hours continue past midnight if
 * `endHour` is before `startHour`: 22 to 6 is a night. 0 to 24 and 9 to 9 are a
 * whole day.
 */
export const outsideHours = defineRule({
  label: 'Outside hours',
  applies: 'the time is outside `startHour` to `endHour` of a time zone',
  reads: 'the time of the transaction',
  needs: [],
  evaluate({ startHour, endHour, timeZone }: OutsideHoursConfig, { detail }) {
    const local = localTime(occurredAt(detail), timeZone);
    const [hour, minute] = local.split(':').map(Number);
    const length = minutesOnwards(startHour * 60, endHour * 60) || DAY;
    return minutesOnwards(startHour * 60, hour * 60 + minute) >= length
      ? `${local} in ${timeZone} is outside the hours ${startHour} to ${endHour}`
      : undefined;
  },
});

function minutesOnwards(from: number, to: number): number {
  return (to - from + DAY) % DAY;
}

/** `05:06`. Applies the zone's summer time. Throws if the zone does not exist. */
function localTime(time: string, timeZone: string): string {
  const format = formats.get(timeZone)
    ?? new Intl.DateTimeFormat('en-US', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  formats.set(timeZone, format);
  return format.format(new Date(time));
}
