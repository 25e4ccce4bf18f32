import * as fc from 'fast-check';
import { paymentUrl } from '../../../handlers/alerts/payment-pages';
import type { SchemeName } from '../../../src/private/contract';

function urlOf(scheme: SchemeName, id: string, live = true, account?: string): string | undefined {
  return paymentUrl({ provider: 'shop', transaction_id: `shop:${id}`, live, account }, { shop: scheme });
}

test.each<[SchemeName, string, boolean, string]>([
  ['stripe', 'pi_3NxGTn2eZvKYlo2C', true, 'https://dashboard.stripe.com/payments/pi_3NxGTn2eZvKYlo2C'],
  ['stripe', 'ch_3NxGTn2eZvKYlo2C', false, 'https://dashboard.stripe.com/test/payments/ch_3NxGTn2eZvKYlo2C'],
  ['adyen', 'NC6HT9CRT65ZGN82', true, 'https://ca-live.adyen.com/ca/ca/accounts/showTx.shtml?pspReference=NC6HT9CRT65ZGN82&txType=Payment'],
  ['adyen', 'NC6HT9CRT65ZGN82', false, 'https://ca-test.adyen.com/ca/ca/accounts/showTx.shtml?pspReference=NC6HT9CRT65ZGN82&txType=Payment'],
  ['paypal', '42311647XV020574X', true, 'https://www.paypal.com/activity/payment/42311647XV020574X'],
  ['paypal', '42311647XV020574X', false, 'https://www.sandbox.paypal.com/activity/payment/42311647XV020574X'],
  ['checkout-com', 'pay_24a3b4c5d6e7f8', true, 'https://dashboard.checkout.com/payments/all-payments/payment/pay_24a3b4c5d6e7f8'],
  ['checkout-com', 'pay_24a3b4c5d6e7f8', false, 'https://dashboard.sandbox.checkout.com/payments/all-payments/payment/pay_24a3b4c5d6e7f8'],
  ['mollie', 'tr_7UhSN1zuXS', true, 'https://my.mollie.com/dashboard/payments/tr_7UhSN1zuXS'],
  ['mollie', 'tr_7UhSN1zuXS', false, 'https://my.mollie.com/dashboard/payments/tr_7UhSN1zuXS'],
  ['gocardless', 'PM00000001', true, 'https://manage.gocardless.com/payments/PM00000001'],
  ['gocardless', 'PM00000001', false, 'https://manage-sandbox.gocardless.com/payments/PM00000001'],
])('%s: the payment %s has its page (live: %s)', (scheme, id, live, url) => {
  expect(urlOf(scheme, id, live)).toBe(url);
});

test('a payment of a connected account has its page in that account', () => {
  expect(urlOf('stripe', 'pi_1', true, 'acct_1')).toBe('https://dashboard.stripe.com/acct_1/payments/pi_1');
  expect(urlOf('stripe', 'pi_1', false, '../x?y#z')).toBe('https://dashboard.stripe.com/..%2Fx%3Fy%23z/test/payments/pi_1');
});

test.each<[string, SchemeName, string]>([
  ['is no payment', 'stripe', 'po_1'],
  ['is a path', 'stripe', 'pi_1/../../x'],
  ['contains a line break', 'mollie', 'tr_1\n'],
  ['looks like a card number', 'adyen', '4242424242424242'],
  ['belongs to a provider without known pages', 'square', 'pi_1'],
])('no page for an id that %s', (_, scheme, id) => {
  expect(urlOf(scheme, id)).toBeUndefined();
});

test('no page for a provider that is unknown, even if its name is one of Object\'s prototype', () => {
  expect(paymentUrl({ provider: 'constructor', transaction_id: 'constructor:pi_1', live: true }, {})).toBeUndefined();
});

test('any id makes an address of the provider or none', () => {
  const schemes: SchemeName[] = ['stripe', 'adyen', 'paypal', 'checkout-com', 'mollie', 'gocardless'];
  const ids = fc.oneof(fc.string({ unit: 'binary' }), fc.tuple(fc.constantFrom('pi_', 'pay_', 'tr_', 'PM'), fc.string()).map((parts) => parts.join('')));
  fc.assert(fc.property(fc.constantFrom(...schemes), ids, fc.boolean(), (scheme, id, live) => {
    const url = urlOf(scheme, id, live);

    expect(url ?? 'https://my.mollie.com/').toMatch(/^https:\/\/[a-z.-]+\.(stripe|adyen|paypal|checkout|mollie|gocardless)\.com\/[\w/.?=&-]*$/);
  }));
});
