import { codes } from 'currency-codes';
import { CURRENCIES } from '../../src/private/currencies';

/** Added to ISO 4217 after the list of the package: the Caribbean guilder and the Arab accounting dinar (amendments 176 and 178). */
const NEWER = ['XAD', 'XCG'];

test('the currencies are those of the maintained list, and the newer ones', () => {
  expect([...CURRENCIES]).toEqual([...codes(), ...NEWER].sort());
});
