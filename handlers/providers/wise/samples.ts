import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { alteredIn, withHeader } from '../shared/samples/changes';
import { PLANTED, type ProviderSamples, type SamplePayload } from '../shared/samples/provider-samples';
import { JSON_TYPE, providerConfig } from '../shared/samples/sample-signing';

const HEADER = 'X-Signature-SHA256';

const newPrivateKey = (): string => (
  generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64')
);
const wiseKey = (secret: string) => createPrivateKey({ key: Buffer.from(secret, 'base64'), format: 'der', type: 'pkcs8' });

/** Only Wise has the private keys of its public keys. */
const SECRET = newPrivateKey();
let otherKey: string | undefined;

const wiseEvent = (type: string, data: object) => ({
  data: { occurred_at: '2026-01-31T12:00:00.000Z', ...data },
  subscription_id: '01234567-89ab-cdef-0123-456789abcdef',
  event_type: type,
  schema_version: '4.0.0',
  sent_at: '2026-01-31T12:00:01.000Z',
});
const transfer = (more: object = {}) => ({ resource: { type: 'transfer', id: 111, profile_id: 222, account_id: 333, ...more } });
const stateChange = (state: string) => wiseEvent('transfers#state-change', { ...transfer(), current_state: state, previous_state: 'processing' });
const balance = (type: string, amount: unknown, currency: string, more: object = {}) => wiseEvent('balances#update', {
  resource: { type: 'balance-account', id: 2, profile_id: 222 }, amount, currency, transaction_type: type, step_id: 1234567, channel_name: 'TRANSFER', ...more,
});
const outcome = (payload: object): SamplePayload => ({ payload });

export const samples = {
  config: providerConfig('wise', {
    secretArns: [], publicKeys: [createPublicKey(wiseKey(SECRET)).export({ format: 'der', type: 'spki' }).toString('base64')],
  }),
  secret: SECRET,
  otherSecret: () => otherKey ??= newPrivateKey(),
  signatureHeaders: [HEADER],
  altered: alteredIn(HEADER),

  sign(payload, { secret = SECRET } = {}) {
    const headers = { 'X-Delivery-Id': 'a1b2c3d4-e5f6-7890-abcd-ef1234567890', 'X-Test-Notification': 'false' };
    return { body: payload, headers: { ...JSON_TYPE, ...headers, [HEADER]: sign('sha256', payload, wiseKey(secret)).toString('base64') } };
  },

  unsignedChanges: (webhook) => [withHeader(webhook, 'X-Delivery-Id', 'other'), withHeader(webhook, 'X-Test-Notification', 'true')],

  events: [
    {
      payload: balance('credit', 12500, 'GBP', { transfer_reference: 'BNK-1234567' }),
      events: [{
        event: 'balances#update',
        kind: 'captured',
        moneyMovement: true,
        amount: '12500.00 GBP',
        transaction: 'BNK-1234567',
        carried: { status: 'credit', account: '222', paymentMethod: 'TRANSFER' },
      }],
    },
    {
      payload: balance('debit', 9.6, 'GBP', { transfer_reference: '111' }),
      events: [{
        event: 'balances#update',
        kind: 'paid-out',
        moneyMovement: true,
        amount: '9.60 GBP',
        transaction: '111',
        carried: { status: 'debit', account: '222', paymentMethod: 'TRANSFER' },
      }],
    },
    {
      payload: wiseEvent('transfers#refund', transfer({ refund_amount: 5000, refund_currency: 'EUR' })),
      events: [{ event: 'transfers#refund', kind: 'refunded', moneyMovement: false, amount: '5000.00 EUR', transaction: '111', carried: { account: '222' } }],
    },
    {
      payload: stateChange('outgoing_payment_sent'),
      events: [{
        event: 'transfers#state-change',
        kind: 'paid-out',
        moneyMovement: false,
        transaction: '111',
        carried: { status: 'outgoing_payment_sent', account: '222' },
      }],
    },
    {
      payload: wiseEvent('transfers#payout-failure', { transfer_id: 111, profile_id: 222, failure_reason_code: 'WRONG_ID_NUMBER' }),
      events: [{
        event: 'transfers#payout-failure',
        kind: 'failed',
        moneyMovement: false,
        transaction: '111',
        carried: { status: 'WRONG_ID_NUMBER', account: '222' },
      }],
    },
  ],

  outcomes: {
    declined: [],
    failed: [outcome(stateChange('bounced_back')), outcome(wiseEvent('transfers#payout-failure', { transfer_id: 111 }))],
    canceled: [outcome(stateChange('cancelled'))],
    others: ['processing', 'outgoing_payment_sent', 'funds_refunded', 'charged_back'].map((state) => outcome(stateChange(state))),
  },

  flows: [{
    name: 'a transfer from a balance, whose payout bounces and is refunded to the balance',
    payloads: [
      balance('debit', 9.6, 'GBP', { transfer_reference: '111' }),
      wiseEvent('transfers#refund', transfer({ refund_amount: 9.6, refund_currency: 'GBP' })),
      balance('credit', 9.6, 'GBP', { transfer_reference: '111', step_id: 1234568 }),
    ],
    movements: ['balances#update 9.60 GBP', 'balances#update 9.60 GBP'],
  }],

  minorUnits: {
    payload: (currency) => balance('credit', 500, currency),
    exponents: { EUR: 2, JPY: 0, KWD: 3 },
  },

  personalData: [{
    payload: wiseEvent('swift-in#credit', { action: { id: 12345 }, resource: { id: '44444', sender: { account: PLANTED.cardNumber, email: PLANTED.email } } }),
  }],
} satisfies ProviderSamples;
