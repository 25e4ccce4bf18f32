import { createHmac, randomBytes } from 'node:crypto';
import { DEFAULT_REFERENCE_KEY, type Kind } from '../../../src/private/contract';
import { JSON_CONTENT, type ProviderSimulator, type SimulatedEvent, type SimulatedPayment } from '../shared/simulators/provider-simulator';

/** An event about an entity (https://developer.paddle.com/webhooks). */
function event(name: string, kind: Kind, entity: (payment: SimulatedPayment, customData: object) => object, omits?: SimulatedEvent['omits']): SimulatedEvent {
  return {
    kind,
    omits,
    body: (payment, { referenceKey = DEFAULT_REFERENCE_KEY }) => ({
      event_id: paddleId('evt', payment.eventId),
      event_type: name,
      occurred_at: timeOf(payment),
      notification_id: paddleId('ntf', payment.eventId),
      data: entity(payment, { [referenceKey]: payment.reference }),
    }),
  };
}

/** With 26 characters after the prefix. */
const paddleId = (prefix: string, id: string) => `${prefix}_01j0${id.padStart(22, '0')}`;
/** With microseconds. */
const timeOf = ({ at }: SimulatedPayment) => at.toISOString().replace('Z', '000Z');

const transaction = (payment: SimulatedPayment, customData: object, status: string, paymentStatus: string) => {
  const total = payment.minor.toString();
  return {
    id: paddleId('txn', payment.id),
    status,
    customer_id: payment.customer,
    currency_code: payment.currency,
    origin: 'web',
    collection_mode: 'automatic',
    custom_data: customData,
    details: { totals: { subtotal: total, discount: '0', tax: '0', total, credit: '0', balance: '0', grand_total: total, currency_code: payment.currency } },
    payments: [{
      payment_attempt_id: payment.eventId,
      amount: total,
      status: paymentStatus,
      error_code: paymentStatus === 'error' ? 'declined' : null,
      method_details: { type: 'card', card: { type: 'visa', last4: '4242', expiry_month: 12, expiry_year: 2030 } },
    }],
    created_at: timeOf(payment),
    updated_at: timeOf(payment),
  };
};

/** https://developer.paddle.com/webhooks/adjustments/adjustment-created */
const adjustment = (payment: SimulatedPayment, action: string, reason: string) => {
  const total = payment.minor.toString();
  return {
    id: paddleId('adj', payment.eventId),
    action,
    transaction_id: paddleId('txn', payment.id),
    customer_id: payment.customer,
    reason,
    currency_code: payment.currency,
    status: 'approved',
    totals: { subtotal: total, tax: '0', total, fee: '0', earnings: total, currency_code: payment.currency },
    created_at: timeOf(payment),
    updated_at: timeOf(payment),
  };
};

export const simulator = {
  events: {
    'transaction.completed': event('transaction.completed', 'captured', (payment, customData) => transaction(payment, customData, 'completed', 'captured')),
    'adjustment.updated': event('adjustment.updated', 'refunded', (payment) => adjustment(payment, 'refund', 'requested by the customer'), ['reference']),
    'adjustment.created': event('adjustment.created', 'disputed', (payment) => adjustment(payment, 'chargeback', 'fraud'), ['reference']),
    'transaction.payment_failed': event('transaction.payment_failed', 'failed', (payment, customData) => transaction(payment, customData, 'past_due', 'error')),
    'transaction.canceled': event('transaction.canceled', 'canceled', (payment, customData) => transaction(payment, customData, 'canceled', 'canceled')),
    'payout.paid': event('payout.paid', 'paid-out', ({ eventId, minor, currency }) => (
      { id: paddleId('pay', eventId), status: 'paid', amount: minor.toString(), currency_code: currency }
    ), ['customer', 'reference']),
  },
  signsNoMode: true,

  /** https://developer.paddle.com/webhooks/signature-verification */
  sign(body, { secret, at }) {
    const time = Math.floor(at.getTime() / 1000);
    const signature = createHmac('sha256', secret).update(`${time}:`).update(body).digest('hex');
    return { body, headers: { ...JSON_CONTENT, 'Paddle-Signature': `ts=${time};h1=${signature}` } };
  },

  newSecret: () => `pdl_ntfset_${randomBytes(13).toString('hex')}_${randomBytes(24).toString('base64url')}`,
} satisfies ProviderSimulator;
