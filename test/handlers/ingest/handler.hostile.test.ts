import fc from 'fast-check';
import '../support/all-providers-environment';
import { handler } from '../../../handlers/ingest/handler';
import { readChain } from '../../../handlers/providers/shared/certificate-chain';
import { MAX_BODY_BYTES, Metric, type SchemeName } from '../../../src/private/contract';
import { SECRETS } from '../support/all-providers';
import { AwsServer } from '../support/aws-server';
import { anyEvents, changes, hostilePayloads, payloads } from '../support/hostile';
import { Output } from '../support/output';
import { payPalSender } from '../support/paypal-sender';
import { PROVIDERS } from '../support/provider-samples';
import { BASE64 } from '../support/provider-signers';
import { SAMPLES } from '../support/sample-payloads';
import { answerSdkFrom } from '../support/sdk-mocks';
import { proxyEvent, standardWebhookOfBytes, type SignedWebhook } from '../support/webhooks';

const mockCertificates = jest.fn();
jest.mock('../../../handlers/ingest/certificates', () => ({ fetchCertificate: async (url: URL) => mockCertificates(url) as unknown }));

const SCHEMES = Object.keys(PROVIDERS) as SchemeName[];
/** The headers without which nothing is accepted; Adyen's and Braintree's signatures stand in the body. */
const SIGNATURE_HEADERS: Readonly<Record<SchemeName, readonly string[]>> = {
  'adyen': [],
  'braintree': [],
  'checkout-com': ['Cko-Signature'],
  'coinbase-commerce': ['X-CC-Webhook-Signature'],
  'gocardless': ['Webhook-Signature'],
  'hmac': ['X-Shop-Signature', 'X-Shop-Time'],
  'mollie': ['X-Mollie-Signature'],
  'paypal': ['PAYPAL-TRANSMISSION-ID', 'PAYPAL-TRANSMISSION-TIME', 'PAYPAL-TRANSMISSION-SIG', 'PAYPAL-CERT-URL', 'PAYPAL-AUTH-ALGO'],
  'paystack': ['x-paystack-signature'],
  'razorpay': ['X-Razorpay-Signature'],
  'shopify': ['X-Shopify-Hmac-Sha256'],
  'square': ['x-square-hmacsha256-signature'],
  'standard-webhooks': ['webhook-id', 'webhook-timestamp', 'webhook-signature'],
  'stripe': ['Stripe-Signature'],
};
const HEADER_CASES = SCHEMES.flatMap((scheme) => SIGNATURE_HEADERS[scheme].map((name) => [scheme, name] as const));
/** In the log of a rejection: words of ours, and nothing that was sent. */
const REJECTION = /^(not-a-webhook|unknown-provider|too-large|invalid|rejected (signature_(missing|malformed|mismatch)|timestamp_out_of_tolerance|certificate_untrusted))$/;

const aws = new AwsServer();
const output = new Output();

beforeAll(() => SECRETS.forEach((current, arn) => aws.secrets.set(arn, { current })));

beforeEach(async () => {
  const { root, certificate } = await payPalSender();
  mockCertificates.mockResolvedValue(readChain(certificate.pem, { intermediates: [], roots: [root] }));
  aws.reset();
  answerSdkFrom(aws);
  output.capture();
});

afterEach(() => {
  const rejections = output.logged('WARN').map(({ level, message, result, reason, ...others }) => [[result, reason].join(' ').trim(), others]);
  expect(rejections.filter(([rejection, others]) => !REJECTION.test(String(rejection)) || Object.keys(others as object).length > 0)).toEqual([]);
});

const post = async (webhook: SignedWebhook, provider: string) => (await handler(proxyEvent(webhook, provider))).statusCode;
const isRejected = (statusCode: number) => statusCode >= 400 && statusCode < 500;
/** In characters: the hexadecimal SHA-512 with a prefix, and the base64 of RSA's 2048 bits. */
const LONGEST_SIGNATURE = 350;
function swapCase(found: string): string {
  return found === found.toLowerCase() ? found.toUpperCase() : found.toLowerCase();
}
function neighbor(found: string): string {
  return BASE64[BASE64.indexOf(found) + 1] ?? 'A';
}
async function signedSample(scheme: SchemeName): Promise<SignedWebhook> {
  const [{ payload, name }] = SAMPLES[scheme];
  return PROVIDERS[scheme].sign(Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload)), { name });
}

describe.each(SCHEMES)('a webhook of %s', (scheme) => {
  const { sign, altered, otherSecret } = PROVIDERS[scheme];

  test('with one byte changed in what is signed, in the signature or in the secret is rejected', async () => {
    await fc.assert(fc.asyncProperty(payloads(scheme), changes, async (payload, change) => {
      const webhook = await sign(payload);
      const forged = [...altered(webhook, change), await sign(payload, { secret: otherSecret(change) })];

      const answers = await Promise.all(forged.map(async (other) => post(other, scheme)));

      expect(answers.filter((statusCode) => !isRejected(statusCode))).toEqual([]);
      expect(aws.transactions).toEqual([]);
      expect(await post(webhook, scheme)).toBe(200);
      aws.reset();
    }));
  });

  test('with any character of its signature written otherwise is rejected: in the other case, or as its neighbor in the alphabet', async () => {
    const webhook = await signedSample(scheme);
    const writings = [swapCase, neighbor].flatMap((character) => (
      Array.from({ length: LONGEST_SIGNATURE }, (_, position) => altered(webhook, { position, difference: 1, character }))
    ));

    const answers = await Promise.all(writings.flat().map(async (other) => post(other, scheme)));

    expect(answers.filter((statusCode) => !isRejected(statusCode))).toEqual([]);
    expect(aws.transactions).toEqual([]);
  });

  test('that holds anything is stored, or rejected', async () => {
    const answers: number[] = [];
    await fc.assert(fc.asyncProperty(hostilePayloads(scheme), async (payload) => {
      const statusCode = await post(await sign(payload), scheme);

      expect([200, 400, 401, 413]).toContain(statusCode);
      answers.push(statusCode);
    }), { numRuns: 150 });

    const stored = answers.filter((statusCode) => statusCode === 200).length;
    // Adyen's items and Braintree's payloads have a form that they must keep; elsewhere the signature covers whatever it is.
    expect(stored / answers.length).toBeGreaterThanOrEqual(['adyen', 'braintree'].includes(scheme) ? 0.3 : 1);
    expect(output.logged('ERROR')).toEqual([]);
  });

  test('of any content type is stored', async () => {
    const { body, headers } = await signedSample(scheme);
    const types = ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/json; charset=utf-16', '', '\u0000'];

    const answers = await Promise.all(types.map(async (type) => post({ body, headers: { ...headers, 'Content-Type': type } }, scheme)));

    expect(answers).toEqual(types.map(() => 200));
    expect(aws.transactions).toHaveLength(1);
  });

  test('that is too large is rejected', async () => {
    const statusCode = await post(await sign(Buffer.from(JSON.stringify({ padding: 'x'.repeat(MAX_BODY_BYTES) }))), scheme);

    expect(statusCode).toBe(413);
  });
});

describe.each(HEADER_CASES)('a webhook of %s, whose header %s', (scheme, name) => {
  test('is missing or empty is rejected', async () => {
    const { body, headers: { [name]: _, ...headers } } = await signedSample(scheme);

    const answers = [await post({ body, headers }, scheme), await post({ body, headers: { ...headers, [name]: '' } }, scheme)];

    expect(answers.filter((statusCode) => !isRejected(statusCode))).toEqual([]);
    expect(aws.transactions).toEqual([]);
  });

  test('comes twice is rejected, but where a signature may', async () => {
    const webhook = await signedSample(scheme);
    const { [name]: value } = webhook.headers;
    const event = proxyEvent(webhook, scheme);
    const twice = [
      ...[[value, value], [value, 'other'], ['other', value], [value, '']].map((values) => ({ [name]: values })),
      { [name]: [], [name.toUpperCase()]: [value], [name.toLowerCase()]: [value] },
    ];

    const answers = await Promise.all(twice.map(async (headers) => (
      handler({ ...event, headers: {}, multiValueHeaders: { ...event.multiValueHeaders, ...headers } })
    )));

    const rejected = answers.filter(({ statusCode }) => isRejected(statusCode));
    // Mollie sends a header a signature while a secret is rolled.
    expect(rejected).toHaveLength(scheme === 'mollie' ? 3 : 5);
  });
});

test('anything without a valid signature gets a 4xx, and is not stored', async () => {
  await fc.assert(fc.asyncProperty(anyEvents(['own', ...SCHEMES]), async (event) => {
    const { statusCode } = await handler(event);

    expect([400, 401, 404, 498]).toContain(statusCode);
  }), { numRuns: 2000 });
  expect(aws.transactions).toEqual([]);
  expect(output.logged('ERROR')).toEqual([]);
});

test('anything that the user\'s own system signs is stored, or named its fault', async () => {
  await fc.assert(fc.asyncProperty(hostilePayloads('standard-webhooks'), fc.stringMatching(/^[!-~]{1,400}$/), async (body, id) => {
    const { statusCode, body: answer } = await handler(proxyEvent(standardWebhookOfBytes(body, id), 'own'));

    expect([[200, undefined], [400, 'invalid_body']]).toContainEqual([statusCode, (JSON.parse(answer) as { error?: string }).error]);
  }));
});

describe.each(SCHEMES)('nothing of what %s sends, and no secret, gets into the log', (scheme) => {
  const TELL = 'a-telling-text';
  const { sign, secret, otherSecret } = PROVIDERS[scheme];

  test.each(SAMPLES[scheme].map(({ payload, events: [{ event }] }) => [event, payload] as const))('with %s', async (_, payload) => {
    const text = typeof payload === 'string' ? payload.replace(/>([^<>\s]+)</g, `>$1 ${TELL}<`) : JSON.stringify(payload).replace(/:"([^"]+)"/g, `:"$1 ${TELL}"`);
    const webhooks = [
      await sign(Buffer.from(text)),
      await sign(Buffer.from(text), { secret: otherSecret({ position: 9, difference: 2, character: 'x' }) }),
      await sign(Buffer.from(text), { at: new Date(1e12) }),
      await sign(Buffer.from(TELL)),
      { body: Buffer.from(text), headers: { 'X-Any': TELL } },
    ];

    for (const webhook of webhooks) {
      await post(webhook, scheme);
      await post(webhook, TELL);
      await post(webhook, 'unset');
    }
    aws.failWith(() => 'AccessDeniedException');
    const failed = await post(await sign(Buffer.from(text)), scheme);

    const written = output.text();
    const secrets = [secret, ...secret.startsWith('{') ? Object.values(JSON.parse(secret) as Record<string, string>) : []];
    const sent = webhooks.flatMap(({ headers }) => Object.values(headers)).flatMap((value) => value.split(/[,= ]/)).filter((part) => part.length > 20);
    expect([TELL, ...secrets, ...sent].filter((part) => written.includes(part))).toEqual([]);
    expect([failed, output.counted(Metric.STORE_FAILED) > 0]).toEqual([503, true]);
  });
});
