import { authorizeNet } from '.';
import { samples } from './samples';
import { describeProviderContract } from '../../../test/handlers/support/provider-contract';
import { context, request } from '../../../test/handlers/support/webhooks';
import { changedByte, withHeader } from '../shared/samples/changes';
import type { SignedWebhook } from '../shared/samples/provider-samples';

/** A notification with the key of a test account: https://community.developer.cybersource.com/t5/Integration-and-Testing/HMAC-SHA-512-hash-not-matching-in-webhook-callback/m-p/57201. */
const KEY = '2679A5D5785C9B26CF921E1754765CDDB265C9C88400786923E5343B315954FAFB4B7BF608818F6A21766741E8637DC206F286C725908C777ED4127D8562163D';
const PUBLISHED: SignedWebhook = {
  body: Buffer.from('{"notificationId":"f813b98f-3552-4eeb-ba40-acb4704eeba3","eventType":"net.authorize.payment.authcapture.created","eventDate":"2017-03-08T17:35:37.155999Z","webhookId":"63d6fea2-aa13-4b1d-a204-f5fbc15942b7","payload":{"responseCode":1,"authCode":"8VTPDC","avsResponse":"Y","authAmount":10.00,"entityName":"transaction","id":"60019392075"}}'),
  headers: {
    'X-ANET-Signature': 'sha512=9607C69D2734514554CE13D923D19939563F2FD6567D239F49F0DF0D08865632A0FB98061B4620CC52C47BB8BF6E2B69A15A67E4C98E81D7D65111076C515C6A',
  },
};
const verify = (webhook: SignedWebhook, key = KEY) => authorizeNet.verify(request(webhook), [key], context(samples.config, new Date()));
const read = (body: unknown, currency?: string) => (
  authorizeNet.normalize(request({ body: Buffer.from(JSON.stringify(body)), headers: {} }), { ...samples.config, currency })
);

describeProviderContract(samples);

describe('the published vector', () => {
  test('is accepted', () => {
    expect(verify(PUBLISHED)).toBe('authentic');
  });

  test('is rejected with another key, and with a changed body', () => {
    expect(verify(PUBLISHED, KEY.toLowerCase())).toBe('signature_mismatch');
    expect(verify({ ...PUBLISHED, body: changedByte(PUBLISHED.body, 30, 1) })).toBe('signature_mismatch');
    expect(verify({ ...PUBLISHED, body: Buffer.from(PUBLISHED.body.toString().replace('10.00', '10')) })).toBe('signature_mismatch');
  });

  test('is read as a payment', () => {
    expect(authorizeNet.normalize(request(PUBLISHED), samples.config)).toMatchObject({
      parsed: true,
      fields: {
        eventId: 'f813b98f-3552-4eeb-ba40-acb4704eeba3',
        transactionId: '60019392075',
        kind: 'captured',
        status: '1',
        money: { minor: 1000n, exponent: 2 },
        currency: 'USD',
        eventTime: new Date('2017-03-08T17:35:37.155Z'),
        moneyMovement: true,
      },
    });
  });
});

test.each(['9607C69D', 'sha512=', 'sha256=9607C69D'])('rejects the malformed signature %s', (value) => {
  expect(verify(withHeader(PUBLISHED, 'X-ANET-Signature', value))).toBe('signature_malformed');
});

describe('normalize', () => {
  const event = (authAmount: unknown) => ({ notificationId: 'n-1', eventType: 'net.authorize.payment.capture.created', payload: { id: '1', authAmount } });

  test('reads an amount with two decimals if no currency is configured', () => {
    expect(read(event(12.34))).toMatchObject({ parsed: true, fields: { money: { minor: 1234n, exponent: 2 }, currency: undefined } });
  });

  test('reads an amount with the decimals of the configured currency', () => {
    expect(read(event(1234), 'JPY')).toMatchObject({ parsed: true, fields: { money: { minor: 1234n, exponent: 0 }, currency: 'JPY' } });
  });

  test('does not parse an amount that is no number, but all other fields', () => {
    expect(read(event('much'))).toMatchObject({ parsed: false, fields: { eventId: 'n-1', transactionId: '1', money: undefined } });
  });

  test('counts a transaction that fraud filters held only if the user chooses its approval', () => {
    const approved = { eventType: 'net.authorize.payment.fraud.approved', payload: { responseCode: 1, authAmount: 5 } };

    expect(read(approved).fields).toMatchObject({ kind: 'authorized', moneyMovement: false });
    expect(read(approved).fields).not.toHaveProperty('movesNothing');
  });

  test('does not parse a body without an event type', () => {
    expect(read({ notificationId: 'n-1' })).toMatchObject({ parsed: false, fields: { eventId: 'n-1', kind: 'other' } });
  });
});
