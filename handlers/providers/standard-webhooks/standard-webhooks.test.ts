import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import fc from 'fast-check';
import { Webhook as SvixWebhook } from 'svix';
import { standardWebhooks } from '.';
import { samples } from './samples';
import type { ProviderConfig } from '../../../src/private/contract';
import { describeProviderContract } from '../../../test/handlers/support/provider-contract';
import { describePublished, vectors } from '../../../test/handlers/support/published';
import { context, request, STANDARD_SECRET, standardWebhook } from '../../../test/handlers/support/webhooks';
import { changed, changedByte } from '../shared/samples/changes';
import type { Headers, SignedWebhook } from '../shared/samples/provider-samples';

const CONFIG: ProviderConfig = { name: 'own', scheme: 'standard-webhooks', secretArns: [] };
const BODY = '{"transaction_id": "order-1", "kind": "captured"}';
const AT = new Date('2026-01-31T12:00:00Z');

const verify = (webhook: SignedWebhook, secrets: readonly string[] = [STANDARD_SECRET], now = AT) => (
  standardWebhooks.verify(request(webhook), secrets, context(CONFIG, now))
);

const replacement = fc.integer({ min: 0x21, max: 0x7d }).map((code) => String.fromCharCode(code));
const HEADERS = ['webhook-id', 'webhook-timestamp', 'webhook-signature'];

/** The webhook with one change, once in each signed part and in the signature. */
function alteredOnce(webhook: SignedWebhook, position: number, difference: number, character: string): SignedWebhook[] {
  return [
    { ...webhook, body: changedByte(webhook.body, position, difference) },
    ...HEADERS.map((name) => ({ ...webhook, headers: { ...webhook.headers, [name]: changed(webhook.headers[name], position, character) } })),
  ];
}

function underSvixName({ body, headers }: SignedWebhook): SignedWebhook {
  return { body, headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.replace('webhook', 'svix'), value])) };
}

function svixAccepts({ body, headers }: SignedWebhook, secret = STANDARD_SECRET): boolean {
  try {
    new SvixWebhook(secret).verify(body.toString(), { ...headers });
    return true;
  } catch {
    return false;
  }
}

interface SigningKeys {
  readonly privateKey: KeyObject;
  readonly secret: string;
}

function signingKeys(): SigningKeys {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return { privateKey, secret: `whpk_${publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('base64')}` };
}

/** A webhook with an ed25519 signature, which the libraries cannot create. */
function asymmetricWebhook(body: string, privateKey: KeyObject, at = AT): SignedWebhook {
  const time = String(Math.floor(at.getTime() / 1000));
  const signature = sign(null, Buffer.from(`msg_1.${time}.${body}`), privateKey).toString('base64');
  return { body: Buffer.from(body), headers: { 'webhook-id': 'msg_1', 'webhook-timestamp': time, 'webhook-signature': `v1a,${signature}` } };
}

describeProviderContract(samples);

describePublished('the published vectors of Standard Webhooks', () => {
  test.each(vectors('standard-webhooks').map((vector) => [vector.name, vector] as const))('%s', (_, vector) => {
    const webhook = { body: Buffer.from(vector.rawBody), headers: vector.headers };

    const verification = verify(webhook, [vector.secret ?? vector.publicKey!], new Date(vector.now * 1000));

    expect(verification).toBe(vector.valid ? 'authentic' : 'timestamp_out_of_tolerance');
  });
});

describe('verify', () => {
  const signed = standardWebhook(BODY, 'msg_1', AT);
  const withHeaders = (headers: Headers): SignedWebhook => ({ ...signed, headers: { ...signed.headers, ...headers } });
  const { 'webhook-signature': signature, 'webhook-timestamp': timestamp } = signed.headers;

  test('accepts and rejects like the library of Svix, with its header names', () => {
    fc.assert(fc.property(fc.jsonValue().map((value) => JSON.stringify(value)), fc.nat(), fc.integer({ min: 1, max: 255 }), replacement,
      (payload, position, difference, character) => {
        const now = new Date();
        const ours = underSvixName(standardWebhook(payload, 'msg_1', now));
        const theirs = { ...ours, headers: { ...ours.headers, 'svix-signature': new SvixWebhook(STANDARD_SECRET).sign('msg_1', now, payload) } };
        const altered = alteredOnce(standardWebhook(payload, 'msg_1', now), position, difference, character).map(underSvixName);

        expect([verify(theirs, undefined, now), svixAccepts(ours)]).toEqual(['authentic', true]);
        expect(altered.map((forged) => [verify(forged, undefined, now) === 'authentic', svixAccepts(forged)]))
          .toEqual(altered.map(() => [false, false]));
      }));
  });

  test.each([
    ['one of several signatures', `v1,${'A'.repeat(43)}= ${signature}`],
    ['a signature next to an asymmetric one', `v1a,AAAA ${signature}`],
    ['a signature next to an invalid one', `v1,rubbish ${signature}`],
  ])('accepts %s', (_, header) => {
    expect(verify(withHeaders({ 'webhook-signature': header }))).toBe('authentic');
  });

  test('does not combine headers with both prefixes', () => {
    const { 'webhook-id': id, ...rest } = signed.headers;

    expect(verify({ ...signed, headers: { ...rest, 'svix-id': id } })).toBe('signature_malformed');
  });

  test.each([
    ['without its prefix', STANDARD_SECRET.slice('whsec_'.length), STANDARD_SECRET],
    ['without its padding', `whsec_${'A'.repeat(34)}`, `whsec_${'A'.repeat(34)}==`],
  ])('accepts a secret %s', (_, secret, signingSecret) => {
    expect(verify(standardWebhook(BODY, 'msg_1', AT, signingSecret), [secret])).toBe('authentic');
  });

  test('accepts a signature by any of the secrets, usable or not', () => {
    expect(verify(signed, ['not base64!', `whsec_${'A'.repeat(32)}`, STANDARD_SECRET])).toBe('authentic');
  });

  test.each(['whsec_', 'not base64!', 'whsec_A', `whsec_${'A'.repeat(33)}x==`, `whsec_${Buffer.alloc(23).toString('base64')}`])('reports the secret %p as unusable', (secret) => {
    expect(verify(signed, [secret])).toBe('secret_unusable');
  });

  test.each<[string, Headers, string]>([
    ['an empty signature', { 'webhook-signature': '' }, 'signature_missing'],
    ['an empty identifier', { 'webhook-id': '' }, 'signature_malformed'],
    ['an empty timestamp', { 'webhook-timestamp': '' }, 'signature_malformed'],
    ['a timestamp with other characters', { 'webhook-timestamp': `${timestamp}abc` }, 'signature_malformed'],
    ['only an unknown version', { 'webhook-signature': signature.replace('v1', 'v2') }, 'signature_malformed'],
    ['a signature without a version', { 'webhook-signature': signature.slice(3) }, 'signature_malformed'],
    ['an invalid signature', { 'webhook-signature': 'v1,%' }, 'signature_mismatch'],
    ['an invalid asymmetric signature', { 'webhook-signature': 'v1a,%' }, 'signature_mismatch'],
    ['a repeated identifier', { 'Webhook-Id': 'msg_1' }, 'signature_malformed'],
    ['a repeated timestamp', { 'Webhook-Timestamp': timestamp }, 'signature_malformed'],
    ['a repeated signature', { 'Webhook-Signature': signature }, 'signature_malformed'],
  ])('rejects %s', (_, headers, reason) => {
    expect(verify(withHeaders(headers))).toBe(reason);
  });

  test.each([[300, 'authentic'], [301, 'timestamp_out_of_tolerance'], [-300, 'authentic'], [-301, 'timestamp_out_of_tolerance']])(
    'verifies an age of %d seconds as %s', (age, verification) => {
      expect(verify(signed, undefined, new Date(AT.getTime() + age * 1000))).toBe(verification);
    });
});

describe('verify with public keys', () => {
  const { privateKey, secret } = signingKeys();
  const signed = asymmetricWebhook(BODY, privateKey);
  const signature = signed.headers['webhook-signature'];
  const withSignature = (value: string): SignedWebhook => ({ ...signed, headers: { ...signed.headers, 'webhook-signature': value } });
  const other = signingKeys();

  test('accepts a signature by the private key, and rejects it with one changed byte', () => {
    fc.assert(fc.property(fc.jsonValue().map((value) => JSON.stringify(value)), fc.nat(), fc.integer({ min: 1, max: 255 }), replacement,
      (payload, position, difference, character) => {
        const webhook = asymmetricWebhook(payload, privateKey);
        const altered = alteredOnce(webhook, position, difference, character);

        expect(verify(webhook, [secret])).toBe('authentic');
        expect(altered.map((forged) => verify(forged, [secret]) === 'authentic')).toEqual([false, false, false, false]);
        expect(verify(webhook, [changed(secret, position, character)])).not.toBe('authentic');
      }));
  });

  test.each([
    ['one of several signatures', `v1a,${'A'.repeat(86)}== ${signature}`, [secret]],
    ['a signature next to an invalid one', `v1a,rubbish v1a, ${signature}`, [secret]],
    ['a signature next to a symmetric one', `v1,${'A'.repeat(43)}= ${signature}`, [secret]],
    ['a signature by any of several keys', signature, [other.secret, secret]],
    ['a signature with additional symmetric secrets', signature, [STANDARD_SECRET, secret]],
    ['a signature with additional unusable secrets', signature, ['whpk_AAAA', 'not base64!', secret]],
    ['a signature by a key without padding', signature, [secret.replace(/=+$/, '')]],
  ])('accepts %s', (_, header, secrets) => {
    expect(verify(withSignature(header), secrets)).toBe('authentic');
  });

  test('accepts a symmetric signature with an additional public key', () => {
    expect(verify(standardWebhook(BODY, 'msg_1', AT), [secret, STANDARD_SECRET])).toBe('authentic');
  });

  test('does not use a public key as a symmetric secret', () => {
    const forged = standardWebhook(BODY, 'msg_1', AT, secret.replace('whpk_', 'whsec_'));

    expect(verify(forged, [secret])).toBe('signature_mismatch');
  });

  test.each([
    ['a signature by another key', signature, [other.secret], 'signature_mismatch'],
    ['a signature with only a symmetric secret', signature, [STANDARD_SECRET], 'signature_mismatch'],
    ['half of the signature', `v1a,${Buffer.from(signature.slice(4), 'base64').subarray(0, 32).toString('base64')}`, [secret], 'signature_mismatch'],
    ['the signature under another version', signature.replace('v1a', 'v1'), [secret], 'signature_mismatch'],
    ['the signature under an unknown version', signature.replace('v1a', 'v1b'), [secret], 'signature_malformed'],
    ['a key that is too short', signature, [`whpk_${Buffer.alloc(31).toString('base64')}`], 'secret_unusable'],
    ['a key that is too long', signature, [`whpk_${Buffer.alloc(33).toString('base64')}`], 'secret_unusable'],
    ['an empty key', signature, ['whpk_'], 'secret_unusable'],
    ['a key that is not base64', signature, [`${secret}!`], 'secret_unusable'],
  ])('rejects %s', (_, header, secrets, reason) => {
    expect(verify(withSignature(header), secrets)).toBe(reason);
  });

  test.each([[300, 'authentic'], [301, 'timestamp_out_of_tolerance'], [-301, 'timestamp_out_of_tolerance']])(
    'verifies an age of %d seconds as %s', (age, verification) => {
      expect(verify(signed, [secret], new Date(AT.getTime() + age * 1000))).toBe(verification);
    });
});

describe('normalize', () => {
  test('reads the canonical transaction, and the identifier of the event from the signed header', () => {
    const normalized = standardWebhooks.normalize(request(standardWebhook(BODY, 'msg_7')), CONFIG);

    expect(normalized).toMatchObject({ parsed: true, fields: { eventId: 'msg_7', transactionId: 'order-1', kind: 'captured', eventTime: undefined } });
  });

  test('reads the fields if they are configured', () => {
    const webhook = standardWebhook('{"id": "evt_1", "data": {"no": 5}}', 'msg_7');

    const normalized = standardWebhooks.normalize(request(webhook), { ...CONFIG, fields: { transactionId: 'data.no', eventId: 'id' } });

    expect(normalized).toMatchObject({ parsed: true, fields: { eventId: 'msg_7', transactionId: '5' } });
  });
});
