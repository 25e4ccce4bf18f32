import { randomBytes } from 'node:crypto';
import type { Kind } from '../../../src/private/contract';
import type { ProviderSimulator, SimulatedEvent, SimulatedPayment } from '../shared/simulators/provider-simulator';
import { signBody } from '../shared/simulators/sign-body';
import { numberOf, uuidOf } from '../shared/simulators/simulated-values';

/** An event (https://docs.worldpay.com/access/products/events/openapi). Its time has no time zone. */
function event(classification: string, type: string, kind: Kind, more: (payment: SimulatedPayment) => object = () => ({})): SimulatedEvent {
  return {
    kind,
    omits: ['customer'],
    body: (payment) => ({
      eventId: uuidOf(payment.eventId),
      eventTimestamp: payment.at.toISOString().replace('Z', ''),
      eventDetails: {
        classification,
        downstreamReference: String(numberOf(payment.id)),
        transactionReference: payment.reference,
        type,
        date: payment.at.toISOString().slice(0, 10),
        amount: { value: Number(payment.minor), currencyCode: payment.currency },
        merchant: { entity: 'default' },
        ...more(payment),
        _links: { payment: { href: '' } },
      },
    }),
  };
}

export const simulator = {
  events: {
    'payment.sentForSettlement': event('payment', 'sentForSettlement', 'captured'),
    'payment.authorized': event('payment', 'authorized', 'authorized', () => ({
      paymentInstrument: { cardBin: '444433', lastFour: '1111', countryCode: 'GB', expiryDate: { month: 12, year: 2030 }, cardBrand: 'visa', fundingType: 'debit' },
    })),
    'payment.sentForRefund': event('payment', 'sentForRefund', 'refunded', ({ eventId }) => ({ reference: `refund-${eventId}` })),
    'payment.chargedBack': event('payment', 'chargedBack', 'disputed'),
    'payment.refused': event('payment', 'refused', 'failed'),
    'payment.cancelled': event('payment', 'cancelled', 'canceled'),
    'payout.disbursed': event('payout', 'disbursed', 'paid-out'),
  },
  identifiesByReference: true,
  signsNoMode: true,

  /** https://docs.worldpay.com/access/products/events/signature */
  sign: signBody({ header: 'Event-Signature', prefix: '1/SHA256/', headers: () => ({ 'Content-Type': 'application/vnd.worldpay.events-v1.hal+json' }) }),

  newSecret: () => randomBytes(32).toString('hex'),
} satisfies ProviderSimulator;
