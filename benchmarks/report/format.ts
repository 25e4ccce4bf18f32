import type { Interval, Unit } from '../figures';

/** A figure with three significant digits and its unit. */
export function formatFigure(value: number, unit: Unit): string {
  const text = value.toLocaleString('en-US', value >= 1_000 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 3 });
  return unit === 'ratio' ? formatRatio(value) : `${text} ${unit}`;
}

export function formatRatio(value: number): string {
  return value.toFixed(2);
}

/** The range of a measured figure; empty for a computed one. */
export function formatRange({ low, high }: Interval, format: (value: number) => string): string {
  return low === high ? '' : `${format(low)}–${format(high)}`;
}
