import { createHmac, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { hmacValidator as AdyenHmacValidator } from '@adyen/api-library';
import { Paddle } from '@paddle/paddle-node-sdk';
import { isValidSignature } from '@sanity/webhook';
import { EventWebhook } from '@sendgrid/eventwebhook';
import { Stack } from 'aws-cdk-lib';
import { verifyKey } from 'discord-interactions';
import { Webhook as StandardWebhook } from 'standardwebhooks';
import Stripe from 'stripe';
import { Webhook as SvixWebhook } from 'svix';
import { loadScheme } from '../../../handlers/providers/registry';
import { changedByte } from '../../../handlers/providers/shared/samples/changes';
import type { Headers, SignedWebhook } from '../../../handlers/providers/shared/samples/provider-samples';
import { succeeds } from '../../../handlers/providers/shared/samples/sample-signing';
import type { Verification } from '../../../handlers/providers/shared/scheme';
import { samples as square } from '../../../handlers/providers/square/samples';
import { KeyEncoding, SignatureEncoding, TimestampFormat, WebhookProvider } from '../../../src';
import type { ProviderConfig } from '../../../src/private/contract';
import { context, request } from '../support/webhooks';

const DOCUMENTATION_ONLY = 'documentation only';
const PUBLISHED = 'a published vector';
const BODY = Buffer.from('{"id":"evt_1","type":"payment.paid","data":{"id":"pay_1","amount":1250}}');
const SECRET = 'a signing secret of some length';
const PAIRS = { ec: generateKeyPairSync('ec', { namedCurve: 'P-256' }), ed25519: generateKeyPairSync('ed25519') };

/** What a sender sends, and who else accepts it. */
interface Sender {
  readonly secret?: string;
  /** The PEM of the public key that the table calls `pem`. */
  readonly pem?: string;
  /** Signs a body at a time, by the sender's documentation or by its library. */
  readonly headers?: (body: Buffer, at: Date) => Headers;
  /** A webhook that the sender publishes. */
  readonly published?: SignedWebhook & { readonly at: Date };
  /** Whether the sender's library accepts a webhook. */
  readonly libraryAccepts?: (webhook: SignedWebhook) => boolean | Promise<boolean>;
}

const seconds = (at: Date) => String(Math.floor(at.getTime() / 1000));
const milliseconds = (at: Date) => String(at.getTime());
const mac = (parts: readonly (string | Buffer)[], encoding: 'hex' | 'base64' = 'hex', key: string | Buffer = SECRET) => {
  const hash = createHmac('sha256', key);
  parts.forEach((part) => hash.update(part));
  return hash.digest(encoding);
};
const pemOf = (key: KeyObject) => key.export({ format: 'pem', type: 'spki' }).toString();
const STANDARD_SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const standardHeaders = (prefix: string) => (body: Buffer, at: Date): Headers => ({
  [`${prefix}-id`]: 'msg_1',
  [`${prefix}-timestamp`]: seconds(at),
  [`${prefix}-signature`]: new StandardWebhook(STANDARD_SECRET).sign('msg_1', at, body.toString()),
});
const HEX_KEY = '44782DEF547AAA06C910C43932B1EB0C71FC68D9D0C057550C48EC2ACF6BA056';
const URL_SECRET = JSON.stringify({ signature_key: SECRET, notification_url: 'https://example.com/webhook/hubspot' });

const SENDERS: { readonly [name: string]: Sender } = {
  'Paddle': {
    headers: (body, at) => ({ 'Paddle-Signature': `ts=${seconds(at)};h1=${mac([seconds(at), ':', body])}` }),
    libraryAccepts: async ({ body, headers }) => new Paddle('an-api-key').webhooks.isSignatureValid(body.toString(), SECRET, headers['Paddle-Signature']),
  },
  'Sanity': {
    headers: (body, at) => ({
      'sanity-webhook-signature': `t=${milliseconds(at)},v1=${Buffer.from(mac([milliseconds(at), '.', body]), 'hex').toString('base64url')}`,
    }),
    libraryAccepts: async ({ body, headers }) => isValidSignature(body.toString(), headers['sanity-webhook-signature'], SECRET),
  },
  'Stripe': {
    headers: (body, at) => ({
      'Stripe-Signature': Stripe.webhooks.generateTestHeaderString({ payload: body.toString(), secret: SECRET, timestamp: Number(seconds(at)) }),
    }),
    libraryAccepts: ({ body, headers }) => succeeds(() => Stripe.webhooks.signature!.verifyHeader(body.toString(), headers['Stripe-Signature'], SECRET, 300)),
  },
  'Square': {
    secret: square.secret,
    headers: (body) => square.sign(body).headers,
    libraryAccepts: async (webhook) => square.libraryAccepts(webhook, square.secret),
  },
  'Adyen': {
    secret: HEX_KEY,
    headers: (body) => ({ HmacSignature: mac([body], 'base64', Buffer.from(HEX_KEY, 'hex')) }),
    libraryAccepts: ({ body, headers }) => new AdyenHmacValidator().validateHMACSignature(HEX_KEY, headers.HmacSignature, body.toString()),
  },
  'Twilio SendGrid': {
    pem: pemOf(PAIRS.ec.publicKey),
    headers: (body, at) => ({
      'X-Twilio-Email-Event-Webhook-Timestamp': seconds(at),
      'X-Twilio-Email-Event-Webhook-Signature': sign('sha256', Buffer.concat([Buffer.from(seconds(at)), body]), PAIRS.ec.privateKey).toString('base64'),
    }),
    libraryAccepts: ({ body, headers }) => {
      const key = PAIRS.ec.publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
      const library = new EventWebhook();
      return library.verifySignature(
        library.convertPublicKeyToECDSA(key), body, headers['X-Twilio-Email-Event-Webhook-Signature'], headers['X-Twilio-Email-Event-Webhook-Timestamp'],
      );
    },
  },
  'Discord': {
    pem: pemOf(PAIRS.ed25519.publicKey),
    headers: (body, at) => ({
      'X-Signature-Timestamp': seconds(at),
      'X-Signature-Ed25519': sign(null, Buffer.concat([Buffer.from(seconds(at)), body]), PAIRS.ed25519.privateKey).toString('hex'),
    }),
    libraryAccepts: async ({ body, headers }) => {
      const { x } = PAIRS.ed25519.publicKey.export({ format: 'jwk' });
      return verifyKey(body, headers['X-Signature-Ed25519'], headers['X-Signature-Timestamp'], Buffer.from(x!, 'base64url').toString('hex'));
    },
  },
  'Svix': {
    secret: STANDARD_SECRET,
    headers: standardHeaders('svix'),
    libraryAccepts: ({ body, headers }) => succeeds(() => new SvixWebhook(STANDARD_SECRET).verify(body.toString(), { ...headers })),
  },
  'Dodo Payments': {
    secret: STANDARD_SECRET,
    headers: standardHeaders('webhook'),
    libraryAccepts: ({ body, headers }) => succeeds(() => new StandardWebhook(STANDARD_SECRET).verify(body.toString(), { ...headers })),
  },
  'Wise': {
    published: {
      at: new Date('2021-08-23T10:12:50Z'),
      body: Buffer.from('{"data":{"resource":{"id":49983981,"profile_id":16055450,"account_id":14124090,"type":"transfer"},"current_state":"incoming_payment_waiting","previous_state":null,"occurred_at":"2021-08-23T10:12:50Z"},"subscription_id":"90aa8e14-4ef1-4a56-861c-f3c9cde097ea","event_type":"transfers#state-change","schema_version":"2.0.0","sent_at":"2021-08-23T10:12:50Z"}'),
      headers: {
        'X-Signature-SHA256': 'wKcKCYXAzxNgiu7xmoDm943NUni7Rz33QN8JkEA9dWSGebgndonabgSj18Y4C08OrwVmueGsED2s00M7DtJVcYKOS1i3G4TMVx+mgM3aL9djMBkQtiYNBFUd6wrPI7ZUNHv/TrlKSjTMc+6JFvUvJ7owY3z85e3I4jLRLJowMFvO8kvCJ60+1pY9wDwZvtZ//WS93LrwGjk9Dvwzpmu0w+P4J75tETT5qC3Uv0y5G2yO8SEoO3yNP/tg/BOli02niHb53vEOUWUb9bly6thnfMoXoiV/osoGxgF20R58RlvkAmezyyl1Sv542TfS2DpiwVnmjjjkCyXeSUcKookYLQ==',
      },
    },
  },
  'Revolut': {
    secret: 'wsk_r59a4HfWVAKycbCaNO1RvgCJec02gRd8',
    published: {
      at: new Date(1683650202360),
      body: Buffer.from('{"data":{"id":"645a7696-22f3-aa47-9c74-cbae0449cc46","new_state":"completed","old_state":"pending","request_id":"app_charges-9f5d5eb3-1e06-46c5-b1c0-3914763e0bcb"},"event":"TransactionStateChanged","timestamp":"2023-05-09T16:36:38.028960Z"}'),
      headers: {
        'Revolut-Request-Timestamp': '1683650202360', 'Revolut-Signature': 'v1=bca326fb378d0da7f7c490ad584a8106bab9723d8d9cdd0d50b4c5b3be3837c0',
      },
    },
  },
  'GitHub': {
    secret: 'It\'s a Secret to Everybody',
    published: {
      at: new Date(0),
      body: Buffer.from('Hello, World!'),
      headers: { 'X-Hub-Signature-256': 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17' },
    },
  },
  'Airwallex': { headers: (body, at) => ({ 'x-timestamp': milliseconds(at), 'x-signature': mac([milliseconds(at), body]) }) },
  'Cashfree': { headers: (body, at) => ({ 'x-webhook-timestamp': milliseconds(at), 'x-webhook-signature': mac([milliseconds(at), body], 'base64') }) },
  'Recurly': { headers: (body, at) => ({ 'recurly-signature': `${milliseconds(at)},${'0'.repeat(64)},${mac([milliseconds(at), '.', body])}` }) },
  'PayMongo': { headers: (body, at) => ({ 'Paymongo-Signature': `t=${seconds(at)},te=,li=${mac([seconds(at), '.', body])}` }) },
  'Omise': {
    secret: Buffer.from(SECRET).toString('base64'),
    headers: (body, at) => ({ 'Omise-Signature-Timestamp': seconds(at), 'Omise-Signature': `${'0'.repeat(64)},${mac([seconds(at), '.', body])}` }),
  },
  'Zoho Payments': { headers: (body, at) => ({ 'X-Zoho-Webhook-Signature': `t=${milliseconds(at)},v=${mac([milliseconds(at), '.', body])}` }) },
  'Lemon Squeezy': { headers: (body) => ({ 'X-Signature': mac([body]) }) },
  'Worldpay Access': { headers: (body) => ({ 'Event-Signature': `2/SHA256/${'0'.repeat(64)},1/SHA256/${mac([body])}` }) },
  'Zendesk': {
    headers: (body, at) => ({
      'X-Zendesk-Webhook-Signature-Timestamp': at.toISOString(), 'X-Zendesk-Webhook-Signature': mac([at.toISOString(), body], 'base64'),
    }),
  },
  'HubSpot': {
    secret: URL_SECRET,
    headers: (body, at) => ({
      'X-HubSpot-Request-Timestamp': milliseconds(at),
      'X-HubSpot-Signature-v3': mac(['POST', 'https://example.com/webhook/hubspot', body, milliseconds(at)], 'base64'),
    }),
  },
  'Twitch': {
    headers: (body, at) => ({
      'Twitch-Eventsub-Message-Id': 'message-1',
      'Twitch-Eventsub-Message-Timestamp': at.toISOString(),
      'Twitch-Eventsub-Message-Signature': `sha256=${mac(['message-1', at.toISOString(), body])}`,
    }),
  },
};

/** A row of docs/senders.md: a link to the sender, the call of a factory, and what verified it. */
const ROW = /^\| \[([^\]]+)\]\([^)]+\)[^|]* \| `(\w+)\((\{.*\})\)` \| (.+) \|$/gm;
const TABLE = [...readFileSync(join(__dirname, '../../../docs/senders.md'), 'utf8').matchAll(ROW)]
  .map(([, name, factory, options, verifiedBy]) => ({ name, factory, options, verifiedBy }));

function configOf({ name, factory, options }: typeof TABLE[number]): ProviderConfig {
  const props = runInNewContext(`(${options})`, { KeyEncoding, SignatureEncoding, TimestampFormat, pem: SENDERS[name].pem }) as object;
  // An array of another context is no `Array` of this one.
  const own = JSON.parse(JSON.stringify(props)) as object;
  const factories = WebhookProvider as unknown as { readonly [name: string]: (all: object) => WebhookProvider };
  const fields = factory === 'wise' ? {} : { fields: {} };
  return JSON.parse(JSON.stringify(factories[factory]({ ...fields, ...own })._bind(new Stack(), {} as never).config)) as ProviderConfig;
}

test('the table has at least twenty senders, and each is tested', () => {
  expect(TABLE.map(({ name }) => name)).toEqual(Object.keys(SENDERS));
  expect(TABLE.length).toBeGreaterThanOrEqual(20);
});

describe.each(TABLE)('$name', (row) => {
  const { secret = SECRET, headers, published, libraryAccepts } = SENDERS[row.name];
  const at = published?.at ?? new Date();
  const send = (now: Date): SignedWebhook => published ?? { body: BODY, headers: headers!(BODY, now) };
  const forge = (each: SignedWebhook) => ({ ...each, body: changedByte(each.body, 9, 1) });
  const webhook = send(at);
  const verify = async (each: SignedWebhook, now = at): Promise<Verification> => {
    const config = configOf(row);
    return loadScheme(config.scheme).verify(request(each), [secret], context(config, now));
  };

  test('is accepted with the options of the table, and rejected with another body', async () => {
    expect(await verify(webhook)).toBe('authentic');
    expect(await verify(forge(webhook))).toBe('signature_mismatch');
  });

  test('is rejected later if the table has a time', async () => {
    const isTimed = /timestamp/i.test(row.options) || row.factory === 'standardWebhooks';

    expect(await verify(webhook, new Date(at.getTime() + 301_000))).toBe(isTimed ? 'timestamp_out_of_tolerance' : 'authentic');
  });

  test('is verified by what the table says', async () => {
    // Paddle's library accepts a webhook for five seconds.
    const current = send(new Date());
    const results = await Promise.all([current, forge(current)].map(async (each) => libraryAccepts?.(each)));

    expect(row.verifiedBy).toMatch(libraryAccepts ? /^`[^`]+`$/ : published ? PUBLISHED : DOCUMENTATION_ONLY);
    expect(results).toEqual(libraryAccepts ? [true, false] : [undefined, undefined]);
  });
});
