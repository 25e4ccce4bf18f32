import { createHash } from 'node:crypto';
import { LIVE_NAME, WEBHOOK_ID, certify, payPalWebhook, sourceOf, type Certified } from './sample-certificates';
import { SecretField } from '../../../src/private/contract';
import { alteredIn, otherField } from '../shared/samples/changes';
import { PLANTED, type ProviderSamples, type SamplePayload } from '../shared/samples/provider-samples';
import { providerConfig } from '../shared/samples/sample-signing';

/** An authority of the samples, and a certificate with PayPal's name that it issued. */
interface PayPalSender {
  readonly root: Certified;
  readonly certificate: Certified;
}

const VALIDITY = { from: '2010-01-01T00:00:00Z', to: '2099-12-31T23:59:59Z' };
const WEBHOOK = { [SecretField.WEBHOOK_ID]: WEBHOOK_ID };
const SECRET = JSON.stringify(WEBHOOK);

let sender: Promise<PayPalSender> | undefined;

/** The sender of all samples. It is made once, because the generation of its two RSA keys takes time. */
export async function payPalSender(): Promise<PayPalSender> {
  sender ??= makeSender();
  return sender;
}

async function makeSender(): Promise<PayPalSender> {
  const root = await certify({ subject: 'CN=A root of the samples', isAuthority: true, ...VALIDITY });
  return { root, certificate: await certify({ subject: `CN=${LIVE_NAME}`, dnsNames: [LIVE_NAME], by: root, ...VALIDITY }) };
}

export const payPalEvent = (id: string, type: string, resource: object) => ({
  id, event_version: '1.0', create_time: '2026-01-31T12:00:00.000Z', resource_type: 'any', event_type: type, summary: 'a summary', resource, links: [],
});
const outcome = (type: string, resource: object = { id: 'o1' }): SamplePayload => ({ payload: payPalEvent('WH-1', type, resource) });

/** The events of a flow, each with its own id. */
const payPalFlow = (...events: readonly (readonly [type: string, resource: object])[]) => (
  events.map(([type, resource], index) => payPalEvent(`WH-${index}`, type, resource))
);
const payPalEur = (value: string) => ({ amount: { currency_code: 'EUR', value } });
const payPalLinkUp = (path: string) => ({ links: [{ rel: 'up', method: 'GET', href: `https://api.paypal.com/v2/${path}` }] });
const payPalCapture = (status: string, value: string) => ({ id: 'CAPTURE1', status, ...payPalEur(value), final_capture: true, ...payPalLinkUp('checkout/orders/ORDER1') });
const payPalRefund = (status: string, value: string) => ({ id: 'REFUND1', status, ...payPalEur(value), ...payPalLinkUp('payments/captures/CAPTURE1') });
const payPalOrder = (status: string, value: string, payments?: object) => ({
  id: 'ORDER1', intent: 'CAPTURE', status, gross_amount: payPalEur(value).amount, purchase_units: [{ reference_id: 'default', ...payPalEur(value), payments }],
});
const payPalDispute = (stage: string, status: string, value: string) => ({
  dispute_id: 'PP-D-1',
  status,
  dispute_life_cycle_stage: stage,
  dispute_amount: payPalEur(value).amount,
  disputed_transactions: [{ seller_transaction_id: 'CAPTURE1' }],
});
const payPalSale = (state: string, total: string, more: object = {}) => ({ id: 'SALE1', state, amount: { total, currency: 'EUR' }, billing_agreement_id: 'I-OWN', ...more });

export const samples = {
  config: providerConfig('paypal'),
  secret: SECRET,
  otherSecret: otherField(WEBHOOK, SecretField.WEBHOOK_ID),
  signatureHeaders: ['PAYPAL-TRANSMISSION-ID', 'PAYPAL-TRANSMISSION-TIME', 'PAYPAL-TRANSMISSION-SIG', 'PAYPAL-CERT-URL', 'PAYPAL-AUTH-ALGO'],
  altered: alteredIn('PAYPAL-TRANSMISSION-ID', 'PAYPAL-TRANSMISSION-TIME', 'PAYPAL-TRANSMISSION-SIG'),

  /** The transmission is named after the payload, and after the name if there is one. */
  async sign(payload, { at, secret = SECRET, name = '' } = {}) {
    const { certificate } = await payPalSender();
    const { [SecretField.WEBHOOK_ID]: webhookId } = JSON.parse(secret) as Record<string, string>;
    return payPalWebhook(payload, certificate, { id: createHash('sha256').update(`transmission ${name}`).update(payload).digest('hex').slice(0, 32), at, webhookId });
  },

  async certificates(url) {
    const { root, certificate } = await payPalSender();
    return sourceOf(certificate, root)(url);
  },

  events: [
    {
      payload: payPalEvent('WH-1', 'PAYMENT.CAPTURE.COMPLETED', {
        id: 'CAPTURE1', status: 'COMPLETED', custom_id: 'order-1001', invoice_id: 'invoice-7', payee: { merchant_id: 'PAYEE1' }, amount: { currency_code: 'EUR', value: '12500.00' },
      }),
      events: [{
        event: 'PAYMENT.CAPTURE.COMPLETED',
        kind: 'captured',
        moneyMovement: true,
        amount: '12500.00 EUR',
        transaction: 'CAPTURE1',
        carried: { status: 'COMPLETED', account: 'PAYEE1', reference: 'order-1001' },
      }],
    },
    {
      payload: payPalEvent('WH-2', 'PAYMENT.SALE.REFUNDED', { id: 'REFUND1', sale_id: 'SALE1', state: 'completed', amount: { total: '1200', currency: 'HUF' } }),
      events: [{ event: 'PAYMENT.SALE.REFUNDED', kind: 'refunded', moneyMovement: true, amount: '1200 HUF', transaction: 'SALE1' }],
    },
    {
      payload: payPalEvent('WH-3', 'BILLING.SUBSCRIPTION.ACTIVATED', { id: 'I-OWN', status: 'ACTIVE', plan_id: 'P-OWN' }),
      events: [{ event: 'BILLING.SUBSCRIPTION.ACTIVATED', kind: 'other', moneyMovement: false, transaction: 'I-OWN' }],
    },
    {
      payload: payPalEvent('WH-4', 'CHECKOUT.ORDER.COMPLETED', {
        id: '8EP55331LS702421A',
        status: 'COMPLETED',
        gross_amount: { currency_code: 'USD', value: '10.00' },
        purchase_units: [{ reference_id: 'default', invoice_id: 'invoice-8' }],
        payer: { payer_id: 'QYR5Z8XDVJNXQ', email_address: 'Someone@Mail.example', address: { country_code: 'US' } },
        payment_source: { card: { last_digits: '7704', authentication_result: { liability_shift: 'POSSIBLE', three_d_secure: { enrollment_status: 'Y', authentication_status: 'A' } } } },
      }),
      events: [{
        event: 'CHECKOUT.ORDER.COMPLETED',
        kind: 'captured',
        moneyMovement: false,
        amount: '10.00 USD',
        transaction: '8EP55331LS702421A',
        carried: { status: 'COMPLETED', reference: 'invoice-8', customerId: 'QYR5Z8XDVJNXQ', country: 'US', emailDomain: 'mail.example', threeDSecure: 'attempted' },
      }],
    },
  ],

  outcomes: {
    declined: [
      'BILLING.SUBSCRIPTION.PAYMENT.FAILED', 'CHECKOUT.ORDER.DECLINED', 'PAYMENT.CAPTURE.DECLINED', 'PAYMENT.CAPTURE.DENIED', 'PAYMENT.SALE.DENIED',
    ].map((type) => outcome(type)),
    failed: [
      outcome('PAYMENT.PAYOUTS-ITEM.DENIED'),
      outcome('PAYMENT.REFUND.FAILED'),
      outcome('PAYMENT.CAPTURE.REFUNDED', { id: 'r1', status: 'FAILED' }),
      outcome('PAYMENT.SALE.DENIED', { id: 's1', billing_agreement_id: 'I-OWN' }),
      outcome('CHECKOUT.ORDER.DECLINED', payPalOrder('DECLINED', '5.00', { captures: [{ id: 'CAPTURE1', status: 'DECLINED' }] })),
    ],
    canceled: [
      outcome('CHECKOUT.PAYMENT-APPROVAL.REVERSED'),
      outcome('PAYMENT.AUTHORIZATION.VOIDED'),
      outcome('PAYMENT.CAPTURE.REFUNDED', { id: 'r1', status: 'CANCELLED' }),
      outcome('PAYMENT.SALE.REFUNDED', { id: 'r1', state: 'cancelled' }),
    ],
    pending: [
      outcome('PAYMENT.CAPTURE.REFUNDED', { id: 'r1', status: 'PENDING' }),
      outcome('PAYMENT.SALE.REFUNDED', { id: 'r1', state: 'pending' }),
      outcome('CUSTOMER.DISPUTE.UPDATED', payPalDispute('INQUIRY', 'OPEN', '5.00')),
    ],
  },

  flows: [{
    name: 'an authorization that is captured in part, refunded in part and disputed, and the dispute is won',
    payloads: payPalFlow(
      ['PAYMENT.AUTHORIZATION.CREATED', { id: 'AUTHORIZATION1', status: 'CREATED', ...payPalEur('10.00') }],
      ['PAYMENT.CAPTURE.COMPLETED', { ...payPalCapture('COMPLETED', '6.00'), final_capture: false, ...payPalLinkUp('payments/authorizations/AUTHORIZATION1') }],
      ['PAYMENT.CAPTURE.REFUNDED', payPalRefund('PENDING', '2.00')],
      ['PAYMENT.REFUND.PENDING', payPalRefund('PENDING', '2.00')],
      ['PAYMENT.CAPTURE.REFUNDED', payPalRefund('COMPLETED', '2.00')],
      ['CUSTOMER.DISPUTE.CREATED', payPalDispute('CHARGEBACK', 'OPEN', '4.00')],
      ['CUSTOMER.DISPUTE.UPDATED', payPalDispute('CHARGEBACK', 'UNDER_REVIEW', '4.00')],
      ['CUSTOMER.DISPUTE.RESOLVED', { ...payPalDispute('CHARGEBACK', 'RESOLVED', '4.00'), dispute_outcome: { outcome_code: 'RESOLVED_SELLER_FAVOUR' } }],
      ['PAYMENT.AUTHORIZATION.VOIDED', { id: 'AUTHORIZATION1', status: 'VOIDED', ...payPalEur('10.00') }],
    ),
    movements: ['PAYMENT.CAPTURE.COMPLETED 6.00 EUR', 'PAYMENT.CAPTURE.REFUNDED 2.00 EUR', 'CUSTOMER.DISPUTE.CREATED 4.00 EUR'],
  }, {
    name: 'a refund that is complete at once, and one that fails',
    payloads: payPalFlow(['PAYMENT.CAPTURE.REFUNDED', payPalRefund('COMPLETED', '2.00')], ['PAYMENT.CAPTURE.REFUNDED', payPalRefund('FAILED', '1.00')]),
    movements: ['PAYMENT.CAPTURE.REFUNDED 2.00 EUR'],
  }, {
    name: 'a refund of a sale, which has a negative amount',
    payloads: payPalFlow(
      ['PAYMENT.SALE.COMPLETED', payPalSale('completed', '5.00')],
      ['PAYMENT.SALE.REFUNDED', { id: 'REFUND1', sale_id: 'SALE1', state: 'pending', amount: { total: '-2.00', currency: 'EUR' } }],
      ['PAYMENT.SALE.REFUNDED', { id: 'REFUND1', sale_id: 'SALE1', state: 'completed', amount: { total: '-2.00', currency: 'EUR' } }],
    ),
    movements: ['PAYMENT.SALE.COMPLETED 5.00 EUR', 'PAYMENT.SALE.REFUNDED 2.00 EUR'],
  }, {
    name: 'a checkout that is unpaid, and then paid',
    payloads: payPalFlow(
      ['CHECKOUT.ORDER.APPROVED', payPalOrder('APPROVED', '5.00')],
      ['PAYMENT.CAPTURE.PENDING', payPalCapture('PENDING', '5.00')],
      ['PAYMENT.CAPTURE.COMPLETED', payPalCapture('COMPLETED', '5.00')],
      ['CHECKOUT.ORDER.COMPLETED', payPalOrder('COMPLETED', '5.00')],
    ),
    movements: ['PAYMENT.CAPTURE.COMPLETED 5.00 EUR'],
  }, {
    name: 'a checkout that is declined',
    payloads: payPalFlow(
      ['CHECKOUT.ORDER.APPROVED', payPalOrder('APPROVED', '5.00')],
      ['PAYMENT.CAPTURE.DECLINED', payPalCapture('DECLINED', '5.00')],
      ['CHECKOUT.ORDER.DECLINED', payPalOrder('DECLINED', '5.00', { captures: [{ id: 'CAPTURE1', status: 'DECLINED' }] })],
      ['CHECKOUT.PAYMENT-APPROVAL.REVERSED', payPalOrder('VOIDED', '5.00')],
    ),
    movements: [],
    declines: 1,
  }, {
    name: 'the renewal of a subscription that is declined once, and then paid',
    payloads: payPalFlow(
      ['PAYMENT.SALE.DENIED', payPalSale('denied', '5.00')],
      ['BILLING.SUBSCRIPTION.PAYMENT.FAILED', {
        id: 'I-OWN',
        status: 'ACTIVE',
        billing_info: {
          outstanding_balance: payPalEur('15.00').amount, failed_payments_count: 1, last_failed_payment: { ...payPalEur('5.00'), reason_code: 'PAYMENT_DENIED' },
        },
      }],
      ['PAYMENT.SALE.COMPLETED', payPalSale('completed', '5.00', { id: 'SALE2' })],
    ),
    movements: ['PAYMENT.SALE.COMPLETED 5.00 EUR'],
    declines: 1,
  }, {
    name: 'a payment',
    payloads: [
      'CHECKOUT.ORDER.APPROVED', 'PAYMENT.AUTHORIZATION.CREATED', 'PAYMENT.CAPTURE.PENDING', 'PAYMENT.CAPTURE.COMPLETED', 'CHECKOUT.ORDER.COMPLETED',
      'INVOICING.INVOICE.PAID',
    ].map((type, index) => payPalEvent(`WH-${index}`, type, { id: 'CAPTURE1', amount: { currency_code: 'EUR', value: '5.00' } })),
    movements: ['PAYMENT.CAPTURE.COMPLETED 5.00 EUR'],
  }, {
    name: 'an inquiry of a buyer',
    payloads: ['CUSTOMER.DISPUTE.CREATED', 'CUSTOMER.DISPUTE.UPDATED', 'CUSTOMER.DISPUTE.RESOLVED'].map((type, index) => (
      payPalEvent(`WH-${index}`, type, { dispute_id: 'PP-D-1', dispute_life_cycle_stage: 'INQUIRY', dispute_amount: { currency_code: 'EUR', value: '5.00' } })
    )),
    movements: [],
  }, {
    name: 'a dispute that starts as a chargeback',
    payloads: ['CUSTOMER.DISPUTE.CREATED', 'CUSTOMER.DISPUTE.UPDATED', 'CUSTOMER.DISPUTE.RESOLVED'].map((type, index) => (
      payPalEvent(`WH-${index}`, type, { dispute_id: 'PP-D-1', dispute_life_cycle_stage: 'CHARGEBACK', dispute_amount: { currency_code: 'EUR', value: '5.00' } })
    )),
    movements: ['CUSTOMER.DISPUTE.CREATED 5.00 EUR'],
  }],

  minorUnits: {
    payload: (currency) => payPalEvent('WH-1', 'PAYMENT.CAPTURE.COMPLETED', { id: 'CAPTURE1', amount: { currency_code: currency, value: '10' } }),
    exponents: { USD: 2, JPY: 0, HUF: 0, TWD: 0 },
  },

  personalData: [{
    payload: payPalEvent('WH-1', 'CHECKOUT.ORDER.COMPLETED', { id: 'o1', payer: { email_address: PLANTED.email } }),
    emailDomain: PLANTED.emailDomain,
    email: PLANTED.emailContact,
    contact: PLANTED.emailContact,
  }],

  references: [
    { payload: payPalEvent('WH-1', 'CHECKOUT.ORDER.COMPLETED', { purchase_units: [{ custom_id: 'order-1', invoice_id: 'invoice-1' }] }), reference: 'order-1' },
    {
      payload: payPalEvent('WH-1', 'CHECKOUT.ORDER.COMPLETED', { purchase_units: [{ payee: { merchant_id: 'PAYEE1' }, invoice_id: 'invoice-1' }] }),
      reference: 'invoice-1',
      account: 'PAYEE1',
    },
    { payload: payPalEvent('WH-1', 'PAYMENT.SALE.COMPLETED', { custom: 'order-1', invoice_number: 'invoice-1' }), reference: 'order-1' },
    { payload: payPalEvent('WH-1', 'PAYMENT.SALE.COMPLETED', { invoice_number: 'invoice-1' }), reference: 'invoice-1' },
    { payload: payPalEvent('WH-1', 'CUSTOMER.DISPUTE.CREATED', { disputed_transactions: [{ custom: 'order-1', invoice_number: 'i-1' }] }), reference: 'order-1' },
    { payload: payPalEvent('WH-1', 'CUSTOMER.DISPUTE.CREATED', { disputed_transactions: [{ invoice_number: 'i-1' }] }), reference: 'i-1' },
    { payload: payPalEvent('WH-1', 'PAYMENT.PAYOUTS-ITEM.SUCCEEDED', { payout_item: { sender_item_id: 'payout-1' } }), reference: 'payout-1' },
  ],
} satisfies ProviderSamples;
