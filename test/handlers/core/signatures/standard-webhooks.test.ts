import fc from 'fast-check';
import { standardWebhooks } from '../../../../handlers/core/signatures/standard-webhooks';
import type { ProviderConfig } from '../../../../src/private/contract';
import { describePublished, vectors } from '../../support/published';
import {
  changed, changedByte, request, STANDARD_SECRET, standardWebhook, standardWebhooksAccepts, type Headers, type SignedWebhook,
} from '../../support/webhooks';

const CONFIG: ProviderConfig = { name: 'own', scheme: 'standard-webhooks', secretArns: [] };
const BODY = '{"transaction_id": "order-1", "kind": "captured"}';
const AT = new Date('2026-01-31T12:00:00Z');

const verify = (webhook: SignedWebhook, secrets: readonly string[] = [STANDARD_SECRET], now = AT) => (
  standardWebhooks.verify(request(webhook), secrets, CONFIG, now)
);

describePublished('the published vectors of Standard Webhooks', () => {
  test.each(vectors('standard-webhooks').map((vector) => [vector.name, vector] as const))('%s', (_, vector) => {
    const webhook = { body: Buffer.from(vector.rawBody), headers: vector.headers };

    const verification = verify(webhook, [vector.secret ?? STANDARD_SECRET], new Date(vector.now * 1000));

    const isAsymmetric = vector.publicKey !== undefined;
    expect(verification).toBe(isAsymmetric ? 'signature_malformed' : vector.valid ? 'authentic' : 'timestamp_out_of_tolerance');
  });
});

describe('verify', () => {
  const signed = standardWebhook(BODY, 'msg_1', AT);
  const withHeaders = (headers: Headers): SignedWebhook => ({ ...signed, headers: { ...signed.headers, ...headers } });
  const { 'webhook-signature': signature, 'webhook-timestamp': timestamp } = signed.headers;

  test('accepts what the standard\'s library signed, and refuses it with any one byte changed, as the library does', () => {
    const replacement = fc.integer({ min: 0x21, max: 0x7d }).map((code) => String.fromCharCode(code));

    fc.assert(fc.property(fc.jsonValue().map((value) => JSON.stringify(value)), fc.nat(), fc.integer({ min: 1, max: 255 }), replacement,
      (payload, position, difference, character) => {
        const now = new Date();
        const webhook = standardWebhook(payload, 'msg_1', now);
        const altered = [
          { ...webhook, body: changedByte(webhook.body, position, difference) },
          ...['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) => (
            { ...webhook, headers: { ...webhook.headers, [name]: changed(webhook.headers[name], position, character) } }
          )),
        ];

        expect([verify(webhook, undefined, now), standardWebhooksAccepts(webhook)]).toEqual(['authentic', true]);
        expect(altered.map((forged) => verify(forged, undefined, now) === 'authentic')).toEqual([false, false, false, false]);
        expect(verify(webhook, [changed(STANDARD_SECRET, position, character)], now)).not.toBe('authentic');
      }));
  });

  test.each([
    ['one of several signatures', `v1,${'A'.repeat(43)}= ${signature}`],
    ['beside an asymmetric one', `v1a,AAAA ${signature}`],
    ['beside one that is none', `v1,rubbish ${signature}`],
  ])('accepts %s', (_, header) => {
    expect(verify(withHeaders({ 'webhook-signature': header }))).toBe('authentic');
  });

  test('accepts the headers under the name of Svix', () => {
    const headers = Object.fromEntries(Object.entries(signed.headers).map(([name, value]) => [name.replace('webhook', 'svix'), value]));

    expect(verify({ ...signed, headers })).toBe('authentic');
  });

  test('does not mix the headers of both names', () => {
    const { 'webhook-id': id, ...rest } = signed.headers;

    expect(verify({ ...signed, headers: { ...rest, 'svix-id': id } })).toBe('signature_malformed');
  });

  test.each([
    ['without its prefix', STANDARD_SECRET.slice('whsec_'.length), STANDARD_SECRET],
    ['without its padding', 'whsec_AAECAw', 'whsec_AAECAw=='],
    ['of one byte', 'whsec_AA==', 'whsec_AA=='],
  ])('takes a secret %s', (_, secret, signingSecret) => {
    expect(verify(standardWebhook(BODY, 'msg_1', AT, signingSecret), [secret])).toBe('authentic');
  });

  test('accepts a signature by any of the secrets, usable or not', () => {
    expect(verify(signed, ['not base64!', 'whsec_AAAA', STANDARD_SECRET])).toBe('authentic');
  });

  test.each(['whsec_', 'not base64!', 'whsec_A', 'whsec_AAECAx=='])('the secret %p is unusable', (secret) => {
    expect(verify(signed, [secret])).toBe('secret_unusable');
  });

  test.each<[string, Headers, string]>([
    ['an empty signature', { 'webhook-signature': '' }, 'signature_missing'],
    ['an empty identifier', { 'webhook-id': '' }, 'signature_malformed'],
    ['an empty timestamp', { 'webhook-timestamp': '' }, 'signature_malformed'],
    ['a timestamp that is more than a number', { 'webhook-timestamp': `${timestamp}abc` }, 'signature_malformed'],
    ['an unknown version alone', { 'webhook-signature': signature.replace('v1', 'v2') }, 'signature_malformed'],
    ['a bare signature', { 'webhook-signature': signature.slice(3) }, 'signature_malformed'],
    ['a signature that is none', { 'webhook-signature': 'v1,%' }, 'signature_mismatch'],
    ['a repeated identifier', { 'Webhook-Id': 'msg_1' }, 'signature_malformed'],
    ['a repeated timestamp', { 'Webhook-Timestamp': timestamp }, 'signature_malformed'],
    ['a repeated signature', { 'Webhook-Signature': signature }, 'signature_malformed'],
  ])('refuses %s', (_, headers, reason) => {
    expect(verify(withHeaders(headers))).toBe(reason);
  });

  test('refuses where there are no headers', () => {
    expect(verify({ ...signed, headers: {} })).toBe('signature_missing');
  });

  test.each([[300, 'authentic'], [301, 'timestamp_out_of_tolerance'], [-300, 'authentic'], [-301, 'timestamp_out_of_tolerance']])(
    'at an age of %d seconds: %s', (age, verification) => {
      expect(verify(signed, undefined, new Date(AT.getTime() + age * 1000))).toBe(verification);
    });
});

describe('read', () => {
  test('takes the canonical transaction, and the event\'s identifier from the signed header', () => {
    const reading = standardWebhooks.read(request(standardWebhook(BODY, 'msg_7')), CONFIG);

    expect(reading).toMatchObject({ understood: true, fields: { eventId: 'msg_7', transactionId: 'order-1', kind: 'captured', eventTime: undefined } });
  });

  test('takes the fields where they are configured', () => {
    const webhook = standardWebhook('{"id": "evt_1", "data": {"no": 5}}', 'msg_7');

    const reading = standardWebhooks.read(request(webhook), { ...CONFIG, fields: { transactionId: 'data.no', eventId: 'id' } });

    expect(reading).toMatchObject({ understood: true, fields: { eventId: 'msg_7', transactionId: '5' } });
  });
});
