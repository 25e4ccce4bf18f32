import published from 'currency-codes/data';
import { typescriptFile, type GeneratedFile } from './generated-file';

/**
 * Added to ISO 4217 after the list of the package, with two decimals each: the Arab accounting dinar (amendment 178) and
 * the Caribbean guilder (amendment 176).
 *
 * @see https://www.six-group.com/en/products-services/financial-information/data-standards.html
 */
const NEWER = { XAD: 2, XCG: 2 };

/** The currencies of ISO 4217 with their decimals. */
export function currencyExponents(): ReadonlyArray<readonly [code: string, exponent: number]> {
  const exponents = { ...NEWER, ...Object.fromEntries(published.map(({ code, digits }) => [code, digits])) };
  return Object.entries(exponents).sort(([a], [b]) => (a < b ? -1 : 1));
}

/** The currencies, without the names and countries of the package: each function loads them at its cold start. */
export function currencyFiles(): GeneratedFile[] {
  return [typescriptFile('src/private/contract/generated/currencies.ts', `
/** The currencies of ISO 4217 with the number of their decimals. */
export const CURRENCY_EXPONENTS: ReadonlyMap<string, number> = new Map(Object.entries({
${currencyExponents().map(([code, exponent]) => `  ${code}: ${exponent},`).join('\n')}
}));
`)];
}
