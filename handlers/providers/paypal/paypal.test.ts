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
/** What PayPal publishes: at its two hosts the certificates of their names, without their issuers. */
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
  test('accepts what is signed, and nothing with one byte changed', async () => {
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

  test.each<[string, readonly string[]]>([['one of several webhooks', [secretOf('ANOTHER'), SECRET]], ['one beside a secret of no use', ['whsec', SECRET]]])(
    'accepts what was signed for %s', async (_, secrets) => {
      expect(await verify(signed(), { secrets })).toBe('authentic');
    });

  test('accepts what the sandbox signed, by its own certificate alone', async () => {
    const webhook = payPalWebhook(BODY, pki.sandbox, { at: AT, headers: { 'PAYPAL-CERT-URL': SANDBOX_CERTIFICATE_URL } });
    const other = { ...webhook, headers: { ...webhook.headers, 'PAYPAL-CERT-URL': CERTIFICATE_URL } };

    expect(await verify(webhook)).toBe('authentic');
    expect(await verify(other)).toBe('signature_mismatch');
    expect(fetched).toEqual([SANDBOX_CERTIFICATE_URL, CERTIFICATE_URL]);
  });

  test.each<[string, Record<string, string | undefined>, string]>([
    ['no signature', { 'PAYPAL-TRANSMISSION-SIG': undefined }, 'signature_missing'],
    ['an empty signature', { 'PAYPAL-TRANSMISSION-SIG': '' }, 'signature_missing'],
    ['a signature that is no base64', { 'PAYPAL-TRANSMISSION-SIG': 'c2ln bmF0dXJl' }, 'signature_malformed'],
    ['a signature twice', { 'paypal-transmission-sig': 'c2lnbmF0dXJl' }, 'signature_malformed'],
    ['no id', { 'PAYPAL-TRANSMISSION-ID': undefined }, 'signature_malformed'],
    ['an id that holds the separator', { 'PAYPAL-TRANSMISSION-ID': 'a|b' }, 'signature_malformed'],
    ['an id that is too long', { 'PAYPAL-TRANSMISSION-ID': 'a'.repeat(51) }, 'signature_malformed'],
    ['an id twice', { 'paypal-transmission-id': 'a' }, 'signature_malformed'],
    ['no time', { 'PAYPAL-TRANSMISSION-TIME': undefined }, 'signature_malformed'],
    ['a time in Unix seconds', { 'PAYPAL-TRANSMISSION-TIME': '1782820800' }, 'signature_malformed'],
    ['a time on no day', { 'PAYPAL-TRANSMISSION-TIME': '2026-06-31T12:00:00Z' }, 'signature_malformed'],
    ['a time twice', { 'paypal-transmission-time': '2026-06-30T12:00:00Z' }, 'signature_malformed'],
    ['no algorithm', { 'PAYPAL-AUTH-ALGO': undefined }, 'signature_malformed'],
    ['another algorithm', { 'PAYPAL-AUTH-ALGO': 'SHA1withRSA' }, 'signature_malformed'],
    ['no certificate', { 'PAYPAL-CERT-URL': undefined }, 'signature_malformed'],
    ['a certificate twice', { 'paypal-cert-url': CERTIFICATE_URL }, 'signature_malformed'],
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
    ['no JSON', [WEBHOOK_ID]], ['no webhook', ['{"id": "a"}']], ['an empty webhook', ['{"webhook_id": ""}']], ['of no use, each of them', ['[]', 'null']],
  ])('says that the secret is %s, without a fetch', async (_, secrets) => {
    expect(await verify(signed(), { secrets })).toBe('secret_unusable');
    expect(fetched).toEqual([]);
  });

  test.each<[string, number, Partial<ProviderConfig>, string]>([
    ['four days old', 4 * DAY, {}, 'authentic'], ['older', 4 * DAY + 1, {}, 'timestamp_out_of_tolerance'],
    ['older, whatever is tolerated', 4 * DAY + 1, { toleranceSeconds: 86_400 * 30 }, 'timestamp_out_of_tolerance'],
    ['ahead by five minutes', -300_000, {}, 'authentic'], ['ahead by more', -301_000, {}, 'timestamp_out_of_tolerance'],
    ['ahead by what is tolerated', -10_000, { toleranceSeconds: 10 }, 'authentic'],
    ['ahead by more than that', -11_000, { toleranceSeconds: 10 }, 'timestamp_out_of_tolerance'],
  ])('a delivery that is %s', async (_, age, config, verification) => {
    expect(await verify(signed(), { now: new Date(AT.getTime() + age), config: { ...CONFIG, ...config } })).toBe(verification);
    expect(fetched).toHaveLength(verification === 'authentic' ? 1 : 0);
  });

  test('rejects where PayPal has no such certificate', async () => {
    expect(await verify(signed(), { certificates: async () => undefined })).toBe('certificate_untrusted');
  });

  test('passes on that the certificate cannot be had now', async () => {
    await expect(verify(signed(), { certificates: async () => Promise.reject(new Error('no network')) })).rejects.toThrow('no network');
  });

  test.each<[string, () => Promise<Certified>]>([
    ['of another name', async () => certify({ subject: 'CN=leaf', by: pki.intermediate, dnsNames: ['www.paypal.com'], keys: pki.live.keys })],
    ['of the sandbox', async () => pki.sandbox],
    ['that has expired', async () => (
      certify({ subject: 'CN=leaf', by: pki.intermediate, dnsNames: [LIVE_NAME], keys: pki.live.keys, to: '2026-06-30T11:00:00Z' }))],
    ['of nobody', async () => certify({ subject: 'CN=leaf', dnsNames: [LIVE_NAME], keys: pki.live.keys })],
  ])('rejects a certificate %s', async (_, leaf) => {
    expect(await verify(signed(), { certificates: sourceUnder(await leaf()) })).toBe('certificate_untrusted');
  });

  test('rejects a signature of another kind, which the certificate\'s key would verify', async () => {
    const elliptic = await certify({ subject: 'CN=leaf', by: pki.intermediate, dnsNames: [LIVE_NAME], isElliptic: true });

    expect(await verify(payPalWebhook(BODY, elliptic, { at: AT }), { certificates: sourceUnder(elliptic) })).toBe('signature_mismatch');
  });
});

describe('a captured delivery, and another body with its CRC-32', () => {
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
  const REUSED = { result: 'rejected', reason: 'body_mismatch' };

  beforeEach(() => {
    table.reset();
    jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  });

  test('is what the signature alone accepts: PayPal\'s, with an amount of the forger\'s', async () => {
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
    expect(await take(forge(original))).toEqual(REUSED);
    expect(stored()).toEqual(['WH-1']);
  });

  test('is rejected where the original was another delivery of a known event', async () => {
    const again = signed({ id: 'second' }, ORIGINAL);

    expect(await take(signed({ id: 'first' }, ORIGINAL))).toMatchObject({ result: 'stored' });
    expect(await take(again)).toMatchObject({ result: 'duplicate' });
    expect(await take(forge(again))).toEqual(REUSED);
    expect(stored()).toEqual(['WH-1']);
  });

  test('is rejected when it is the same event again with another amount', async () => {
    const original = signed({}, ORIGINAL);
    const sameEvent = { ...original, body: withChecksumOf(original.body, { ...FORGERY, id: 'WH-1', resource: { ...FORGERY.resource, id: '1AB23' } }) };
    await take(original);

    expect(await take(sameEvent)).toEqual(REUSED);
    expect(table.itemsOf('transaction')).toEqual([expect.objectContaining({ amount_minor: { N: '500' } })]);
  });

  test('is rejected for as long as its time is accepted, and after that for its time', async () => {
    const original = signed({}, ORIGINAL);
    const at = (milliseconds: number) => new Date(AT.getTime() + milliseconds);
    await take(original);

    expect(await take(forge(original), at(4 * DAY))).toEqual(REUSED);
    expect(await take(forge(original), at(4 * DAY + 1))).toEqual({ result: 'rejected', reason: 'timestamp_out_of_tolerance' });
    const [{ expires_at: expiresAt }] = table.itemsOf('transmission');
    expect(new Date(Number(expiresAt.N) * 1000).getTime()).toBeGreaterThan(at(4 * DAY).getTime());
  });

  test('stands first where the original never arrived: that is all that a forger can gain', async () => {
    const original = signed({}, ORIGINAL);

    expect(await take(forge(original))).toMatchObject({ result: 'stored' });
    expect(await take(original)).toEqual(REUSED);
  });

  test('does not hinder the same delivery when it is repeated', async () => {
    const original = signed({}, ORIGINAL);
    await take(original);
    await take(forge(original));

    expect(await take(original)).toMatchObject({ result: 'duplicate' });
    expect(table.items).toHaveLength(2);
  });

  test('of the same delivery five times at once, one is stored and none is rejected', async () => {
    const outcomes = await Promise.all(Array.from({ length: 5 }, async () => take(signed({}, ORIGINAL))));

    expect(outcomes.map(({ result }) => result).sort()).toEqual(['duplicate', 'duplicate', 'duplicate', 'duplicate', 'stored']);
    expect(table.items).toHaveLength(2);
  });

  test('of the original and a forgery at once, one is stored and one rejected', async () => {
    const original = signed({}, ORIGINAL);

    const outcomes = await Promise.all([take(original), take(forge(original))]);

    expect(outcomes.map(({ result }) => result).sort()).toEqual(['rejected', 'stored']);
    expect(stored()).toHaveLength(1);
  });

  test('a store that fails keeps nothing, so that the original is stored when it comes again', async () => {
    const original = signed({}, ORIGINAL);
    const error = new Error('half of it failed');
    table.failNext(error);

    expect(await take(original)).toEqual({ result: 'unavailable', error });
    expect(table.items).toEqual([]);
    expect(await take(original)).toMatchObject({ result: 'stored' });
  });
});
