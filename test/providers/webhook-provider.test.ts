import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Duration, Lazy, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Annotations, Match, type Template } from 'aws-cdk-lib/assertions';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { SourceRanges } from '../../handlers/ingest/source-ranges';
import { SCHEME_NAMES, loadScheme } from '../../handlers/providers/registry';
import {
  HmacAlgorithm, HmacProviderProps, KeyEncoding, MetadataProviderProps, ReferenceProviderProps, SignatureEncoding, TimedWebhookProviderProps,
  TimestampFormat, WebhookProcessingSystem, WebhookProvider, WebhookProviderProps,
} from '../../src';
import { SCHEME_EVENTS, type SchemeName } from '../../src/private/contract';
import { ALL_SAMPLES } from '../handlers/support/all-samples';
import { providersOf, statementsOf, synthesize } from '../support/system';

type Factory = (props?: WebhookProviderProps) => WebhookProvider;

const hmac = (props: Partial<HmacProviderProps> = {}) => WebhookProvider.hmac({ signatureHeader: 'X-Signature', fields: {}, ...props });

const ED25519 = '-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAebVWLo/mVPlAeLES6KmLp5AfhTrmlb7X4OORC60ElmQ=\n-----END PUBLIC KEY-----';

/** The required options of the factories that have some. */
const REQUIRED: { readonly [factory: string]: object } = {
  hmac: { signatureHeader: 'X-Signature', fields: {} },
  publicKey: { signatureHeader: 'X-Signature', fields: {}, publicKeys: [ED25519] },
};
/** Public keys verify their webhooks, so that they have no secret. */
const WITHOUT_SECRET: readonly SchemeName[] = ['wise', 'public-key'];
const WITH_SECRET = SCHEME_NAMES.filter((name) => !WITHOUT_SECRET.includes(name));

/** Every factory, by the name of its scheme. */
const FACTORIES = new Map(Object.entries(Object.getOwnPropertyDescriptors(WebhookProvider)).flatMap(([name, { value }]): [string, Factory][] => {
  if (typeof value !== 'function' || name.startsWith('_')) {
    return [];
  }
  const factory: Factory = (props) => (value as (all: object) => WebhookProvider)({ ...REQUIRED[name], ...props });
  return [[schemeOf(factory()), factory]];
}));

const withProviders = (...providers: WebhookProvider[]) => synthesize({ environmentSuffix: 'test', providers });

function schemeOf(provider: WebhookProvider): string {
  return configOf(provider).scheme as string;
}

/** The configuration of one provider, as the validator parses it. */
function configOf(provider: WebhookProvider): any {
  return JSON.parse(JSON.stringify(provider._bind(new Stack(), {} as never).config));
}

/** The properties of the secrets, by the provider in their description. */
function secretsIn(template: Template): { readonly [provider: string]: any } {
  return Object.fromEntries(Object.values(template.findResources('AWS::SecretsManager::Secret'))
    .filter(({ Properties }) => Properties.Description.startsWith('Signing secret'))
    .map(({ Properties: { Description, ...properties } }) => [Description.split(' ').at(-1), properties]));
}

test.each(Object.entries(Object.getOwnPropertyDescriptors(WebhookProvider)).filter(([name, { value }]) => (
  typeof value === 'function' && !name.startsWith('_') && !(name in REQUIRED)
)))('%s needs no options', (_, { value }) => {
  expect(schemeOf((value as () => WebhookProvider)())).toMatch(/^[a-z-]+$/);
});

test('each scheme has one factory', () => {
  expect([...FACTORIES.keys()].sort()).toEqual([...SCHEME_NAMES].sort());
});

describe('systems with a provider of each kind', () => {
  // One system cannot have all of them, because an environment is small.
  const middle = Math.ceil(SCHEME_NAMES.length / 2);
  const systems = [SCHEME_NAMES.slice(0, middle), SCHEME_NAMES.slice(middle)]
    .map((names) => withProviders(...names.map((name) => FACTORIES.get(name)!())));
  const systemWith = (name: SchemeName) => systems[SCHEME_NAMES.indexOf(name) < middle ? 0 : 1].system;

  test('pass only the required settings to the validator, because an environment is small', () => {
    const settings: { readonly [name in SchemeName]?: object } = {
      'stripe': { toleranceSeconds: 300 },
      'paddle': { toleranceSeconds: 300 },
      'cashfree': { toleranceSeconds: 300 },
      'airwallex': { toleranceSeconds: 300 },
      'standard-webhooks': { toleranceSeconds: 300 },
      'hmac': { fields: {}, hmac: { signatureHeader: 'x-signature', algorithm: 'sha256', encoding: 'hex' } },
      'public-key': {
        fields: {},
        signature: { signatureHeader: 'x-signature', encoding: 'base64' },
        publicKeys: ['MCowBQYDK2VwAyEAebVWLo/mVPlAeLES6KmLp5AfhTrmlb7X4OORC60ElmQ='],
      },
    };

    expect(systems.flatMap(({ template }) => providersOf(template))).toEqual(SCHEME_NAMES.map((name) => (
      { name, scheme: name, secretArns: WITHOUT_SECRET.includes(name) ? [] : ['arn'], ...settings[name] }
    )));
  });

  test('create a secret for each that needs one, empty if the provider issues it', () => {
    const { 'standard-webhooks': generated, ...others } = Object.assign({}, ...systems.map(({ template }) => secretsIn(template)));

    expect(generated).toHaveProperty('GenerateSecretString');
    expect(others).toEqual(Object.fromEntries(WITH_SECRET.filter((name) => name !== 'standard-webhooks').map((name) => [name, {}])));
  });

  test('allow the validator to read them all, and the key for guests', () => {
    const statements = systems.flatMap(({ template }) => statementsOf(template, 'webhook-validator-test'))
      .filter(({ Action }) => Action === 'secretsmanager:GetSecretValue');

    expect(statements.flatMap(({ Resource }) => Resource)).toHaveLength(WITH_SECRET.length + systems.length);
  });

  test.each(WITH_SECRET)('find the secret of %s', (name) => {
    expect(systemWith(name).providerSecrets(name)).toHaveLength(1);
  });

  test.each(WITHOUT_SECRET)('have no secret of %s', (name) => {
    expect(systemWith(name).providerSecrets(name)).toEqual([]);
    expect(() => systemWith(name).providerSecret(name)).toThrow(`\`provider\` must be a provider with a secret, got: '${name}', which public keys verify`);
  });
});

describe('allowedSourceRanges', () => {
  const RANGES = [
    '203.0.113.0/24', '198.51.100.7/32', '0.0.0.0/0', '2001:db8::/32', '2001:db8::1/128', '::/0', '::1/128', '1::/16', '::ffff:192.0.2.0/120',
    '2001:db8:0:0:1:0:0:0/96', '2001:db8:1:2:3:4:5:6/128',
  ];

  test('reach the validator unchanged, which parses each of them', () => {
    const config = configOf(WebhookProvider.stripe({ allowedSourceRanges: RANGES }));

    expect(config.sourceRanges).toEqual(RANGES);
    expect(() => new SourceRanges([config])).not.toThrow();
  });

  test('can contain a range that is known only at deployment', () => {
    const range = Lazy.string({ produce: () => '203.0.113.0/24' });

    expect(() => WebhookProvider.stripe({ allowedSourceRanges: [range, range] })).not.toThrow();
  });

  test.each([
    '', '/24', 'everywhere/0', '203.0.113.0/33', '203.0.113.0/-1', '203.0.113.0/024', '203.0.113.0/2.5', '203.0.113/24', '203.0.113.0/24 ', '256.0.0.0/8',
    '203.0.113.0/255.255.255.0', '203.0.113.0-203.0.113.9', '2001:db8::/129', '2001:db8::/32/32', '2001:db8:::/32', 'fe80::1%eth0/64', '12345::/16', '::ffff:1.2.3/96',
  ])('cannot contain %p', (range) => {
    expect(() => WebhookProvider.stripe({ allowedSourceRanges: ['192.0.2.0/24', range] }))
      .toThrow(`\`allowedSourceRanges\` must contain IPv4 or IPv6 ranges in CIDR notation such as 203.0.113.0/24 or 2001:db8::/32, got: '${range}'.`);
  });

  test.each(['203.0.113.128/24', '0.0.0.1/0', '128.0.0.0/0', '2001:db8:0:1::/63', '::ffff:192.0.2.1/120', '8000::/0'])('cannot contain %p, which has bits after the prefix', (range) => {
    expect(() => WebhookProvider.stripe({ allowedSourceRanges: [range] })).toThrow('must contain ranges whose bits after the prefix are 0');
  });

  test('are off by default', () => {
    expect(configOf(WebhookProvider.stripe())).not.toHaveProperty('sourceRanges');
  });
});

describe.each([...FACTORIES])('%s', (name, factory) => {
  test('takes its options', () => {
    const [event = 'captured'] = Object.keys(SCHEME_EVENTS[name as SchemeName]);

    const provider = factory({ name: 'shop', moneyMovementEvents: [event], testMode: true, allowedSourceRanges: ['203.0.113.0/24'] });

    expect(provider.providerName).toBe('shop');
    expect(configOf(provider)).toMatchObject({ name: 'shop', moneyMovementEvents: [event], testMode: true, sourceRanges: ['203.0.113.0/24'] });
  });

  test('decides by event whether it is a test, unless configured otherwise', () => {
    expect(configOf(factory({ testMode: false }))).not.toHaveProperty('testMode');
  });

  test('uses existing secrets instead of a created one, if it needs one', () => {
    const stack = new Stack();
    const secrets = ['Old', 'New'].map((id) => new Secret(stack, id));

    if (!WITH_SECRET.includes(name as SchemeName)) {
      expect(() => factory({ secrets })).toThrow('`secrets` must not be set for a provider that signs with a private key');
      return;
    }
    const bound = factory({ secrets })._bind(stack, {} as never);

    expect(bound.secrets).toBe(secrets);
    expect(bound.config.secretArns).toHaveLength(2);
    expect(stack.node.findAll().filter((construct) => construct instanceof Secret)).toHaveLength(2);
  });
});

describe('a provider that signs a time', () => {
  test.each<[string, (props: TimedWebhookProviderProps) => WebhookProvider]>([
    ['stripe', WebhookProvider.stripe],
    ['paddle', WebhookProvider.paddle],
    ['cashfree', WebhookProvider.cashfree],
    ['airwallex', WebhookProvider.airwallex],
    ['standard-webhooks', WebhookProvider.standardWebhooks],
    ['hmac with a time', (props) => hmac({ ...props, timestampHeader: 'X-Time' })],
    ['hmac with a time beside the signature', (props) => hmac({ ...props, signatureFormat: '{timestamp},{signature}' })],
  ])('%s uses its tolerance', (_, factory) => {
    expect(configOf(factory({ tolerance: Duration.minutes(1) }))).toHaveProperty('toleranceSeconds', 60);
  });

  test('does not include an HMAC without a time', () => {
    expect(configOf(hmac({ tolerance: Duration.minutes(1) }))).not.toHaveProperty('toleranceSeconds');
  });
});

test('a Standard Webhooks sender has the canonical body or a custom body', () => {
  expect(configOf(WebhookProvider.standardWebhooks())).not.toHaveProperty('fields');
  expect(configOf(WebhookProvider.standardWebhooks({ fields: { amount: 'total' } }))).toHaveProperty('fields', { amount: 'total' });
});

describe('a provider with its own signature', () => {
  const SETTINGS = {
    signatureHeader: 'X-Acme-Signature',
    timestampHeader: 'X-Acme-Time',
    timestampFormat: TimestampFormat.UNIX_MILLISECONDS,
    encoding: SignatureEncoding.BASE64_URL,
    prefix: 'v1=',
    signedContent: '{header:X-Id}.{timestamp}.{body}',
    fields: { amount: 'payment.amount' },
  };
  const SIGNATURE = {
    signatureHeader: 'x-acme-signature',
    timestampHeader: 'x-acme-time',
    timestampFormat: 'milliseconds',
    encoding: 'base64url',
    prefix: 'v1=',
    signedContent: '{header:X-Id}.{timestamp}.{body}',
  };

  test('passes all its settings if it signs with an HMAC', () => {
    expect(configOf(hmac({ ...SETTINGS, algorithm: HmacAlgorithm.SHA512, keyEncoding: KeyEncoding.HEX }))).toEqual({
      name: 'hmac',
      scheme: 'hmac',
      secretArns: [expect.any(String)],
      toleranceSeconds: 300,
      fields: { amount: 'payment.amount' },
      hmac: { ...SIGNATURE, algorithm: 'sha512', keyEncoding: 'hex' },
    });
  });

  test('passes all its settings if it signs with a private key', () => {
    expect(configOf(WebhookProvider.publicKey({ ...SETTINGS, publicKeys: [ED25519] }))).toMatchObject({
      scheme: 'public-key', toleranceSeconds: 300, fields: { amount: 'payment.amount' }, signature: SIGNATURE,
    });
  });

  test('passes the format of a header with a time', () => {
    expect(configOf(hmac({ signatureFormat: 't={timestamp},v1={signature}', timestampFormat: TimestampFormat.UNIX_SECONDS, keyEncoding: KeyEncoding.TEXT }))).toEqual({
      name: 'hmac',
      scheme: 'hmac',
      secretArns: [expect.any(String)],
      toleranceSeconds: 300,
      fields: {},
      hmac: { signatureHeader: 'x-signature', signatureFormat: 't={timestamp},v1={signature}', algorithm: 'sha256', encoding: 'hex' },
    });
  });
});

describe('publicKeys', () => {
  const pemOf = ({ publicKey }: { readonly publicKey: KeyObject }) => publicKey.export({ format: 'pem', type: 'spki' }).toString();

  test.each<[string, () => string]>([
    ['RSA with 2048 bits', () => pemOf(generateKeyPairSync('rsa', { modulusLength: 2048 }))],
    ['EC on P-256', () => pemOf(generateKeyPairSync('ec', { namedCurve: 'P-256' }))],
    ['Ed25519', () => pemOf(generateKeyPairSync('ed25519'))],
  ])('pass %s without its armor', (_, keyOf) => {
    const pem = keyOf();

    expect(configOf(WebhookProvider.publicKey({ ...REQUIRED.publicKey as any, publicKeys: [ED25519, pem] })).publicKeys[1])
      .toBe(pem.replace(/-----[^-]+-----|\s/g, ''));
  });

  test('of Wise are in the validator, unless set', () => {
    expect(configOf(WebhookProvider.wise())).not.toHaveProperty('publicKeys');
    expect(configOf(WebhookProvider.wise({ publicKeys: [ED25519] }))).toHaveProperty('publicKeys', ['MCowBQYDK2VwAyEAebVWLo/mVPlAeLES6KmLp5AfhTrmlb7X4OORC60ElmQ=']);
  });

  test('do not fit the environment if there are too many', () => {
    const publicKeys = [1, 2, 3].map(() => pemOf(generateKeyPairSync('rsa', { modulusLength: 4096 })));
    const providers = ['one', 'two'].map((name) => WebhookProvider.wise({ name, publicKeys }));

    expect(() => withProviders(...providers)).toThrow('`providers` (with their `fields`, `publicKeys` and `allowedSourceRanges`) and `thresholds` must fit the 4096 bytes');
  });
});

test('two accounts of one provider are two providers', () => {
  const { template, system } = withProviders(WebhookProvider.adyen({ name: 'adyen-eu' }), WebhookProvider.adyen({ name: 'adyen-us', testMode: true }));

  expect(providersOf(template)).toEqual([
    { name: 'adyen-eu', scheme: 'adyen', secretArns: ['arn'] },
    { name: 'adyen-us', scheme: 'adyen', secretArns: ['arn'], testMode: true },
  ]);
  expect(Object.keys(secretsIn(template)).sort()).toEqual(['adyen-eu', 'adyen-us']);
  expect(system.providerSecrets('adyen-eu')).not.toEqual(system.providerSecrets('adyen-us'));
});

describe('a secret that two providers share', () => {
  const warningsOf = (providersIn: (stack: Stack) => WebhookProvider[]) => {
    const stack = new Stack(new App());
    new WebhookProcessingSystem(stack, 'Payments', { removalPolicy: RemovalPolicy.DESTROY, providers: providersIn(stack) });
    return Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('share a secret')).map(({ entry }) => entry.data);
  };
  const named = (stack: Stack, id: string, name: string) => Secret.fromSecretNameV2(stack, id, name);

  test('is a warning, because a webhook of one would be accepted as one of the other', () => {
    const warnings = warningsOf((stack) => [
      WebhookProvider.shopify({ secrets: [named(stack, 'One', 'shared')] }),
      WebhookProvider.razorpay({ secrets: [named(stack, 'Other', 'other'), named(stack, 'Two', 'shared')] }),
      WebhookProvider.paystack({ secrets: [named(stack, 'Three', 'third'), named(stack, 'Four', 'third')] }),
    ]);

    expect(warnings).toEqual([
      'The providers razorpay and shopify share a secret: a webhook of one can be accepted as a webhook of the other. '
      + 'Give each its own secret, or acknowledge this warning if they are the same account. [ack: cdk-webhook-processing-system:sharedSecret:razorpay,shopify]',
    ]);
  });

  test('is no warning if each has its own', () => {
    expect(warningsOf(() => [WebhookProvider.shopify(), WebhookProvider.razorpay(), WebhookProvider.wise()])).toEqual([]);
  });
});

describe('GET', () => {
  const stripe = WebhookProvider.stripe();
  const braintree = WebhookProvider.braintree();

  test.each<[string, WebhookProvider[], { [path: string]: string[] }]>([
    ['on no path: no provider checks the endpoint', [stripe], { 'webhook': ['POST'], 'stripe': ['POST'], '{provider}': ['POST'] }],
    ["on the provider's path: another one is first", [stripe, braintree], { 'webhook': ['POST'], 'stripe': ['POST'], 'braintree': ['GET', 'POST'], '{provider}': ['POST'] }],
    ['on both paths: the first one checks the endpoint', [braintree, stripe], { 'webhook': ['GET', 'POST'], 'braintree': ['GET', 'POST'], 'stripe': ['POST'], '{provider}': ['POST'] }],
  ])('is open %s', (_, providers, expected) => {
    const { template } = withProviders(...providers);

    const methods = Object.entries(template.findResources('AWS::ApiGateway::Resource')).map(([id, { Properties: { PathPart } }]) => [
      PathPart,
      Object.values(template.findResources('AWS::ApiGateway::Method', { Properties: { ResourceId: { Ref: id } } }))
        .map(({ Properties }) => Properties.HttpMethod).sort(),
    ]);

    expect(Object.fromEntries(methods)).toEqual(expected);
  });

  test('reaches the validator with a raw body, like POST', () => {
    const { template } = withProviders(braintree);

    const integrations = Object.values(template.findResources('AWS::ApiGateway::Method')).map(({ Properties }) => JSON.stringify(Properties.Integration));

    expect(integrations).toHaveLength(5);
    expect(new Set(integrations).size).toBe(1);
  });

  test.each(SCHEME_NAMES)('is open for %s if the validator can answer its challenge', (name) => {
    const { answersChallenge } = FACTORIES.get(name)!()._bind(new Stack(), {} as never);

    expect(answersChallenge).toBe(loadScheme(name).answerChallenge !== undefined);
  });
});

describe('referenceKey', () => {
  const factories = {
    'stripe': WebhookProvider.stripe,
    'razorpay': WebhookProvider.razorpay,
    'paystack': WebhookProvider.paystack,
    'checkout-com': WebhookProvider.checkoutCom,
    'mollie': WebhookProvider.mollie,
    'coinbase-commerce': WebhookProvider.coinbaseCommerce,
    'gocardless': WebhookProvider.goCardless,
    'paddle': WebhookProvider.paddle,
    'airwallex': WebhookProvider.airwallex,
    'lemon-squeezy': WebhookProvider.lemonSqueezy,
    'flutterwave': WebhookProvider.flutterwave,
  } as const;

  test.each(Object.entries(factories))('changes where the validator finds the reference of %s', (_, factory: (props: ReferenceProviderProps) => WebhookProvider) => {
    expect(configOf(factory({ referenceKey: 'cart' }))).toMatchObject({ referenceKey: 'cart' });
    expect(configOf(factory({}))).not.toHaveProperty('referenceKey');
  });

  test.each(['', 'x'.repeat(101)])('rejects %j', (referenceKey) => {
    expect(() => WebhookProvider.stripe({ referenceKey })).toThrow(`\`referenceKey\` must have from 1 to 100 characters, got ${referenceKey.length}`);
  });

  test('accepts a token', () => {
    expect(() => WebhookProvider.stripe({ referenceKey: Lazy.string({ produce: () => '' }) })).not.toThrow();
  });

  test('is read by each provider that has it, and by no other one', () => {
    const readers = SCHEME_NAMES.filter((name) => /\breferenceIn\(/.test(readFileSync(join(__dirname, `../../handlers/providers/${name}/index.ts`), 'utf8')));

    expect(readers.sort()).toEqual(Object.keys(factories).sort());
  });
});

describe('metadataKeys', () => {
  const factories = {
    'stripe': WebhookProvider.stripe,
    'razorpay': WebhookProvider.razorpay,
    'paystack': WebhookProvider.paystack,
    'checkout-com': WebhookProvider.checkoutCom,
    'shopify': WebhookProvider.shopify,
    'braintree': WebhookProvider.braintree,
    'mollie': WebhookProvider.mollie,
    'coinbase-commerce': WebhookProvider.coinbaseCommerce,
    'gocardless': WebhookProvider.goCardless,
    'paddle': WebhookProvider.paddle,
    'cashfree': WebhookProvider.cashfree,
    'airwallex': WebhookProvider.airwallex,
    'lemon-squeezy': WebhookProvider.lemonSqueezy,
    'flutterwave': WebhookProvider.flutterwave,
  } as const;

  test.each(Object.entries(factories))('chooses the metadata of %s', (_, factory: (props: MetadataProviderProps) => WebhookProvider) => {
    expect(configOf(factory({ metadataKeys: ['cart', 'a.b'] }))).toMatchObject({ metadataKeys: ['cart', 'a.b'] });
    expect(configOf(factory({}))).not.toHaveProperty('metadataKeys');
  });

  test('is read by each provider that has it, and by no other one', () => {
    const readers = SCHEME_NAMES.filter((name) => (
      ALL_SAMPLES[name].metadata?.some(({ config, metadata }) => config?.metadataKeys !== undefined && metadata !== undefined)
    ));

    expect(readers.sort()).toEqual(Object.keys(factories).sort());
  });

  /** The same rules apply to the keys of a mapped body. */
  const both = (metadataKeys: string[]) => [
    ['metadataKeys', () => WebhookProvider.stripe({ metadataKeys })],
    ['fields.metadataKeys', () => hmac({ fields: { metadata: 'meta', metadataKeys } })],
  ] as const;

  test.each<[string, string[], string]>([
    ['no key', [], 'must have from 1 to 10 keys, because every stored event contains their values, got 0'],
    ['11 keys', [...Array(11).keys()].map(String), 'must have from 1 to 10 keys, because every stored event contains their values, got 11'],
    ['an empty key', [''], 'must have from 1 to 50 characters, got 0'],
    ['a long key', ['cart', 'x'.repeat(51)], 'must have from 1 to 50 characters, got 51'],
    ['a key twice', ['cart', 'shop', 'cart'], "must have unique entries, got duplicate: 'cart'. Remove one of them."],
    ['a list token', Lazy.list({ produce: () => ['cart'] }), 'must be known at synthesis, because each entry becomes a part of the template, got: a list token'],
  ])('rejects %s', (_, keys, message) => {
    for (const [prop, create] of both(keys)) {
      expect(create).toThrow(new Error(`\`${prop}\` ${message}`));
    }
  });

  test('accepts ten keys of 50 characters, and a key that is known only at deployment', () => {
    for (const [, create] of [...both([...Array(10).keys()].map((key) => String(key).repeat(50))), ...both([Lazy.string({ produce: () => 'cart' })])]) {
      expect(create).not.toThrow();
    }
  });
});

describe('fields.metadata', () => {
  test('is passed to the validator with its keys', () => {
    expect(configOf(hmac({ fields: { metadata: 'data.meta', metadataKeys: ['cart'] } })).fields).toEqual({ metadata: 'data.meta', metadataKeys: ['cart'] });
  });

  test('must come with keys, and keys with it', () => {
    expect(() => hmac({ fields: { metadata: 'meta' } }))
      .toThrow('`fields.metadata` must come with `fields.metadataKeys`, got only `fields.metadata`. Set both or neither.');
    expect(() => WebhookProvider.standardWebhooks({ fields: { metadataKeys: ['cart'] } }))
      .toThrow('`fields.metadataKeys` must come with `fields.metadata`, got only `fields.metadataKeys`. Set both or neither.');
  });

  test('must be a path', () => {
    expect(() => hmac({ fields: { metadata: 'a..b', metadataKeys: ['cart'] } })).toThrow("`fields.metadata` must be a dotted path such as data.payment.id, got: 'a..b'");
  });
});

describe('the currency of Authorize.Net', () => {
  test('is passed to the validator', () => {
    expect(configOf(WebhookProvider.authorizeNet({ currency: 'CAD' }))).toHaveProperty('currency', 'CAD');
    expect(configOf(WebhookProvider.authorizeNet())).not.toHaveProperty('currency');
  });

  test('must be an ISO 4217 code, if it is known at synthesis', () => {
    expect(() => WebhookProvider.authorizeNet({ currency: 'usd' })).toThrow("`currency` must be an ISO 4217 code of three capital letters such as EUR, got: 'usd'");
    expect(() => WebhookProvider.authorizeNet({ currency: Lazy.string({ produce: () => 'USD' }) })).not.toThrow();
  });
});

describe('processConnectedAccounts', () => {
  test.each<[boolean | undefined, boolean | undefined]>([[false, false], [true, undefined], [undefined, undefined]])('%p is passed to the validator as %p', (given, passed) => {
    expect(configOf(WebhookProvider.stripe({ processConnectedAccounts: given })).processConnectedAccounts).toBe(passed);
  });
});
