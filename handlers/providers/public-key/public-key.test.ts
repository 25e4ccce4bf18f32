import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { publicKey } from '.';
import { samples } from './samples';
import type { SignatureConfig } from '../../../src/private/contract';
import { describeProviderContract } from '../../../test/handlers/support/provider-contract';
import { context, request } from '../../../test/handlers/support/webhooks';

const BODY = Buffer.from('{"id": "evt_1"}');
const SIGNATURE: SignatureConfig = { signatureHeader: 'x-signature', encoding: 'base64' };
const PAIRS = {
  'RSA': generateKeyPairSync('rsa', { modulusLength: 2048 }),
  'P-256': generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  'Ed25519': generateKeyPairSync('ed25519'),
} as const;
type Name = keyof typeof PAIRS;

const spki = (key: KeyObject) => key.export({ format: 'der', type: 'spki' }).toString('base64');
const signatureOf = (name: Name) => sign(name === 'Ed25519' ? null : 'sha256', BODY, PAIRS[name].privateKey);

function verify(signature: string, names: readonly Name[], config: Partial<SignatureConfig> = {}) {
  const webhook = { body: BODY, headers: { 'x-signature': signature } };
  const provider = { ...samples.config, publicKeys: names.map((name) => spki(PAIRS[name].publicKey)), signature: { ...SIGNATURE, ...config } };
  return publicKey.verify(request(webhook), [], context(provider, new Date()));
}

describeProviderContract(samples);

describe('verify', () => {
  test.each(Object.keys(PAIRS) as Name[])('accepts a signature by %s, alone and as one of several keys', (name) => {
    const signature = signatureOf(name).toString('base64');

    expect(verify(signature, [name])).toBe('authentic');
    expect(verify(signature, ['RSA', 'P-256', 'Ed25519'])).toBe('authentic');
  });

  test('accepts any of several signatures', () => {
    const header = `v1=${signatureOf('RSA').toString('hex')},v1=${signatureOf('Ed25519').toString('hex')}`;

    expect(verify(header, ['Ed25519'], { signatureFormat: 'v1={signature}', encoding: 'hex' })).toBe('authentic');
  });

  test.each<[string, string, Name[], string]>([
    ['a signature by another key', signatureOf('RSA').toString('base64'), ['Ed25519', 'P-256'], 'signature_mismatch'],
    ['an ECDSA signature that is not DER', Buffer.alloc(64, 1).toString('base64'), ['P-256'], 'signature_mismatch'],
    ['a short signature', 'AAAA', ['RSA', 'P-256', 'Ed25519'], 'signature_mismatch'],
    ['a signature in another encoding', `${signatureOf('RSA').toString('base64')}!`, ['RSA'], 'signature_malformed'],
    ['any signature without a key', signatureOf('RSA').toString('base64'), [], 'signature_mismatch'],
    ['no signature', '', ['RSA'], 'signature_missing'],
  ])('rejects %s', (_, signature, names, reason) => {
    expect(verify(signature, names)).toBe(reason);
  });

  test.each([{ signature: undefined }, { publicKeys: undefined }])('throws for a deployment without a configuration: %j', (config) => {
    const webhook = { body: BODY, headers: { 'x-signature': 'AAAA' } };

    expect(() => publicKey.verify(request(webhook), [], context({ ...samples.config, ...config }, new Date()))).toThrow('no signature configuration or no public keys');
  });
});

test('reads no fields if no fields are configured', () => {
  expect(publicKey.normalize(request({ body: BODY, headers: {} }), { ...samples.config, fields: undefined }).fields.eventId).toBeUndefined();
});
