/* eslint-disable @typescript-eslint/no-require-imports -- the package has no types */
import { PLANTED, type ProviderSamples } from '../shared/samples/provider-samples';
import { signedBody, succeeds } from '../shared/samples/sample-signing';

const HEADER = 'X-CC-Webhook-Signature';

const { Webhook: library } = require('coinbase-commerce-node') as {
  readonly Webhook: {
    readonly computeSignature: (payload: string, secret: string) => string;
    readonly verifySigHeader: (payload: string, signature: string, secret: string) => boolean;
  };
};

const coinbaseEvent = (id: string, type: string, status: string, more: object = {}) => ({
  attempt_number: 1,
  id: `attempt-${id}`,
  scheduled_for: '2026-01-31T12:00:01Z',
  event: {
    api_version: '2018-03-22',
    created_at: '2026-01-31T12:00:00Z',
    id,
    resource: 'event',
    type,
    data: {
      id: 'a-charge',
      code: 'OWNCODE1',
      name: 'A thing',
      pricing_type: 'fixed_price',
      pricing: { local: { amount: '12500.00', currency: 'USD' } },
      timeline: [{ status: 'NEW', time: '2026-01-31T11:50:00Z' }, { status, time: '2026-01-31T12:00:00Z' }],
      metadata: { customer_id: 'customer-1' },
      ...more,
    },
  },
});

/** An event of a charge of 10.00, with the statuses of its timeline and the amounts that were paid. */
const chargeEvent = (id: string, type: string, statuses: readonly string[], paid: readonly string[] = []) => (
  coinbaseEvent(id, type, '', {
    pricing: { local: { amount: '10.00', currency: 'USD' } },
    timeline: statuses.map((status, index) => ({ status, time: `2026-01-31T12:0${index}:00Z` })),
    payments: paid.map((amount) => ({ network: 'ethereum', status: 'CONFIRMED', value: { local: { amount, currency: 'USD' } } })),
  })
);

export const samples = {
  ...signedBody('coinbase-commerce', { header: HEADER, secret: '7d2a1f60-5b3c-4e89-9a04-c18f6e2b7d35', library: (text, secret) => library.computeSignature(text, secret) }),

  libraryAccepts: ({ body, headers }, secret) => succeeds(() => library.verifySigHeader(body.toString(), headers[HEADER], secret)),

  events: [
    {
      payload: coinbaseEvent('ev-1', 'charge:confirmed', 'COMPLETED', {
        metadata: { order_id: 'order-1001', customer_id: 'customer-1', email: 'Someone@Mail.example' },
        payments: [{ network: 'ethereum', status: 'CONFIRMED', value: { local: { amount: '12500.00', currency: 'USD' } } }],
      }),
      events: [{
        event: 'charge:confirmed',
        kind: 'captured',
        moneyMovement: true,
        amount: '12500.00 USD',
        transaction: 'OWNCODE1',
        carried: { status: 'COMPLETED', reference: 'order-1001', customerId: 'customer-1', paymentMethod: 'ethereum', emailDomain: 'mail.example' },
      }],
    },
    {
      payload: coinbaseEvent('ev-2', 'charge:failed', 'EXPIRED'),
      events: [{ event: 'charge:failed', kind: 'canceled', moneyMovement: false, amount: '12500.00 USD', transaction: 'OWNCODE1' }],
    },
    {
      payload: { id: 'attempt-3', event: { id: 'ev-3', type: 'charge:delayed', created_at: '2026-01-31T12:00:00Z', data: { code: 'OWNCODE2' } } },
      events: [{ event: 'charge:delayed', kind: 'other', moneyMovement: false, transaction: 'OWNCODE2' }],
    },
  ],

  outcomes: {
    // A payment in a cryptocurrency cannot be declined.
    declined: [],
    failed: [{ payload: coinbaseEvent('e1', 'charge:failed', 'UNRESOLVED') }],
    canceled: [{ payload: coinbaseEvent('e1', 'charge:failed', 'EXPIRED') }],
  },

  flows: [{
    name: 'a charge that is unpaid, and then paid',
    payloads: [
      chargeEvent('ev-1', 'charge:created', ['NEW']),
      chargeEvent('ev-2', 'charge:pending', ['NEW', 'PENDING'], ['10.00']),
      chargeEvent('ev-3', 'charge:confirmed', ['NEW', 'PENDING', 'COMPLETED'], ['10.00']),
    ],
    movements: ['charge:confirmed 10.00 USD'],
  }, {
    name: 'a charge that is underpaid, and resolved',
    payloads: [
      chargeEvent('ev-1', 'charge:created', ['NEW']),
      chargeEvent('ev-2', 'charge:pending', ['NEW', 'PENDING'], ['7.50']),
      chargeEvent('ev-3', 'charge:failed', ['NEW', 'PENDING', 'UNRESOLVED'], ['7.50']),
      chargeEvent('ev-4', 'charge:resolved', ['NEW', 'PENDING', 'UNRESOLVED', 'RESOLVED'], ['7.50']),
    ],
    movements: ['charge:resolved 7.50 USD'],
  }, {
    name: 'a charge that is overpaid with two payments, and resolved',
    payloads: [
      chargeEvent('ev-1', 'charge:failed', ['NEW', 'PENDING', 'UNRESOLVED'], ['7.50', '3.25']),
      chargeEvent('ev-2', 'charge:resolved', ['NEW', 'PENDING', 'UNRESOLVED', 'RESOLVED'], ['7.50', '3.25']),
    ],
    movements: ['charge:resolved 10.75 USD'],
  }, {
    name: 'a charge that is confirmed, and resolved later',
    payloads: [
      chargeEvent('ev-1', 'charge:confirmed', ['NEW', 'PENDING', 'COMPLETED'], ['10.00']),
      chargeEvent('ev-2', 'charge:resolved', ['NEW', 'PENDING', 'COMPLETED', 'UNRESOLVED', 'RESOLVED'], ['10.00']),
    ],
    movements: ['charge:confirmed 10.00 USD'],
  }, {
    name: 'a charge that expires',
    payloads: [chargeEvent('ev-1', 'charge:created', ['NEW']), chargeEvent('ev-2', 'charge:failed', ['NEW', 'EXPIRED'])],
    movements: [],
  }],

  minorUnits: {
    payload: (currency) => coinbaseEvent('ev-1', 'charge:confirmed', 'COMPLETED', { pricing: { local: { amount: '500', currency } } }),
    exponents: { USD: 2, JPY: 0, KWD: 3 },
  },

  metadata: [{
    payload: coinbaseEvent('e1', 'charge:confirmed', 'COMPLETED', { metadata: { cart: 'cart-7' } }), config: { metadataKeys: ['cart'] }, metadata: { cart: 'cart-7' },
  }],

  personalData: [{
    payload: coinbaseEvent('e1', 'charge:confirmed', 'COMPLETED', {
      pricing: { local: { amount: '5.00', currency: 'USD' } }, metadata: { email: PLANTED.email },
    }),
    emailDomain: PLANTED.emailDomain,
    email: PLANTED.emailContact,
    contact: PLANTED.emailContact,
  }],
} satisfies ProviderSamples;
