import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { schemeOfFile, vectorCase } from './vector-cases';
import { loadScheme } from '../../../handlers/providers/registry';
import { signAsConfigured } from '../../../handlers/providers/shared/simulators/configured-signature';
import type { SimulatedSignature, SimulatedWebhook } from '../../../handlers/providers/shared/simulators/provider-simulator';
import { SIMULATORS } from '../../../handlers/providers/simulators';
import type { HmacConfig, ProviderConfig, SchemeName } from '../../../src/private/contract';
import { ALL_SAMPLES } from '../support/all-samples';
import { describePublished, vectorProviders, vectors } from '../support/published';

const URL = 'https://api.example.com/prod/webhook/shop';
const AT = new Date('2026-01-31T12:00:00.000Z');
const BODY = Buffer.from('{"id":"e-1"}');

const signatureBy = (secret: string, config: ProviderConfig): SimulatedSignature => ({ secret, at: AT, eventName: 'any', eventId: '0123456789ab', config });
const verify = async (scheme: SchemeName, { body, headers }: SimulatedWebhook, secret: string, config: ProviderConfig) => {
  const request = { body, headers: new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), [value]])) };
  return loadScheme(scheme).verify(request, [secret], { config, now: AT, certificates: async () => undefined });
};

const ID_PREFIX = 'msg_';

describePublished('the published vectors', () => {
  const cases = vectorProviders().flatMap((file) => {
    const scheme = schemeOfFile(file);
    const isSimulated = scheme !== undefined && SIMULATORS[scheme] !== undefined && SIMULATORS[scheme].cannotSign === undefined;
    return isSimulated ? vectors(file).flatMap((row, index) => {
      const vector = vectorCase(scheme, row, index);
      const isSigned = row.valid && vector?.webhook !== undefined && !vector.secret.startsWith('whpk_') && !vector.secret.includes('-----');
      return isSigned ? [{ scheme, name: vector.name, vector, webhook: vector.webhook! }] : [];
    }) : [];
  });

  test('are of most schemes', () => {
    expect([...new Set(cases.map(({ scheme }) => scheme))]).toEqual(expect.arrayContaining(['adyen', 'gocardless', 'hmac', 'shopify', 'square', 'standard-webhooks', 'stripe']));
  });

  test.each(cases)('have the signature of the simulator: $scheme, $name', async ({ scheme, vector: { config, secret, at = AT }, webhook }) => {
    const published = await webhook();
    const valueOf = (headers: SimulatedWebhook['headers'], name: string) => Object.entries(headers).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
    const time = /\bt=(\d+)/.exec(valueOf(published.headers, 'stripe-signature') ?? '')?.[1] ?? valueOf(published.headers, 'webhook-timestamp');
    const signedAt = time === undefined ? at : new Date(Number(time) * 1000);
    const eventId = valueOf(published.headers, 'webhook-id')?.slice(ID_PREFIX.length) ?? '0123456789ab';

    const simulated = SIMULATORS[scheme].sign(published.body, { secret, at: signedAt, eventName: 'any', eventId, config });

    const names = config.hmac ? [config.hmac.signatureHeader] : [...ALL_SAMPLES[scheme].signatureHeaders, ...Object.keys(published.headers).filter((name) => name === 'HmacSignature')];
    // Adyen's signature is in the body, which is written again.
    const contentOf = (body: Buffer): unknown => scheme === 'adyen' ? JSON.parse(body.toString()) as unknown : body.toString();
    expect(contentOf(simulated.body)).toEqual(contentOf(published.body));
    for (const name of names) {
      expect(valueOf(published.headers, name)).toContain(valueOf(simulated.headers, name));
    }
  });
});

describe('the simulator of hmac', () => {
  const simulator = SIMULATORS.hmac;
  const FORMS: { readonly [name: string]: HmacConfig } = {
    'the body': { signatureHeader: 'X-Signature', algorithm: 'sha1', encoding: 'hex' },
    'base64url with a prefix': { signatureHeader: 'X-Signature', algorithm: 'sha512', encoding: 'base64url', prefix: 'v1=' },
    'a key in hex': { signatureHeader: 'X-Signature', algorithm: 'sha256', encoding: 'base64', keyEncoding: 'hex' },
    'a key in base64': { signatureHeader: 'X-Signature', algorithm: 'sha256', encoding: 'base64', keyEncoding: 'base64' },
    'a time in the same header': { signatureHeader: 'X-Signature', algorithm: 'sha256', encoding: 'hex', signatureFormat: 'ts={timestamp};h1={signature}', signedContent: '{timestamp}:{body}' },
    'milliseconds in a header': { signatureHeader: 'X-Signature', algorithm: 'sha256', encoding: 'hex', timestampHeader: 'X-Time', timestampFormat: 'milliseconds' },
    'a time of ISO 8601': { signatureHeader: 'X-Signature', algorithm: 'sha256', encoding: 'hex', timestampHeader: 'X-Time', timestampFormat: 'iso-8601' },
    'another header': { signatureHeader: 'X-Signature', algorithm: 'sha256', encoding: 'hex', signedContent: '{header:X-Event-Id}.{body}.end' },
    'the URL': { signatureHeader: 'X-Signature', algorithm: 'sha256', encoding: 'hex', signedContent: '{url}{body}' },
    'the URL with a key in hex': { signatureHeader: 'X-Signature', algorithm: 'sha256', encoding: 'hex', keyEncoding: 'hex', signedContent: '{url}{body}' },
  };

  test.each(Object.keys(FORMS))('signs with %s', async (name) => {
    const config: ProviderConfig = { name: 'shop', scheme: 'hmac', secretArns: ['arn'], hmac: FORMS[name], fields: {} };
    const secret = simulator.newSecret(URL, config);

    const webhook = simulator.sign(BODY, signatureBy(secret, config));

    expect(webhook.body).toBe(BODY);
    expect(await verify('hmac', webhook, secret, config)).toBe('authentic');
    expect(await verify('hmac', webhook, simulator.newSecret(URL, config), config)).toBe('signature_mismatch');
  });

  test('needs the form of the signature', () => {
    expect(() => simulator.sign(BODY, signatureBy('secret', { name: 'shop', scheme: 'hmac', secretArns: [] }))).toThrow('needs the configuration of the signature');
  });
});

describe('the simulator of public-key', () => {
  const simulator = SIMULATORS['public-key'];
  const pem = ({ privateKey }: { readonly privateKey: KeyObject }) => privateKey.export({ format: 'pem', type: 'pkcs8' }) as string;

  test.each([
    ['Ed25519', () => simulator.newSecret(URL)],
    ['RSA', () => pem(generateKeyPairSync('rsa', { modulusLength: 2048 }))],
    ['ECDSA', () => pem(generateKeyPairSync('ec', { namedCurve: 'P-256' }))],
  ])('signs with a key of %s', async (_, newKey) => {
    const secret = newKey();
    const publicKeys = [createPublicKey(secret).export({ format: 'der', type: 'spki' }).toString('base64')];
    const config: ProviderConfig = { name: 'shop', scheme: 'public-key', secretArns: [], signature: { signatureHeader: 'X-Signature', encoding: 'base64' }, publicKeys };

    expect(await verify('public-key', simulator.sign(BODY, signatureBy(secret, config)), '', config)).toBe('authentic');
  });

  test('needs the form of the signature', () => {
    expect(() => simulator.sign(BODY, signatureBy('secret', { name: 'shop', scheme: 'public-key', secretArns: [] }))).toThrow('needs the configuration of the signature');
  });
});

describe('the simulator of standard-webhooks', () => {
  const simulator = SIMULATORS['standard-webhooks'];
  const config: ProviderConfig = { name: 'shop', scheme: 'standard-webhooks', secretArns: ['arn'] };

  test('signs with a private key, as its public key verifies', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const stored = `whpk_${Buffer.from(publicKey.export({ format: 'jwk' }).x!, 'base64url').toString('base64')}`;

    const webhook = simulator.sign(BODY, signatureBy(pem(privateKey), config));

    expect(webhook.headers['webhook-signature']).toMatch(/^v1a,/);
    expect(await verify('standard-webhooks', webhook, stored, config)).toBe('authentic');
  });

  test('signs with a secret without its prefix', async () => {
    const secret = simulator.newSecret(URL).slice('whsec_'.length);

    expect(await verify('standard-webhooks', simulator.sign(BODY, signatureBy(secret, config)), secret, config)).toBe('authentic');
  });

  test('cannot sign with a public key', () => {
    expect(() => simulator.sign(BODY, signatureBy('whpk_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', config))).toThrow('a public key cannot sign');
  });

  const pem = (key: KeyObject) => key.export({ format: 'pem', type: 'pkcs8' }) as string;
});

test('a body that is not that of a batch is signed as a whole by the simulator of adyen', async () => {
  const config = ALL_SAMPLES.adyen.config;
  const secret = SIMULATORS.adyen.newSecret(URL);
  const webhook = SIMULATORS.adyen.sign(Buffer.from('{"type":"balancePlatform.transfer.created"}'), signatureBy(secret, config));

  expect(webhook.headers).toHaveProperty('HmacSignature');
  expect(await verify('adyen', webhook, secret, config)).toBe('authentic');
});

test('a signature is a part of a format only once', () => {
  const { headers } = signAsConfigured(BODY, { signatureHeader: 'X-Signature', encoding: 'base64', signatureFormat: '{timestamp},{signature}' }, { at: AT, eventId: '0123456789ab' }, () => Buffer.from('$&'));

  expect(headers['X-Signature']).toBe(`${AT.getTime() / 1000},${Buffer.from('$&').toString('base64')}`);
});
