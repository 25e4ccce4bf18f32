import { KeyObject, sign } from 'node:crypto';
import { payPal } from '.';
import {
  CERTIFICATE_URL, certify, LIVE_NAME, payPalAuthority, payPalWebhook, SANDBOX_CERTIFICATE_URL, sourceOf, WEBHOOK_ID,
} from './sample-certificates';
import type { ProviderConfig } from '../../../src/private/contract';
import { describePublished, payloads, vectors, type PublishedVector } from '../../../test/handlers/support/published';
import { request } from '../../../test/handlers/support/webhooks';
import { CertificateCache } from '../../ingest/certificates';
import type { SignedWebhook } from '../shared/samples/provider-samples';
import type { CertificateSource } from '../shared/scheme';

const CONFIG: ProviderConfig = { name: 'paypal', scheme: 'paypal', secretArns: ['arn:paypal'] };

interface Given {
  readonly webhookId: string;
  readonly now: Date;
  readonly certificates: CertificateSource;
}

const verify = async (webhook: SignedWebhook, { webhookId, now, certificates }: Given) => (
  payPal.verify(request(webhook), [JSON.stringify({ webhook_id: webhookId })], { config: CONFIG, now, certificates })
);
const delivery = ({ rawBody, headers }: PublishedVector, overrides = {}): SignedWebhook => (
  { body: Buffer.from(rawBody), headers: { ...headers, ...overrides } }
);

/** The time of the delivery, and a source of its certificate. */
function given({ webhookId, certPem, headers }: PublishedVector): Given {
  const cache = new CertificateCache(async () => new Response(certPem));
  return { webhookId: webhookId!, now: new Date(headers['paypal-transmission-time']), certificates: async (url) => cache.get(url) };
}

describePublished('the published vectors of PayPal', () => {
  const rows = vectors('paypal');
  const simulated = rows.filter(({ certPem, headers }) => certPem && headers['paypal-cert-url'].includes('/certs/'));
  const inSandbox = rows.find(({ headers }) => headers['paypal-cert-url']?.includes('api.sandbox'))!;
  const signedString = rows.find(({ expectedSignedString }) => expectedSignedString !== undefined)!;

  test('are all covered by a test', () => {
    expect(rows).toEqual([...simulated, inSandbox, signedString]);
  });

  test.each(simulated.map((row) => [row.name, row] as const))('%s', async (_, row) => {
    expect(await verify(delivery(row), given(row))).toBe('authentic');
    expect(await verify(delivery({ ...row, rawBody: `${row.rawBody} ` }), given(row))).toBe('signature_mismatch');
    expect(payPal.normalize(request(delivery(row)))).toMatchObject({ parsed: true, fields: { live: true } });
  });

  test('are rejected four days later, and with a later time, because the certificate has expired', async () => {
    const [row] = simulated;
    const now = new Date('2025-03-08T00:00:00Z');
    const later = { 'paypal-transmission-time': now.toISOString() };

    expect(await verify(delivery(row), { ...given(row), now })).toBe('timestamp_out_of_tolerance');
    expect(await verify(delivery(row, later), { ...given(row), now })).toBe('certificate_untrusted');
  });

  test('of the sandbox in 2017 is rejected only for its certificate URL', async () => {
    const certificates = jest.fn(given(inSandbox).certificates);
    const atCertificate = delivery(inSandbox, { 'paypal-cert-url': SANDBOX_CERTIFICATE_URL });
    const atLiveCertificate = delivery(inSandbox, { 'paypal-cert-url': CERTIFICATE_URL });

    expect(await verify(delivery(inSandbox), { ...given(inSandbox), certificates })).toBe('certificate_untrusted');
    expect(certificates).not.toHaveBeenCalled();
    expect(await verify(atCertificate, given(inSandbox))).toBe('authentic');
    expect(await verify(atLiveCertificate, given(inSandbox))).toBe('certificate_untrusted');
    expect(payPal.normalize(request(atCertificate))).toMatchObject({ parsed: true, fields: { live: false } });
  });

  test('of 2015 has the signed text that is verified', async () => {
    const { expectedSignedString } = signedString;
    const root = await certify({ subject: 'CN=Root of 2015', isAuthority: true, from: '2015-01-01T00:00:00Z' });
    const leaf = await certify({ subject: 'CN=leaf', by: root, dnsNames: [LIVE_NAME], from: '2015-01-01T00:00:00Z' });
    const webhook = delivery(signedString, {
      'paypal-transmission-sig': sign('sha256', Buffer.from(expectedSignedString!), KeyObject.from(leaf.keys.privateKey)).toString('base64'),
      'paypal-cert-url': CERTIFICATE_URL,
      'paypal-auth-algo': 'SHA256withRSA',
    });

    expect(await verify(webhook, { ...given(signedString), certificates: sourceOf(leaf, root) })).toBe('authentic');
  });
});

describePublished('the published payloads of PayPal', () => {
  let authority: Awaited<ReturnType<typeof payPalAuthority>>;

  beforeAll(async () => {
    authority = await payPalAuthority();
  });

  test.each(payloads('paypal'))('%s is accepted and parsed when it is signed', async (_, payload) => {
    const { live, intermediate, root } = authority;
    const now = new Date('2026-06-30T12:00:00Z');
    const webhook = payPalWebhook(payload, live, { at: now });

    expect(await verify(webhook, { webhookId: WEBHOOK_ID, now, certificates: sourceOf(live, root, intermediate) })).toBe('authentic');
    expect(payPal.normalize(request(webhook))).toMatchObject({
      parsed: true,
      fields: { eventId: expect.stringMatching(/^WH-/), transactionId: expect.any(String), eventName: expect.any(String), status: expect.any(String) },
    });
  });
});
