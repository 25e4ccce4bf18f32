import { createHmac, randomBytes } from 'node:crypto';
import type { Kind } from '../../../src/private/contract';
import { JSON_CONTENT, type ProviderSimulator, type SimulatedEvent, type SimulatedPayment } from '../shared/simulators/provider-simulator';

/** The metadata of a payout belongs to no payment. */
const PAYOUT = 'payouts';

/** A webhook with one event. It contains ids, and no amounts (https://developer.gocardless.com/api-reference/#events). */
function event(name: string, kind: Kind, links: (payment: SimulatedPayment) => object, details: object): SimulatedEvent {
  const [resource, action] = name.split('.');
  return {
    kind,
    omits: ['amount', 'currency', 'customer', ...resource === PAYOUT ? ['reference'] as const : []],
    body: (payment, { referenceKey = 'order_id' }) => ({
      events: [{
        id: `EV${payment.eventId.toUpperCase()}`,
        created_at: payment.at.toISOString(),
        resource_type: resource,
        action,
        links: { ...links(payment), organisation: 'OR0000SIMULATED' },
        details: { origin: 'gocardless', scheme: 'sepa_core', ...details },
        metadata: {},
        resource_metadata: resource === PAYOUT ? {} : { [referenceKey]: payment.reference },
      }],
      meta: { webhook_id: `WB${payment.eventId.toUpperCase()}` },
    }),
  };
}

const paymentLink = ({ id }: SimulatedPayment) => ({ payment: `PM${id.toUpperCase()}` });
const refundLinks = (payment: SimulatedPayment) => ({ ...paymentLink(payment), refund: `RF${payment.eventId.toUpperCase()}` });
const payoutLink = ({ id }: SimulatedPayment) => ({ payout: `PO${id.toUpperCase()}` });

export const simulator = {
  events: {
    'payments.confirmed': event('payments.confirmed', 'captured', paymentLink, { cause: 'payment_confirmed', description: 'Enough time has passed since the payment was submitted.' }),
    'refunds.created': event('refunds.created', 'refunded', refundLinks, { cause: 'refund_created', description: 'The refund has been created.' }),
    'payments.charged_back': event('payments.charged_back', 'disputed', paymentLink, {
      origin: 'bank', cause: 'authorisation_disputed', reason_code: 'MD06', description: 'The customer disputed the payment.',
    }),
    'payments.failed': event('payments.failed', 'failed', paymentLink, {
      origin: 'bank', cause: 'insufficient_funds', reason_code: 'AM04', description: 'The account has insufficient funds.',
    }),
    'payments.cancelled': event('payments.cancelled', 'canceled', paymentLink, { origin: 'api', cause: 'payment_cancelled', description: 'The payment was cancelled.' }),
    'payouts.paid': event('payouts.paid', 'paid-out', payoutLink, { cause: 'payout_paid', description: 'The payout has been sent.' }),
  },
  // Only an unsigned header names the environment.
  signsNoMode: true,

  /** https://developer.gocardless.com/api-reference/#webhooks-signing-webhooks */
  sign: (body, { secret }) => ({
    body, headers: { ...JSON_CONTENT, 'Origin': 'https://api.gocardless.com', 'Webhook-Signature': createHmac('sha256', secret).update(body).digest('hex') },
  }),

  newSecret: () => randomBytes(30).toString('base64url'),
} satisfies ProviderSimulator;
