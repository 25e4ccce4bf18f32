import { wise } from '.';
import { samples } from './samples';
import { PRODUCTION_KEY } from './wise-keys';
import { describeProviderContract } from '../../../test/handlers/support/provider-contract';
import { SchemeRunner } from '../../../test/handlers/support/scheme-runner';
import { context, request } from '../../../test/handlers/support/webhooks';
import { changedByte } from '../shared/samples/changes';
import type { SignedWebhook } from '../shared/samples/provider-samples';

/** The event of the sandbox in https://github.com/transferwise/digital-signatures-examples/tree/main/verify-webhook-signature. */
const PUBLISHED: SignedWebhook = {
  body: Buffer.from('{"data":{"resource":{"id":49983981,"profile_id":16055450,"account_id":14124090,"type":"transfer"},"current_state":"incoming_payment_waiting","previous_state":null,"occurred_at":"2021-08-23T10:12:50Z"},"subscription_id":"90aa8e14-4ef1-4a56-861c-f3c9cde097ea","event_type":"transfers#state-change","schema_version":"2.0.0","sent_at":"2021-08-23T10:12:50Z"}'),
  headers: {
    'X-Signature-SHA256': 'wKcKCYXAzxNgiu7xmoDm943NUni7Rz33QN8JkEA9dWSGebgndonabgSj18Y4C08OrwVmueGsED2s00M7DtJVcYKOS1i3G4TMVx+mgM3aL9djMBkQtiYNBFUd6wrPI7ZUNHv/TrlKSjTMc+6JFvUvJ7owY3z85e3I4jLRLJowMFvO8kvCJ60+1pY9wDwZvtZ//WS93LrwGjk9Dvwzpmu0w+P4J75tETT5qC3Uv0y5G2yO8SEoO3yNP/tg/BOli02niHb53vEOUWUb9bly6thnfMoXoiV/osoGxgF20R58RlvkAmezyyl1Sv542TfS2DpiwVnmjjjkCyXeSUcKookYLQ==',
  },
};
const verify = (testMode: boolean, webhook = PUBLISHED, publicKeys?: readonly string[]) => (
  wise.verify(request(webhook), [], context({ ...samples.config, publicKeys, testMode }, new Date()))
);
const read = (body: unknown) => wise.normalize(request({ body: Buffer.from(JSON.stringify(body)), headers: {} }));

describeProviderContract(samples);

describe('the vector that Wise publishes', () => {
  test('is accepted by an endpoint of the sandbox', () => {
    expect(verify(true)).toBe('authentic');
  });

  test('is rejected by an endpoint of production, with another key, and with a changed body', () => {
    expect(verify(false)).toBe('signature_mismatch');
    expect(verify(true, PUBLISHED, [PRODUCTION_KEY])).toBe('signature_mismatch');
    expect(verify(true, { ...PUBLISHED, body: changedByte(PUBLISHED.body, 30, 1) })).toBe('signature_mismatch');
  });

  test('is read as a transfer', () => {
    expect(wise.normalize(request(PUBLISHED))).toMatchObject({
      parsed: true,
      fields: {
        transactionId: '49983981',
        eventName: 'transfers#state-change',
        kind: 'other',
        status: 'incoming_payment_waiting',
        account: '16055450',
        eventTime: new Date('2021-08-23T10:12:50Z'),
        money: undefined,
        moneyMovement: false,
      },
    });
  });
});

describe('the key of an event', () => {
  const [{ payload }] = samples.events;
  const eventIdOf = (changes: object) => read({ ...payload, ...changes }).fields.eventId;

  test('is the same in each attempt and for each subscription', () => {
    expect(eventIdOf({ sent_at: '2026-02-01T00:00:00.000Z', subscription_id: 'other' })).toBe(eventIdOf({}));
  });

  test.each([[{ event_type: 'balances#credit' }], [{ data: { ...payload.data, step_id: 1234568 } }]])('differs with %j', (changes) => {
    expect(eventIdOf(changes)).not.toBe(eventIdOf({}));
  });
});

describe('normalize', () => {
  test.each([
    ['outgoing_payment_sent', 'paid-out'], ['bounced_back', 'failed'], ['cancelled', 'canceled'], ['funds_refunded', 'refunded'], ['charged_back', 'disputed'],
    ['incoming_payment_waiting', 'other'], ['constructor', 'other'],
  ])('reads a transfer in the state %s as %s', (state, kind) => {
    expect(read({ event_type: 'transfers#state-change', data: { current_state: state } }).fields.kind).toBe(kind);
  });

  test('reads a balance that is neither credited nor debited as other', () => {
    expect(read({ event_type: 'balances#update', data: { transaction_type: 'hold' } }).fields.kind).toBe('other');
  });

  test.each(['much', {}, '1e3'])('does not parse the amount %p, but all other fields', (amount) => {
    expect(read({ event_type: 'balances#update', data: { amount, currency: 'EUR', transfer_reference: 't-1' } })).toMatchObject({
      parsed: false, fields: { transactionId: 't-1', currency: 'EUR', money: undefined },
    });
  });

  test.each<[unknown]>([[{ event_type: 'balances#update' }], [{ data: {} }], [{ event_type: 'a', data: [] }], [[]], ['text'], [null]])('does not parse %j', (body) => {
    expect(read(body)).toMatchObject({ parsed: false, fields: { eventId: undefined, kind: 'other' } });
  });
});

test('an event of the sandbox is a test if `testMode` is set', async () => {
  const runner = new SchemeRunner(samples);

  const [item] = await runner.items(await runner.sign(samples.events[0]), { testMode: true });

  expect(item).toMatchObject({ live: false, money_movement: false });
});
