import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import '../../../test/handlers/support/validator-environment';
import { payPal } from '.';
import {
  CERTIFICATE_URL, certify, LIVE_NAME, payPalAuthority, payPalWebhook, SANDBOX_CERTIFICATE_URL, sourceOf, WEBHOOK_ID,
  type Certified, type DeliveryOptions,
} from './sample-certificates';
import { samples } from './samples';
import type { ProviderConfig } from '../../../src/private/contract';
import { FakeTable } from '../../../test/handlers/support/fake-table';
import { describeProviderContract } from '../../../test/handlers/support/provider-contract';
import { withChecksumOf } from '../../../test/handlers/support/same-checksum';
import { request } from '../../../test/handlers/support/webhooks';
import { ingest, type IngestPorts } from '../../ingest/ingest';
import { storeOnce } from '../../ingest/transaction-writer';
import { changed, changedByte } from '../shared/samples/changes';
import type { SignedWebhook } from '../shared/samples/provider-samples';
import type { CertificateSource } from '../shared/scheme';

const CONFIG: ProviderConfig = { name: 'paypal', scheme: 'paypal', secretArns: ['arn:paypal'] };
const AT = new Date('2026-06-30T12:00:00Z');
const DAY = 86_400_000;
const BODY = '{"id": "WH-1", "event_type": "PAYMENT.CAPTURE.COMPLETED"}';
const secretOf = (webhookId: string) => JSON.stringify({ webhook_id: webhookId });
const SECRET = secretOf(WEBHOOK_ID);

let pki: Awaited<ReturnType<typeof payPalAuthority>>;
let fetched: string[];
/** The published certificates: at each of PayPal's two hosts the certificate of its name, without its issuers. */
let published: CertificateSource;

beforeAll(async () => {
  pki = await payPalAuthority();
  const [live, sandbox] = [sourceUnder(pki.live), sourceUnder(pki.sandbox)];
  published = async (url) => {
    fetched.push(url.href);
    return url.hostname.includes('sandbox') ? sandbox(url) : live(url);
  };
});

beforeEach(() => {
  fetched = [];
});

const sourceUnder = (leaf: Certified) => sourceOf(leaf, pki.root, pki.intermediate);

interface Given {
  readonly secrets?: readonly string[];
  readonly now?: Date;
  readonly config?: ProviderConfig;
  readonly certificates?: CertificateSource;
}

const verify = async (webhook: SignedWebhook, { secrets = [SECRET], now = AT, config = CONFIG, certificates = published }: Given = {}) => (
  payPal.verify(request(webhook), secrets, { config, now, certificates })
);
const signed = (transmission: DeliveryOptions = {}, body: Buffer | string = BODY) => payPalWebhook(body, pki.live, { at: AT, ...transmission });
const withHeaders = (headers: Record<string, string | undefined>) => {
  const webhook = signed();
  const kept = Object.entries({ ...webhook.headers, ...headers }).filter((header): header is [string, string] => header[1] !== undefined);
  return { ...webhook, headers: Object.fromEntries(kept) };
};

describeProviderContract(samples);

describe('verify', () => {
  test('accepts a signed webhook, and rejects it with one changed byte', async () => {
    const body = fc.uint8Array({ minLength: 1, maxLength: 200 }).map((bytes) => Buffer.from(bytes));
    const byte = fc.record({ position: fc.nat(), difference: fc.integer({ min: 1, max: 255 }) });
    const character = fc.constantFrom(...'0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ+/');
    const at = fc.integer({ min: -4 * 86_400, max: 300 }).map((seconds) => new Date(AT.getTime() + seconds * 1000));

    await fc.assert(fc.asyncProperty(body, byte, character, at, async (payload, { position, difference }, replacement, time) => {
      const webhook = signed({ at: time }, payload);
      const altered = ['PAYPAL-TRANSMISSION-ID', 'PAYPAL-TRANSMISSION-TIME', 'PAYPAL-TRANSMISSION-SIG'].map((name) => (
        { ...webhook, headers: { ...webhook.headers, [name]: changed(webhook.headers[name], position, replacement) } }
      ));
      const otherId = changed(WEBHOOK_ID, position, replacement);

      expect(await verify(webhook)).toBe('authentic');
      expect(await verify({ ...webhook, body: changedByte(webhook.body, position, difference) })).toBe('signature_mismatch');
      expect(await verify(webhook, { secrets: [secretOf(otherId)] })).toBe('signature_mismatch');
      await Promise.all(altered.map(async (forged) => expect(await verify(forged)).not.toBe('authentic')));
    }));
  });

  test.each<[string, readonly string[]]>([['one of several secrets', [secretOf('ANOTHER'), SECRET]], ['a secret next to an unusable one', ['whsec', SECRET]]])(
    'accepts a signature for %s', async (_, secrets) => {
      expect(await verify(signed(), { secrets })).toBe('authentic');
    });

  test('accepts a signature of the sandbox only with the certificate of the sandbox', async () => {
    const webhook = payPalWebhook(BODY, pki.sandbox, { at: AT, headers: { 'PAYPAL-CERT-URL': SANDBOX_CERTIFICATE_URL } });
    const other = { ...webhook, headers: { ...webhook.headers, 'PAYPAL-CERT-URL': CERTIFICATE_URL } };

    expect(await verify(webhook)).toBe('authentic');
    expect(await verify(other)).toBe('signature_mismatch');
    expect(fetched).toEqual([SANDBOX_CERTIFICATE_URL, CERTIFICATE_URL]);
  });

  test.each<[string, Record<string, string | undefined>, string]>([
    ['no signature', { 'PAYPAL-TRANSMISSION-SIG': undefined }, 'signature_missing'],
    ['an empty signature', { 'PAYPAL-TRANSMISSION-SIG': '' }, 'signature_missing'],
    ['a signature that is not base64', { 'PAYPAL-TRANSMISSION-SIG': 'c2ln bmF0dXJl' }, 'signature_malformed'],
    ['a repeated signature', { 'paypal-transmission-sig': 'c2lnbmF0dXJl' }, 'signature_malformed'],
    ['no id', { 'PAYPAL-TRANSMISSION-ID': undefined }, 'signature_malformed'],
    ['an id that contains the separator', { 'PAYPAL-TRANSMISSION-ID': 'a|b' }, 'signature_malformed'],
    ['an id that is too long', { 'PAYPAL-TRANSMISSION-ID': 'a'.repeat(51) }, 'signature_malformed'],
    ['a repeated id', { 'paypal-transmission-id': 'a' }, 'signature_malformed'],
    ['no time', { 'PAYPAL-TRANSMISSION-TIME': undefined }, 'signature_malformed'],
    ['a time in Unix seconds', { 'PAYPAL-TRANSMISSION-TIME': '1782820800' }, 'signature_malformed'],
    ['a time with an invalid date', { 'PAYPAL-TRANSMISSION-TIME': '2026-06-31T12:00:00Z' }, 'signature_malformed'],
    ['a repeated time', { 'paypal-transmission-time': '2026-06-30T12:00:00Z' }, 'signature_malformed'],
    ['no algorithm', { 'PAYPAL-AUTH-ALGO': undefined }, 'signature_malformed'],
    ['another algorithm', { 'PAYPAL-AUTH-ALGO': 'SHA1withRSA' }, 'signature_malformed'],
    ['no certificate', { 'PAYPAL-CERT-URL': undefined }, 'signature_malformed'],
    ['a repeated certificate', { 'paypal-cert-url': CERTIFICATE_URL }, 'signature_malformed'],
  ])('rejects %s, without a fetch', async (_, headers, reason) => {
    expect(await verify(withHeaders(headers))).toBe(reason);
    expect(fetched).toEqual([]);
  });

  test.each([
    'http://api.paypal.com/v1/notifications/certs/CERT-1', 'https://api.paypal.com:443/v1/notifications/certs/CERT-1',
    'https://user@api.paypal.com/v1/notifications/certs/CERT-1', 'https://api.paypal.com.example/v1/notifications/certs/CERT-1',
    'https://www.paypal.com/v1/notifications/certs/CERT-1', 'https://api.paypal.com@example.com/v1/notifications/certs/CERT-1',
    'https://example.com/v1/notifications/certs/CERT-1', 'https://api.paypal.com/v1/notifications/CERT-1', 'https://apixpaypal.com/v1/notifications/certs/CERT-1',
    'https://api.paypal.com/v1/notifications/certs/', 'https://api.paypal.com/v1/notifications/certs/a/b',
    'https://api.paypal.com/v1/notifications/certs/../webhooks', 'https://api.paypal.com/v1/notifications/certs/%2e%2e',
    'https://api.paypal.com/v1/notifications/certs/CERT-1?a=b', 'https://api.paypal.com/v1/notifications/certs/CERT-1#a',
    'https://api.paypal.com\\@example.com/v1/notifications/certs/CERT-1', 'https://api.paypal.com/v1/notifications/certs/CERT-1\n',
    ` ${CERTIFICATE_URL}`, `https://api.paypal.com/v1/notifications/certs/${'a'.repeat(101)}`, 'not an address', 'file:///etc/passwd',
  ])('fetches nothing from %j', async (url) => {
    expect(await verify(withHeaders({ 'PAYPAL-CERT-URL': url }))).toBe('certificate_untrusted');
    expect(fetched).toEqual([]);
  });

  test.each<[string, readonly string[]]>([
    ['a text that is not JSON', [WEBHOOK_ID]], ['an object without a webhook id', ['{"id": "a"}']], ['an empty webhook id', ['{"webhook_id": ""}']], ['two unusable values', ['[]', 'null']],
  ])('reports %s as an unusable secret, without a fetch', async (_, secrets) => {
    expect(await verify(signed(), { secrets })).toBe('secret_unusable');
    expect(fetched).toEqual([]);
  });

  test.each<[string, number, Partial<ProviderConfig>, string]>([
    ['four days old', 4 * DAY, {}, 'authentic'], ['older', 4 * DAY + 1, {}, 'timestamp_out_of_tolerance'],
    ['older, with any tolerance', 4 * DAY + 1, { toleranceSeconds: 86_400 * 30 }, 'timestamp_out_of_tolerance'],
    ['five minutes in the future', -300_000, {}, 'authentic'], ['more than five minutes in the future', -301_000, {}, 'timestamp_out_of_tolerance'],
    ['in the future by the tolerance', -10_000, { toleranceSeconds: 10 }, 'authentic'],
    ['in the future by more than the tolerance', -11_000, { toleranceSeconds: 10 }, 'timestamp_out_of_tolerance'],
  ])('verifies the time of a delivery that is %s', async (_, age, config, verification) => {
    expect(await verify(signed(), { now: new Date(AT.getTime() + age), config: { ...CONFIG, ...config } })).toBe(verification);
    expect(fetched).toHaveLength(verification === 'authentic' ? 1 : 0);
  });

  test('rejects a webhook if PayPal has no such certificate', async () => {
    expect(await verify(signed(), { certificates: async () => undefined })).toBe('certificate_untrusted');
  });

  test('throws the error if the certificate is not available', async () => {
    await expect(verify(signed(), { certificates: async () => Promise.reject(new Error('no network')) })).rejects.toThrow('no network');
  });

  test.each<[string, () => Promise<Certified>]>([
    ['for another name', async () => certify({ subject: 'CN=leaf', by: pki.intermediate, dnsNames: ['www.paypal.com'], keys: pki.live.keys })],
    ['of the sandbox', async () => pki.sandbox],
    ['that has expired', async () => (
      certify({ subject: 'CN=leaf', by: pki.intermediate, dnsNames: [LIVE_NAME], keys: pki.live.keys, to: '2026-06-30T11:00:00Z' }))],
    ['without an issuer', async () => certify({ subject: 'CN=leaf', dnsNames: [LIVE_NAME], keys: pki.live.keys })],
  ])('rejects a certificate %s', async (_, leaf) => {
    expect(await verify(signed(), { certificates: sourceUnder(await leaf()) })).toBe('certificate_untrusted');
  });

  test('rejects another signature algorithm, even if it matches the key of the certificate', async () => {
    const elliptic = await certify({ subject: 'CN=leaf', by: pki.intermediate, dnsNames: [LIVE_NAME], isElliptic: true });

    expect(await verify(payPalWebhook(BODY, elliptic, { at: AT }), { certificates: sourceUnder(elliptic) })).toBe('signature_mismatch');
  });
});

describe('a captured delivery with another body of the same CRC-32', () => {
  const ORIGINAL = JSON.stringify({
    id: 'WH-1', event_type: 'PAYMENT.CAPTURE.COMPLETED', create_time: '2026-06-30T11:59:00Z', resource: { id: '1AB23', amount: { value: '5.00', currency_code: 'EUR' } },
  });
  const FORGERY = {
    id: 'WH-2', event_type: 'PAYMENT.CAPTURE.COMPLETED', create_time: '2026-06-30T11:59:00Z', resource: { id: '9ZY87', amount: { value: '90000.00', currency_code: 'EUR' } },
  };
  const forge = ({ body, headers }: SignedWebhook): SignedWebhook => ({ headers, body: withChecksumOf(body, FORGERY) });
  const table = new FakeTable();
  const ports: IngestPorts = {
    providers: [CONFIG],
    tiers: { medium: 1000, high: 10_000 },
    sources: { allows: () => true },
    secrets: { read: async () => [SECRET], reread: async () => undefined },
    certificates: async (url) => published(url),
    store: storeOnce,
  };
  const take = async (webhook: SignedWebhook, now = AT) => (await ingest(request(webhook), ports, now)).outcomes[0];
  const stored = () => table.itemsOf('transaction').map(({ event_id: id }) => id.S);
  const BODY_MISMATCH = { result: 'rejected', reason: 'body_mismatch' };

  beforeEach(() => {
    table.reset();
    jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  });

  test('has a valid signature of PayPal, with the amount of the attacker', async () => {
    const original = signed({}, ORIGINAL);
    const forged = forge(original);

    expect(crc32(forged.body)).toBe(crc32(original.body));
    expect(JSON.parse(forged.body.toString())).toMatchObject(FORGERY);
    expect(await verify(forged)).toBe('authentic');
    expect(payPal.normalize(request(forged))).toMatchObject({ parsed: true, fields: { eventId: 'WH-2', money: { minor: 9000000n }, moneyMovement: true } });
  });

  test('is rejected after the original', async () => {
    const original = signed({}, ORIGINAL);

    expect(await take(original)).toMatchObject({ result: 'stored', transactionId: 'paypal:1AB23' });
    expect(await take(forge(original))).toEqual(BODY_MISMATCH);
    expect(stored()).toEqual(['WH-1']);
  });

  test('is rejected if the original was a second delivery of a known event', async () => {
    const again = signed({ id: 'second' }, ORIGINAL);

    expect(await take(signed({ id: 'first' }, ORIGINAL))).toMatchObject({ result: 'stored' });
    expect(await take(again)).toMatchObject({ result: 'duplicate' });
    expect(await take(forge(again))).toEqual(BODY_MISMATCH);
    expect(stored()).toEqual(['WH-1']);
  });

  test('is rejected if it is the same event with another amount', async () => {
    const original = signed({}, ORIGINAL);
    const sameEvent = { ...original, body: withChecksumOf(original.body, { ...FORGERY, id: 'WH-1', resource: { ...FORGERY.resource, id: '1AB23' } }) };
    await take(original);

    expect(await take(sameEvent)).toEqual(BODY_MISMATCH);
    expect(table.itemsOf('transaction')).toEqual([expect.objectContaining({ amount_minor: { N: '500' } })]);
  });

  test('is rejected as long as its time is accepted, and for its time after that', async () => {
    const original = signed({}, ORIGINAL);
    const at = (milliseconds: number) => new Date(AT.getTime() + milliseconds);
    await take(original);

    expect(await take(forge(original), at(4 * DAY))).toEqual(BODY_MISMATCH);
    expect(await take(forge(original), at(4 * DAY + 1))).toEqual({ result: 'rejected', reason: 'timestamp_out_of_tolerance' });
    const [{ expires_at: expiresAt }] = table.itemsOf('transmission');
    expect(new Date(Number(expiresAt.N) * 1000).getTime()).toBeGreaterThan(at(4 * DAY).getTime());
  });

  test('is stored only if it arrives before the original, which is the limit of this protection', async () => {
    const original = signed({}, ORIGINAL);

    expect(await take(forge(original))).toMatchObject({ result: 'stored' });
    expect(await take(original)).toEqual(BODY_MISMATCH);
  });

  test('does not affect a repeated delivery of the original', async () => {
    const original = signed({}, ORIGINAL);
    await take(original);
    await take(forge(original));

    expect(await take(original)).toMatchObject({ result: 'duplicate' });
    expect(table.items).toHaveLength(2);
  });

  test('stores one of five concurrent copies of the original, and rejects no copy', async () => {
    const outcomes = await Promise.all(Array.from({ length: 5 }, async () => take(signed({}, ORIGINAL))));

    expect(outcomes.map(({ result }) => result).sort()).toEqual(['duplicate', 'duplicate', 'duplicate', 'duplicate', 'stored']);
    expect(table.items).toHaveLength(2);
  });

  test('is never stored together with the original if both arrive at once', async () => {
    const original = signed({}, ORIGINAL);

    const outcomes = await Promise.all([take(original), take(forge(original))]);

    expect(outcomes.map(({ result }) => result).sort()).toEqual(['rejected', 'stored']);
    expect(stored()).toHaveLength(1);
  });

  test('leaves nothing in a store that fails, so that a retry of the original is stored', async () => {
    const original = signed({}, ORIGINAL);
    const error = new Error('half of it failed');
    table.failNext(error);

    expect(await take(original)).toEqual({ result: 'unavailable', error });
    expect(table.items).toEqual([]);
    expect(await take(original)).toMatchObject({ result: 'stored' });
  });
});
