import { createHmac } from 'node:crypto';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { loadScheme } from '../../../handlers/providers/registry';
import { withHeader } from '../../../handlers/providers/shared/samples/changes';
import type { SignedWebhook } from '../../../handlers/providers/shared/samples/provider-samples';
import type { ProviderConfig } from '../../../src/private/contract';
import { ADYEN_KEY, mac, notification, withSignature } from '../support/adyen';
import { ALL_SAMPLES } from '../support/all-samples';
import { SchemeRunner } from '../support/scheme-runner';
import { context, request } from '../support/webhooks';

const KEY = 'A'.repeat(32);
const FIRST = '1769860800';
/** Seconds after the first time. The tolerance is 5 minutes. */
const TIMES = [FIRST, '1769861000', '1800000000'];

/** A scheme that signs parts between full stops, of which the last one is the body. */
interface JoinedParts {
  readonly config: ProviderConfig;
  readonly secret: string;
  readonly parts: number;
  readonly webhook: (parts: readonly string[], hmac: Buffer) => Omit<SignedWebhook, 'body'>;
}

const config = (scheme: ProviderConfig['scheme'], more: Partial<ProviderConfig> = {}): ProviderConfig => ({ name: 'own', scheme, secretArns: [], ...more });

const JOINED: Readonly<Record<string, JoinedParts>> = {
  'stripe': {
    config: config('stripe'),
    secret: KEY,
    parts: 2,
    webhook: ([time], hmac) => ({ headers: { 'Stripe-Signature': `t=${time},v1=${hmac.toString('hex')}` } }),
  },
  'hmac': {
    config: config('hmac', { hmac: { algorithm: 'sha256', encoding: 'hex', signatureHeader: 'x-signature', timestampHeader: 'x-time' } }),
    secret: KEY,
    parts: 2,
    webhook: ([time], hmac) => ({ headers: { 'x-time': time, 'x-signature': hmac.toString('hex') } }),
  },
  'standard-webhooks': {
    config: config('standard-webhooks'),
    secret: `whsec_${Buffer.from(KEY).toString('base64')}`,
    parts: 3,
    webhook: ([id, time], hmac) => ({ headers: { 'webhook-id': id, 'webhook-timestamp': time, 'webhook-signature': `v1,${hmac.toString('base64')}` } }),
  },
};

/** All ways to divide segments into a number of groups that are not empty. */
function divisions(segments: readonly string[], groups: number, separator: string): string[][] {
  if (groups === 1) {
    return [[segments.join(separator)]];
  }
  const lengths = Array.from({ length: segments.length - groups + 1 }, (_, index) => index + 1);
  return lengths.flatMap((length) => (
    divisions(segments.slice(length), groups - 1, separator).map((rest) => [segments.slice(0, length).join(separator), ...rest])
  ));
}

/** The divisions of one signed text that the scheme accepts at any of the times. */
function acceptedDivisions({ config: provider, secret, parts, webhook }: JoinedParts, segments: readonly string[]): string[][] {
  const hmac = createHmac('sha256', KEY).update(segments.join('.')).digest();
  return divisions(segments, parts, '.').filter((division) => {
    const sent = request({ ...webhook(division, hmac), body: Buffer.from(division[parts - 1]) });
    return TIMES.some((time) => loadScheme(provider.scheme).verify(sent, [secret], context(provider, new Date(Number(time) * 1000))) === 'authentic');
  });
}

describe.each(Object.entries(JOINED))('the signed text of %s', (name, scheme) => {
  test('is accepted with at most one division into its parts', () => {
    const segment = fc.oneof(fc.constantFrom(...TIMES, `00${FIRST}`, '12', '{}', '{"a":"', '', 'msg'), fc.stringMatching(/^[a-z0-9]{1,5}$/));

    fc.assert(fc.property(fc.array(segment, { minLength: scheme.parts, maxLength: 7 }), (segments) => {
      expect(acceptedDivisions(scheme, segments).length).toBeLessThanOrEqual(1);
    }), { numRuns: 500 });
  });

  test.each([['12', '5'], ['1769861000', '{}'], ['{"a":"x', '1769861000', 'y"}'], [FIRST, FIRST, '{}']])('is accepted as it was sent, with the body %s.%s', (...body) => {
    const head = name === 'standard-webhooks' ? ['msg_1', FIRST] : [FIRST];

    expect(acceptedDivisions(scheme, [...head, ...body])).toEqual([[...head, body.join('.')]]);
  });
});

test('Standard Webhooks accepts identifiers with full stops and numbers that are no times', () => {
  for (const id of ['evt.1', 'a.123456789', 'a.1769860800000', '1769860800.a', 'a.b1769860800', '2026.01.31']) {
    expect(acceptedDivisions(JOINED['standard-webhooks'], [...id.split('.'), FIRST, '{}'])).toContainEqual([id, FIRST, '{}']);
  }
});

test('a signed text of Adyen has one event, however its parts are assigned to the fields', () => {
  const { verify, normalize } = loadScheme('adyen');
  const segment = fc.constantFrom('', 'PSP1', 'shop', '12', 'EUR', 'AUTHORISATION', 'REPORT_AVAILABLE', 'true', 'false');

  fc.assert(fc.property(fc.array(segment, { minLength: 8, maxLength: 11 }), (segments) => {
    const keys = divisions(segments, 8, ':').map((texts) => {
      const [pspReference, originalReference, merchantAccountCode, merchantReference, value, currency, eventCode, success] = texts;
      const item = { pspReference, originalReference, merchantAccountCode, merchantReference, amount: { value, currency }, eventCode, success };
      const sent = request(notification(withSignature(item, mac(segments.join(':')))));
      const isAuthentic = verify(sent, [ADYEN_KEY], context(config('adyen'), new Date())) === 'authentic';
      return isAuthentic ? inspect(normalize(sent, config('adyen'))) : undefined;
    });

    expect(new Set(keys.filter((key) => key !== undefined)).size).toBeLessThanOrEqual(1);
  }), { numRuns: 500 });
});

test('PayPal rejects a transmission whose identifier contains the separator', async () => {
  const { paypal: samples } = ALL_SAMPLES;
  const runner = new SchemeRunner(samples);
  const webhook = await runner.sign(samples.events[0]);
  const header = Object.keys(webhook.headers).find((name) => name.toLowerCase() === 'paypal-transmission-id')!;
  const time = webhook.headers[Object.keys(webhook.headers).find((name) => name.toLowerCase() === 'paypal-transmission-time')!];

  expect(await runner.verify(withHeader(webhook, header, `${webhook.headers[header]}|${time}`), [samples.secret])).toEqual(['signature_malformed']);
});
