import { paddle } from '.';
import { samples } from './samples';
import { describeProviderContract } from '../../../test/handlers/support/provider-contract';
import { context, request } from '../../../test/handlers/support/webhooks';
import { withHeader } from '../shared/samples/changes';
import type { SignedWebhook } from '../shared/samples/provider-samples';

const CONFIG = { ...samples.config, toleranceSeconds: 60 };
const AT = new Date('2026-01-31T12:00:00Z');
const BODY = Buffer.from('{"event_id":"evt_1"}');
const WEBHOOK = samples.sign(BODY, { at: AT });
const [, MAC] = WEBHOOK.headers['Paddle-Signature'].split('h1=');
const verify = (webhook: SignedWebhook, secondsLater = 0) => (
  paddle.verify(request(webhook), [samples.secret], context(CONFIG, new Date(AT.getTime() + secondsLater * 1000)))
);
const read = (body: unknown) => paddle.normalize(request({ body: Buffer.from(JSON.stringify(body)), headers: {} }), samples.config);

describeProviderContract(samples);

describe('verify', () => {
  test('accepts one of several signatures, as during the rotation of a secret', () => {
    expect(verify(withHeader(WEBHOOK, 'Paddle-Signature', `ts=1769860800;h1=${'0'.repeat(64)};h1=${MAC}`))).toBe('authentic');
  });

  test.each([[60, 'authentic'], [-60, 'authentic'], [61, 'timestamp_out_of_tolerance'], [-61, 'timestamp_out_of_tolerance']])(
    'has a tolerance: %d seconds later', (seconds, result) => {
      expect(verify(WEBHOOK, seconds)).toBe(result);
    });

  test.each([['no time', `h1=${MAC}`], ['two times', `ts=1769860800;ts=1769860800;h1=${MAC}`], ['no signature', 'ts=1769860800']])('rejects %s', (_, value) => {
    expect(verify(withHeader(WEBHOOK, 'Paddle-Signature', value))).toBe('signature_malformed');
  });

  test('rejects a header without a signature as the library does', async () => {
    expect(await samples.libraryAccepts(withHeader(WEBHOOK, 'Paddle-Signature', 'ts=1769860800'), samples.secret)).toBe(false);
  });
});

describe('normalize', () => {
  test('reads an adjustment without an action as no movement', () => {
    expect(read({ event_type: 'adjustment.created', data: { status: 'approved' } }).fields).toMatchObject({ kind: 'other', moneyMovement: false, movesNothing: true });
  });

  test('does not parse an amount with decimals, but all other fields', () => {
    expect(read({ event_id: 'evt_1', event_type: 'payout.paid', data: { id: 'pay_1', amount: '7.00', currency_code: 'EUR' } }))
      .toMatchObject({ parsed: false, fields: { eventId: 'evt_1', transactionId: 'pay_1', money: undefined, currency: 'EUR' } });
  });

  test('does not parse a body without an event type', () => {
    expect(read({ event_id: 'evt_1' })).toMatchObject({ parsed: false, fields: { eventId: 'evt_1', kind: 'other' } });
  });
});
