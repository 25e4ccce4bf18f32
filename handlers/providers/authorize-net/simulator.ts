import { randomBytes } from 'node:crypto';
import type { Kind } from '../../../src/private/contract';
import type { ProviderSimulator, SimulatedEvent, SimulatedPayment } from '../shared/simulators/provider-simulator';
import { signBody } from '../shared/simulators/sign-body';
import { majorNumber, numberOf, uuidOf } from '../shared/simulators/simulated-values';

const WEBHOOK_ID = uuidOf('0123456789ab');
const ResponseCode = { APPROVED: 1, DECLINED: 2 } as const;

/** A notification of a transaction, which contains neither a customer nor a currency (https://developer.authorize.net/api/reference/features/webhooks.html). */
function event(name: string, kind: Kind, payload: (payment: SimulatedPayment) => object = () => ({})): SimulatedEvent {
  const eventType = `net.authorize.payment.${name}`;
  return {
    kind,
    name: eventType,
    omits: ['customer'],
    body: (payment) => ({
      notificationId: uuidOf(payment.eventId),
      eventType,
      // With seven decimals.
      eventDate: payment.at.toISOString().replace('Z', '0000Z'),
      webhookId: WEBHOOK_ID,
      payload: {
        responseCode: ResponseCode.APPROVED,
        authCode: 'ABC123',
        avsResponse: 'Y',
        authAmount: majorNumber(payment),
        invoiceNumber: payment.reference,
        entityName: 'transaction',
        id: String(numberOf(payment.id)),
        ...payload(payment),
      },
    }),
  };
}

export const simulator = {
  events: {
    'net.authorize.payment.authcapture.created': event('authcapture.created', 'captured'),
    'net.authorize.payment.authorization.created': event('authorization.created', 'authorized'),
    'net.authorize.payment.priorAuthCapture.created': event('priorAuthCapture.created', 'captured'),
    'net.authorize.payment.refund.created': {
      ...event('refund.created', 'refunded', ({ eventId }) => ({ id: String(numberOf(eventId)) })),
      ownTransaction: true,
    },
    'net.authorize.payment.authcapture.created/declined': event('authcapture.created', 'failed', () => ({ responseCode: ResponseCode.DECLINED, authCode: '' })),
    'net.authorize.payment.fraud.declined': event('fraud.declined', 'failed'),
    'net.authorize.payment.void.created': event('void.created', 'canceled'),
  },
  signsNoMode: true,

  /** https://developer.authorize.net/api/reference/features/webhooks.html */
  sign: signBody({ header: 'X-ANET-Signature', algorithm: 'sha512', prefix: 'sha512=' }),

  newSecret: () => randomBytes(64).toString('hex').toUpperCase(),
} satisfies ProviderSimulator;
