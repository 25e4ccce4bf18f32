import { exponentOf } from './money';
import type { SchemeName } from '../../src/private/contract';

/** What most currencies count in, and what is assumed where none is named. */
const USUAL_EXPONENT = 2;

/**
 * Where a provider counts otherwise than ISO 4217.
 *
 * - Adyen: https://docs.adyen.com/development-resources/currency-codes
 * - Checkout.com: https://www.checkout.com/docs/payments/accept-payments/format-the-amount-value
 * - PayPal: https://developer.paypal.com/api/rest/reference/currency-codes
 * - Paystack: https://paystack.com/docs/api/ (Supported Currency); whatever
 *   the currency, an amount is sent in hundredths
 * - Stripe: https://docs.stripe.com/currencies#minor-units; ISK and UGX have
 *   no decimals and are sent in hundredths all the same
 */
const DEVIATIONS: Readonly<Partial<Record<SchemeName, ReadonlyMap<string, number>>>> = {
  'adyen': new Map([['CLP', 2], ['CVE', 0], ['IDR', 0], ['ISK', 2]]),
  'checkout-com': new Map([['CLF', 2], ['CLP', 2]]),
  'paypal': new Map([['HUF', 0], ['TWD', 0]]),
  'paystack': new Map([['RWF', 2], ['XOF', 2]]),
  'stripe': new Map([['ISK', 2], ['MGA', 0], ['UGX', 2]]),
};

/** The number of decimals in which a provider counts a currency; the usual one where that is missing or unknown. */
export function minorUnits(currency = '', scheme?: SchemeName): number {
  return (scheme && DEVIATIONS[scheme]?.get(currency)) ?? exponentOf(currency) ?? USUAL_EXPONENT;
}
