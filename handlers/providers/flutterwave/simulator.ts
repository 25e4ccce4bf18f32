import { randomBytes } from 'node:crypto';
import { DEFAULT_REFERENCE_KEY, type Kind } from '../../../src/private/contract';
import type { ProviderSimulator, SimulatedEvent, SimulatedPayment } from '../shared/simulators/provider-simulator';
import { signBody } from '../shared/simulators/sign-body';
import { emailOf, majorNumber } from '../shared/simulators/simulated-values';

/** An event of version 4 (https://developer.flutterwave.com/docs/webhooks). */
function event(name: string, kind: Kind, data: (payment: SimulatedPayment, meta: object) => object, omits?: SimulatedEvent['omits']): SimulatedEvent {
  return {
    kind,
    name,
    omits,
    body: (payment, { referenceKey = DEFAULT_REFERENCE_KEY }) => ({
      webhook_id: `wbk_${payment.eventId}`,
      timestamp: payment.at.getTime(),
      type: name,
      data: { ...data(payment, { [referenceKey]: payment.reference }), created_datetime: payment.at.toISOString() },
    }),
  };
}

const charge = (payment: SimulatedPayment, meta: object, status: string, response: object) => ({
  id: `chg_${payment.id}`,
  amount: majorNumber(payment),
  currency: payment.currency,
  customer: { id: payment.customer, email: emailOf(payment), name: { first: 'Jane', last: 'Example' }, address: { city: 'Lagos', country: 'NG' }, meta: {} },
  description: null,
  meta,
  payment_method: { type: 'card', id: `pmd_${payment.id}`, card: { network: 'VISA', last4: '1111', expiry_month: 12, expiry_year: 30 } },
  redirect_url: null,
  reference: `reference-${payment.id}`,
  status,
  processor_response: response,
});
/** https://developer.flutterwave.com/docs/direct-transfer-flow */
const transfer = (payment: SimulatedPayment, status: string) => ({
  id: `trf_${payment.id}`,
  type: 'bank',
  source_currency: payment.currency,
  destination_currency: payment.currency,
  amount: majorNumber(payment),
  reference: payment.reference,
  status,
  debit_information: { currency: payment.currency, actual_debit_amount: majorNumber(payment), rate_used: 1, vat: 0 },
  meta: {},
});

export const simulator = {
  events: {
    'charge.completed': event('charge.completed', 'captured', (payment, meta) => charge(payment, meta, 'succeeded', { type: 'approved', code: '00' })),
    'order.authorization': event('order.authorization', 'authorized', (payment, meta) => ({
      ...charge(payment, meta, 'authorized', { type: 'approved', code: '00' }), id: `ord_${payment.id}`,
    })),
    // https://developer.flutterwave.com/v4.0/docs/refunds: a refund has no currency.
    'refund.completed': event('refund.completed', 'refunded', (payment) => ({
      id: `rfd_${payment.eventId}`, charge_id: `chg_${payment.id}`, amount_refunded: majorNumber(payment), reason: 'requested_by_customer', status: 'completed', meta: {},
    }), ['currency', 'customer', 'reference']),
    'charge.completed/failed': event('charge.completed', 'failed', (payment, meta) => charge(payment, meta, 'failed', { type: 'insufficient_funds', code: '51' })),
    'charge.completed/voided': event('charge.completed', 'canceled', (payment, meta) => charge(payment, meta, 'voided', { type: 'approved', code: '00' })),
    'transfer.disburse': event('transfer.disburse', 'paid-out', (payment) => transfer(payment, 'SUCCESSFUL'), ['customer']),
  },
  signsNoMode: true,

  /** https://developer.flutterwave.com/docs/webhooks */
  sign: signBody({ header: 'flutterwave-signature', encoding: 'base64' }),

  newSecret: () => randomBytes(24).toString('hex'),
} satisfies ProviderSimulator;
