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
  test.each<[HmacConfig['algorithm'], 'hex' | 'base64']>([
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

describe('the signed content', () => {
  const digestOf = (...parts: (string | Buffer)[]) => {
    const mac = createHmac('sha256', HMAC_SECRET);
    parts.forEach((part) => mac.update(part));
    return mac.digest('hex');
  };
  const SECONDS = String(AT.getTime() / 1000);
  const verifyContent = (signedContent: string, signed: (string | Buffer)[], headers: Headers = {}, body = BODY) => (
    verify({ body, headers: { ...headers, 'x-signature': digestOf(...signed) } }, { ...PLAIN, signedContent })
  );

  test('can have other headers, in any case', () => {
    const signed = ['post\n', 'request-1', ':', BODY];

    expect(verifyContent('post\n{header:X-Request-Id}:{body}', signed, { 'x-request-id': 'request-1' })).toBe('authentic');
    expect(verifyContent('post\n{header:X-Request-Id}:{body}', signed, { 'x-request-id': 'request-2' })).toBe('signature_mismatch');
  });

  test.each<[string, Headers]>([
    ['is missing', {}], ['is empty', { 'X-Request-Id': '' }], ['is repeated', { 'X-Request-Id': 'request-1', 'x-request-id': 'request-1' }],
  ])('rejects a webhook if one of these headers %s', (_, headers) => {
    expect(verifyContent('{header:X-Request-Id}{body}', ['request-1', BODY], headers)).toBe('signature_malformed');
  });

  test.each([['request-1{"a":', ' 1}'], ['request', '-1{"a": 1}'], ['request-1', '"{\\"a\\": 1}"']])(
    'rejects the header %j with the body %j, whose boundary could have been moved', (id, body) => {
      expect(verifyContent('{header:X-Request-Id}{body}', [id, body], { 'X-Request-Id': id }, Buffer.from(body))).toBe('signature_malformed');
    });

  test('reads a header with the text of a placeholder as this text', () => {
    const secret = JSON.stringify({ signature_key: HMAC_SECRET, notification_url: 'https://example.com/' });
    const signed = (id: string) => ({ body: BODY, headers: { 'X-Id': '{url}', 'x-signature': digestOf('https://example.com/', id, BODY) } });
    const settings: HmacConfig = { ...PLAIN, signedContent: '{url}{header:X-Id}{body}' };

    expect(verify(signed('{url}'), settings, [secret])).toBe('authentic');
    expect(verify(signed('https://example.com/'), settings, [secret])).toBe('signature_mismatch');
  });

  describe('with a URL', () => {
    const URL_CONFIG: HmacConfig = { ...PLAIN, signedContent: '{url}{body}' };
    const secretOf = (url: string, key = HMAC_SECRET) => JSON.stringify({ signature_key: key, notification_url: url });
    const webhook = { body: BODY, headers: { 'x-signature': digestOf('https://example.com/', BODY) } };

    test('uses the URL of each secret', () => {
      expect(verify(webhook, URL_CONFIG, [secretOf('https://example.org/'), secretOf('https://example.com/')])).toBe('authentic');
      expect(verify(webhook, URL_CONFIG, [secretOf('https://example.org/')])).toBe('signature_mismatch');
    });

    test.each([HMAC_SECRET, '{}', secretOf(''), secretOf('https://example.com/', 'CHANGEME'), secretOf('https://example.com/', '')])(
      'reports the secret %j as not set', (secret) => {
        expect(verify(webhook, URL_CONFIG, [secret])).toBe('secret_unusable');
      });
  });

  test.each<[HmacConfig['keyEncoding'], string]>([
    ['hex', Buffer.from(HMAC_SECRET).toString('hex')],
    ['base64', Buffer.from(HMAC_SECRET).toString('base64')],
    ['base64', Buffer.from(HMAC_SECRET).toString('base64').replace(/=+$/, '')],
  ])('can be signed with a key in %s: %s', (keyEncoding, secret) => {
    const webhook = { body: BODY, headers: { 'x-signature': digestOf(BODY) } };

    expect(verify(webhook, { ...PLAIN, keyEncoding }, [secret])).toBe('authentic');
    expect(verify(webhook, { ...PLAIN, keyEncoding }, [`${secret.slice(0, -2)}!!`])).toBe('secret_unusable');
    expect(verify(webhook, { ...PLAIN, keyEncoding }, ['CHANGEME'])).toBe('secret_unusable');
    expect(verify(webhook, { ...PLAIN, keyEncoding }, ['ab'.repeat(16)])).toBe('signature_mismatch');
  });

  test.each<[HmacConfig['timestampFormat'], string, number | undefined]>([
    [undefined, SECONDS, 0],
    [undefined, `${SECONDS}000`, undefined],
    ['milliseconds', `${SECONDS}999`, 0],
    ['milliseconds', SECONDS, 1e9],
    ['milliseconds', '1e12', undefined],
    ['iso-8601', '2026-01-31T12:00:00Z', 0],
    ['iso-8601', '2026-01-31T13:00:00.123+01:00', 0],
    ['iso-8601', '2026-01-31T12:00:00', undefined],
    ['iso-8601', '2026-01-31', undefined],
    ['iso-8601', SECONDS, undefined],
  ])('with a time in the format %s: %s', (timestampFormat, time, difference) => {
    const webhook = { body: BODY, headers: { 'X-Time': time, 'x-signature': digestOf(time, BODY) } };
    const settings: HmacConfig = { ...PLAIN, timestampHeader: 'x-time', timestampFormat, signedContent: '{timestamp}{body}' };

    expect(verify(webhook, settings)).toBe(difference === undefined ? 'signature_malformed' : difference === 0 ? 'authentic' : 'timestamp_out_of_tolerance');
  });
});

describe('a header with several parts', () => {
  const SECONDS = String(AT.getTime() / 1000);
  const good = createHmac('sha256', HMAC_SECRET).update(`${SECONDS}.`).update(BODY).digest('hex');
  const bad = '0'.repeat(64);
  const verifyHeader = (signatureFormat: string, value: string) => (
    verify({ body: BODY, headers: { 'x-signature': value } }, { ...PLAIN, signatureFormat })
  );

  test.each([
    `t=${SECONDS},v1=${good}`, `v1=${good},t=${SECONDS}`, `t=${SECONDS};v1=${good}`, `t=${SECONDS}, v1=${good}`, `t=${SECONDS} v1=${good}`,
    `t=${SECONDS},v1=${bad},v1=${good},v0=${bad}`, `t=${SECONDS},v1=malformed,v1=${good}`, `t=${SECONDS},v1=${good},`,
  ])('is accepted if one signature is valid: %s', (value) => {
    expect(verifyHeader('t={timestamp},v1={signature}', value)).toBe('authentic');
  });

  test.each([
    [`t=${SECONDS},v1=${bad}`, 'signature_mismatch'],
    [`t=${SECONDS},v0=${good}`, 'signature_malformed'],
    [`t=${SECONDS},${good}`, 'signature_malformed'],
    [`v1=${good}`, 'signature_malformed'],
    [`t=,v1=${good}`, 'signature_malformed'],
    [`t=${SECONDS},t=${SECONDS},v1=${good}`, 'signature_malformed'],
    [`t=${SECONDS}`, 'signature_malformed'],
    [`t=${Number(SECONDS) - 1},v1=${good}`, 'signature_mismatch'],
  ])('is rejected otherwise: %s', (value, reason) => {
    expect(verifyHeader('t={timestamp},v1={signature}', value)).toBe(reason);
  });

  test.each([
    [`${SECONDS},${good}`, 'authentic'], [`${SECONDS},${bad},${good}`, 'authentic'], [`${good},${SECONDS}`, 'signature_malformed'], [SECONDS, 'signature_malformed'],
  ])('can be a list that begins with the time: %s', (value, verification) => {
    expect(verifyHeader('{timestamp},{signature}', value)).toBe(verification);
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
