import type { EventEnvelope, GoldenEvents } from '.';
import { transactionAssessed, transactionBlocked, transactionReceived } from './event-builders';
import type { TransactionReceivedDetail } from '../events/index';

const TIME = '2026-01-31T12:00:00.000Z';

/** The ids of the n-th event. */
function fixedIds(number: number, overrides: Partial<TransactionReceivedDetail>) {
  const digits = String(number).padStart(12, '0');
  const envelope: EventEnvelope = { id: `00000000-0000-4000-8000-${digits}` };
  const fields = {
    transaction_id: `stripe:pi_${digits}`,
    event_id: `evt_${digits}`,
    event_time: TIME,
    received_at: '2026-01-31T12:00:01.250Z',
    reference: `order-${1000 + number}`,
    customer_id: `cus_${digits}`,
    ...overrides,
  };
  return [fields, envelope] as const;
}

const BLOCKED = { amount: 60_000, currency: 'USD', country: 'DE', card_country: 'US' } as const;
/** The events of one payment refer to it. */
const PAYMENT = { transaction_id: 'stripe:pi_000000000001', reference: 'order-1001' } as const;

export const goldenEvents: GoldenEvents = frozen({
  captured: transactionReceived(...fixedIds(1, { amount: 49.9, status: 'succeeded' })),
  capturedMedium: transactionReceived(...fixedIds(2, { amount: 4200 })),
  capturedHigh: transactionReceived(...fixedIds(3, { amount: 25_000 })),
  authorized: transactionReceived(...fixedIds(4, { kind: 'authorized', amount: 49.9 })),
  refunded: transactionReceived(...fixedIds(5, { ...PAYMENT, kind: 'refunded', amount: 20, customer_id: undefined })),
  disputed: transactionReceived(...fixedIds(6, { ...PAYMENT, kind: 'disputed', amount: 49.9, customer_id: undefined })),
  failed: transactionReceived(...fixedIds(7, { kind: 'failed', amount: 49.9, status: 'failed' })),
  canceled: transactionReceived(...fixedIds(8, { kind: 'canceled', amount: 49.9, status: 'canceled' })),
  paidOut: transactionReceived(...fixedIds(9, {
    transaction_id: 'stripe:po_000000000009', kind: 'paid-out', provider_event: 'payout.paid', amount: 910.5, reference: undefined, customer_id: undefined, payment_method: undefined, country: undefined, card_country: undefined, card_bin: undefined, email_domain: undefined,
  })),
  guest: transactionReceived(...fixedIds(10, { amount: 49.9, customer_id: 'contact:3f6d1e0a9b7c52844d1c0fa86e5b9327' })),
  withMetadata: transactionReceived(...fixedIds(11, { amount: 49.9, metadata: { cart: 'cart-7', channel: 'app' } })),
  withBody: transactionReceived(...fixedIds(12, { amount: 49.9, body: '{"id":"evt_000000000012","type":"charge.succeeded"}' })),
  withoutAmount: transactionReceived(...fixedIds(13, { kind: 'other', provider_event: 'customer.updated', amount: undefined })),
  testMode: transactionReceived(...fixedIds(14, { amount: 49.9, live: false, money_movement: false })),
  approved: transactionAssessed(...fixedIds(3, { amount: 25_000 })),
  review: transactionAssessed(...assessed(15, 'review', { amount: 18_500, currency: 'GBP' })),
  assessedBlock: transactionAssessed(...assessed(16, 'block', BLOCKED)),
  blocked: transactionBlocked(...assessed(16, 'block', BLOCKED)),
});

function assessed<V extends 'review' | 'block'>(number: number, verdict: V, overrides: Partial<TransactionReceivedDetail>) {
  const [fields, envelope] = fixedIds(number, overrides);
  return [{ ...fields, verdict }, envelope] as const;
}

/** The same value, which nobody can change. */
function frozen<T extends object>(value: T): T {
  Object.values(value).forEach((member: unknown) => {
    if (typeof member === 'object' && member !== null) {
      frozen(member);
    }
  });
  return Object.freeze(value);
}
