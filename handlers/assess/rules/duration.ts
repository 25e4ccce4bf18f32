const UNITS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const;

/** `10 minutes`: a number of whole seconds in the largest unit that is exact. */
export function formatDuration(seconds: number): string {
  const [name, length] = UNITS.find(([, each]) => seconds > 0 && seconds % each === 0) ?? UNITS[3];
  const count = seconds / length;
  return `${count} ${name}${count === 1 ? '' : 's'}`;
}

/** The same for an age, rounded down: to full hours from two hours on, and to full minutes below. */
export function formatAge(seconds: number): string {
  const step = [3_600, 60].find((each) => seconds >= 2 * each) ?? 1;
  return formatDuration(Math.floor(seconds / step) * step);
}
