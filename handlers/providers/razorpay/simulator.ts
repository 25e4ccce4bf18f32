import { randomBytes } from 'node:crypto';
import { DEFAULT_REFERENCE_KEY, type Kind } from '../../../src/private/contract';
import { JSON_CONTENT, type ProviderSimulator, type SimulatedEvent, type SimulatedPayment } from '../shared/simulators/provider-simulator';
import { signBody } from '../shared/simulators/sign-body';
import { emailOf } from '../shared/simulators/simulated-values';

type Entities = Readonly<Record<string, object>>;

/** An event with the entities that it is about (https://razorpay.com/docs/webhooks/payloads). */
function event(name: string, kind: Kind, entities: (payment: SimulatedPayment, notes: object) => Entities, omits?: SimulatedEvent['omits']): SimulatedEvent {
  return {
    kind,
    omits,
    body: (payment, { referenceKey = DEFAULT_REFERENCE_KEY }) => {
      const contained = entities(payment, { [referenceKey]: payment.reference });
      return {
        entity: 'event',
        account_id: 'acc_Example0000001',
        event: name,
        contains: Object.keys(contained),
        payload: Object.fromEntries(Object.entries(contained).map(([key, entity]) => [key, { entity }])),
        created_at: secondsOf(payment.at),
      };
    },
  };
}

const secondsOf = (time: Date) => Math.floor(time.getTime() / 1000);

const paymentEntity = ({ id, minor, currency, customer, at }: SimulatedPayment, notes: object, more: object) => ({
  id: `pay_${id}`,
  entity: 'payment',
  amount: Number(minor),
  currency,
  order_id: `order_${id}`,
  international: false,
  method: 'card',
  amount_refunded: 0,
  refund_status: null,
  card_id: `card_${id}`,
  email: emailOf({ customer }),
  contact: '+919900000000',
  customer_id: customer,
  notes,
  created_at: secondsOf(at),
  ...more,
});
const paid = (payment: SimulatedPayment, notes: object, more: object = {}) => paymentEntity(payment, notes, { status: 'captured', captured: true, error_code: null, ...more });

export const simulator = {
  events: {
    'payment.captured': event('payment.captured', 'captured', (payment, notes) => ({ payment: paid(payment, notes) })),
    'payment.authorized': event('payment.authorized', 'authorized', (payment, notes) => ({
      payment: paymentEntity(payment, notes, { status: 'authorized', captured: false }),
    })),
    'refund.processed': event('refund.processed', 'refunded', (payment, notes) => ({
      refund: {
        id: `rfnd_${payment.eventId}`,
        entity: 'refund',
        amount: Number(payment.minor),
        currency: payment.currency,
        payment_id: `pay_${payment.id}`,
        notes: [],
        receipt: null,
        status: 'processed',
        speed_requested: 'normal',
        speed_processed: 'normal',
        created_at: secondsOf(payment.at),
      },
      payment: paid(payment, notes, { status: 'refunded', amount_refunded: Number(payment.minor), refund_status: 'full' }),
    })),
    'payment.dispute.created': event('payment.dispute.created', 'disputed', (payment, notes) => ({
      payment: paid(payment, notes),
      dispute: {
        id: `disp_${payment.eventId}`,
        entity: 'dispute',
        payment_id: `pay_${payment.id}`,
        amount: Number(payment.minor),
        currency: payment.currency,
        amount_deducted: 0,
        reason_code: 'chargeback_authorization',
        phase: 'chargeback',
        status: 'open',
        created_at: secondsOf(payment.at),
      },
    })),
    'payment.failed': event('payment.failed', 'failed', (payment, notes) => ({
      payment: paymentEntity(payment, notes, {
        status: 'failed',
        captured: false,
        error_code: 'BAD_REQUEST_ERROR',
        error_description: 'Your payment could not be completed due to insufficient account balance.',
        error_source: 'customer',
        error_step: 'payment_authorization',
        error_reason: 'insufficient_funds',
      }),
    })),
    'payment_link.cancelled': event('payment_link.cancelled', 'canceled', ({ id, minor, currency, customer, reference, at }) => ({
      payment_link: {
        id: `plink_${id}`,
        entity: 'payment_link',
        amount: Number(minor),
        amount_paid: 0,
        currency,
        customer: { name: 'Jane Example', email: emailOf({ customer }) },
        notes: [],
        reference_id: reference,
        status: 'cancelled',
        cancelled_at: secondsOf(at),
      },
    }), ['customer']),
    'payout.processed': event('payout.processed', 'paid-out', ({ eventId, minor, currency, reference, at }) => ({
      payout: {
        id: `pout_${eventId}`,
        entity: 'payout',
        fund_account_id: `fa_${eventId}`,
        amount: Number(minor),
        currency,
        notes: [],
        fees: 590,
        tax: 90,
        status: 'processed',
        purpose: 'payout',
        mode: 'IMPS',
        reference_id: reference,
        created_at: secondsOf(at),
      },
    }), ['customer']),
  },
  signsNoMode: true,

  /** https://razorpay.com/docs/webhooks/validate-test */
  sign: signBody({ header: 'X-Razorpay-Signature', headers: ({ eventId }) => ({ ...JSON_CONTENT, 'x-razorpay-event-id': eventId }) }),

  newSecret: () => randomBytes(24).toString('hex'),
} satisfies ProviderSimulator;
