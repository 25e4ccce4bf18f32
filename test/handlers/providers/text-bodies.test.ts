import type { APIGatewayProxyEvent } from 'aws-lambda';
import { loadScheme } from '../../../handlers/providers/registry';
import { payloadBytes, type ProviderSamples, type SignedWebhook } from '../../../handlers/providers/shared/samples/provider-samples';
import type { Verification } from '../../../handlers/providers/shared/scheme';
import { parseRequest } from '../../../handlers/providers/shared/webhook-request';
import type { SchemeName } from '../../../src/private/contract';
import { ALL_SAMPLES } from '../support/all-samples';
import { proxyEvent } from '../support/webhooks';

/** Their signatures do not cover all bytes of the body. */
const SIGN_PARTS: readonly SchemeName[] = ['adyen', 'braintree'];
const LATIN_1 = Buffer.from('Zo\xeb', 'latin1');
const UTF_8 = Buffer.from('Zoë 😀');
const BOM = Buffer.from('\u{FEFF}');

/** The event of an HTTP API for a media type of text: the bytes decoded as UTF-8. */
function textEvent(webhook: SignedWebhook, body = webhook.body.toString()): APIGatewayProxyEvent {
  return { ...proxyEvent({ ...webhook, headers: { ...webhook.headers, 'Content-Length': String(webhook.body.length) } }), body, isBase64Encoded: false };
}

async function verify(scheme: SchemeName, { config, secret, certificates }: ProviderSamples, event: APIGatewayProxyEvent): Promise<Verification[]> {
  const { batch, verify: verifyOne } = loadScheme(scheme);
  const request = parseRequest(event);
  const signed = batch?.signed === 'each' ? batch.split(request)! : [request];
  const context = { config, now: new Date(), certificates: certificates ?? (async () => Promise.reject(new Error('no certificate is needed'))) };
  return [...new Set(await Promise.all(signed.map(async (each) => verifyOne(each, [secret], context))))];
}

/** A webhook of a provider with bytes in a member that it does not read. */
async function webhookWith(scheme: SchemeName, samples: ProviderSamples, note: Buffer): Promise<SignedWebhook> {
  const [{ payload, name }] = samples.events;
  const added = (body: Buffer) => Buffer.concat([Buffer.from('{"note":"'), note, Buffer.from('",'), body.subarray(1)]);
  if (!SIGN_PARTS.includes(scheme)) {
    return samples.sign(added(payloadBytes(payload)), { name });
  }
  const webhook = await samples.sign(payloadBytes(payload), { name });
  return { ...webhook, body: scheme === 'braintree' ? Buffer.concat([webhook.body, Buffer.from('&note='), note]) : added(webhook.body) };
}

describe.each(Object.entries(ALL_SAMPLES) as [SchemeName, ProviderSamples][])('a body of %s through an HTTP API', (scheme, samples) => {
  const rejection = SIGN_PARTS.includes(scheme) ? 'body_not_exact' : 'signature_mismatch';

  test('is authentic as UTF-8 text, with identical bytes', async () => {
    const webhook = await webhookWith(scheme, samples, UTF_8);
    const event = textEvent(webhook);

    expect(await verify(scheme, samples, event)).toEqual(['authentic']);
    expect(parseRequest(event).body).toEqual(webhook.body);
  });

  test('is authentic in base64, with identical bytes that are not UTF-8', async () => {
    const webhook = await webhookWith(scheme, samples, LATIN_1);

    expect(await verify(scheme, samples, proxyEvent(webhook))).toEqual(['authentic']);
    expect(parseRequest(proxyEvent(webhook)).body).toEqual(webhook.body);
  });

  test('is rejected if the text replaces bytes that are not UTF-8', async () => {
    expect(await verify(scheme, samples, textEvent(await webhookWith(scheme, samples, LATIN_1)))).toEqual([rejection]);
  });

  test('is rejected if the API decodes another charset', async () => {
    const webhook = await webhookWith(scheme, samples, LATIN_1);

    expect(await verify(scheme, samples, textEvent(webhook, webhook.body.toString('latin1')))).toEqual([rejection]);
  });

  test('is rejected if a byte order mark inside of it is removed', async () => {
    const webhook = await webhookWith(scheme, samples, BOM);

    expect(await verify(scheme, samples, textEvent(webhook, webhook.body.toString().replace('\u{FEFF}', '')))).toEqual([rejection]);
  });
});

test.each(SIGN_PARTS)('%s reports a wrong signature over a changed text as one', async (scheme) => {
  const samples = ALL_SAMPLES[scheme];
  const secret = samples.otherSecret({ position: 3, difference: 1, character: (found: string) => found === '1' ? '2' : '1' });

  expect(await verify(scheme, { ...samples, secret }, textEvent(await webhookWith(scheme, samples, LATIN_1)))).toEqual(['signature_mismatch']);
});

test.each([
  ['application/json', undefined], ['application/json; charset=utf-8', undefined], ['application/json; charset="UTF-8"', undefined],
  ['application/json;charset=utf8; a=b', undefined], ['application/json; charset=shift_jis', true], ['text/plain; charset=utf-16', true],
])('a text body of the type %s may be altered: %s', (contentType, expected) => {
  expect(parseRequest(textEvent({ body: Buffer.from('{}'), headers: { 'Content-Type': contentType } })).mayBeAltered).toBe(expected);
});
