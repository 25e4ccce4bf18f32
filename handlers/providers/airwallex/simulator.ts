import { createHmac, randomBytes } from 'node:crypto';
import { DEFAULT_REFERENCE_KEY, type Kind } from '../../../src/private/contract';
import { JSON_CONTENT, type ProviderSimulator, type SimulatedEvent, type SimulatedPayment } from '../shared/simulators/provider-simulator';
import { emailOf, fingerprintOf, majorNumber } from '../shared/simulators/simulated-values';

/** An event with its data (https://www.airwallex.com/docs/developer-tools/webhooks/listen-for-webhook-events). */
function event(name: string, kind: Kind, data: (payment: SimulatedPayment, metadata: object) => object, omits?: SimulatedEvent['omits']): SimulatedEvent {
  return {
    kind,
    omits,
    body: (payment, { referenceKey = DEFAULT_REFERENCE_KEY }) => ({
      id: `evt_${payment.eventId}`,
      name,
      account_id: 'acct_Example00000001',
      created_at: timeOf(payment),
      data: data(payment, { [referenceKey]: payment.reference }),
    }),
  };
}

/** With an offset that has no colon. */
const timeOf = ({ at }: SimulatedPayment) => `${at.toISOString().slice(0, 19)}+0000`;
const isoTimesOf = (payment: SimulatedPayment) => ({ created_at: timeOf(payment), updated_at: timeOf(payment) });

const cardOf = (payment: SimulatedPayment) => ({
  brand: 'visa', bin: '411111', last4: '1111', issuer_country_code: 'HK', fingerprint: fingerprintOf(payment), expiry_month: '12', expiry_year: '2030',
});

/** https://www.airwallex.com/docs/payments/reference/payments-webhooks */
const intent = (payment: SimulatedPayment, metadata: object, status: string, capturedAmount: number) => ({
  object: {
    id: `int_${payment.id}`,
    request_id: `request_${payment.id}`,
    amount: majorNumber(payment),
    captured_amount: capturedAmount,
    currency: payment.currency,
    merchant_order_id: payment.reference,
    customer_id: payment.customer,
    latest_payment_attempt: {
      id: `att_${payment.id}`, payment_intent_id: `int_${payment.id}`, payment_method: { type: 'card', card: cardOf(payment), billing: { email: emailOf(payment) } },
    },
    metadata,
    status,
    ...isoTimesOf(payment),
  },
});

export const simulator = {
  events: {
    'payment_intent.succeeded': event('payment_intent.succeeded', 'captured', (payment, metadata) => intent(payment, metadata, 'SUCCEEDED', majorNumber(payment))),
    'payment_intent.requires_capture': event('payment_intent.requires_capture', 'authorized', (payment, metadata) => intent(payment, metadata, 'REQUIRES_CAPTURE', 0)),
    'refund.settled': event('refund.settled', 'refunded', (payment, metadata) => ({
      object: {
        id: `rfd_${payment.eventId}`,
        request_id: `request_${payment.eventId}`,
        payment_intent_id: `int_${payment.id}`,
        payment_attempt_id: `att_${payment.id}`,
        amount: majorNumber(payment),
        currency: payment.currency,
        reason: 'Return of goods',
        status: 'SETTLED',
        metadata,
        ...isoTimesOf(payment),
      },
    }), ['customer']),
    'payment_dispute.requires_response': event('payment_dispute.requires_response', 'disputed', (payment) => ({
      object: {
        id: `dsp_${payment.eventId}`,
        payment_intent_id: `int_${payment.id}`,
        payment_attempt_id: `att_${payment.id}`,
        merchant_order_id: payment.reference,
        amount: majorNumber(payment),
        currency: payment.currency,
        stage: 'CHARGEBACK',
        status: 'REQUIRES_RESPONSE',
        ...isoTimesOf(payment),
      },
    }), ['customer']),
    'payment_attempt.authorization_failed': event('payment_attempt.authorization_failed', 'failed', (payment) => ({
      object: {
        id: `att_${payment.eventId}`,
        payment_intent_id: `int_${payment.id}`,
        merchant_order_id: payment.reference,
        amount: majorNumber(payment),
        captured_amount: 0,
        refunded_amount: 0,
        currency: payment.currency,
        payment_method: {
          type: 'card',
          customer_id: payment.customer,
          card: cardOf(payment),
          billing: { email: emailOf(payment) },
        },
        failure_code: 'issuer_declined',
        status: 'FAILED',
        ...isoTimesOf(payment),
      },
    })),
    'payment_intent.cancelled': event('payment_intent.cancelled', 'canceled', (payment, metadata) => intent(payment, metadata, 'CANCELLED', 0)),
    // https://www.airwallex.com/docs/developer-tools__listen-for-webhook-events__payload-examples__payouts
    'payout.transfer.paid': event('payout.transfer.paid', 'paid-out', (payment) => ({
      id: payment.eventId,
      amount_payer_pays: majorNumber(payment),
      amount_beneficiary_receives: majorNumber(payment),
      source_currency: payment.currency,
      transfer_currency: payment.currency,
      reference: payment.reference,
      status: 'PAID',
      ...isoTimesOf(payment),
    }), ['customer']),
  },
  signsNoMode: true,

  /** https://www.airwallex.com/docs/developer-tools/webhooks/listen-for-webhook-events */
  sign(body, { secret, at }) {
    const time = String(at.getTime());
    return { body, headers: { ...JSON_CONTENT, 'x-timestamp': time, 'x-signature': createHmac('sha256', secret).update(time).update(body).digest('hex') } };
  },

  newSecret: () => `whsec_${randomBytes(24).toString('base64url')}`,
} satisfies ProviderSimulator;
