/* eslint-disable @typescript-eslint/no-require-imports -- the package's entry point takes ten seconds to load, so only one of its files is loaded */
import { createHmac } from 'node:crypto';
import { dirname, join } from 'node:path';
import { SecretField } from '../../../src/private/contract';
import { alteredIn, otherField, withHeader } from '../shared/samples/changes';
import { PLANTED, type ProviderSamples, type SamplePayload } from '../shared/samples/provider-samples';
import { JSON_TYPE, providerConfig } from '../shared/samples/sample-signing';

const HEADER = 'x-square-hmacsha256-signature';
const ENDPOINT = { [SecretField.SIGNATURE_KEY]: 'Kc3yTUwEpkPmkKqLOYtYNw', [SecretField.NOTIFICATION_URL]: 'https://example.com/v1/webhook/square' };
const SECRET = JSON.stringify(ENDPOINT);

const { WebhooksHelper } = require(join(dirname(require.resolve('square')), 'wrapper', 'WebhooksHelper')) as typeof import('square');

function endpointOf(secret: string): { readonly key: string; readonly url: string } {
  const { [SecretField.SIGNATURE_KEY]: key, [SecretField.NOTIFICATION_URL]: url } = JSON.parse(secret) as Record<string, string>;
  return { key, url };
}

const squareEvent = (id: string, type: string, name: string, object: object) => ({
  merchant_id: 'a-merchant', type, event_id: id, created_at: '2026-01-31T12:00:00.000Z', data: { type: name, id: 'an-id', object: { [name]: object } },
});
const outcome = (type: string, content: object = { status: 'FAILED' }): SamplePayload => ({ payload: squareEvent('e-1', type, 'subject', { id: 's1', ...content }) });

const MONEY = { amount: 500, currency: 'EUR' };
const payment = (status: string, more: object = {}) => ({ id: 'PAYMENT1', status, amount_money: MONEY, total_money: MONEY, version: 1, ...more });

/** The events of a flow, each with its own id. */
const squareFlow = (...events: readonly (readonly [type: string, name: string, object: object])[]) => (
  events.map(([type, name, object], index) => squareEvent(`e-${index}`, type, name, object))
);
const squareEur = (amount: number) => ({ amount_money: { amount, currency: 'EUR' } });
const squarePaid = (amount: number, status: string, more: object = {}) => (
  payment(status, { ...squareEur(amount), total_money: squareEur(amount).amount_money, ...more })
);
const squareRefund = (amount: number, status: string, more: object = {}) => ({ id: 'REFUND1', payment_id: 'PAYMENT1', status, ...squareEur(amount), ...more });
const squareDispute = (amount: number, state: string) => ({ id: 'D1', state, ...squareEur(amount), disputed_payment: { payment_id: 'PAYMENT1' } });
const squareFee = (type: string) => ({ type, effective_at: '2026-01-31T14:00:00.000Z', amount_money: { amount: -12, currency: 'EUR' } });
/** An invoice shows the sum of its payments, not the one that was made. */
const squareInvoice = (status: string) => ({
  id: 'inv:1', status, order_id: 'ORDER1', payment_requests: [{ uid: 'PR1', computed_amount_money: MONEY, total_completed_amount_money: MONEY }],
});

export const samples = {
  config: providerConfig('square'),
  secret: SECRET,
  otherSecret: otherField(ENDPOINT, SecretField.SIGNATURE_KEY, SecretField.NOTIFICATION_URL),
  signatureHeaders: [HEADER],
  altered: alteredIn(HEADER),

  /** The URL of the endpoint is signed before the body. The library only verifies. */
  sign(payload, { secret = SECRET } = {}) {
    const { key, url } = endpointOf(secret);
    return { body: payload, headers: { ...JSON_TYPE, [HEADER]: createHmac('sha256', key).update(url).update(payload).digest('base64') } };
  },

  async libraryAccepts({ body, headers }, secret) {
    const { key, url } = endpointOf(secret);
    const requestBody = body.toString();
    return WebhooksHelper.verifySignature({ requestBody, signatureHeader: headers[HEADER], signatureKey: key, notificationUrl: url });
  },

  unsignedChanges: (webhook) => [withHeader(webhook, 'x-square-signature', 'other')],

  events: [
    {
      payload: squareEvent('event-1', 'payment.updated', 'payment', {
        id: 'PAYMENT1',
        status: 'COMPLETED',
        amount_money: { amount: 1250000, currency: 'USD' },
        total_money: { amount: 1250000, currency: 'USD' },
        source_type: 'CARD',
        reference_id: 'order-1001',
        card_details: { card: { bin: '540988', fingerprint: 'sq-1-card-of-jane' } },
        risk_evaluation: { created_at: '2026-01-31T12:00:00.000Z', risk_level: 'MODERATE' },
        customer_id: 'CUSTOMER1',
        buyer_email_address: 'Someone@Mail.example',
        billing_address: { country: 'US' },
      }),
      events: [{
        event: 'payment.updated',
        kind: 'captured',
        moneyMovement: true,
        amount: '12500.00 USD',
        transaction: 'PAYMENT1',
        carried: {
          status: 'COMPLETED',
          account: 'a-merchant',
          reference: 'order-1001',
          customerId: 'CUSTOMER1',
          paymentMethod: 'CARD',
          country: 'US',
          cardBin: '540988',
          cardFingerprint: 'sq-1-card-of-jane',
          emailDomain: 'mail.example',
          riskLevel: 'elevated',
        },
      }],
    },
    {
      payload: squareEvent('event-2', 'dispute.created', 'dispute', {
        id: 'DISPUTE1', state: 'EVIDENCE_REQUIRED', amount_money: { amount: 500, currency: 'JPY' }, disputed_payment: { payment_id: 'PAYMENT1' },
      }),
      events: [{ event: 'dispute.created', kind: 'disputed', moneyMovement: true, amount: '500 JPY', transaction: 'PAYMENT1' }],
    },
    {
      payload: squareEvent('event-3', 'customer.created', 'customer', { id: 'CUSTOMER1', given_name: 'A' }),
      events: [{ event: 'customer.created', kind: 'other', moneyMovement: false, transaction: 'CUSTOMER1' }],
    },
  ],

  outcomes: {
    declined: [outcome('payment.created'), outcome('payment.updated')],
    failed: ['invoice.scheduled_charge_failed', 'payout.failed', 'refund.updated', 'terminal.refund.updated'].map((type) => outcome(type)),
    canceled: [outcome('payment.updated', { status: 'CANCELED' })],
    pending: ['refund.created', 'refund.updated', 'terminal.refund.created', 'terminal.refund.updated'].map((type) => outcome(type, { status: 'PENDING' })),
    others: [outcome('payment.updated', { status: 'COMPLETED' })],
  },

  flows: [{
    name: 'a payment',
    payloads: [
      squareEvent('e-1', 'payment.created', 'payment', payment('APPROVED')),
      squareEvent('e-2', 'payment.updated', 'payment', payment('APPROVED', { version: 2 })),
      squareEvent('e-3', 'payment.updated', 'payment', payment('COMPLETED', { version: 3 })),
      squareEvent('e-4', 'payment.updated', 'payment', payment('COMPLETED', { version: 4, processing_fee: [{ amount_money: MONEY }] })),
      squareEvent('e-5', 'invoice.payment_made', 'invoice', squareInvoice('PAID')),
    ],
    movements: ['payment.updated 5.00 EUR'],
    withoutAmount: ['invoice.payment_made'],
  }, {
    name: 'an authorization that is captured in part, refunded in part and disputed, and the dispute is won',
    payloads: squareFlow(
      ['payment.created', 'payment', squarePaid(1000, 'APPROVED')],
      ['payment.updated', 'payment', squarePaid(600, 'APPROVED')],
      ['payment.updated', 'payment', squarePaid(600, 'COMPLETED')],
      ['refund.created', 'refund', squareRefund(200, 'PENDING')],
      ['payment.updated', 'payment', squarePaid(600, 'COMPLETED', { refund_ids: ['REFUND1'], refunded_money: squareEur(200).amount_money })],
      ['refund.updated', 'refund', squareRefund(200, 'COMPLETED', { processing_fee: [squareFee('INITIAL')] })],
      ['refund.updated', 'refund', squareRefund(200, 'COMPLETED', { processing_fee: [squareFee('INITIAL'), squareFee('ADJUSTMENT')] })],
      ['dispute.created', 'dispute', squareDispute(400, 'EVIDENCE_REQUIRED')],
      ['dispute.evidence.created', 'dispute', squareDispute(400, 'EVIDENCE_REQUIRED')],
      ['dispute.state.updated', 'dispute', squareDispute(400, 'PROCESSING')],
      ['dispute.state.updated', 'dispute', squareDispute(400, 'WON')],
    ),
    movements: ['payment.updated 6.00 EUR', 'refund.updated 2.00 EUR', 'dispute.created 4.00 EUR'],
  }, {
    name: 'a cash refund, which is complete at once',
    payloads: squareFlow(['refund.created', 'refund', squareRefund(200, 'COMPLETED', { destination_type: 'CASH' })]),
    movements: ['refund.created 2.00 EUR'],
  }, {
    name: 'a refund that fails',
    payloads: squareFlow(['refund.created', 'refund', squareRefund(200, 'PENDING')], ['refund.updated', 'refund', squareRefund(200, 'FAILED')]),
    movements: [],
  }, {
    name: 'a refund at a terminal',
    payloads: squareFlow(
      ['terminal.refund.created', 'refund', squareRefund(200, 'PENDING')],
      ['refund.created', 'refund', squareRefund(200, 'PENDING')],
      ['terminal.refund.updated', 'refund', squareRefund(200, 'COMPLETED')],
      ['refund.updated', 'refund', squareRefund(200, 'COMPLETED')],
    ),
    movements: ['refund.updated 2.00 EUR'],
  }, {
    name: 'a checkout that is unpaid, and then paid',
    payloads: squareFlow(
      ['terminal.checkout.created', 'checkout', { id: 'C1', status: 'PENDING', ...squareEur(500) }],
      ['terminal.checkout.updated', 'checkout', { id: 'C1', status: 'IN_PROGRESS', ...squareEur(500) }],
      ['payment.created', 'payment', payment('APPROVED')],
      ['payment.updated', 'payment', payment('COMPLETED')],
      ['terminal.checkout.updated', 'checkout', { id: 'C1', status: 'COMPLETED', ...squareEur(500), payment_ids: ['PAYMENT1'] }],
    ),
    movements: ['payment.updated 5.00 EUR'],
  }, {
    name: 'the renewal of a subscription that is declined once, and then paid',
    payloads: squareFlow(
      ['payment.created', 'payment', payment('FAILED', { card_details: { status: 'FAILED', errors: [{ code: 'CARD_DECLINED' }] } })],
      ['payment.updated', 'payment', payment('FAILED', { card_details: { status: 'FAILED', errors: [{ code: 'CARD_DECLINED' }] } })],
      ['invoice.scheduled_charge_failed', 'invoice', squareInvoice('UNPAID')],
      ['payment.created', 'payment', payment('APPROVED', { id: 'PAYMENT2' })],
      ['payment.updated', 'payment', payment('COMPLETED', { id: 'PAYMENT2' })],
      ['invoice.payment_made', 'invoice', squareInvoice('PAID')],
    ),
    movements: ['payment.updated 5.00 EUR'],
    declines: 1,
    withoutAmount: ['invoice.scheduled_charge_failed', 'invoice.payment_made'],
  }, {
    name: 'a payment that is approved and then fails, and a bank debit that fails',
    payloads: squareFlow(
      ['payment.created', 'payment', payment('APPROVED', { card_details: { card_payment_timeline: { authorized_at: '2026-01-31T12:00:00.000Z' } } })],
      ['payment.updated', 'payment', payment('FAILED', { card_details: { card_payment_timeline: { authorized_at: '2026-01-31T12:00:00.000Z' } } })],
      ['payment.created', 'payment', payment('PENDING', { id: 'PAYMENT2', source_type: 'BANK_ACCOUNT' })],
      ['payment.updated', 'payment', payment('FAILED', { id: 'PAYMENT2', source_type: 'BANK_ACCOUNT' })],
    ),
    movements: [],
    declines: 2,
  }, {
    name: 'an inquiry that becomes a dispute, which is won',
    payloads: ['INQUIRY_EVIDENCE_REQUIRED', 'INQUIRY_PROCESSING', 'EVIDENCE_REQUIRED', 'PROCESSING', 'WON'].map((state, index) => (
      squareEvent(`e-${index}`, index === 0 ? 'dispute.created' : 'dispute.state.updated', 'dispute', { id: 'D1', state, amount_money: MONEY })
    )),
    movements: ['dispute.state.updated 5.00 EUR'],
  }, {
    name: 'a dispute that is lost',
    payloads: ['EVIDENCE_REQUIRED', 'PROCESSING', 'LOST'].map((state, index) => (
      squareEvent(`e-${index}`, index === 0 ? 'dispute.created' : 'dispute.state.updated', 'dispute', { id: 'D1', state, amount_money: MONEY })
    )),
    movements: ['dispute.created 5.00 EUR'],
  }],

  minorUnits: {
    payload: (currency) => squareEvent('e-1', 'payment.updated', 'payment', payment('COMPLETED', { total_money: { amount: 5, currency } })),
    exponents: { USD: 2, JPY: 0, KWD: 3 },
  },

  personalData: [{
    payload: squareEvent('e-1', 'payment.updated', 'payment', payment('COMPLETED', {
      buyer_email_address: PLANTED.email, card_details: { card: { bin: PLANTED.cardNumber } },
    })),
    cardBin: PLANTED.cardBin,
    emailDomain: PLANTED.emailDomain,
    email: PLANTED.emailContact,
    contact: PLANTED.emailContact,
  }, {
    payload: squareEvent('e-1', 'invoice.updated', 'invoice', { id: 'inv:0-1', primary_recipient: { phone_number: PLANTED.phone } }),
    contact: PLANTED.phoneContact,
  }],
} satisfies ProviderSamples;
