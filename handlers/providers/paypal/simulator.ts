import { randomBytes } from 'node:crypto';
import { payPal } from '.';
import { SecretField, type Kind } from '../../../src/private/contract';
import { JSON_CONTENT, type ProviderSimulator, type SimulatedEvent, type SimulatedPayment } from '../shared/simulators/provider-simulator';
import { emailOf, majorAmount, uuidOf } from '../shared/simulators/simulated-values';

/** An event (https://developer.paypal.com/api/rest/webhooks/event-names/). */
function event(type: string, kind: Kind, resource: (payment: SimulatedPayment) => object, omits: SimulatedEvent['omits'] = ['customer']): SimulatedEvent {
  return {
    kind,
    omits,
    body: (payment) => ({
      id: `WH-${payment.eventId.toUpperCase()}`,
      event_version: '1.0',
      create_time: payment.at.toISOString(),
      resource_type: type.split('.').at(-2)!.toLowerCase(),
      resource_version: '2.0',
      event_type: type,
      summary: `A simulated ${type}`,
      resource: resource(payment),
      links: [],
    }),
  };
}

const captureId = ({ id }: SimulatedPayment) => `CAP${id.toUpperCase()}`;
const authorizationId = ({ id }: SimulatedPayment) => `AUTH${id.toUpperCase()}`;
const amountOf = (payment: SimulatedPayment) => ({ currency_code: payment.currency, value: majorAmount(payment) });
const up = (path: string) => [{ rel: 'up', method: 'GET', href: `https://api.paypal.com/v2/${path}` }];

/** https://developer.paypal.com/docs/api/payments/v2/ */
const payment = (of: SimulatedPayment, id: string, status: string, links: object) => ({
  id,
  status,
  amount: amountOf(of),
  custom_id: of.reference,
  invoice_id: `invoice-${of.reference}`,
  payee: { email_address: 'shop@example.com', merchant_id: 'SIMULATED' },
  create_time: of.at.toISOString(),
  update_time: of.at.toISOString(),
  links,
});

const capture = (status: string) => (of: SimulatedPayment) => payment(of, captureId(of), status, up(`payments/authorizations/${authorizationId(of)}`));
const authorization = (status: string) => (of: SimulatedPayment) => payment(of, authorizationId(of), status, up(`checkout/orders/ORDER${of.id.toUpperCase()}`));
const refund = (of: SimulatedPayment) => payment(of, `REF${of.eventId.toUpperCase()}`, 'COMPLETED', up(`payments/captures/${captureId(of)}`));

/** https://developer.paypal.com/docs/api/customer-disputes/v1/ */
const dispute = (of: SimulatedPayment) => ({
  dispute_id: `PP-D-${of.eventId.toUpperCase()}`,
  reason: 'MERCHANDISE_OR_SERVICE_NOT_RECEIVED',
  status: 'OPEN',
  dispute_life_cycle_stage: 'CHARGEBACK',
  dispute_amount: amountOf(of),
  disputed_transactions: [{ seller_transaction_id: captureId(of), custom: of.reference }],
});

/** https://developer.paypal.com/docs/api/payments.payouts-batch/v1/ */
const payoutItem = (of: SimulatedPayment) => ({
  payout_item_id: `ITEM${of.id.toUpperCase()}`,
  transaction_status: 'SUCCESS',
  payout_item: { amount: { currency: of.currency, value: majorAmount(of) }, receiver: emailOf(of), sender_item_id: of.reference },
});

/** https://developer.paypal.com/docs/api/orders/v2/ */
const order = (of: SimulatedPayment) => ({
  id: `ORDER${of.id.toUpperCase()}`,
  intent: 'CAPTURE',
  status: 'COMPLETED',
  gross_amount: amountOf(of),
  purchase_units: [{ reference_id: 'default', custom_id: of.reference, payee: { merchant_id: 'SIMULATED' } }],
  payer: { payer_id: of.customer, email_address: emailOf(of), address: { country_code: 'DE' } },
});

/** The host of the certificate shows the sandbox. */
const CERTIFICATE_URL = 'https://api.paypal.com/v1/notifications/certs/CERT-simulated';

export const simulator = {
  events: {
    'PAYMENT.CAPTURE.COMPLETED': event('PAYMENT.CAPTURE.COMPLETED', 'captured', capture('COMPLETED')),
    'PAYMENT.AUTHORIZATION.CREATED': event('PAYMENT.AUTHORIZATION.CREATED', 'authorized', authorization('CREATED')),
    'PAYMENT.CAPTURE.REFUNDED': event('PAYMENT.CAPTURE.REFUNDED', 'refunded', refund),
    'CUSTOMER.DISPUTE.CREATED': event('CUSTOMER.DISPUTE.CREATED', 'disputed', dispute),
    'PAYMENT.CAPTURE.DECLINED': event('PAYMENT.CAPTURE.DECLINED', 'failed', capture('DECLINED')),
    'PAYMENT.AUTHORIZATION.VOIDED': event('PAYMENT.AUTHORIZATION.VOIDED', 'canceled', authorization('VOIDED')),
    'PAYMENT.PAYOUTS-ITEM.SUCCEEDED': event('PAYMENT.PAYOUTS-ITEM.SUCCEEDED', 'paid-out', payoutItem),
    'CHECKOUT.ORDER.COMPLETED': event('CHECKOUT.ORDER.COMPLETED', 'captured', order, []),
  },
  exponents: payPal.exponents,
  signsNoMode: true,
  cannotSign: 'Only PayPal can sign: the signature needs the private key of its certificate. '
    + 'Send events with the webhooks simulator of PayPal\'s developer dashboard, or make payments in its sandbox (https://developer.paypal.com/api/rest/webhooks/simulator/).',

  /** The headers of a delivery, without its signature. */
  sign: (body, { at, eventId }) => ({
    body,
    headers: {
      ...JSON_CONTENT,
      'PAYPAL-TRANSMISSION-ID': uuidOf(eventId),
      'PAYPAL-TRANSMISSION-TIME': at.toISOString().replace(/\.\d+Z$/, 'Z'),
      'PAYPAL-CERT-URL': CERTIFICATE_URL,
      'PAYPAL-AUTH-ALGO': 'SHA256withRSA',
    },
  }),

  newSecret: () => JSON.stringify({ [SecretField.WEBHOOK_ID]: randomBytes(9).toString('hex').slice(0, 17).toUpperCase() }),
} satisfies ProviderSimulator;
