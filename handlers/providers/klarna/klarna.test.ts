import { createHmac } from 'node:crypto';
import { klarna } from '.';
import { samples } from './samples';
import { describeProviderContract } from '../../../test/handlers/support/provider-contract';
import { context, request } from '../../../test/handlers/support/webhooks';
import type { Headers } from '../shared/samples/provider-samples';

const BODY = Buffer.from('{"metadata":{"event_type":"payment.request.state-change.completed"},"payload":{}}');
const sign = (encoding: 'hex' | 'base64') => createHmac('sha256', samples.secret).update(BODY).digest(encoding);
const read = (body: unknown) => klarna.normalize(request({ body: Buffer.from(JSON.stringify(body)), headers: {} }));
const eventOf = (type: string, payload: unknown, metadata: object = {}) => ({ metadata: { event_type: type, event_id: 'event-1', ...metadata }, payload });

/** The parts of the payload in Klarna's API that are read, or that repeat them under another name. */
const PUBLISHED_DISPUTE = {
  event_type: 'payment.dispute.state-change.initiated',
  event_id: 'd9f9b1a0-5b1a-4b0e-9b0a-9e9b1a0d5b1a',
  occurred_at: '2024-01-01T12:00:00Z',
  metadata: {
    event_type: 'payment.dispute.state-change.initiated',
    event_id: 'd9f9b1a0-5b1a-4b0e-9b0a-9e9b1a0d5b1a',
    event_version: 'v1',
    occurred_at: '2024-01-01T12:00:00Z',
    merchant_id: 'K000000',
    live: true,
    subject_account_id: 'subject_account_id2',
    recipient_account_id: 'recipient_account_id0',
  },
  payload: {
    payment_dispute_id: 'krn:network:us1:live:payment:dispute:5169719611111',
    payment_transaction_id: 'krn:payment:eu1:authorization:6debe89e-98c0-486e-b7a5-08a4f6df94b0',
    order_id: '5c8ca572-5751-4f0a-ab2f-0a29aa845b37',
    payment_transaction_reference: 'f420e0e1-971b-417a-8ece-2626387eff36',
    merchant_reference2: '501',
    state: 'INITIATED',
    dispute_reason: 'REFUND_NOT_PROCESSED',
    dispute_details: { dispute_amount: 39900, currency: 'EUR', created_by: 'CUSTOMER' },
    purchase_reference: 'purchase_reference8',
  },
};

describeProviderContract(samples);

test.each<[Headers, string]>([
  [{ 'Klarna-Signature': sign('hex') }, 'authentic'],
  [{ 'Klarna-Signature': sign('hex'), 'Klarna-Signing-Key-Id': 'unknown' }, 'authentic'],
  [{ 'Klarna-Signature': sign('base64') }, 'signature_malformed'],
  [{ 'Klarna-Signing-Key-Id': 'key-1' }, 'signature_missing'],
])('answers the headers %j with %s', (headers, result) => {
  expect(klarna.verify(request({ body: BODY, headers }), [samples.secret], context(samples.config, new Date()))).toBe(result);
});

describe('normalize', () => {
  test('reads every field of the dispute that Klarna publishes', () => {
    expect(read(PUBLISHED_DISPUTE)).toEqual({
      parsed: true,
      fields: {
        eventId: 'd9f9b1a0-5b1a-4b0e-9b0a-9e9b1a0d5b1a',
        transactionId: 'krn:payment:eu1:authorization:6debe89e-98c0-486e-b7a5-08a4f6df94b0',
        eventName: 'payment.dispute.state-change.initiated',
        kind: 'disputed',
        status: 'INITIATED',
        live: true,
        money: { minor: 39900n, exponent: 2 },
        currency: 'EUR',
        account: 'subject_account_id2',
        reference: 'purchase_reference8',
        eventTime: new Date('2024-01-01T12:00:00Z'),
        moneyMovement: true,
        declined: false,
      },
    });
  });

  test('marks events of a test account, which Klarna signs', () => {
    expect(read(eventOf('payment.request.state-change.completed', {}, { live: false })).fields.live).toBe(false);
  });

  test.each([
    ['payment.request.state-change.completed', 'COMPLETED', 'authorized'],
    ['payment.request.state-change.in-progress', 'IN_PROGRESS', 'other'],
    ['payment.request.state-change.declined', 'DECLINED', 'failed'],
    ['payment.request.state-change.completed', 'DECLINED', 'failed'],
    ['payment.request.state-change.completed', undefined, 'authorized'],
    ['payment.transaction.state-change.completed', 'COMPLETED', 'captured'],
    ['payment.transaction.state-change.closed', 'CLOSED', 'other'],
    ['payment.dispute.state-change.closed', 'CLOSED', 'disputed'],
    ['payment.other', 'COMPLETED', 'other'],
  ])('reads %s in the state %s as %s', (type, state, kind) => {
    expect(read(eventOf(type, { state })).fields).toMatchObject({ kind, declined: kind === 'failed' });
  });

  test.each<[unknown, string | undefined]>([
    [{}, undefined], [null, undefined], ['text', undefined], [[], undefined],
    [eventOf('payment.request.state-change.completed', undefined), 'event-1'], [{ metadata: { event_id: 'event-1' }, payload: {} }, 'event-1'],
  ])('does not parse %j, and reads its id as %s', (body, eventId) => {
    expect(read(body)).toMatchObject({ parsed: false, fields: { eventId, kind: 'other', moneyMovement: false } });
  });

  test.each([12.5, '12.50', {}])('does not parse the amount %p, but the other fields', (amount) => {
    expect(read(eventOf('payment.dispute.state-change.initiated', { state: 'INITIATED', dispute_details: { dispute_amount: amount, currency: 'EUR' } })))
      .toMatchObject({ parsed: false, fields: { currency: 'EUR', status: 'INITIATED', money: undefined } });
  });
});
