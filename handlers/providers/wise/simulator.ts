import { generateKeyPairSync, createPrivateKey, sign } from 'node:crypto';
import type { Kind } from '../../../src/private/contract';
import { JSON_CONTENT, type ProviderSimulator, type SimulatedEvent, type SimulatedPayment } from '../shared/simulators/provider-simulator';
import { majorAmount, numberOf, uuidOf } from '../shared/simulators/simulated-values';

/** No event contains a customer, and the reference is the id of the transfer. */
const ANONYMOUS = ['customer', 'reference'] as const;
const PROFILE = 4000001;

/** An event (https://docs.wise.com/api-reference/webhook-event). */
function event(name: string, kind: Kind, data: (payment: SimulatedPayment) => object, omits: SimulatedEvent['omits'] = ANONYMOUS): SimulatedEvent {
  return {
    kind,
    name,
    omits,
    body: (payment) => ({
      data: { ...data(payment), occurred_at: payment.at.toISOString() },
      subscription_id: uuidOf(payment.eventId),
      event_type: name,
      schema_version: '4.0.0',
      sent_at: payment.at.toISOString(),
    }),
  };
}

/** A number, unlike the amounts of most providers. */
const amount = (payment: SimulatedPayment) => Number(majorAmount(payment));
const transfer = ({ id }: SimulatedPayment) => ({ type: 'transfer', id: numberOf(id), profile_id: PROFILE, account_id: 4000002 });

const balanceUpdate = (type: string) => (payment: SimulatedPayment) => ({
  resource: { type: 'balance-account', id: 4000003, profile_id: PROFILE },
  amount: amount(payment),
  balance_id: 4000003,
  channel_name: 'TRANSFER',
  currency: payment.currency,
  post_transaction_balance_amount: amount(payment),
  step_id: numberOf(payment.eventId),
  transaction_type: type,
  transfer_reference: String(numberOf(payment.id)),
});

const stateChange = (state: string) => (payment: SimulatedPayment) => (
  { resource: transfer(payment), current_state: state, previous_state: 'processing' }
);
const refund = (payment: SimulatedPayment) => (
  { resource: { ...transfer(payment), refund_amount: amount(payment), refund_currency: payment.currency } }
);
const WITHOUT_AMOUNT = ['amount', 'currency', ...ANONYMOUS] as const;

export const simulator = {
  events: {
    'balances#update': event('balances#update', 'captured', balanceUpdate('credit')),
    'balances#update:debit': event('balances#update', 'paid-out', balanceUpdate('debit')),
    'transfers#refund': event('transfers#refund', 'refunded', refund),
    'transfers#state-change': event('transfers#state-change', 'paid-out', stateChange('outgoing_payment_sent'), WITHOUT_AMOUNT),
    'transfers#state-change:charged_back': event('transfers#state-change', 'disputed', stateChange('charged_back'), WITHOUT_AMOUNT),
    'transfers#state-change:bounced_back': event('transfers#state-change', 'failed', stateChange('bounced_back'), WITHOUT_AMOUNT),
    'transfers#state-change:cancelled': event('transfers#state-change', 'canceled', stateChange('cancelled'), WITHOUT_AMOUNT),
  },
  // Its sandbox has its own key.
  signsNoMode: true,
  cannotSign: 'Only Wise can sign: it keeps the private keys of the public keys that the system verifies with. '
    + 'Create a transfer in the sandbox of Wise and simulate its states (https://docs.wise.com/api-reference/simulation).',

  /** With any private key, for systems in tests that verify with its public key. Without one, the request has no signature. */
  sign: (body, { secret, eventId }) => ({
    body,
    headers: {
      ...JSON_CONTENT,
      'X-Delivery-Id': uuidOf(eventId),
      'X-Test-Notification': 'false',
      ...secret !== '' && { 'X-Signature-SHA256': sign('sha256', body, createPrivateKey(secret)).toString('base64') },
    },
  }),

  newSecret: () => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'pem', type: 'pkcs8' }) as string,
} satisfies ProviderSimulator;
