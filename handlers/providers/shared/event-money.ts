import type { Money } from './normalized-event';
import type { SchemeName } from '../../../src/private/contract';
import { minorUnits } from '../../domain/minor-units';
import { parseMajor, parseMinor } from '../../domain/money';

/** Reads an amount of minor units, as the provider counts the currency. */
export function moneyFromMinor(amount: unknown, currency: string | undefined, scheme?: SchemeName): Money | undefined {
  return toMoney(parseMinor(amount), minorUnits(currency, scheme));
}

/** Reads an amount of major units in decimal text, as the provider counts the currency. */
export function moneyFromMajor(amount: unknown, currency: string | undefined, scheme?: SchemeName): Money | undefined {
  const exponent = minorUnits(currency, scheme);
  return toMoney(parseMajor(amount, exponent), exponent);
}

function toMoney(minor: bigint | undefined, exponent: number): Money | undefined {
  return minor === undefined ? undefined : { minor, exponent };
}
