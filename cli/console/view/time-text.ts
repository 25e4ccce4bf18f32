const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `12 s ago`, `5 min ago`, `3 h ago`, `2 d ago`. */
export function relativeTime(time: string, now: number): string {
  const age = now - Date.parse(time);
  if (Number.isNaN(age)) {
    return '';
  }
  // The clocks of AWS and of this machine differ.
  if (age < 2 * SECOND) {
    return 'now';
  }
  const [size, unit] = age < MINUTE ? [SECOND, 's'] as const : age < HOUR ? [MINUTE, 'min'] as const : age < DAY ? [HOUR, 'h'] as const : [DAY, 'd'] as const;
  return `${Math.floor(age / size)} ${unit} ago`;
}

/** `14:03:22`, in UTC like the logs, or with the date if it is another day. */
export function clockTime(time: string, now: number): string {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) {
    return time;
  }
  const iso = date.toISOString();
  const isToday = iso.slice(0, 10) === new Date(now).toISOString().slice(0, 10);
  return isToday ? iso.slice(11, 19) : `${iso.slice(5, 10)} ${iso.slice(11, 16)}`;
}

/** `2026-03-04 14:03:22.089 UTC`. */
export function fullTime(time: string): string {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? time : `${date.toISOString().slice(0, -1).replace('T', ' ')} UTC`;
}

/** The time between two steps: `0.4 s`, `12 s`, `3 min`. */
export function stepTime(from: string, to: string): string {
  const millis = Date.parse(to) - Date.parse(from);
  if (Number.isNaN(millis) || millis < 0) {
    return '';
  }
  return millis < 10 * SECOND ? `${(millis / SECOND).toFixed(1)} s` : relativeTime(from, Date.parse(to)).replace(' ago', '');
}
