const UNITS = [['d', 86_400_000], ['h', 3_600_000], ['m', 60_000], ['s', 1_000]] as const;
const SPAN = /^(\d+)(d|h|m|s)$/;

/** A duration as its two largest units: `2d 3h`, `5m 10s`. */
export function spanText(millis: number): string {
  const first = UNITS.findIndex(([, size]) => millis >= size);
  if (first < 0) {
    return '0s';
  }
  let rest = millis;
  return UNITS.slice(first, first + 2).flatMap(([unit, size]) => {
    const count = Math.floor(rest / size);
    rest -= count * size;
    return count > 0 ? [`${count}${unit}`] : [];
  }).join(' ');
}

/** Parses a duration such as `30m`, in milliseconds. Undefined if it is not one. */
export function parseSpan(text: string): number | undefined {
  const [, count, unit] = SPAN.exec(text) ?? [];
  const size = UNITS.find(([name]) => name === unit)?.[1];
  return size === undefined ? undefined : Number(count) * size;
}
