import fc from 'fast-check';
import '../support/all-providers-environment';
import { handler } from '../../../handlers/ingest/handler';
import { payPalSender } from '../../../handlers/providers/paypal/samples';
import { readChain } from '../../../handlers/providers/shared/certificate-chain';
import { payloadBytes, type SignedWebhook } from '../../../handlers/providers/shared/samples/provider-samples';
import { MAX_BODY_BYTES, Metric, type SchemeName } from '../../../src/private/contract';
import { SECRETS } from '../support/all-providers';
import { ALL_SAMPLES } from '../support/all-samples';
import { AwsServer } from '../support/aws-server';
import { anyEvents, hostilePayloads } from '../support/hostile';
import { Output } from '../support/output';
import { answerSdkFrom } from '../support/sdk-mocks';
import { proxyEvent, standardWebhook } from '../support/webhooks';

const mockCertificates = jest.fn();
jest.mock('../../../handlers/ingest/certificates', () => ({ fetchCertificate: async (url: URL) => mockCertificates(url) as unknown }));

const SCHEMES = Object.keys(ALL_SAMPLES) as SchemeName[];
/** The log of a rejection has constant texts, and no data from the request. */
const REJECTION = /^(not-a-webhook|unknown-provider|too-large|invalid|rejected (signature_(missing|malformed|mismatch)|timestamp_out_of_tolerance|certificate_untrusted|too_many_webhooks))$/;

const aws = new AwsServer();
const output = new Output();

beforeAll(() => SECRETS.forEach((current, arn) => aws.secrets.set(arn, { current })));

beforeEach(async () => {
  const { root, certificate } = await payPalSender();
  mockCertificates.mockResolvedValue(readChain(certificate.pem, { intermediates: [], roots: [root.pem] }));
  aws.reset();
  answerSdkFrom(aws);
  output.capture();
});

afterEach(() => {
  // Hostile payloads contain the same event id with different bodies. The warning names only the provider and the result.
  const warnings = output.logged('WARN');
  const altered = warnings.filter(({ message }) => message === 'duplicate webhook has another body');
  expect(altered.map((line) => Object.keys(line).sort())).toEqual(altered.map(() => ['level', 'message', 'provider', 'result']));
  const rejections = warnings.filter((line) => !altered.includes(line)).map(({ level, message, provider, result, reason, ...others }) => [[result, reason].join(' ').trim(), others]);
  expect(rejections.filter(([rejection, others]) => !REJECTION.test(String(rejection)) || Object.keys(others as object).length > 0)).toEqual([]);
});

const post = async (webhook: SignedWebhook, provider: string) => (await handler(proxyEvent(webhook, provider))).statusCode;

async function signedSample(scheme: SchemeName): Promise<SignedWebhook> {
  const { events: [{ payload, name }], sign } = ALL_SAMPLES[scheme];
  return sign(payloadBytes(payload), { name });
}

describe.each(SCHEMES)('a webhook of %s', (scheme) => {
  const { sign } = ALL_SAMPLES[scheme];

  test('with any content is stored or rejected', async () => {
    const answers: number[] = [];
    await fc.assert(fc.asyncProperty(hostilePayloads(ALL_SAMPLES[scheme]), async (payload) => {
      const statusCode = await post(await sign(payload), scheme);

      expect([200, 400, 401, 413]).toContain(statusCode);
      answers.push(statusCode);
    }), { numRuns: 150 });

    const stored = answers.filter((statusCode) => statusCode === 200).length;
    // Adyen's items and Braintree's payloads have a required format. The other signatures cover any bytes.
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

test('answers any request without a valid signature with a 4xx, and stores nothing', async () => {
  await fc.assert(fc.asyncProperty(anyEvents(['own', ...SCHEMES]), async (event) => {
    const { statusCode } = await handler(event);

    expect([400, 401, 404, 498]).toContain(statusCode);
  }), { numRuns: 2000 });
  expect(aws.transactions).toEqual([]);
  expect(output.logged('ERROR')).toEqual([]);
});

test('stores any webhook that the user\'s own system signs, or reports its violation', async () => {
  await fc.assert(fc.asyncProperty(hostilePayloads(ALL_SAMPLES['standard-webhooks']), fc.stringMatching(/^[!-~]{1,400}$/), async (body, id) => {
    const { statusCode, body: answer } = await handler(proxyEvent(standardWebhook(body, id), 'own'));

    expect([[200, undefined], [400, 'invalid_body']]).toContainEqual([statusCode, (JSON.parse(answer) as { error?: string }).error]);
  }));
});

describe.each(SCHEMES)('the log contains no secret and no data from a webhook of %s', (scheme) => {
  const MARKER = 'a-marker-text';
  const { sign, secret, otherSecret } = ALL_SAMPLES[scheme];

  test.each(ALL_SAMPLES[scheme].events.map(({ payload, events: [{ event }] }) => [event, payload] as const))('with %s', async (_, payload) => {
    const text = typeof payload === 'string' ? payload.replace(/>([^<>\s]+)</g, `>$1 ${MARKER}<`) : JSON.stringify(payload).replace(/:"([^"]+)"/g, `:"$1 ${MARKER}"`);
    const webhooks = [
      await sign(Buffer.from(text)),
      await sign(Buffer.from(text), { secret: otherSecret({ position: 9, difference: 2, character: 'x' }) }),
      await sign(Buffer.from(text), { at: new Date(1e12) }),
      await sign(Buffer.from(MARKER)),
      { body: Buffer.from(text), headers: { 'X-Any': MARKER } },
    ];

    for (const webhook of webhooks) {
      await post(webhook, scheme);
      await post(webhook, MARKER);
      await post(webhook, 'unset');
    }
    aws.failWith(() => 'AccessDeniedException');
    const failed = await post(await sign(Buffer.from(text)), scheme);

    const written = output.text();
    const secrets = [secret, ...secret.startsWith('{') ? Object.values(JSON.parse(secret) as Record<string, string>) : []];
    const sent = webhooks.flatMap(({ headers }) => Object.values(headers)).flatMap((value) => value.split(/[,= ]/)).filter((part) => part.length > 20);
    expect([MARKER, ...secrets, ...sent].filter((part) => written.includes(part))).toEqual([]);
    expect([failed, output.counted(Metric.STORE_FAILED) > 0]).toEqual([503, true]);
  });
});
