import type { Money } from './reading';
import type { SchemeName } from '../../../src/private/contract';
import { minorUnits } from '../../domain/minor-units';
import { parseMajor, parseMinor } from '../../domain/money';

/** Reads an amount of minor units, as the provider counts the currency. */
export function readMinor(amount: unknown, currency: string | undefined, scheme?: SchemeName): Money | undefined {
  return moneyOf(parseMinor(amount), minorUnits(currency, scheme));
}

/** Reads an amount of major units in decimal text, as the provider counts the currency. */
export function readMajor(amount: unknown, currency: string | undefined, scheme?: SchemeName): Money | undefined {
  const exponent = minorUnits(currency, scheme);
  return moneyOf(parseMajor(amount, exponent), exponent);
}

function moneyOf(minor: bigint | undefined, exponent: number): Money | undefined {
  return minor === undefined ? undefined : { minor, exponent };
}
