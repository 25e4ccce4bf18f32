import { maskCardNumbers } from './card-numbers';
import type { SchemeName, TransactionDetail } from '../../src/private/contract';

/** The fields of a transaction that its page depends on. */
export type PaymentOfPage = Pick<TransactionDetail, 'provider' | 'transaction_id' | 'live' | 'account'>;

/** The scheme of each provider, by the provider's name. */
export type SchemesByProvider = { readonly [provider: string]: SchemeName };

interface PaymentPage {
  /** The ids of payments. Other transactions, such as payouts, have another page or none. */
  readonly id: RegExp;
  readonly urlOf: (id: string, payment: PaymentOfPage) => string;
}

/**
 * The page of a payment in the dashboard of each provider, with the button for refunds. A provider is absent if its pages
 * have no published address, or if the address contains facts that no event has: Braintree's merchant id, Shopify's shop.
 */
const PAYMENT_PAGES: { readonly [scheme in SchemeName]?: PaymentPage } = {
  // https://github.com/woocommerce/woocommerce-gateway-stripe (get_transaction_url). A connected account has its id in the path.
  'stripe': {
    id: /^(?:pi|ch|py)_[A-Za-z0-9]+$/,
    urlOf: (id, { live, account }) => `https://dashboard.stripe.com/${account ? `${encodeURIComponent(account)}/` : ''}${live ? '' : 'test/'}payments/${id}`,
  },
  // https://github.com/Adyen/adyen-magento2/blob/main/Block/Info/Moto.php
  'adyen': {
    id: /^[A-Z0-9]{16}$/,
    urlOf: (id, { live }) => `https://ca-${live ? 'live' : 'test'}.adyen.com/ca/ca/accounts/showTx.shtml?pspReference=${id}&txType=Payment`,
  },
  // https://github.com/woocommerce/woocommerce-paypal-payments (modules/ppcp-wc-gateway/services.php)
  'paypal': {
    id: /^[A-Z0-9]{17}$/,
    urlOf: (id, { live }) => `https://www.${live ? '' : 'sandbox.'}paypal.com/activity/payment/${id}`,
  },
  // https://checkoutint.zendesk.com/hc/en-us/articles/30189482781842-How-to-Search-Old-Refund-Transactions-on-Dashboard
  'checkout-com': {
    id: /^pay_[a-z0-9]+$/,
    urlOf: (id, { live }) => `https://dashboard.${live ? '' : 'sandbox.'}checkout.com/payments/all-payments/payment/${id}`,
  },
  // https://github.com/OXID-eSales/mollie-payment/blob/main/src/Mollie/Service/MollieUrlBuilder.php: the same page in test mode.
  'mollie': { id: /^tr_[A-Za-z0-9]+$/, urlOf: (id) => `https://my.mollie.com/dashboard/payments/${id}` },
  // https://github.com/woocommerce/woocommerce-gateway-gocardless (get_transaction_url_format)
  'gocardless': { id: /^PM[A-Z0-9]+$/, urlOf: (id, { live }) => `https://manage${live ? '' : '-sandbox'}.gocardless.com/payments/${id}` },
};

/** The page of a payment in its provider's dashboard, if its address is known. No link contains a card number. */
export function paymentUrl(payment: PaymentOfPage, schemes: SchemesByProvider): string | undefined {
  const page = Object.hasOwn(schemes, payment.provider) ? PAYMENT_PAGES[schemes[payment.provider]] : undefined;
  const id = payment.transaction_id.slice(payment.provider.length + 1);
  return page?.id.test(id) && maskCardNumbers(id) === id ? page.urlOf(id, payment) : undefined;
}
