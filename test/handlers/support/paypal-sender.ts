import { KeyObject, createHash, sign } from 'node:crypto';
import { CERTIFICATE_URL, LIVE_NAME, certify, payPalWebhook, type Certified } from './paypal-certificates';
import type { Signing } from './provider-signers';
import type { SignedWebhook } from './webhooks';
import { SecretField } from '../../../src/private/contract';

/** A root of ours, and a certificate of PayPal's name under it, valid at any time of these tests. */
interface Sender {
  readonly root: string;
  readonly certificate: Certified;
}

const VALIDITY = { from: '2010-01-01T00:00:00Z', to: '2099-12-31T23:59:59Z' };
let sender: Promise<Sender> | undefined;

/** Made once: two RSA keys take a while. */
export async function payPalSender(): Promise<Sender> {
  sender ??= makeSender();
  return sender;
}

async function makeSender(): Promise<Sender> {
  const root = await certify({ subject: 'CN=A root of the tests', isAuthority: true, ...VALIDITY });
  return { root: root.pem, certificate: await certify({ subject: `CN=${LIVE_NAME}`, dnsNames: [LIVE_NAME], by: root, ...VALIDITY }) };
}

/** A delivery by PayPal, under the transmission that belongs to the payload, or to it and a name. */
export async function payPalDelivery(payload: Buffer, secret: string, { at, name = '' }: Signing): Promise<SignedWebhook> {
  const { certificate } = await payPalSender();
  const { [SecretField.WEBHOOK_ID]: webhookId } = JSON.parse(secret) as Record<string, string>;
  return payPalWebhook(payload, certificate, { id: createHash('sha256').update(name).update(payload).digest('hex').slice(0, 32), at, webhookId });
}

/** The headers of a delivery whose signed text is given, and not computed. */
export async function payPalHeaders(signed: string): Promise<Record<string, string>> {
  const { certificate: { keys } } = await payPalSender();
  const [id, time] = signed.split('|');
  return {
    'PAYPAL-TRANSMISSION-ID': id,
    'PAYPAL-TRANSMISSION-TIME': time,
    'PAYPAL-TRANSMISSION-SIG': sign('sha256', Buffer.from(signed), KeyObject.from(keys.privateKey)).toString('base64'),
    'PAYPAL-CERT-URL': CERTIFICATE_URL,
    'PAYPAL-AUTH-ALGO': 'SHA256withRSA',
  };
}
