import { createHmac, randomBytes } from 'node:crypto';
import { SecretField, type Kind } from '../../../src/private/contract';
import { JSON_CONTENT, type ProviderSimulator, type SimulatedEvent, type SimulatedPayment } from '../shared/simulators/provider-simulator';
import { emailOf, fingerprintOf, uuidOf } from '../shared/simulators/simulated-values';

const LOCATION = 'SIMULATED-LOCATION';
/** What an object has that refers to a payment instead of being one. */
const NO_OWNER = ['customer', 'reference'] as const;

/** An event about an object under its own name (https://developer.squareup.com/docs/webhooks/overview). */
function event(
  type: string, kind: Kind, object: (payment: SimulatedPayment) => { readonly id: string; readonly [field: string]: unknown }, omits?: SimulatedEvent['omits'],
): SimulatedEvent {
  const resource = type.split('.')[0];
  return {
    kind,
    name: type,
    omits,
    body: (payment) => {
      const content = object(payment);
      return {
        merchant_id: 'SIMULATED-MERCHANT',
        type,
        event_id: uuidOf(payment.eventId),
        created_at: payment.at.toISOString(),
        data: { type: resource, id: content.id, object: { [resource]: content } },
      };
    },
  };
}

const paymentId = ({ id }: SimulatedPayment) => `Pay${id}`;
const money = ({ minor, currency }: SimulatedPayment) => ({ amount: Number(minor), currency });

/** https://developer.squareup.com/reference/square/objects/Payment */
const payment = (of: SimulatedPayment, status: string, card: object) => ({
  id: paymentId(of),
  created_at: of.at.toISOString(),
  updated_at: of.at.toISOString(),
  amount_money: money(of),
  total_money: money(of),
  status,
  source_type: 'CARD',
  card_details: { card: { card_brand: 'VISA', last_4: '1111', bin: '411111', fingerprint: `sq-1-${fingerprintOf(of)}` }, ...card },
  risk_evaluation: { created_at: of.at.toISOString(), risk_level: 'NORMAL' },
  location_id: LOCATION,
  order_id: `Order${of.id}`,
  customer_id: of.customer,
  reference_id: of.reference,
  buyer_email_address: emailOf(of),
  billing_address: { country: 'DE' },
});

const timeline = ({ at }: SimulatedPayment, ...names: string[]) => ({
  card_payment_timeline: Object.fromEntries(names.map((name) => [name, at.toISOString()])),
});

/** https://developer.squareup.com/reference/square/objects/PaymentRefund */
const refund = (of: SimulatedPayment) => ({
  id: `${paymentId(of)}_${of.eventId}`,
  payment_id: paymentId(of),
  order_id: `Order${of.eventId}`,
  amount_money: money(of),
  status: 'COMPLETED',
  location_id: LOCATION,
  reason: 'Returned goods',
  created_at: of.at.toISOString(),
  updated_at: of.at.toISOString(),
});

/** https://developer.squareup.com/reference/square/objects/Dispute */
const dispute = (of: SimulatedPayment) => ({
  id: `Dispute${of.eventId}`,
  amount_money: money(of),
  disputed_payment: { payment_id: paymentId(of) },
  reason: 'NOT_AS_DESCRIBED',
  state: 'EVIDENCE_REQUIRED',
  card_brand: 'VISA',
  location_id: LOCATION,
  due_at: of.at.toISOString(),
  created_at: of.at.toISOString(),
  updated_at: of.at.toISOString(),
});

/** https://developer.squareup.com/reference/square/objects/Payout */
const payout = (of: SimulatedPayment) => ({
  id: `po_${uuidOf(of.id)}`,
  status: 'PAID',
  type: 'BATCH',
  amount_money: money(of),
  destination: { type: 'BANK_ACCOUNT', id: 'bact:SIMULATED' },
  location_id: LOCATION,
  arrival_date: of.at.toISOString().slice(0, 10),
});

export const simulator = {
  events: {
    'payment.updated': event('payment.updated', 'captured', (of) => payment(of, 'COMPLETED', { status: 'CAPTURED', ...timeline(of, 'authorized_at', 'captured_at') })),
    'payment.created': event('payment.created', 'authorized', (of) => payment(of, 'APPROVED', { status: 'AUTHORIZED', ...timeline(of, 'authorized_at') })),
    'refund.updated': event('refund.updated', 'refunded', refund, NO_OWNER),
    'dispute.created': event('dispute.created', 'disputed', dispute, NO_OWNER),
    'payment.created:failed': event('payment.created', 'failed', (of) => (
      payment(of, 'FAILED', { status: 'FAILED', errors: [{ category: 'PAYMENT_METHOD_ERROR', code: 'CARD_DECLINED' }] }))),
    'payment.updated:canceled': event('payment.updated', 'canceled', (of) => payment(of, 'CANCELED', { status: 'VOIDED', ...timeline(of, 'authorized_at', 'voided_at') })),
    'payout.paid': event('payout.paid', 'paid-out', payout, NO_OWNER),
  },
  signsNoMode: true,

  /** https://developer.squareup.com/docs/webhooks/step3validate */
  sign(body, { secret }) {
    const { [SecretField.SIGNATURE_KEY]: key, [SecretField.NOTIFICATION_URL]: url } = JSON.parse(secret) as Record<string, string>;
    return { body, headers: { ...JSON_CONTENT, 'x-square-hmacsha256-signature': createHmac('sha256', key).update(url).update(body).digest('base64') } };
  },

  newSecret: (url) => JSON.stringify({ [SecretField.SIGNATURE_KEY]: randomBytes(16).toString('base64url'), [SecretField.NOTIFICATION_URL]: url }),
} satisfies ProviderSimulator;
