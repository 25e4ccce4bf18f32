/** A number with thousands, and `–` if there is none. */
export function number(value: number | undefined, decimals = 0): string {
  return value === undefined ? '–' : value.toLocaleString('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
}

/** A share from 0 to 1. */
export function share(value: number | undefined, decimals = 3): string {
  return value === undefined ? '–' : value.toFixed(decimals);
}
