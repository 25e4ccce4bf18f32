import { KeyObject, sign, webcrypto } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { readChain } from '../shared/certificate-chain';
import type { Headers, SignedWebhook } from '../shared/samples/provider-samples';
import type { CertificateSource } from '../shared/scheme';

/* eslint-disable @typescript-eslint/no-require-imports -- `@peculiar/x509` needs a polyfill of decorators' metadata before it is loaded */
Object.assign(Reflect, { getMetadata: () => undefined, getOwnMetadata: () => undefined });
const x509 = require('@peculiar/x509') as typeof import('@peculiar/x509');

export const LIVE_NAME = 'messageverificationcerts.paypal.com';
export const SANDBOX_NAME = 'messageverificationcerts.sandbox.paypal.com';
export const CERTIFICATE_URL = 'https://api.paypal.com/v1/notifications/certs/CERT-1a2b3c4d-5e6f7a8b-9c0d1e2f';
export const SANDBOX_CERTIFICATE_URL = CERTIFICATE_URL.replace('api.', 'api.sandbox.');
export const WEBHOOK_ID = '6H350923LE7195214';

const RSA = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', publicExponent: new Uint8Array([1, 0, 1]), modulusLength: 2048 };
const EC = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

export interface Certified {
  readonly subject: string;
  readonly pem: string;
  readonly keys: webcrypto.CryptoKeyPair;
}

export interface CertificateOptions {
  readonly subject: string;
  /** The issuer. Default: the certificate signs itself. */
  readonly by?: Certified;
  readonly isAuthority?: boolean;
  readonly dnsNames?: readonly string[];
  readonly from?: string;
  readonly to?: string;
  /** The keys of another certificate. Default: new keys. */
  readonly keys?: webcrypto.CryptoKeyPair;
  readonly isElliptic?: boolean;
}

/** Issues a certificate as an authority does. It is valid in 2026 by default. */
export async function certify(options: CertificateOptions): Promise<Certified> {
  const { subject, by, isAuthority, dnsNames = [], from, to, isElliptic, keys: given } = options;
  const keys = given ?? await webcrypto.subtle.generateKey(isElliptic ? EC : RSA, true, ['sign', 'verify']) as webcrypto.CryptoKeyPair;
  const signer = by?.keys ?? keys;
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: '01',
    subject,
    issuer: by?.subject ?? subject,
    notBefore: new Date(from ?? '2026-01-01T00:00:00Z'),
    notAfter: new Date(to ?? '2026-12-31T23:59:59Z'),
    publicKey: keys.publicKey,
    signingKey: signer.privateKey,
    signingAlgorithm: signer.publicKey.algorithm.name === EC.name ? EC : RSA,
    extensions: [
      ...isAuthority ? [new x509.BasicConstraintsExtension(true, undefined, true)] : [],
      ...dnsNames.map((value) => new x509.SubjectAlternativeNameExtension([{ type: 'dns', value }])),
    ],
  });
  return { subject, pem: certificate.toString('pem'), keys };
}

/** A root, an intermediate, and PayPal's two certificates under it. */
export async function payPalAuthority() {
  const root = await certify({ subject: 'C=XX, O=Test, CN=Test Root', isAuthority: true });
  const intermediate = await certify({ subject: 'C=XX, O=Test, CN=Test EV CA', isAuthority: true, by: root });
  const live = await certify({ subject: `CN=${LIVE_NAME}`, dnsNames: [LIVE_NAME], by: intermediate });
  const sandbox = await certify({ subject: `CN=${SANDBOX_NAME}`, dnsNames: [SANDBOX_NAME], by: intermediate });
  return { root, intermediate, live, sandbox };
}

/** Returns a certificate for every URL, without its issuers, as PayPal publishes it. */
export function sourceOf({ pem }: Certified, root: Certified, ...intermediates: Certified[]): CertificateSource {
  const chain = readChain(pem, { intermediates: intermediates.map((each) => each.pem), roots: [root.pem] });
  return async () => chain;
}

export interface DeliveryOptions {
  readonly id?: string;
  readonly at?: Date;
  readonly webhookId?: string;
  /** Replace the usual headers. */
  readonly headers?: Headers;
}

/** Signed as PayPal signs, with the headers that it sends. */
export function payPalWebhook(
  body: Buffer | string, { keys }: Certified, { id = '5b0c2f10-fe9c-11f0-9d3a-3f1c2a7b9e54', at = new Date(), webhookId = WEBHOOK_ID, headers }: DeliveryOptions = {},
): SignedWebhook {
  const time = at.toISOString().replace(/\.\d+/, '');
  const signed = [id, time, webhookId, crc32(body)].join('|');
  return {
    body: Buffer.from(body),
    headers: {
      'PAYPAL-TRANSMISSION-ID': id,
      'PAYPAL-TRANSMISSION-TIME': time,
      'PAYPAL-TRANSMISSION-SIG': sign('sha256', Buffer.from(signed), KeyObject.from(keys.privateKey)).toString('base64'),
      'PAYPAL-CERT-URL': CERTIFICATE_URL,
      'PAYPAL-AUTH-ALGO': 'SHA256withRSA',
      ...headers,
    },
  };
}
