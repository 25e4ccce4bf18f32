import { createHmac } from 'node:crypto';
import { hmac } from '.';
import { samples } from './samples';
import type { HmacConfig, ProviderConfig } from '../../../src/private/contract';
import { describeProviderContract } from '../../../test/handlers/support/provider-contract';
import { describePublished, vectors } from '../../../test/handlers/support/published';
import { HMAC_SECRET, context, hmacWebhook, request } from '../../../test/handlers/support/webhooks';
import type { Headers, SignedWebhook } from '../shared/samples/provider-samples';

const PLAIN: HmacConfig = { signatureHeader: 'X-Signature', algorithm: 'sha256', encoding: 'hex' };
const TIMED: HmacConfig = { signatureHeader: 'X-Shop-Signature', algorithm: 'sha256', encoding: 'hex', prefix: 'sha256=', timestampHeader: 'X-Shop-Time' };
const AT = new Date('2026-01-31T12:00:00Z');
const BODY = Buffer.from('{"a": 1}');

const config = (hmacConfig?: HmacConfig): ProviderConfig => ({ name: 'shop', scheme: 'hmac', secretArns: [], hmac: hmacConfig });
const verify = (webhook: SignedWebhook, hmacConfig = PLAIN, secrets: readonly string[] = [HMAC_SECRET], now = AT) => (
  hmac.verify(request(webhook), secrets, context(config(hmacConfig), now))
);
const digest = (algorithm: string, encoding: 'hex' | 'base64') => createHmac(algorithm, HMAC_SECRET).update(BODY).digest(encoding);

describeProviderContract(samples);

describePublished('the published vectors of plain HMAC', () => {
  test.each(vectors('generic-hmac').map((vector) => [vector.name, vector] as const))('%s', (_, vector) => {
    const webhook = { body: Buffer.from(vector.rawBody), headers: { 'x-signature': vector.signature } };

    const verification = verify(webhook, { ...PLAIN, algorithm: vector.algo, encoding: vector.encoding, prefix: vector.prefix }, [vector.secret!]);

    expect(verification).toBe('authentic');
  });
});

describe('verify', () => {
  test.each<[HmacConfig['algorithm'], HmacConfig['encoding']]>([
    ['sha1', 'hex'], ['sha256', 'hex'], ['sha512', 'hex'], ['sha1', 'base64'], ['sha256', 'base64'], ['sha512', 'base64'],
  ])('accepts %s in %s', (algorithm, encoding) => {
    const webhook = { body: BODY, headers: { 'x-signature': digest(algorithm, encoding) } };

    expect(verify(webhook, { ...PLAIN, algorithm, encoding })).toBe('authentic');
  });

  test('accepts a signature by any of the secrets, and hex in upper case', () => {
    const webhook = { body: BODY, headers: { 'x-signature': digest('sha256', 'hex').toUpperCase() } };

    expect(verify(webhook, PLAIN, ['old', HMAC_SECRET])).toBe('authentic');
  });

  const signed = hmacWebhook(BODY, AT);
  const signature = signed.headers['X-Shop-Signature'];
  test.each<[string, Headers, string]>([
    ['an empty signature', { 'X-Shop-Signature': '' }, 'signature_missing'],
    ['no prefix', { 'X-Shop-Signature': signature.slice('sha256='.length) }, 'signature_malformed'],
    ['another prefix', { 'X-Shop-Signature': signature.replace('256', '512') }, 'signature_malformed'],
    ['a signature that is not hexadecimal', { 'X-Shop-Signature': 'sha256=xyz' }, 'signature_malformed'],
    ['half a signature', { 'X-Shop-Signature': signature.slice(0, 20 + 'sha256='.length) }, 'signature_mismatch'],
    ['a repeated signature', { 'x-shop-signature': signature }, 'signature_malformed'],
    ['an empty time', { 'X-Shop-Time': '' }, 'signature_malformed'],
    ['a time that is not a number', { 'X-Shop-Time': 'now' }, 'signature_malformed'],
    ['a repeated time', { 'x-shop-time': signed.headers['X-Shop-Time'] }, 'signature_malformed'],
  ])('rejects %s', (_, headers, reason) => {
    expect(verify({ ...signed, headers: { ...signed.headers, ...headers } }, TIMED)).toBe(reason);
  });

  test.each([[300, 'authentic'], [301, 'timestamp_out_of_tolerance'], [-301, 'timestamp_out_of_tolerance']])(
    'verifies a signed time at an age of %d seconds as %s', (age, verification) => {
      expect(verify(signed, TIMED, undefined, new Date(AT.getTime() + age * 1000))).toBe(verification);
    });

  test('throws for a deployment without a configuration', () => {
    expect(() => hmac.verify(request(signed), [HMAC_SECRET], context(config(), AT))).toThrow('no hmac configuration');
  });
});

describe('normalize', () => {
  const webhook = { body: Buffer.from('{"id": "evt_1"}'), headers: {} };

  test('reads the configured fields', () => {
    expect(hmac.normalize(request(webhook), { ...config(PLAIN), fields: { eventId: 'id' } }).fields.eventId).toBe('evt_1');
  });

  test('reads no fields if no fields are configured', () => {
    expect(hmac.normalize(request(webhook), config(PLAIN)).fields.eventId).toBeUndefined();
  });
});
