import { createHmac, randomBytes } from 'node:crypto';
import type { Kind } from '../../../src/private/contract';
import { JSON_CONTENT, type ProviderSimulator, type SimulatedEvent, type SimulatedPayment } from '../shared/simulators/provider-simulator';
import { emailOf, majorNumber, numberOf } from '../shared/simulators/simulated-values';

const API_VERSION = '2023-08-01';
const INDIA = { offset: '+05:30', milliseconds: 19_800_000 } as const;

/** An event with its data (https://www.cashfree.com/docs/api-reference/payments/latest/webhooks/overview). */
function event(type: string, kind: Kind, data: (payment: SimulatedPayment) => object, omits?: SimulatedEvent['omits']): SimulatedEvent {
  return { kind, omits, body: (payment) => ({ data: data(payment), event_time: timeInIndia(payment.at), type }) };
}

function timeInIndia(time: Date): string {
  return new Date(time.getTime() + INDIA.milliseconds).toISOString().slice(0, 19) + INDIA.offset;
}

const paymentIdOf = ({ id }: SimulatedPayment) => String(numberOf(id));

/** https://www.cashfree.com/docs/api-reference/payments/latest/payments/webhooks */
const attempt = (payment: SimulatedPayment, status: string, message: string, more: object = {}) => ({
  order: { order_id: payment.reference, order_amount: majorNumber(payment), order_currency: payment.currency, order_tags: null },
  payment: {
    cf_payment_id: paymentIdOf(payment),
    payment_status: status,
    payment_amount: majorNumber(payment),
    payment_currency: payment.currency,
    payment_message: message,
    payment_time: timeInIndia(payment.at),
    payment_method: { card: { channel: null, card_number: 'XXXXXXXXXXXX1111', card_network: 'visa', card_type: 'credit_card', card_country: 'IN', card_bank_name: 'Example Bank' } },
    payment_group: 'credit_card',
  },
  customer_details: { customer_name: 'Jane Example', customer_id: payment.customer, customer_email: emailOf(payment), customer_phone: '9900000000' },
  ...more,
});

export const simulator = {
  events: {
    PAYMENT_SUCCESS_WEBHOOK: event('PAYMENT_SUCCESS_WEBHOOK', 'captured', (payment) => attempt(payment, 'SUCCESS', 'Transaction successful')),
    // Refunds and disputes do not contain the id of the customer.
    REFUND_STATUS_WEBHOOK: event('REFUND_STATUS_WEBHOOK', 'refunded', (payment) => ({
      refund: {
        cf_refund_id: String(numberOf(payment.eventId)),
        cf_payment_id: paymentIdOf(payment),
        refund_id: `refund_${payment.eventId}`,
        order_id: payment.reference,
        refund_amount: majorNumber(payment),
        refund_currency: payment.currency,
        entity: 'Refund',
        refund_type: 'MERCHANT_INITIATED',
        refund_status: 'SUCCESS',
        status_description: 'Refund processed successfully',
        created_at: timeInIndia(payment.at),
      },
    }), ['customer']),
    DISPUTE_CREATED: event('DISPUTE_CREATED', 'disputed', (payment) => ({
      dispute: {
        dispute_id: String(numberOf(payment.eventId)),
        dispute_type: 'CHARGEBACK',
        reason_code: '1402',
        reason_description: 'Duplicate Processing',
        dispute_amount: majorNumber(payment),
        created_at: timeInIndia(payment.at),
        dispute_status: 'CHARGEBACK_CREATED',
      },
      order_details: {
        order_id: payment.reference,
        order_amount: majorNumber(payment),
        order_currency: payment.currency,
        cf_payment_id: paymentIdOf(payment),
        payment_amount: majorNumber(payment),
        payment_currency: payment.currency,
      },
      customer_details: { customer_name: 'Jane Example', customer_phone: '9900000000', customer_email: emailOf(payment) },
    }), ['customer']),
    PAYMENT_FAILED_WEBHOOK: event('PAYMENT_FAILED_WEBHOOK', 'failed', (payment) => attempt(payment, 'FAILED', 'Transaction failed', {
      error_details: { error_code: 'TRANSACTION_DECLINED', error_description: 'issuer bank declined the transaction', error_reason: 'auth_declined', error_source: 'customer' },
    })),
    PAYMENT_USER_DROPPED_WEBHOOK: event('PAYMENT_USER_DROPPED_WEBHOOK', 'canceled', (payment) => attempt(payment, 'USER_DROPPED', 'User dropped and did not complete the two factor authentication')),
  },
  signsNoMode: true,

  /** https://www.cashfree.com/docs/payments/online/webhooks/signature-verification */
  sign(body, { secret, at, eventId }) {
    const time = String(at.getTime());
    const signature = createHmac('sha256', secret).update(time).update(body).digest('base64');
    return {
      body,
      headers: { ...JSON_CONTENT, 'x-webhook-version': API_VERSION, 'x-idempotency-key': eventId, 'x-webhook-timestamp': time, 'x-webhook-signature': signature },
    };
  },

  newSecret: () => `cfsk_ma_test_${randomBytes(16).toString('hex')}_${randomBytes(4).toString('hex')}`,
} satisfies ProviderSimulator;
