import { createHash, createHmac, randomBytes } from 'node:crypto';
import { SecretField, type Kind } from '../../../src/private/contract';
import type { ProviderSimulator, SimulatedEvent, SimulatedPayment } from '../shared/simulators/provider-simulator';
import { emailOf, majorAmount } from '../shared/simulators/simulated-values';

/** The elements of an object. Undefined members are left out. */
type Elements = { readonly [name: string]: string | Elements | undefined };

/** A notification in XML (https://developer.paypal.com/braintree/docs/reference/general/webhooks). */
function notification(
  kind: Kind, name: string, subject: (payment: SimulatedPayment) => Elements, omits?: SimulatedEvent['omits'],
): SimulatedEvent {
  return {
    kind,
    name,
    omits,
    body: (payment) => [
      '<?xml version="1.0" encoding="UTF-8"?>',
      '<notification>',
      `  <kind>${name}</kind>`,
      `  <timestamp type="datetime">${payment.at.toISOString().replace(/\.\d+Z$/, 'Z')}</timestamp>`,
      `  <subject>${elements(subject(payment))}</subject>`,
      '</notification>',
      '',
    ].join('\n'),
  };
}

function elements(content: Elements): string {
  return Object.entries(content).filter(([, value]) => value !== undefined)
    .map(([name, value]) => `<${name}>${typeof value === 'object' ? elements(value) : escaped(value!)}</${name}>`).join('');
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

/** https://developer.paypal.com/braintree/docs/reference/response/transaction */
const transaction = (payment: SimulatedPayment, status: string, more: Elements = {}): Elements => ({
  transaction: {
    'id': payment.id,
    status,
    'type': 'sale',
    'currency-iso-code': payment.currency,
    'amount': majorAmount(payment),
    'merchant-account-id': 'simulated_shop',
    'order-id': payment.reference,
    'created-at': payment.at.toISOString(),
    'customer': { id: payment.customer, email: emailOf(payment) },
    'billing': { 'country-code-alpha2': 'DE' },
    'payment-instrument-type': 'sepa_debit_account',
    ...more,
  },
});

const refund = (payment: SimulatedPayment): Elements => (
  transaction(payment, 'settled', { 'id': payment.eventId, 'type': 'credit', 'refunded-transaction-id': payment.id })
);

/** https://developer.paypal.com/braintree/docs/reference/response/dispute */
const dispute = (payment: SimulatedPayment): Elements => ({
  dispute: {
    'id': payment.eventId,
    'amount-disputed': majorAmount(payment),
    'currency-iso-code': payment.currency,
    'kind': 'chargeback',
    'reason': 'fraud',
    'status': 'open',
    'received-date': payment.at.toISOString().slice(0, 10),
    'transaction': { 'id': payment.id, 'amount': majorAmount(payment), 'order-id': payment.reference, 'payment-instrument-type': 'credit_card' },
  },
});

/** https://developer.paypal.com/braintree/docs/guides/local-payment-methods/server-side */
const localPayment = (payment: SimulatedPayment, more: Elements): Elements => ({ 'local-payment': { 'payment-id': `PAY-${payment.id}`, ...more } });

/** https://developer.paypal.com/braintree/docs/reference/response/disbursement */
const disbursement = (payment: SimulatedPayment): Elements => ({
  disbursement: {
    'id': payment.id,
    'success': 'true',
    'disbursement-type': 'credit',
    'amount': majorAmount(payment),
    'disbursement-date': payment.at.toISOString().slice(0, 10),
    'merchant-account': { 'id': 'simulated_shop', 'currency-iso-code': payment.currency, 'status': 'active' },
  },
});

/** The library of Braintree makes lines of 60 characters. */
const LINES = /.{1,60}/g;

export const simulator = {
  events: {
    'transaction_settled': notification('captured', 'transaction_settled', (payment) => transaction(payment, 'settled')),
    'local_payment_completed': notification('authorized', 'local_payment_completed', (payment) => localPayment(payment, transaction(payment, 'authorized'))),
    'transaction_settled:refund': notification('refunded', 'transaction_settled', refund),
    'dispute_opened': notification('disputed', 'dispute_opened', dispute, ['customer']),
    'transaction_settlement_declined': notification('failed', 'transaction_settlement_declined', (payment) => transaction(payment, 'settlement_declined')),
    'local_payment_reversed': notification('canceled', 'local_payment_reversed', (payment) => localPayment(payment, {}), ['amount', 'currency', 'customer', 'reference']),
    'disbursement': notification('paid-out', 'disbursement', disbursement, ['customer', 'reference']),
  },
  // The sandbox has its own keys.
  signsNoMode: true,

  /** The form with the notification in base64 (https://developer.paypal.com/braintree/docs/guides/webhooks/parse). */
  sign(body, { secret }) {
    const { [SecretField.PUBLIC_KEY]: publicKey, [SecretField.PRIVATE_KEY]: privateKey } = JSON.parse(secret) as Record<string, string>;
    const payload = body.toString('base64').replace(LINES, '$&\n');
    const key = createHash('sha1').update(privateKey).digest();
    const form = new URLSearchParams({ bt_signature: `${publicKey}|${createHmac('sha1', key).update(payload).digest('hex')}`, bt_payload: payload });
    return { body: Buffer.from(form.toString()), headers: { 'Content-Type': 'application/x-www-form-urlencoded' } };
  },

  newSecret: () => JSON.stringify({ [SecretField.PUBLIC_KEY]: randomBytes(8).toString('hex'), [SecretField.PRIVATE_KEY]: randomBytes(16).toString('hex') }),
} satisfies ProviderSimulator;
