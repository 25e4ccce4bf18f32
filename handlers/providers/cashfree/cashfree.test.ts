import { cashfree } from '.';
import { samples } from './samples';
import { describeProviderContract } from '../../../test/handlers/support/provider-contract';
import { context, request } from '../../../test/handlers/support/webhooks';
import { withHeader } from '../shared/samples/changes';
import type { SignedWebhook } from '../shared/samples/provider-samples';

const CONFIG = { ...samples.config, toleranceSeconds: 60 };
const AT = new Date('2026-01-31T12:00:00.123Z');
const WEBHOOK: SignedWebhook = samples.sign(Buffer.from('{"type":"PAYMENT_SUCCESS_WEBHOOK"}'), { at: AT });
const verify = (webhook = WEBHOOK, secondsLater = 0) => (
  cashfree.verify(request(webhook), [samples.secret], context(CONFIG, new Date(AT.getTime() + secondsLater * 1000)))
);
const read = (body: string) => cashfree.normalize(request({ body: Buffer.from(body), headers: {} }), samples.config);

describeProviderContract(samples);

describe('verify', () => {
  test.each([[60, 'authentic'], [-60, 'authentic'], [62, 'timestamp_out_of_tolerance'], [-62, 'timestamp_out_of_tolerance']])(
    'has a tolerance: %d seconds later', (seconds, result) => {
      expect(verify(WEBHOOK, seconds)).toBe(result);
    });

  test('does not accept a part of the time as the start of the body', () => {
    const time = WEBHOOK.headers['x-webhook-timestamp'];
    const shifted = { ...withHeader(WEBHOOK, 'x-webhook-timestamp', time.slice(0, -1)), body: Buffer.concat([Buffer.from(time.slice(-1)), WEBHOOK.body]) };

    expect(verify(shifted)).toBe('timestamp_out_of_tolerance');
  });
});

describe('normalize', () => {
  test.each([
    ['PAYMENT_SUCCESS_WEBHOOK', '"payment":{"cf_payment_id":"7","payment_status":"SUCCESS","payment_amount":1.00}', 'PAYMENT_SUCCESS_WEBHOOK:7'],
    ['REFUND_STATUS_WEBHOOK', '"refund":{"cf_refund_id":8,"cf_payment_id":7,"refund_status":"SUCCESS"}', 'REFUND_STATUS_WEBHOOK:8'],
    ['DISPUTE_CREATED', '"dispute":{"dispute_id":"9","dispute_type":"CHARGEBACK"},"order_details":{"cf_payment_id":7}', 'DISPUTE_CREATED:9'],
    ['SETTLEMENT_SUCCESS', '"settlement":{"settlement_id":10}', 'SETTLEMENT_SUCCESS:10'],
    ['PAYMENT_FAILED_WEBHOOK', '"payment":{"cf_payment_id":"7"}', undefined],
    ['PAYMENT_SUCCESS_WEBHOOK', '"payment":{"cf_payment_id":"7","payment_status":"PENDING"}', undefined],
    ['SETTLEMENT_SUCCESS', '"settlement":{}', undefined],
  ])('identifies %s with %s', (type, data, eventId) => {
    expect(read(`{"type":"${type}","data":{${data}}}`).fields.eventId).toBe(eventId);
  });

  test('keeps the digits of an id beyond 2^53', () => {
    expect(read('{"type":"PAYMENT_FAILED_WEBHOOK","data":{"payment":{"cf_payment_id":9007199254740993}}}').fields.transactionId).toBe('9007199254740993');
  });

  test('does not parse an amount that is no number, but all other fields', () => {
    expect(read('{"type":"PAYMENT_FAILED_WEBHOOK","data":{"payment":{"payment_amount":"1,5","payment_currency":"INR"}}}'))
      .toMatchObject({ parsed: false, fields: { kind: 'failed', money: undefined, currency: 'INR' } });
  });

  test.each(['{"data":{}}', 'no JSON', '[]'])('does not parse %s', (body) => {
    expect(read(body)).toMatchObject({ parsed: false, fields: { kind: 'other' } });
  });
});
