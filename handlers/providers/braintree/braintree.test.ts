import { createHash, createHmac } from 'node:crypto';
import fc from 'fast-check';
import { braintree } from '.';
import { samples } from './samples';
import { describeProviderContract } from '../../../test/handlers/support/provider-contract';
import { describePublished, payloads, vectors } from '../../../test/handlers/support/published';
import { request } from '../../../test/handlers/support/webhooks';
import type { SignedWebhook } from '../shared/samples/provider-samples';

interface Form {
  readonly bt_signature: string;
  readonly bt_payload: string;
}

interface Library {
  readonly BraintreeGateway: new (options: object) => {
    readonly webhookTesting: { sampleNotification: (kind: string, id: string) => Form; sampleSignature: (payload: string) => string };
    readonly webhookNotification: {
      parse: (signature: string, payload: string) => Promise<{ readonly kind: string; readonly timestamp: string }>;
      verify: (challenge: string) => string;
    };
  };
  readonly Environment: { readonly Sandbox: object };
  readonly WebhookNotification: { readonly Kind: Readonly<Record<string, string>> };
}

const library = jest.requireActual<Library>('braintree');
const gatewayOf = (publicKey: string, privateKey: string) => (
  new library.BraintreeGateway({ environment: library.Environment.Sandbox, merchantId: 'a-merchant', publicKey, privateKey })
);

const PUBLIC_KEY = '7wsq2h9mpc4nkt3v';
const PRIVATE_KEY = 'd41f8c0e5b7a92631f0e8d7c6b5a4932';
const SECRET = secretOf(PUBLIC_KEY, PRIVATE_KEY);
const CHALLENGE = '20f9f8ed05f77439fe955c977e4c8a53';
const gateway = gatewayOf(PUBLIC_KEY, PRIVATE_KEY);
const PAYLOAD = encode('<notification><kind>check</kind><subject><check type="boolean">true</check></subject></notification>');

function secretOf(publicKey: string, privateKey: string): string {
  return JSON.stringify({ public_key: publicKey, private_key: privateKey });
}

/** Base64 in lines of 60 characters, each with a line break. */
function encode(xml: string): string {
  return Buffer.from(xml).toString('base64').replace(/.{1,60}/g, '$&\n');
}

function formOf(...fields: readonly (readonly [string, string])[]): SignedWebhook {
  const body = fields.map((field) => field.map(encodeURIComponent).join('=')).join('&');
  return { body: Buffer.from(body), headers: { 'Content-Type': 'application/x-www-form-urlencoded' } };
}

const webhookOf = ({ bt_signature: signature, bt_payload: payload }: Form) => formOf(['bt_signature', signature], ['bt_payload', payload]);
const sign = (payload: string): Form => ({ bt_signature: gateway.webhookTesting.sampleSignature(payload), bt_payload: payload });
const verify = (webhook: SignedWebhook, secrets: readonly string[] = [SECRET]) => braintree.verify(request(webhook), secrets);
const verifyForm = (form: Form, secrets?: readonly string[]) => verify(webhookOf(form), secrets);

async function libraryAccepts({ bt_signature: signature, bt_payload: payload }: Form, by = gateway): Promise<boolean> {
  return by.webhookNotification.parse(signature, payload).then(() => true, () => false);
}

describeProviderContract(samples);

describePublished('the published notifications of Braintree', () => {
  const published = payloads('braintree').map(([name, bytes]) => [name, JSON.parse(bytes.toString()) as Form & { decoded_xml: string }] as const);
  const secret = secretOf('integration_public_key', 'integration_private_key');

  test.each(published)('%s is authentic and parsed', (_, form) => {
    const verification = verifyForm(form, [secret]);
    const normalized = braintree.normalize(request(webhookOf(form)), samples.config);

    expect([verification, normalized.parsed]).toEqual(['authentic', true]);
    expect(normalized.fields.eventName).toBe(/<kind>(\w+)</.exec(form.decoded_xml)![1]);
  });

  test.each(vectors('braintree').map((vector) => [vector.name, vector] as const))('%s', (_, { challenge, publicKey, privateKey, expected }) => {
    expect(braintree.answerChallenge({ bt_challenge: challenge! }, [secretOf(publicKey!, privateKey!)])).toBe(expected);
  });
});

describe('verify', () => {
  const form = sign(PAYLOAD);
  const [, signature] = form.bt_signature.split('|');

  test.each(Object.values(library.WebhookNotification.Kind))('accepts the library\'s sample of %s, and reads the same name as the library', async (kind) => {
    const sample = gateway.webhookTesting.sampleNotification(kind, 'a-subject');

    const verification = verifyForm(sample);
    const normalized = braintree.normalize(request(webhookOf(sample)), samples.config);

    const notification = await gateway.webhookNotification.parse(sample.bt_signature, sample.bt_payload);
    expect([verification, normalized.parsed]).toEqual(['authentic', true]);
    expect(normalized.fields).toMatchObject({ eventName: notification.kind, eventTime: new Date(notification.timestamp) });
  });

  test.each([
    ['next to a signature of another key', `a-key|${'0'.repeat(40)}&${form.bt_signature}`, PAYLOAD],
    ['next to an invalid signature', `rubbish&${form.bt_signature}`, PAYLOAD],
    ['of a payload without its last line break', form.bt_signature, PAYLOAD.slice(0, -1)],
  ])('accepts a signature %s, like the library', async (_, bt_signature, bt_payload) => {
    expect(verifyForm({ bt_signature, bt_payload })).toBe('authentic');
    expect(await libraryAccepts({ bt_signature, bt_payload })).toBe(true);
  });

  test.each([
    ['of another key', `a-key|${signature}`, PAYLOAD, 'signature_mismatch'],
    ['of another payload', `${PUBLIC_KEY}|${'0'.repeat(40)}`, PAYLOAD, 'signature_mismatch'],
    ['after a wrong signature of the same key', `${PUBLIC_KEY}|${'0'.repeat(40)}&${form.bt_signature}`, PAYLOAD, 'signature_mismatch'],
    ['in upper case', `${PUBLIC_KEY}|${signature.toUpperCase()}`, PAYLOAD, 'signature_mismatch'],
    ['with a space', `${PUBLIC_KEY}| ${signature}`, PAYLOAD, 'signature_mismatch'],
    ['that is truncated', form.bt_signature.slice(0, -2), PAYLOAD, 'signature_mismatch'],
    ['that has no digest', `${PUBLIC_KEY}|`, PAYLOAD, 'signature_mismatch'],
    ['without a key', signature, PAYLOAD, 'signature_malformed'],
    ['of a payload with other line breaks', form.bt_signature, PAYLOAD.replaceAll('\n', '\r\n'), 'signature_malformed'],
    ['of a payload that is not base64', gateway.webhookTesting.sampleSignature('<notification/>'), '<notification/>', 'signature_malformed'],
    ['of an empty payload', gateway.webhookTesting.sampleSignature(''), '', 'signature_malformed'],
    ['that is empty', '', PAYLOAD, 'signature_missing'],
  ])('rejects a signature %s, like the library', async (_, bt_signature, bt_payload, reason) => {
    expect(verifyForm({ bt_signature, bt_payload })).toBe(reason);
    expect(await libraryAccepts({ bt_signature, bt_payload })).toBe(false);
  });

  test('is stricter than the library: rejects text after a signature', async () => {
    const followed = { ...form, bt_signature: `${form.bt_signature}|` };

    expect(verifyForm(followed)).toBe('signature_mismatch');
    expect(await libraryAccepts(followed)).toBe(true);
  });

  test.each([20, 32])('is stricter than the library: rejects the answer to a challenge of %d characters as a signature of a payload', (length) => {
    const forged = CHALLENGE.slice(0, length);
    const answer = braintree.answerChallenge({ bt_challenge: forged }, [SECRET])!;
    const isSignature = (text: string) => createHmac('sha1', createHash('sha1').update(PRIVATE_KEY).digest()).update(forged).digest('hex') === text;

    expect(isSignature(answer.split('|')[1])).toBe(true);
    expect(verifyForm({ bt_signature: answer, bt_payload: forged })).toBe('signature_malformed');
    expect(verifyForm({ bt_signature: answer, bt_payload: `${forged}\n` })).toBe('signature_mismatch');
  });

  test.each<[string, readonly (readonly [string, string])[], string]>([
    ['without a signature', [['bt_payload', PAYLOAD]], 'signature_missing'],
    ['without a payload', [['bt_signature', form.bt_signature]], 'signature_malformed'],
    ['with two signatures', [['bt_signature', form.bt_signature], ['bt_signature', form.bt_signature], ['bt_payload', PAYLOAD]], 'signature_malformed'],
    ['with two payloads', [['bt_signature', form.bt_signature], ['bt_payload', PAYLOAD], ['bt_payload', PAYLOAD]], 'signature_malformed'],
    ['with fields of another case', [['BT_SIGNATURE', form.bt_signature], ['BT_PAYLOAD', PAYLOAD]], 'signature_missing'],
  ])('rejects a form %s', (_, fields, reason) => {
    expect(verify(formOf(...fields))).toBe(reason);
  });

  test.each(['', '{"bt_signature": "a|b"}', 'bt_signature', '\xff\xfe', '%'])('rejects the body %j', (body) => {
    expect(verify({ body: Buffer.from(body, 'latin1'), headers: {} })).toBe('signature_missing');
  });

  test('accepts a form in any order, with unknown fields and any media type', () => {
    const { body } = formOf(['bt_payload', form.bt_payload], ['more', ''], ['bt_signature', form.bt_signature]);

    expect(verify({ body, headers: { 'Content-Type': 'application/json' } })).toBe('authentic');
  });

  test.each<[string, readonly string[], string]>([
    ['one of several secrets', [secretOf('a-key', 'another'), SECRET], 'authentic'],
    ['a secret next to unusable ones', ['', '{}', 'rubbish', SECRET], 'authentic'],
    ['a secret with more fields', [JSON.stringify({ ...JSON.parse(SECRET) as object, merchant_id: 'a-merchant' })], 'authentic'],
    ['the new private key of the same public key', [secretOf(PUBLIC_KEY, 'new'), SECRET], 'authentic'],
    ['only the private key', [PRIVATE_KEY], 'secret_unusable'],
    ['a secret without a public key', [JSON.stringify({ private_key: PRIVATE_KEY })], 'secret_unusable'],
    ['a secret without a private key', [JSON.stringify({ public_key: PUBLIC_KEY, private_key: '' })], 'secret_unusable'],
  ])('verifies with %s', (_, secrets, verification) => {
    expect(verifyForm(form, secrets)).toBe(verification);
  });
});

describe('answerChallenge', () => {
  test('answers any challenge like the library', () => {
    fc.assert(fc.property(fc.stringMatching(/^[0-9a-f]{20,32}$/), (challenge) => {
      expect(braintree.answerChallenge({ bt_challenge: challenge }, [SECRET])).toBe(gateway.webhookNotification.verify(challenge));
    }));
  });

  test('answers with the first usable secret', () => {
    const answer = braintree.answerChallenge({ bt_challenge: CHALLENGE }, ['rubbish', SECRET, secretOf('a-key', 'another')]);

    expect(answer).toBe(gateway.webhookNotification.verify(CHALLENGE));
  });

  test.each([
    ['is shorter', CHALLENGE.slice(0, 19)], ['is longer', `${CHALLENGE}0`], ['is in upper case', CHALLENGE.toUpperCase()], ['ends with a line break', `${CHALLENGE}\n`],
    ['contains another character', `${CHALLENGE.slice(0, 20)}g`], ['is a payload', PAYLOAD.trim()], ['is empty', ''],
  ])('signs no text that %s, like the library', (_, challenge) => {
    expect(braintree.answerChallenge({ bt_challenge: challenge }, [SECRET])).toBeUndefined();
    expect(() => gateway.webhookNotification.verify(challenge)).toThrow();
  });

  test.each<[string, Readonly<Record<string, string>>, readonly string[]]>([
    ['without a challenge', {}, [SECRET]], ['without a secret', { bt_challenge: CHALLENGE }, []],
    ['without a usable secret', { bt_challenge: CHALLENGE }, ['rubbish']],
  ])('returns no answer %s', (_, query, secrets) => {
    expect(braintree.answerChallenge(query, secrets)).toBeUndefined();
  });
});

describe('normalize', () => {
  test('loads the XML parser with the first notification', () => {
    jest.isolateModules(() => {
      const evaluated = jest.fn();
      jest.doMock('fast-xml-parser', () => {
        evaluated();
        return jest.requireActual<object>('fast-xml-parser');
      });
      const reloaded = jest.requireActual<typeof import('.')>('.');
      const webhook = request(webhookOf(sign(PAYLOAD)));

      reloaded.braintree.verify(webhook, [SECRET]);
      const before = evaluated.mock.calls.length;
      reloaded.braintree.normalize(webhook, samples.config);

      expect([before, evaluated.mock.calls.length]).toEqual([0, 1]);
    });
  });

  test('reads the same event with other fields next to the payload', () => {
    const [once, again] = [formOf(['bt_payload', PAYLOAD]), formOf(['bt_signature', 'another'], ['more', ''], ['bt_payload', PAYLOAD])];

    expect(braintree.normalize(request(once), samples.config)).toEqual(braintree.normalize(request(again), samples.config));
  });

  test.each(['', 'bt_payload=', 'bt_payload=%', '{}', '\xff'])('does not parse %j, and uses a hash as its identifier', (body) => {
    const normalized = braintree.normalize(request({ body: Buffer.from(body, 'latin1'), headers: {} }), samples.config);

    expect(normalized).toMatchObject({ parsed: false, fields: { eventId: expect.stringMatching(/^[0-9a-f]{64}$/) } });
  });
});
