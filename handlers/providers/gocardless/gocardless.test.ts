import { createHmac } from 'node:crypto';
import { goCardless } from '.';
import { samples } from './samples';
import type { ProviderConfig } from '../../../src/private/contract';
import { describeProviderContract } from '../../../test/handlers/support/provider-contract';
import { describePublished, payloads, vectors } from '../../../test/handlers/support/published';
import { context, request } from '../../../test/handlers/support/webhooks';
import type { SignedWebhook } from '../shared/samples/provider-samples';

interface GoCardlessLibrary {
  readonly parse: (body: Buffer, secret: string, signature: string) => object[];
  readonly verifySignature: (body: Buffer, secret: string, signature: string) => void;
}

const library = jest.requireActual<GoCardlessLibrary>('gocardless-nodejs/webhooks');

const CONFIG: ProviderConfig = { name: 'gocardless', scheme: 'gocardless', secretArns: [] };
const SECRET = 'Qm4tW8yB1nZ6kD3sX0vR5cJ7hL2pF9gT';
const HEADER = 'Webhook-Signature';

const sign = (body: Buffer | string, secret = SECRET) => createHmac('sha256', secret).update(body).digest('hex');
const signed = (body: Buffer | string, secret = SECRET): SignedWebhook => ({ body: Buffer.from(body), headers: { [HEADER]: sign(body, secret) } });
const verify = (webhook: SignedWebhook, secrets: readonly string[] = [SECRET]) => (
  goCardless.verify(request(webhook), secrets, context(CONFIG, new Date()))
);
const split = (webhook: SignedWebhook) => goCardless.batch.split(request(webhook)).map(({ body }) => body.toString());
const read = (event: unknown) => goCardless.normalize(request({ body: Buffer.from(JSON.stringify(event)), headers: {} }), samples.config);

/** Whether GoCardless's own library accepts a webhook. */
const libraryAccepts = (webhook: SignedWebhook, secret = SECRET) => samples.libraryAccepts(webhook, secret);

describeProviderContract(samples);

describePublished('the published material of GoCardless', () => {
  test.each(vectors('gocardless').map((vector) => [vector.name, vector] as const))('%s', (_, vector) => {
    expect(verify({ body: Buffer.from(vector.rawBody), headers: vector.headers }, [vector.secret!])).toBe('authentic');
  });

  test.each(payloads('gocardless'))('%s is split into events that are parsed', (_, body) => {
    const events = split(signed(body));

    expect(events.map((event) => JSON.parse(event) as unknown)).toEqual(library.parse(body, SECRET, sign(body)));
    expect(events.map((event) => read(JSON.parse(event)))).toEqual(events.map(() => expect.objectContaining({ parsed: true })));
  });
});

describe('verify', () => {
  test('accepts a signature by any of the secrets, and in upper case, like the library', () => {
    const webhook = { ...signed('{}'), headers: { [HEADER]: sign('{}').toUpperCase() } };

    expect([verify(webhook, ['old', SECRET]), libraryAccepts(webhook)]).toEqual(['authentic', true]);
  });

  test.each([['mixed case', sign('{}').replace(/[a-f]/, (digit) => digit.toUpperCase())], ['text after it', `${sign('{}')} x`]])(
    'rejects a signature with %s, which the library accepts', (_, signature) => {
      const webhook = { ...signed('{}'), headers: { [HEADER]: signature } };

      expect([verify(webhook), libraryAccepts(webhook)]).toEqual(['signature_malformed', true]);
    });

  test.each<[string, SignedWebhook['headers'], string]>([
    ['no signature', {}, 'signature_missing'],
    ['an empty signature', { [HEADER]: '' }, 'signature_missing'],
    ['a signature that is not hexadecimal', { [HEADER]: 'rubbish' }, 'signature_malformed'],
    ['half a signature', { [HEADER]: sign('{}').slice(32) }, 'signature_mismatch'],
    ['a repeated signature', { [HEADER]: sign('{}'), [HEADER.toLowerCase()]: sign('{}') }, 'signature_malformed'],
  ])('rejects %s', (_, headers, reason) => {
    expect(verify({ body: Buffer.from('{}'), headers })).toBe(reason);
  });

  test('returns the status 498 for a rejection', () => {
    expect(goCardless.acknowledgement).toEqual({ rejectedStatus: 498 });
  });
});

describe('the events of a request', () => {
  test('have one signature and are normalized one by one', () => {
    const body = '{"events": [{"id": "EV1", "amount": 9007199254740993}, {"id": "EV2"}], "meta": {"webhook_id": "WB1"}}';

    expect(goCardless.batch.signed).toBe('together');
    expect(split(signed(body))).toEqual(['{"id": "EV1", "amount": 9007199254740993}', '{"id": "EV2"}']);
  });

  test.each(['{"events": []}', '{"meta": {}}', '[]', 'rubbish'])('the request is unparsed as a whole if %s contains no event', (body) => {
    expect(split(signed(body))).toEqual([body]);
    expect(goCardless.normalize(request(signed(body)), samples.config)).toMatchObject({ parsed: false, fields: { eventId: undefined, kind: 'other', live: true } });
  });
});

describe('normalize', () => {
  const EVENT = {
    id: 'EV0001',
    created_at: '2026-01-31T12:00:00.123Z',
    resource_type: 'payments',
    action: 'confirmed',
    links: { payment: 'PM0001', customer: 'CU0001', organisation: 'OR0001' },
    details: { origin: 'gocardless', cause: 'payment_confirmed', scheme: 'bacs', description: 'Enough time has passed.' },
    metadata: {},
  };
  const fields = (overrides: object) => read({ ...EVENT, ...overrides }).fields;

  test('reads every field of an event', () => {
    expect(read(EVENT)).toEqual({
      parsed: true,
      fields: {
        eventId: 'EV0001',
        transactionId: 'PM0001',
        eventName: 'payments.confirmed',
        kind: 'captured',
        status: 'confirmed',
        live: true,
        account: 'OR0001',
        customerId: 'CU0001',
        paymentMethod: 'bacs',
        eventTime: new Date('2026-01-31T12:00:00.123Z'),
        moneyMovement: false,
        declined: false,
      },
    });
  });

  test.each<[string, unknown, string | undefined]>([
    ['refunds', { payment: 'PM1', refund: 'RF1' }, 'PM1'],
    ['subscriptions', { payment: 'PM1', subscription: 'SB1' }, 'PM1'],
    ['refunds', { refund: 'RF1' }, 'RF1'],
    ['payouts', { payout: 'PO1', creditor: 'CR1' }, 'PO1'],
    ['mandates', { organisation: 'OR1', mandate: 'MD1' }, 'MD1'],
    ['subscriptions', { subscription: 'SB1' }, 'SB1'],
    ['billing_requests', { billing_request: 'BRQ1' }, 'BRQ1'],
    ['payment_account_transactions', { payment_account_transaction: 'PATR1' }, 'PATR1'],
    ['customer', { customer: 'CU1' }, 'CU1'],
    ['payments', { refund: 'RF1' }, undefined],
    ['payments', { payment: null }, undefined],
    ['constructors', {}, undefined],
    ['payments', undefined, undefined],
    ['payments', ['PM1'], undefined],
  ])('reads the transaction of %s with %j as %s', (resource_type, links, transactionId) => {
    expect(fields({ resource_type, links }).transactionId).toBe(transactionId);
  });

  test.each([
    ['payments.confirmed', 'captured'], ['payments.failed', 'failed'], ['payments.late_failure_settled', 'failed'],
    ['payments.customer_approval_denied', 'failed'], ['payments.charged_back', 'disputed'], ['payments.chargeback_cancelled', 'disputed'],
    ['payments.chargeback_settled', 'disputed'], ['payments.paid_out', 'paid-out'], ['payouts.paid', 'paid-out'],
    ['outbound_payments.executed', 'paid-out'], ['outbound_payments.failed', 'failed'], ['refunds.created', 'refunded'], ['refunds.paid', 'refunded'],
    ['refunds.refund_settled', 'refunded'], ['refunds.failed', 'failed'], ['refunds.funds_returned', 'failed'], ['payments.created', 'other'],
    ['payments.submitted', 'other'], ['payments.cancelled', 'canceled'], ['outbound_payments.cancelled', 'canceled'], ['payouts.fx_rate_confirmed', 'other'], ['mandates.failed', 'other'],
    ['subscriptions.created', 'other'], ['mandates.cancelled', 'other'], ['subscriptions.cancelled', 'other'],
  ])('reads %s as %s, without a money movement, because it has no amount', (eventName, kind) => {
    const [resource_type, action] = eventName.split('.');

    expect(fields({ resource_type, action })).toMatchObject({ eventName, kind, status: action, moneyMovement: false });
  });

  test.each(['2026-02-30T12:00:00Z', '2014-04-08T17:01::06.000Z', null, ''])('reads no time from %j', (created_at) => {
    expect(fields({ created_at }).eventTime).toBeUndefined();
  });

  test.each<[unknown, string | undefined]>([
    [{ ...EVENT, action: undefined }, 'EV0001'], [{ ...EVENT, resource_type: null }, 'EV0001'], [{ action: 'a', resource_type: '' }, undefined],
    [{}, undefined], [[EVENT], undefined], ['text', undefined], [1, undefined], [null, undefined],
  ])('does not parse %j, and reads its identifier as %s', (event, eventId) => {
    expect(read(event)).toMatchObject({ parsed: false, fields: { eventId, kind: 'other', moneyMovement: false } });
  });
});
