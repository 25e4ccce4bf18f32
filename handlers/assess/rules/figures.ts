import { withThousands } from '../../domain/money';

/** A number for people: three significant digits, or all digits of a larger whole number. */
export function figureText(value: number): string {
  return withThousands(plain(Math.abs(value) >= 1_000 ? Math.round(value) : Number(value.toPrecision(3))));
}

/** A share from 0 to 1 for people: `99.2 %`. */
export function percentText(share: number): string {
  return `${Number((share * 100).toPrecision(4))} %`;
}

/** `3 payments`, `1 payment`. */
export function countText(count: number, noun: string): string {
  return `${figureText(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** A number without an exponent. */
function plain(value: number): string {
  return value.toLocaleString('en-US', { useGrouping: false, maximumSignificantDigits: 21 });
}
