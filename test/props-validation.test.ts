import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { App, CfnParameter, Duration, Lazy, RemovalPolicy, Stack, Token } from 'aws-cdk-lib';
import {
  FraudRule, HandlerCode, HandlerRepositories, HmacProviderProps, PublicKeyProviderProps, TimestampFormat, WebhookProcessingSystemProps,
  WebhookProvider,
} from '../src';
import { synthesize } from './support/system';

const inCurrencies = (currencies: string[]) => currencies.map((currency) => FraudRule.amountAbove({ amount: 1, currency, score: 30 }))
  .concat(FraudRule.countryMismatch({ score: 30 }));
const pemOf = ({ publicKey: key }: { readonly publicKey: KeyObject }) => key.export({ format: 'pem', type: 'spki' }).toString();
const PUBLIC_KEYS = {
  ed25519: pemOf(generateKeyPairSync('ed25519')),
  x25519: pemOf(generateKeyPairSync('x25519')),
  p384: pemOf(generateKeyPairSync('ec', { namedCurve: 'P-384' })),
  rsa1024: pemOf(generateKeyPairSync('rsa', { modulusLength: 1024 })),
};
const publicKey = (props: Partial<PublicKeyProviderProps>) => () => (
  WebhookProvider.publicKey({ signatureHeader: 'X-Signature', fields: {}, publicKeys: [PUBLIC_KEYS.ed25519], ...props })
);
const hmac = (props: Partial<HmacProviderProps>) => () => WebhookProvider.hmac({ signatureHeader: 'X-Signature', fields: {}, ...props });

describe('options that cannot work are rejected at synthesis', () => {
  test.each<[string, WebhookProcessingSystemProps, string]>([
    ['a suffix in capitals', { environmentSuffix: 'Prod' }, "`environmentSuffix` must be 1 to 12 lower-case letters, digits or inner hyphens, because S3 bucket names end at 63 characters and IAM role names at 64, got: 'Prod'"],
    ['a suffix of 13 characters', { environmentSuffix: 'a234567890123' }, "got: 'a234567890123'"],
    ['a suffix that ends in a hyphen', { environmentSuffix: 'dev-' }, "got: 'dev-'"],
    ['an empty suffix', { environmentSuffix: '' }, "got: ''"],
    ['a suffix known only at deployment', { environmentSuffix: Lazy.string({ produce: () => 'x' }) }, '`environmentSuffix` must be known at synthesis'],
    ['an address without a domain', { alertEmails: ['ops'] }, "`alertEmails` must contain email addresses such as alerts@example.com, got: 'ops'"],
    ['two addresses in one', { alertEmails: ['a@example.com,b@example.com'] }, "got: 'a@example.com,b@example.com'"],
    ['a national number', { alertPhoneNumbers: ['0170 1234567'] }, "`alertPhoneNumbers` must contain E.164 phone numbers such as +14155550100, got: '0170 1234567'"],
    ['an address given twice', { alertEmails: ['a@example.com', 'a@example.com'] }, "`alertEmails` must have unique entries, got duplicate: 'a@example.com'"],
    ['a number given twice', { alertPhoneNumbers: ['+14155550100', '+14155550100'] }, "`alertPhoneNumbers` must have unique entries, got duplicate: '+14155550100'"],
    ['a negative rate', { throttlingRateLimit: -5 }, '`throttlingRateLimit` must be a whole number from 1 to 1000000, got: -5'],
    ['a burst of zero', { throttlingBurstLimit: 0 }, '`throttlingBurstLimit` must be a whole number from 1 to 1000000, got: 0'],
    ['a snapshot of resources without snapshots', { removalPolicy: RemovalPolicy.SNAPSHOT }, '`removalPolicy` must be DESTROY or a kind of RETAIN'],
    ['part of a day', { archiveLifecycle: { infrequentAccessAfter: Duration.hours(749) } }, '`archiveLifecycle.infrequentAccessAfter` must be a whole number of days, got: 31 days 5 hours'],
    ['thresholds in the wrong order', { thresholds: { medium: 1_000, high: 500 } }, '`thresholds.high` must not be less than `thresholds.medium` (1000), got: 500'],
    ['a threshold that no amount exceeds', { thresholds: { high: 5e9 } }, '`thresholds.high` must be from 0 to below 5000000000 with at most 6 decimals, which is what EventBridge compares, got: 5000000000'],
    ['a negative threshold', { thresholds: { medium: -1 } }, '`thresholds.medium` must be from 0'],
    ['a threshold that is not a number', { thresholds: { medium: Number.NaN } }, 'got: NaN'],
    ['a threshold finer than EventBridge compares', { thresholds: { medium: 0.0000001 } }, 'with at most 6 decimals'],
    ['a threshold known only at deployment', { thresholds: { high: Lazy.number({ produce: () => 1 }) } }, '`thresholds.high` must be known at synthesis, because it is written into event patterns'],
    ['a currency in lower case', { thresholds: { currencies: { eur: { medium: 1, high: 2 } } } }, "`thresholds.currencies` must be an ISO 4217 code of three capital letters such as EUR, got: 'eur'"],
    ['a currency that ISO 4217 does not list', { thresholds: { currencies: { EUX: { medium: 1, high: 2 } } } }, "`thresholds.currencies` must be an ISO 4217 code of three capital letters such as EUR, got: 'EUX'"],
    ["a currency's thresholds in the wrong order", { thresholds: { currencies: { EUR: { medium: 2, high: 1 } } } }, '`thresholds.currencies.EUR.high` must not be less than'],
    ['no provider', { providers: [] }, '`providers` must contain at least one provider, got an empty list. Leave it out to receive webhooks from your own system.'],
    ['two providers with one name', { providers: [WebhookProvider.stripe(), WebhookProvider.stripe()] }, "`providers` must have unique names, got duplicate 'stripe'. Pass `name` to tell them apart."],
    ['more providers than fit an environment', { providers: Array.from({ length: 20 }, (_, n) => WebhookProvider.stripe({ name: `stripe-${n}` })) }, '`providers` (with their `fields`, `publicKeys` and `allowedSourceRanges`) and `thresholds` must fit the 4096 bytes of a Lambda environment, got for webhook-validator about: '],
    ['a grace of years', { previousSecretGrace: Duration.days(365) }, '`previousSecretGrace` must be from 0 seconds to 30 days, got: 365 days'],
    ['a block score below the review score', { fraudReviewScore: 50, fraudBlockScore: 50 }, '`fraudBlockScore` must be greater than `fraudReviewScore` (50), or nothing is ever reviewed, got: 50'],
    ['a block score out of reach', { fraudRules: [FraudRule.countryMismatch({ score: 30 })] }, '`fraudBlockScore` must be at most the highest score that the rules can give one transaction (30), got: 80. Lower it or raise the scores.'],
    ['a block score that only two currencies together reach', { fraudRules: inCurrencies(['EUR', 'USD']) }, 'can give one transaction (60), got: 80'],
    ['disputed cards that are blocked for minutes', { blockDisputedCards: Duration.minutes(59) }, '`blockDisputedCards` must be from 1 hour to 3650 days, got: 59 minutes'],
    ['disputed cards that are blocked for a part of a second', { blockDisputedCards: Duration.millis(3_600_001) }, '`blockDisputedCards` must be a whole number of seconds, got: '],
    ['disputed cards without a rule that reads the blocklist', { blockDisputedCards: Duration.days(1), fraudRules: [FraudRule.countryMismatch({ score: 80 })] }, '`blockDisputedCards` needs a rule that reads the blocklist in `fraudRules`, which has no such rule. Add FraudRule.blocked({ score: 100 }).'],
    ['a review score of zero', { fraudReviewScore: 0 }, '`fraudReviewScore` must be a whole number from 1 to 1000000, got: 0'],
    ['a block score with decimals', { fraudBlockScore: 80.5 }, '`fraudBlockScore` must be a whole number'],
    ['the same rule twice', { fraudRules: [FraudRule.blocked({ score: 100 }), ...[1, 2].map(() => FraudRule.countryMismatch({ score: 15 }))] }, "`fraudRules` must have unique entries, got duplicate: '{\"rule\":\"country-mismatch\",\"score\":15}'"],
    ['the same list in another order', { fraudRules: [FraudRule.blocked({ countries: ['KP', 'IR'], score: 100 }), FraudRule.blocked({ countries: ['IR', 'KP'], score: 100 })] }, '`fraudRules` must have unique entries'],
    ['more rules than fit a parameter', { fraudRules: Array.from({ length: 200 }, (_, n) => FraudRule.amountAbove({ amount: n, score: 10 })) }, '`fraudRules` with `shadowFraudRules` must fit the 8192 bytes of an SSM parameter, got about: 9'],
    ['Infrequent Access too early', { archiveLifecycle: { infrequentAccessAfter: Duration.days(10) } }, '`archiveLifecycle.infrequentAccessAfter` must be from 30 days to'],
    ['Glacier before Infrequent Access', { archiveLifecycle: { infrequentAccessAfter: Duration.days(90), glacierAfter: Duration.days(60) } }, '`archiveLifecycle.glacierAfter` must be from 120 days to'],
    ['expiry before Glacier', { archiveLifecycle: { expireAfter: Duration.days(90) } }, '`archiveLifecycle.expireAfter` must be from 91 days to'],
    ['old versions that expire at once', { archiveLifecycle: { noncurrentVersionsExpireAfter: Duration.days(0) } }, '`archiveLifecycle.noncurrentVersionsExpireAfter` must be from 1 day to'],
  ])('%s', (_, props, message) => {
    expect(() => synthesize(props)).toThrow(message);
  });

  test.each<[string, () => unknown, string]>([
    ["a provider's name with a slash", () => WebhookProvider.stripe({ name: 'a/b' }), "`name` must be 1 to 32 lower-case letters, digits or inner hyphens, because it is a part of the URL and of every key, got: 'a/b'"],
    ["a provider's name that begins other keys", () => WebhookProvider.stripe({ name: 'blocklist' }), "`name` must not be one of blocklist, allowlist, declined, amount-counts, rule-set, transmission, heartbeat, reconciliation, because they begin the keys of other items in the table, got: 'blocklist'. Choose another name, such as blocklist-payments."],
    ['an empty list of ranges', () => WebhookProvider.stripe({ allowedSourceRanges: [] }), '`allowedSourceRanges` must contain at least one range, got an empty list. Leave it out to accept every address.'],
    ['ranges known only at deployment', () => WebhookProvider.stripe({ allowedSourceRanges: Lazy.list({ produce: () => [] }) }), "`allowedSourceRanges` must be known at synthesis, because the size of the validator's environment is checked there, got: a token. List the ranges one by one."],
    ['an address without a prefix', () => WebhookProvider.stripe({ allowedSourceRanges: ['203.0.113.7'] }), "`allowedSourceRanges` must contain IPv4 or IPv6 ranges in CIDR notation such as 203.0.113.0/24 or 2001:db8::/32, got: '203.0.113.7'. Write a single address with /32 or /128."],
    ['a range with bits after its prefix', () => WebhookProvider.stripe({ allowedSourceRanges: ['203.0.113.7/24'] }), "`allowedSourceRanges` must contain ranges whose bits after the prefix are 0, got: '203.0.113.7/24'. Use the first address of the range, or /32 for this address alone."],
    ['an IPv6 range with bits after its prefix', () => WebhookProvider.stripe({ allowedSourceRanges: ['2001:db8::1/64'] }), "got: '2001:db8::1/64'. Use the first address of the range, or /128 for this address alone."],
    ['a range given twice', () => WebhookProvider.stripe({ allowedSourceRanges: ['203.0.113.0/24', '192.0.2.0/24', '203.0.113.0/24'] }), "`allowedSourceRanges` must have unique ranges, got duplicate: '203.0.113.0/24'. Remove one of them."],
    ['a range given twice in different notations', hmac({ allowedSourceRanges: ['2001:db8::/32', '2001:0DB8:0:0:0:0:0:0/32'] }), "got duplicate: '2001:0DB8:0:0:0:0:0:0/32'"],
    ['an empty list of secrets', () => WebhookProvider.stripe({ secrets: [] }), '`secrets` must contain at least one secret, got an empty list. Leave it out to have one created.'],
    ['half an hour of silence', () => WebhookProvider.stripe({ expectWebhooksEvery: Duration.minutes(30) }), '`expectWebhooksEvery` must be from 1 hour to 7 days, got: 30 minutes'],
    ['a month of silence', () => WebhookProvider.stripe({ expectWebhooksEvery: Duration.days(30) }), '`expectWebhooksEvery` must be from 1 hour to 7 days, got: 30 days'],
    ['a part of an hour of silence', () => WebhookProvider.stripe({ expectWebhooksEvery: Duration.minutes(90) }), '`expectWebhooksEvery` must be a whole number of hours, got: 1 hour 30 minutes'],
    ['a silence known only at deployment', () => WebhookProvider.stripe({ expectWebhooksEvery: Duration.hours(Token.asNumber({ Ref: 'Hours' })) }), '`expectWebhooksEvery` must be known at synthesis, because it is a number of periods, got: a token'],
    ['a tolerance of a day', () => WebhookProvider.stripe({ tolerance: Duration.days(1) }), '`tolerance` must be from 1 second to 1 hour, got: 1 day'],
    ['a header with a colon', hmac({ signatureHeader: 'X-Signature:' }), "`signatureHeader` must be the name of an HTTP header, got: 'X-Signature:'"],
    ['a header with a space', hmac({ timestampHeader: 'X Time' }), "`timestampHeader` must be the name of an HTTP header, got: 'X Time'"],
    ['a path with an empty part', hmac({ fields: { amount: 'payment..amount' } }), "`fields.amount` must be a dotted path such as data.payment.id, got: 'payment..amount'"],
    ['no header of the signature', hmac({ signatureHeader: undefined as any }), "`signatureHeader` must be the name of an HTTP header, got: 'undefined'"],
    ['no fields', hmac({ fields: undefined as any }), '`fields` must be an object, got: undefined'],
    ['an unknown algorithm', hmac({ algorithm: 'md5' as any }), "`algorithm` must be one of sha1, sha256, sha512, got: 'md5'"],
    ['an unknown encoding', hmac({ encoding: 'base32' as any }), "`encoding` must be one of hex, base64, base64url, got: 'base32'"],
    ['an unknown encoding of a key', hmac({ keyEncoding: 'ascii' as any }), "`keyEncoding` must be one of text, hex, base64, got: 'ascii'"],
    ['an unknown format of a time', hmac({ timestampHeader: 'X-Time', timestampFormat: 'rfc-822' as any }), "`timestampFormat` must be one of seconds, milliseconds, iso-8601, got: 'rfc-822'"],
    ['a format of a time that is not sent', hmac({ timestampFormat: TimestampFormat.UNIX_SECONDS }), '`timestampFormat` must come with a time, which `timestampHeader` or {timestamp} in `signatureFormat` names, got: \'seconds\' without either'],
    ['a prefix and a format', hmac({ prefix: 'v1=', signatureFormat: 'v1={signature}' }), "`signatureFormat` must not be set together with `prefix`, got: 'v1='. Write 'v1={signature}' into `signatureFormat`."],
    ['a format without a signature', hmac({ signatureFormat: 't={timestamp}' }), "`signatureFormat` must contain {signature} once and {timestamp} at most once, each at the end of a part, with `,`, `;` or a space between the parts, such as ts={timestamp};h1={signature}, got: 't={timestamp}'"],
    ['a format with two signatures', hmac({ signatureFormat: 'v1={signature},v2={signature}' }), '`signatureFormat` must contain {signature} once'],
    ['a format with two times', hmac({ signatureFormat: 't={timestamp},u={timestamp},{signature}' }), '`signatureFormat` must contain {signature} once'],
    ['a format with text after the signature', hmac({ signatureFormat: '{signature}:v1' }), '`signatureFormat` must contain {signature} once'],
    ['a format with a constant part', hmac({ signatureFormat: 'v1,{signature}' }), '`signatureFormat` must contain {signature} once'],
    ['a time without a text that is not first', hmac({ signatureFormat: 'v1={signature},{timestamp}' }), "`signatureFormat` must begin with {timestamp} if no text is before the time, got: 'v1={signature},{timestamp}'"],
    ['a time in two headers', hmac({ signatureFormat: 't={timestamp},v1={signature}', timestampHeader: 'X-Time' }), '`signatureFormat` must not contain {timestamp} if `timestampHeader` is set'],
    ['content with an unknown placeholder', hmac({ signedContent: '{method}{body}' }), "`signedContent` must contain only the placeholders {body}, {timestamp}, {header:<name>} and {url}, got: '{method}{body}'"],
    ['content with a broken header', hmac({ signedContent: '{header:X Id}{body}' }), '`signedContent` must contain only the placeholders'],
    ['content without the body', hmac({ signedContent: 'id:{header:x-id};' }), "`signedContent` must contain {body} once, because a signature over other content does not protect the body, got: 'id:{header:x-id};'. A sender that signs only parts of the body is not supported."],
    ['content with the body twice', hmac({ signedContent: '{body}{body}' }), '`signedContent` must contain {body} once'],
    ['content that is a token', hmac({ signedContent: Lazy.string({ produce: () => '{body}' }) }), '`signedContent` must contain only the placeholders'],
    ['content without the time', hmac({ timestampHeader: 'X-Time', signedContent: '{body}' }), "`signedContent` must contain {timestamp} once, because an unsigned time does not protect against replays, got: '{body}'. If the time is not signed, remove it from `timestampHeader` and `signatureFormat`."],
    ['content with a time that is not sent', hmac({ signedContent: '{timestamp}.{body}' }), "`signedContent` must come with a time if it contains {timestamp}, got: '{timestamp}.{body}'. Set `timestampHeader`, or write {timestamp} into `signatureFormat`."],
    ['content with a URL for a public key', publicKey({ signedContent: '{url}{body}' }), "`signedContent` must not contain {url} for a public key, because the URL comes from a secret, got: '{url}{body}'"],
    ['no public keys', publicKey({ publicKeys: undefined as any }), '`publicKeys` must contain from 1 to 5 keys, got: undefined'],
    ['an empty list of public keys', publicKey({ publicKeys: [] }), '`publicKeys` must contain from 1 to 5 keys, got: 0'],
    ['too many public keys', publicKey({ publicKeys: Array(6).fill(PUBLIC_KEYS.ed25519) }), '`publicKeys` must contain from 1 to 5 keys, got: 6'],
    ['a public key given twice', publicKey({ publicKeys: [PUBLIC_KEYS.ed25519, `${PUBLIC_KEYS.ed25519}\n`] }), '`publicKeys` must have unique entries, got duplicate'],
    ['a private key', publicKey({ publicKeys: [PUBLIC_KEYS.ed25519, '-----BEGIN PRIVATE KEY-----'] }), '`publicKeys` must contain PEM texts that begin with -----BEGIN PUBLIC KEY-----, got another text at position 2'],
    ['a public key that is no text', publicKey({ publicKeys: [undefined as any] }), 'got another text at position 1'],
    ['half a public key', publicKey({ publicKeys: [PUBLIC_KEYS.ed25519.slice(0, 50)] }), '`publicKeys` must contain whole public keys in PEM, got a broken one at position 1. Copy it again, with its line breaks.'],
    ['a short RSA key', publicKey({ publicKeys: [PUBLIC_KEYS.rsa1024] }), '`publicKeys` must contain keys of RSA with 2048 to 4096 bits, of EC with the curve P-256, or of Ed25519, got: rsa 1024 at position 1'],
    ['an unsupported curve', publicKey({ publicKeys: [PUBLIC_KEYS.p384] }), 'of EC with the curve P-256, or of Ed25519, got: ec '],
    ['an unsupported type of key', publicKey({ publicKeys: [PUBLIC_KEYS.x25519] }), 'got: x25519 at position 1'],
    ['secrets for a public key', publicKey({ secrets: [] }), '`secrets` must not be set for a provider that signs with a private key, because its public keys verify it, got 0. Remove it.'],
    ['a default currency that does not exist', hmac({ fields: { defaultCurrency: 'eur' } }), "`fields.defaultCurrency` must be an ISO 4217 code of three capital letters such as EUR, got: 'eur'"],
    ['an unknown unit', hmac({ fields: { amountUnit: 'cents' as any } }), "`fields.amountUnit` must be one of minor, major, got: 'cents'"],
    ['an unknown kind', hmac({ fields: { kinds: { 'payment.paid': 'payed' as any } } }), "`fields.kinds.payment.paid` must be one of authorized, captured, failed, canceled, refunded, disputed, paid-out, other, got: 'payed'"],
    ['a name that is not text', () => WebhookProvider.stripe({ name: 42 as any }), "got: '42'"],
    ['a provider that is not a WebhookProvider', () => synthesize({ providers: [WebhookProvider.stripe(), undefined as any] }), '`providers` must contain values from a factory of WebhookProvider, such as WebhookProvider.stripe(), got: undefined at position 2'],
    ['a rule that is not a FraudRule', () => synthesize({ fraudRules: ['velocity' as any] }), '`fraudRules` must contain values from a factory of FraudRule, such as FraudRule.velocity(), got: velocity at position 1'],
    ['an unknown tier', () => synthesize().system.addTarget('huge' as any, undefined as any), "`tier` must be one of high, medium, low, got: 'huge'"],
    ['no tier', () => synthesize().system.addTarget(undefined as any, undefined as any), '`tier` must be one of high, medium, low, got: nothing'],
    ['an ARN in place of a key', () => synthesize({ encryptionKey: 'arn:aws:kms:us-east-1:123456789012:key/1' as any }), '`encryptionKey` must be an object, got: arn:aws:kms'],
    ['a policy that AWS does not have', () => synthesize({ securityPolicy: 'TLS_1_3' as any }), "got: 'TLS_1_3'"],
    ['a range in place of a list', () => WebhookProvider.stripe({ allowedSourceRanges: '203.0.113.0/24' as any }), "`allowedSourceRanges` must be a list of ranges, got: '203.0.113.0/24'. Pass it in a list."],
    ['no repository', () => HandlerCode.repositories({} as any, '1.0.0'), '`repositories.webhookValidator` must be a repository, got: nothing. Pass one for each function.'],
    ['no repositories', () => HandlerCode.repositories(undefined as any, '1.0.0'), '`repositories.webhookValidator` must be a repository, got: nothing. Pass one for each function.'],
    ['secrets of an undefined provider', () => synthesize().system.providerSecrets(undefined as any), "`provider` must be one of standard-webhooks, got: 'undefined'"],
    ['repositories with a bad suffix', () => new HandlerRepositories(new Stack(), 'R', { environmentSuffix: '-' }), "got: '-'"],
    ['images that expire within hours', () => new HandlerRepositories(new Stack(), 'R', { untaggedImagesExpireAfter: Duration.hours(30) }), '`untaggedImagesExpireAfter` must be a whole number of days, got: 1 day 6 hours'],
    ['an empty tag', () => new HandlerRepositories(new Stack(), 'R').code(''), "`tag` must name the images' tag, got: ''"],
    ['secrets of a provider that does not exist', () => synthesize().system.providerSecrets('adyen'), "`provider` must be one of standard-webhooks, got: 'adyen'"],
    ['secrets of a property that every object has', () => synthesize().system.providerSecrets('constructor'), "got: 'constructor'"],
  ])('%s', (_, act, message) => {
    expect(act).toThrow(message);
  });

  test('and values that are known only at deployment are accepted', () => {
    const stack = new Stack(new App(), 'Stack');
    const parameter = (id: string, type = 'String') => new CfnParameter(stack, id, { type });

    expect(() => synthesize({
      alertEmails: [parameter('Email').valueAsString],
      alertPhoneNumbers: [parameter('Phone').valueAsString],
      previousSecretGrace: Duration.seconds(Lazy.number({ produce: () => 60 })),
      handlerCode: HandlerCode.zip(),
    })).not.toThrow();
  });
});
