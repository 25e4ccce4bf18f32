import { PLANTED, type ProviderSamples, type SamplePayload } from '../shared/samples/provider-samples';
import { providerConfig, signedBody } from '../shared/samples/sample-signing';

const HEADER = 'X-ANET-Signature';
const PREFIX = 'sha512=';
/** Like each Signature Key, 128 hexadecimal digits. */
const SECRET = '5F0D3A9C71E84B26'.repeat(8);

const authorizeNetEvent = (name: string, payload: object) => ({
  notificationId: `own-${name}`, eventType: `net.authorize.${name}`, eventDate: '2026-01-31T12:00:00.1559990Z', webhookId: 'w-own', payload,
});
const authorizeNetTransaction = (authAmount: number, more: object = {}) => ({
  responseCode: 1, authCode: '123456', avsResponse: 'Y', authAmount, entityName: 'transaction', id: '60019392075', ...more,
});
const outcome = (name: string, payload: object = {}): SamplePayload => ({
  payload: authorizeNetEvent(name, { responseCode: 1, entityName: 'transaction', id: '60019392075', ...payload }),
});

export const samples = {
  ...signedBody('authorize-net', { header: HEADER, algorithm: 'sha512', prefix: PREFIX, secret: SECRET }),
  config: providerConfig('authorize-net', { currency: 'USD' }),

  events: [
    {
      payload: authorizeNetEvent('payment.authcapture.created', authorizeNetTransaction(12500.5, { invoiceNumber: 'order-1001', merchantReferenceId: 'request-7' })),
      events: [{
        event: 'net.authorize.payment.authcapture.created',
        kind: 'captured',
        moneyMovement: true,
        amount: '12500.50 USD',
        transaction: '60019392075',
        carried: { status: '1', reference: 'order-1001' },
      }],
    },
    {
      payload: authorizeNetEvent('payment.refund.created', authorizeNetTransaction(2, { id: '40050000852' })),
      events: [{ event: 'net.authorize.payment.refund.created', kind: 'refunded', moneyMovement: true, amount: '2.00 USD', transaction: '40050000852' }],
    },
    {
      payload: authorizeNetEvent('customer.subscription.created', {
        entityName: 'subscription', id: '5369', name: 'Gold', amount: 10, status: 'active', profile: { customerProfileId: 394, customerPaymentProfileId: 694 },
      }),
      events: [{
        event: 'net.authorize.customer.subscription.created',
        kind: 'other',
        moneyMovement: false,
        transaction: '5369',
        carried: { customerId: '394' },
      }],
    },
  ],

  outcomes: {
    declined: ['authcapture', 'authorization', 'capture', 'priorAuthCapture'].map((name) => outcome(`payment.${name}.created`, { responseCode: 2 })),
    failed: [
      outcome('payment.authcapture.created', { responseCode: 3 }),
      outcome('payment.refund.created', { responseCode: 2 }),
      outcome('payment.fraud.declined'),
    ],
    canceled: [outcome('payment.void.created')],
    others: [outcome('payment.authcapture.created', { responseCode: 4 }), outcome('payment.refund.created', { responseCode: 4 })],
  },

  flows: [
    {
      name: 'an authorization with its capture, and a refund',
      payloads: [
        authorizeNetEvent('payment.authorization.created', authorizeNetTransaction(5)),
        authorizeNetEvent('payment.priorAuthCapture.created', authorizeNetTransaction(5)),
        authorizeNetEvent('payment.refund.created', authorizeNetTransaction(2)),
      ],
      movements: ['net.authorize.payment.priorAuthCapture.created 5.00 USD', 'net.authorize.payment.refund.created 2.00 USD'],
    },
    {
      name: 'a declined attempt, and a payment',
      payloads: [
        authorizeNetEvent('payment.authcapture.created', authorizeNetTransaction(5, { responseCode: 2 })),
        authorizeNetEvent('payment.authcapture.created', authorizeNetTransaction(5)),
      ],
      movements: ['net.authorize.payment.authcapture.created 5.00 USD'],
      declines: 1,
    },
    {
      name: 'a payment that is held and then declined, and one that is voided before its capture',
      payloads: [
        authorizeNetEvent('payment.authcapture.created', authorizeNetTransaction(5, { responseCode: 4 })),
        authorizeNetEvent('payment.fraud.held', authorizeNetTransaction(5, { responseCode: 4, fraudList: [{ fraudFilter: 'AmountFilter', fraudAction: 'authAndHold' }] })),
        authorizeNetEvent('payment.fraud.declined', authorizeNetTransaction(5)),
        authorizeNetEvent('payment.authorization.created', authorizeNetTransaction(5)),
        authorizeNetEvent('payment.void.created', authorizeNetTransaction(5)),
      ],
      movements: [],
    },
  ],

  // The account has one currency, which is configured.
  minorUnits: { payload: () => authorizeNetEvent('payment.authcapture.created', authorizeNetTransaction(12.34)), exponents: { USD: 2 } },

  personalData: [{
    payload: authorizeNetEvent('customer.created', { entityName: 'customerProfile', id: '394', email: PLANTED.email, card: PLANTED.cardNumber }),
  }],

  references: [
    { ...outcome('payment.capture.created', { merchantReferenceId: 'request-7' }), reference: 'request-7' },
    { ...outcome('payment.capture.created', { merchantReferenceId: 'request-7', invoiceNumber: 'order-1001' }), reference: 'order-1001' },
  ],
} satisfies ProviderSamples;
