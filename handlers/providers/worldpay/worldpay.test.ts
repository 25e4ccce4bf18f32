import { createHmac } from 'node:crypto';
import { worldpay } from '.';
import { samples } from './samples';
import { describeProviderContract } from '../../../test/handlers/support/provider-contract';
import { request } from '../../../test/handlers/support/webhooks';
import type { Headers } from '../shared/samples/provider-samples';

const SECRET = 'the-first-secret';
const BODY = Buffer.from('{"eventId":"1"}');
const MAC = createHmac('sha256', SECRET).update(BODY).digest('hex');
const OTHER = '0'.repeat(64);
const verify = (headers: Headers, secrets = [SECRET]) => worldpay.verify(request({ body: BODY, headers }), secrets);
const read = (body: unknown) => worldpay.normalize(request({ body: Buffer.from(JSON.stringify(body)), headers: {} }));

describeProviderContract(samples);

describe('verify', () => {
  test.each([
    ['by one key', `1/SHA256/${MAC}`],
    ['first', `1/SHA256/${MAC},2/SHA256/${OTHER}`],
    ['last, after a space', `1/SHA256/${OTHER}, 27/SHA256/${MAC}`],
    ['beside a signature by another function', `1/SHA512/${OTHER},2/SHA256/${MAC}`],
    ['in upper case', `1/SHA256/${MAC.toUpperCase()}`],
  ])('accepts a signature %s', (_, value) => {
    expect(verify({ 'event-signature': value })).toBe('authentic');
  });

  test.each([
    ['without its prefix', MAC, 'signature_malformed'],
    ['without the number of its key', `/SHA256/${MAC}`, 'signature_malformed'],
    ['of another function', `1/SHA512/${MAC}`, 'signature_malformed'],
    ['that is cut', `1/SHA256/${MAC.slice(2)}`, 'signature_mismatch'],
    ['of another body', `1/SHA256/${OTHER}`, 'signature_mismatch'],
  ])('rejects a signature %s', (_, value, reason) => {
    expect(verify({ 'event-signature': value })).toBe(reason);
  });
});

describe('normalize', () => {
  test('does not read a time without a time zone, as in the examples of Worldpay', () => {
    expect(read({ eventTimestamp: '2018-06-13T14:18:13.407', eventDetails: { classification: 'payment', type: 'settled' } }))
      .toMatchObject({ parsed: true, fields: { eventName: 'payment.settled', eventTime: undefined } });
  });

  test('does not parse an amount that is no integer, but all other fields', () => {
    expect(read({ eventId: 'e-1', eventDetails: { classification: 'payment', type: 'settled', amount: { value: 1.5, currencyCode: 'EUR' } } }))
      .toMatchObject({ parsed: false, fields: { eventId: 'e-1', kind: 'captured', money: undefined, currency: 'EUR' } });
  });

  test.each([[{ eventId: 'e-1' }], [{ eventId: 'e-1', eventDetails: { type: 'settled' } }], [{ eventId: 'e-1', eventDetails: { classification: 'payment' } }]])(
    'does not parse %j', (body) => {
      expect(read(body)).toMatchObject({ parsed: false, fields: { eventId: 'e-1', kind: 'other', moneyMovement: false } });
    });
});
