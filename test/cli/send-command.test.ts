import { execFileSync, spawn } from 'node:child_process';
import { createPublicKey } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetSecretValueCommand, ResourceNotFoundException, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { mockClient } from 'aws-sdk-client-mock';
import { FakeTerminal } from './support/fake-terminal';
import { verifying, WebhookReceiver } from './support/webhook-receiver';
import { connectToAws } from '../../cli/aws/aws-clients';
import { runTool } from '../../cli/program';
import { curlCommand } from '../../cli/send/printed-request';
import { SIMULATORS } from '../../handlers/providers/simulators';
import { Env, type ProviderConfig, type SchemeName } from '../../src/private/contract';
import { ALL_SAMPLES } from '../handlers/support/all-samples';

const cloudformation = mockClient(CloudFormationClient);
const lambda = mockClient(LambdaClient);
const secrets = mockClient(SecretsManagerClient);
const receiver = new WebhookReceiver();
const folder = mkdtempSync(join(tmpdir(), 'send-'));
const fileWith = (name: string, content: string | Buffer) => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

const spkiOf = (secret: string) => createPublicKey(secret).export({ format: 'der', type: 'spki' }).toString('base64');
const output = (name: string, value: string) => ({ OutputKey: `Payments${name}1234ABCD`, OutputValue: value });

/** Deploys a provider to a stack. Without a URL, its requests arrive at the receiver. */
function deploy(config: ProviderConfig, secret: string, url = receiver.urlOf(config.name)): void {
  cloudformation.on(DescribeStacksCommand).resolves({
    Stacks: [{ Outputs: [output('ValidatorFunctionName', 'validator'), output('WebhookUrlShop', url), output('WebhookUrlOther', receiver.urlOf('other'))] }] as never,
  });
  lambda.on(GetFunctionConfigurationCommand).resolves({ Environment: { Variables: { [Env.PROVIDERS]: JSON.stringify([config, { name: 'other', scheme: 'mollie', secretArns: [] }]) } } });
  secrets.on(GetSecretValueCommand).resolves({ SecretString: secret });
  receiver.config = config;
  receiver.secret = secret;
}

/** Deploys a provider with a new secret, in the configuration of its samples. */
function deployScheme(scheme: SchemeName, more: Partial<ProviderConfig> = {}): string {
  const config = { ...ALL_SAMPLES[scheme].config, ...more };
  const secret = SIMULATORS[scheme].newSecret(receiver.urlOf(config.name), config);
  deploy(config, secret);
  return secret;
}

interface RunOptions {
  readonly terminal?: FakeTerminal;
  readonly signal?: AbortSignal;
  readonly sleep?: (millis: number) => Promise<unknown>;
  readonly now?: () => Date;
}

async function run(args: readonly string[], options: RunOptions = {}) {
  const { terminal = new FakeTerminal(), signal = new AbortController().signal, sleep = async () => undefined, now = () => new Date() } = options;
  const code = await runTool(['send', ...args], {
    terminal, version: '1.2.3', connect: () => connectToAws({ region: 'us-east-1' }), signal, now, folder, sleep,
  });
  return { code, printed: terminal.printed.join('\n'), noted: terminal.noted.join('\n'), terminal };
}

const inStack = (...args: string[]) => [...args, '--stack', 'Payments'];
const jsonOf = ({ printed }: { readonly printed: string }) => JSON.parse(printed) as {
  readonly requests: readonly { readonly status?: number; readonly outcome: string; readonly payment?: string; readonly events: readonly object[] }[];
  readonly summary: { readonly requests: number; readonly acknowledged: number };
};

beforeAll(async () => receiver.start());
afterAll(async () => {
  await receiver.stop();
  rmSync(folder, { recursive: true });
});
beforeEach(() => {
  cloudformation.reset();
  lambda.reset();
  secrets.reset();
  receiver.reset();
  delete process.env.CDK_WEBHOOKS_SECRET;
});

/** Every scheme that anybody with the secret can sign for. */
const SENT = (Object.keys(SIMULATORS) as SchemeName[]).filter((scheme) => SIMULATORS[scheme].cannotSign === undefined);

describe('to a system', () => {
  test.each(SENT.filter((scheme) => scheme !== 'public-key'))('sends a payment of %s that the system accepts', async (scheme) => {
    deployScheme(scheme);

    const { code, printed } = await run(inStack(scheme));

    expect(receiver.received.map(({ url, verification }) => [url, verification])).toEqual([[`/prod/webhook/${scheme}`, 'authentic']]);
    expect(printed).toMatch(new RegExp(`^200  stored  \\d+ ms  ${scheme}:\\S+  \\S+  payment [0-9a-f]{12}$`));
    expect(code).toBe(0);
  });

  test('sends the amount, currency, customer and reference', async () => {
    deployScheme('stripe');

    await run(inStack('stripe', '--amount', '1234.5', '--currency', 'usd', '--customer', 'cus_jane', '--reference', 'order-7', '--test'));

    expect(JSON.parse(receiver.received[0].body.toString())).toMatchObject({
      data: { object: { amount: 123450, currency: 'usd', customer: 'cus_jane', metadata: { order_id: 'order-7' } } }, livemode: false,
    });
  });

  test('sends a refund of a payment that was sent before', async () => {
    deployScheme('stripe');
    const [{ payment, events: [paid] }] = jsonOf(await run(inStack('stripe', '--json'))).requests;

    const [{ events: [refunded] }] = jsonOf(await run(inStack('stripe', '--kind', 'refunded', '--payment', payment!, '--json'))).requests;

    expect(paid).toEqual({ transaction_id: `stripe:pi_${payment}`, event: 'charge.succeeded', kind: 'captured', live: true, money_movement: true });
    expect(refunded).toEqual({ transaction_id: `stripe:pi_${payment}`, event: 'refund.created', kind: 'refunded', live: true, money_movement: true });
  });

  test('signs with the private key of a sender', async () => {
    const secret = SIMULATORS['public-key'].newSecret('');
    deploy({ ...ALL_SAMPLES['public-key'].config, publicKeys: [spkiOf(secret)] }, '');
    const file = fileWith('key.pem', secret);

    expect(await run(inStack('public-key'))).toMatchObject({ code: 2, noted: expect.stringContaining('Name the private key with --private-key.') as string });
    expect((await run(inStack('public-key', '--private-key', file))).code).toBe(0);
    expect(receiver.received.map(({ verification }) => verification)).toEqual(['authentic']);
  });

  test('signs for Wise with the private key of a system that verifies with its own key', async () => {
    const secret = SIMULATORS.wise.newSecret('');
    deploy({ ...ALL_SAMPLES.wise.config, publicKeys: [spkiOf(secret)] }, '');

    expect((await run(inStack('wise'))).noted).toContain('webhooks of \'wise\' cannot be sent. Only Wise can sign');
    expect((await run(inStack('wise', '--private-key', fileWith('wise.pem', secret)))).code).toBe(0);
    expect(receiver.received.map(({ verification }) => verification)).toEqual(['authentic']);
  });

  test('prints an event of Wise without a signature', async () => {
    deploy({ name: 'wise', scheme: 'wise', secretArns: [] }, '');

    const { code, printed } = await run(inStack('wise', '--print'));

    expect(code).toBe(0);
    expect(printed).not.toContain('X-Signature-SHA256');
  });

  test('uses the first secret that is set', async () => {
    const secret = deployScheme('mollie', { secretArns: ['arn:a', 'arn:b', 'arn:c'] });
    secrets.on(GetSecretValueCommand, { SecretId: 'arn:a' }).rejects(new ResourceNotFoundException({ message: 'no value', $metadata: {} }));
    secrets.on(GetSecretValueCommand, { SecretId: 'arn:b' }).resolves({ SecretString: 'CHANGE_ME\n' });
    secrets.on(GetSecretValueCommand, { SecretId: 'arn:c' }).resolves({ SecretString: `${secret}\n` });

    expect((await run(inStack('mollie'))).code).toBe(0);
    expect(receiver.received[0].verification).toBe('authentic');
  });

  test('explains that the secret is not set', async () => {
    deployScheme('mollie');
    secrets.on(GetSecretValueCommand).rejects(new ResourceNotFoundException({ message: 'no value', $metadata: {} }));

    expect(await run(inStack('mollie'))).toMatchObject({ code: 2, noted: 'error: the secret of \'mollie\' is not set, so no webhook can be signed with it. Store it in Secrets Manager first: arn:mollie' });
  });

  test('explains that the secret is empty', async () => {
    deployScheme('mollie');
    secrets.on(GetSecretValueCommand).resolves({});

    expect((await run(inStack('mollie'))).noted).toContain('the secret of \'mollie\' is not set');
  });

  test('fails if the secret cannot be read', async () => {
    deployScheme('mollie');
    secrets.on(GetSecretValueCommand).rejects(Object.assign(new Error('not authorized'), { name: 'AccessDeniedException' }));

    expect(await run(inStack('mollie'))).toMatchObject({ code: 1, noted: expect.stringContaining('AWS denied a call (AccessDeniedException)') });
  });

  test('does not show a secret that has another format', async () => {
    deployScheme('square');
    secrets.on(GetSecretValueCommand).resolves({ SecretString: 'not-json-but-secret' });

    const { code, noted } = await run(inStack('square'));

    expect(code).toBe(2);
    expect(noted).toContain('The secret of square is JSON with signature_key and notification_url.');
    expect(noted).not.toContain('not-json');
  });

  test('finds the name of a provider that is misspelled', async () => {
    deployScheme('stripe');

    expect(await run(inStack('strip'))).toMatchObject({
      code: 2, noted: 'error: the stack \'Payments\' has no provider \'strip\'. Did you mean \'stripe\'? Its providers are stripe, other.',
    });
  });

  test('finds the name of an event that is misspelled', async () => {
    deployScheme('stripe');

    const { code, noted } = await run(inStack('stripe', 'charge.suceeded'));

    expect(code).toBe(2);
    expect(noted).toContain('stripe has no event \'charge.suceeded\'. Did you mean \'charge.succeeded\'? Its events are charge.succeeded, ');
  });

  test.each([
    [['stripe', '--kind', 'refund'], '--kind must be one of authorized, captured, failed, canceled, refunded, disputed, paid-out, other, got \'refund\'. Did you mean \'refunded\'?'],
    [['stripe', '--kind', 'paid-out'], 'stripe has no event of the kind \'paid-out\'.'],
    [['stripe', 'charge.failed', '--kind', 'failed'], 'name the event or its --kind, not both'],
    [['stripe', '--amount', '1.234'], '--amount must be a decimal number of EUR with at most 2 decimals'],
    [['stripe', '--amount', '-1'], '--amount must be a decimal number of EUR'],
    [['stripe', '--amount', '99999999999999999'], '--amount must be a decimal number of EUR'],
    [['stripe', '--currency', 'EURO'], '--currency must be a code of ISO 4217 such as EUR, got \'EURO\''],
    [['stripe', '--payment', 'pi_1'], '--payment must be the id that `send` printed'],
    [['stripe', '--customer', ''], '--customer must have 1 to 256 characters'],
    [['stripe', '--body', '/no/such/file'], '--body: cannot read the file: ENOENT'],
    [['stripe', '--body', '/no/such/file', '--amount', '5'], '--amount has no effect with --body'],
    [['stripe', '--body', '/no/such/file', '--kind', 'failed'], '--kind has no effect with --body'],
    [['stripe', '--secret-file', 'a', '--private-key', 'b'], 'name --secret-file or --private-key, not both'],
    [['stripe', '--scheme', 'stripe'], '--scheme is only for a receiver at a --url'],
    [['stripe', '--repeat', '0'], 'It must be an integer from 1 to 100,000.'],
    [['stripe', '--rate', 'fast'], 'It must be a number from 0.01 to 1,000.'],
    [['stripe', '--timeout', ''], 'It must be a number from 0.1 to 900.'],
    [[], 'name the provider, such as `cdk-webhooks send stripe`'],
  ])('refuses %p', async (args, message) => {
    deployScheme('stripe');

    const { code, noted } = await run(inStack(...args));

    expect(code).toBe(2);
    expect(noted).toContain(message);
    expect(receiver.received).toEqual([]);
  });

  test('refuses an amount that the provider cannot write', async () => {
    deploy({ ...ALL_SAMPLES.hmac.config }, 'a-secret');
    const fields = { ...ALL_SAMPLES.hmac.config.fields, amount: 'order' };
    deploy({ ...ALL_SAMPLES.hmac.config, fields }, 'a-secret');

    expect((await run(inStack('hmac'))).noted).toContain('its amount does not fit the format of hmac');
  });

  test('says which options the provider does not send', async () => {
    deployScheme('gocardless');

    const { code, noted } = await run(inStack('gocardless', '--amount', '5', '--customer', 'jane', '--reference', 'order-7', '--test'));

    expect(code).toBe(0);
    expect(noted.split('\n')).toEqual([
      '--amount has no effect: gocardless does not send it with payments.confirmed.',
      '--customer has no effect: gocardless does not send it with payments.confirmed.',
      '--test has no effect: the events of gocardless do not show that they are tests. The system counts this one as live.',
    ]);
  });

  test('counts the currency that the system adds to amounts', async () => {
    const { fields } = ALL_SAMPLES.hmac.config;
    deployScheme('hmac', { fields: { ...fields, currency: undefined, defaultCurrency: 'JPY' } });

    await run(inStack('hmac', '--amount', '500'));

    expect(JSON.parse(receiver.received[0].body.toString())).toMatchObject({ order: { total: '500' } });
  });

  test('asks before it sends to a system in AWS', async () => {
    deploy(ALL_SAMPLES.stripe.config, 'whsec_x', 'https://abc123.execute-api.us-east-1.amazonaws.com/prod/webhook/stripe');
    const terminal = new FakeTerminal(true, 'n');

    expect(await run(inStack('stripe', '--repeat', '2'), { terminal })).toMatchObject({ code: 2, noted: 'Nothing was changed.' });
    expect(terminal.questions).toEqual(['Send 2 webhooks to https://abc123.execute-api.us-east-1.amazonaws.com/prod/webhook/stripe? The receiver processes them like real payments. [y/N] ']);
    expect((await run(inStack('stripe'))).noted).toContain('add --yes to change something without a question');
  });

  test('prints the request of a dry run', async () => {
    deploy(ALL_SAMPLES.stripe.config, 'whsec_x', 'https://abc123.execute-api.us-east-1.amazonaws.com/prod/webhook/stripe');

    const { code, printed } = await run(inStack('stripe', '--dry-run'));

    expect(code).toBe(0);
    expect(printed).toMatch(/^POST \/prod\/webhook\/stripe HTTP\/1\.1\nHost: abc123\.execute-api\.us-east-1\.amazonaws\.com\nContent-Type: application\/json\nStripe-Signature: t=\d+,v1=[0-9a-f]{64}\nContent-Length: \d+\n\n\{"id":"evt_/);
  });

  test('sends to the local system without a question', async () => {
    deployScheme('stripe');
    mkdirSync(join(folder, '.webhooks'), { recursive: true });
    const endpoint = new URL(receiver.urlOf('')).origin;
    writeFileSync(join(folder, '.webhooks', 'local.json'), JSON.stringify({ endpoint, region: 'us-east-1', stack: 'Local', pid: process.pid }));
    try {
      expect((await run(['stripe'])).code).toBe(0);
    } finally {
      rmSync(join(folder, '.webhooks'), { recursive: true });
    }
    expect(receiver.received.map(({ url, verification }) => [url, verification])).toEqual([['/_aws/execute-api/127/prod/webhook/stripe', 'authentic']]);
  });

  test('cannot sign for PayPal, and prints its events', async () => {
    deploy(ALL_SAMPLES.paypal.config, '{"webhook_id":"1"}');

    expect(await run(inStack('paypal'))).toMatchObject({ code: 2, noted: expect.stringContaining('webhooks simulator of PayPal') as string });
    expect(await run(inStack('paypal', '--curl'))).toMatchObject({ code: 2 });
    expect(await run(inStack('paypal', '--print', '--json'))).toMatchObject({
      code: 0, printed: expect.stringContaining('PAYMENT.CAPTURE.COMPLETED') as string, noted: expect.stringContaining('The request has no signature. Only PayPal can sign') as string,
    });
  });
});

describe('to a URL', () => {
  const secret = 'whsec_a-secret';
  beforeEach(() => {
    receiver.config = { name: 'shop', scheme: 'stripe', secretArns: [] };
    receiver.secret = secret;
  });

  test('signs with a secret from a file or the environment', async () => {
    const file = fileWith('secret', `${secret}\n`);
    const url = receiver.urlOf('shop');

    expect((await run(['stripe', '--url', url, '--secret-file', file])).printed).toMatch(/^200 {2}stored .* shop:pi_/);
    process.env.CDK_WEBHOOKS_SECRET = secret;
    expect((await run(['--scheme', 'stripe', '--url', url])).code).toBe(0);
    expect(receiver.received.map(({ verification }) => verification)).toEqual(['authentic', 'authentic']);
  });

  test('fails if the receiver rejects the signature', async () => {
    const { code, printed } = await run(['stripe', '--url', receiver.urlOf('shop'), '--secret-file', fileWith('other', 'whsec_other')]);

    expect(code).toBe(1);
    expect(printed).toMatch(/^401 {2}signature_mismatch {2}/);
  });

  test.each([
    [['stripe', '--url', 'ftp://example.com/'], '--url must be an http or https URL'],
    [['stripe', '--url', 'not a url'], '--url must be an http or https URL'],
    [['stripe', '--url', 'http://user:password@127.0.0.1/'], '--url must be an http or https URL without a user name'],
    [['stripe', '--url', 'http://127.0.0.1:1/'], 'name the secret with --secret-file, or set CDK_WEBHOOKS_SECRET'],
    [['--url', 'http://127.0.0.1:1/'], 'name the provider, such as'],
    [['strip', '--url', 'http://127.0.0.1:1/'], 'unknown scheme \'strip\'. Did you mean \'stripe\'? The schemes are stripe, '],
    [['hmac', '--url', 'http://127.0.0.1:1/'], 'a URL does not show how a sender of the scheme hmac signs'],
    [['stripe', '--url', 'https://api.example.com/', '--secret-file', '/no/such/file'], 'add --yes to change something without a question'],
    [['stripe', '--url', 'http://localhost/', '--secret-file', '/no/such/file'], '--secret-file: cannot read the file'],
    [['stripe', '--url', 'http://[::1]/', '--private-key', '/dev/null'], '--private-key: the file is empty'],
  ])('refuses %p', async (args, message) => {
    const { code, noted } = await run(args);

    expect(code).toBe(2);
    expect(noted).toContain(message);
  });

  test('signs the bytes of a file, unchanged', async () => {
    process.env.CDK_WEBHOOKS_SECRET = secret;
    const bytes = Buffer.from('{ "id": "evt_1",\r\n "type": "charge.succeeded", "data": {"object": {"id": "ch_1", "note": "\u00e9"}} }\n');

    const { code, printed } = await run(['stripe', '--url', receiver.urlOf('shop'), '--body', fileWith('event.json', bytes)]);

    expect(code).toBe(0);
    expect(receiver.received[0].body.equals(bytes)).toBe(true);
    expect(receiver.received[0].verification).toBe('authentic');
    expect(printed).toMatch(/shop:ch_1 {2}charge\.succeeded$/);
  });

  test('signs the bytes of its standard input', async () => {
    process.env.CDK_WEBHOOKS_SECRET = secret;
    const original = Object.getOwnPropertyDescriptor(process, 'stdin')!;
    Object.defineProperty(process, 'stdin', { value: Readable.from([Buffer.from('{'), Buffer.from('}')]), configurable: true });
    try {
      expect((await run(['stripe', '--url', receiver.urlOf('shop'), '--body', '-'])).code).toBe(0);
    } finally {
      Object.defineProperty(process, 'stdin', original);
    }
    expect(receiver.received.map(({ body, verification }) => [body.toString(), verification])).toEqual([['{}', 'authentic']]);
  });

  test('sends every event of a body with several', async () => {
    receiver.config = ALL_SAMPLES.gocardless.config;
    process.env.CDK_WEBHOOKS_SECRET = secret;
    const payment = { resource_type: 'payments', action: 'confirmed', links: { payment: 'PM1' } };
    const body = fileWith('batch.json', JSON.stringify({ events: [{ id: 'EV1', ...payment }, { id: 'EV2', ...payment }] }));

    expect((await run(['gocardless', '--url', receiver.urlOf('gocardless'), '--body', body])).printed).toContain('gocardless:PM1 and 1 more');
  });

  test('sends the topic of a body to Shopify\'s receivers', async () => {
    receiver.config = ALL_SAMPLES.shopify.config;
    process.env.CDK_WEBHOOKS_SECRET = secret;
    const body = fileWith('order.json', JSON.stringify({ id: 1, financial_status: 'paid', total_price: '1.00' }));
    const url = receiver.urlOf('shopify');

    await run(['shopify', '--url', url, '--body', body]);
    await run(['shopify', 'orders.create', '--url', url, '--body', body]);

    expect(receiver.received.map(({ headers }) => headers['x-shopify-topic'])).toEqual(['orders/paid', 'orders/create']);
  });

  test('keeps the headers in the case of the provider', async () => {
    process.env.CDK_WEBHOOKS_SECRET = secret;

    await run(['stripe', '--url', receiver.urlOf('shop')]);

    expect(receiver.received[0].rawHeaders).toEqual(expect.arrayContaining(['Stripe-Signature', 'Content-Type']));
  });

  test('shows an answer without its control characters', async () => {
    process.env.CDK_WEBHOOKS_SECRET = secret;
    receiver.behavior = (_, response) => response.writeHead(500).end('\u001b[31m!\u001b[0m');

    const { code, printed } = await run(['stripe', '--url', receiver.urlOf('shop')]);

    expect(code).toBe(1);
    expect(printed).toMatch(/^500 {2}\\u001b\[31m!\\u001b\[0m {2}/);
  });

  test('reads only the start of a long answer', async () => {
    process.env.CDK_WEBHOOKS_SECRET = secret;
    receiver.behavior = (_, response) => response.writeHead(200).end('x'.repeat(1_000_000));

    expect((await run(['stripe', '--url', receiver.urlOf('shop')])).printed).toMatch(/^200 {2}x{100} {2}/);
  });

  test('does not follow a redirect', async () => {
    process.env.CDK_WEBHOOKS_SECRET = secret;
    receiver.behavior = (_, response) => response.writeHead(301, { location: '/elsewhere' }).end();

    expect(await run(['stripe', '--url', receiver.urlOf('shop')])).toMatchObject({ code: 1, printed: expect.stringMatching(/^301 {2}\d+ ms/) as string });
    expect(receiver.received).toHaveLength(1);
  });
});

describe('a command of curl', () => {
  const curl = async (scheme: SchemeName, secret: string, ...args: string[]) => {
    receiver.config = { ...ALL_SAMPLES[scheme].config };
    receiver.secret = secret;
    process.env.CDK_WEBHOOKS_SECRET = secret;
    return run([scheme, '--url', `${receiver.urlOf(scheme)}?a=[1]&b='`, '--curl', ...args]);
  };
  /** Does not block the receiver, which is in this process. */
  const paste = async (command: string) => once(spawn('sh', ['-c', `${command} --silent`], { stdio: 'ignore' }), 'close');

  test('posts the same request when it is pasted', async () => {
    const { printed } = await curl('stripe', 'whsec_1', '--reference', 'it\'s $HOME `id` "x" \\n', '--customer', '@/etc/hostname');

    await paste(printed);

    expect(receiver.received).toHaveLength(1);
    expect(receiver.received[0]).toMatchObject({ url: '/prod/webhook/stripe?a=[1]&b=%27', verification: 'authentic' });
    expect(receiver.received[0].body.toString()).toContain('it\'s $HOME `id` \\"x\\" \\\\n');
  });

  test('reads the file of a body', async () => {
    const bytes = Buffer.concat([Buffer.from('@{"id":"evt_1"}\n'), Buffer.from([0, 255])]);
    const { printed } = await curl('stripe', 'whsec_1', '--body', fileWith('it\'s.bin', bytes));

    await paste(printed);

    expect(receiver.received[0].body.equals(bytes)).toBe(true);
    expect(receiver.received[0].verification).toBe('authentic');
  });

  test('contains the body if the signature is in the body', async () => {
    const secret = SIMULATORS.braintree.newSecret('');
    const { printed } = await curl('braintree', secret, '--body', fileWith('event.xml', '<notification><kind>check</kind></notification>'));

    await paste(printed);

    expect(printed).toContain('--data-raw \'bt_signature=');
    expect(receiver.received[0].verification).toBe('authentic');
  });

  test.each([
    ['is not text', Buffer.from([0x7b, 0xff, 0x7d])],
    ['has a null character', Buffer.from('{"id":"\0"}')],
    ['is too long', Buffer.from(`{"id":"${'n'.repeat(130_000)}"}`)],
  ])('refuses a body that %s and is in no file', async (_, body) => {
    await expect(async () => curlCommand(new URL('http://127.0.0.1/'), { body, headers: {} })).rejects.toThrow('--curl cannot write this body');
    expect(curlCommand(new URL('http://127.0.0.1/'), { body, headers: {} }, 'body.bin')).toContain('--data-binary \'@body.bin\'');
  });
});

describe('several requests', () => {
  beforeEach(() => {
    process.env.CDK_WEBHOOKS_SECRET = 'whsec_1';
    receiver.config = { name: 'stripe', scheme: 'stripe', secretArns: [] };
    receiver.secret = 'whsec_1';
  });
  const toReceiver = (...args: string[]) => ['stripe', '--url', receiver.urlOf('stripe'), ...args];

  test('are about new payments, and are summed up', async () => {
    const { code, printed } = await run(toReceiver('--repeat', '25'));

    const ids = receiver.received.map(({ body }) => /"id":"(ch_\w+)"/.exec(body.toString())?.[1]);
    expect(new Set(ids).size).toBe(25);
    expect(code).toBe(0);
    expect(printed).toMatch(/^Sent 25 requests in [\d.]+ s \([\d.]+ per second\), 25 acknowledged\n {2}200 stored {2}25\n {2}time {8}p50 \d+ ms, p99 \d+ ms$/);
  });

  test('have a line each if they are few', async () => {
    const { printed } = await run(toReceiver('--repeat', '3'));

    expect(printed.split('\n').filter((line) => line.startsWith('200  stored'))).toHaveLength(3);
  });

  test('are limited in their number at once', async () => {
    receiver.behavior = (request, response) => setTimeout(() => verifying(request, response), 20);

    await run(toReceiver('--repeat', '12', '--concurrency', '3'));

    expect(receiver.received).toHaveLength(12);
    expect(receiver.mostAtOnce).toBe(3);
  });

  test('start at the rate', async () => {
    let time = Date.parse('2026-01-31T12:00:00Z');
    const waits: number[] = [];

    await run(toReceiver('--repeat', '4', '--rate', '2', '--concurrency', '1'), {
      now: () => new Date(time),
      sleep: async (millis) => {
        waits.push(millis);
        time += millis;
      },
    });

    expect(waits).toEqual([500, 500, 500]);
    expect(receiver.received).toHaveLength(4);
  });

  test('fail if the wait between them fails', async () => {
    const { code, noted } = await run(toReceiver('--repeat', '2', '--rate', '0.01'), { sleep: async () => Promise.reject(new Error('no timer')) });

    expect(code).toBe(1);
    expect(noted).toContain('no timer');
  });

  test('report each failure, and fail if one of them fails', async () => {
    receiver.behavior = (request, response, index) => (
      index === 10 ? response.writeHead(503).end('{"error":"unavailable"}') : verifying(request, response)
    );

    const { code, printed } = await run(toReceiver('--repeat', '30'));

    expect(code).toBe(1);
    expect(printed).toMatch(/^503 {2}unavailable {2}/);
    expect(printed).toContain('29 acknowledged');
  });

  test('are reported as JSON', async () => {
    const result = jsonOf(await run(toReceiver('--repeat', '2', '--json')));

    expect(result.requests).toHaveLength(2);
    expect(result.summary).toMatchObject({ requests: 2, acknowledged: 2, outcomes: { '200 stored': 2 } });
  });

  test('stop when they are interrupted, and report what was sent', async () => {
    const interruption = new AbortController();
    receiver.behavior = (request, response, index) => {
      if (index < 5) {
        verifying(request, response);
      } else {
        interruption.abort();
      }
    };

    const { code, printed, noted } = await run(toReceiver('--repeat', '1000', '--concurrency', '1'), { signal: interruption.signal });

    expect(code).toBe(130);
    expect(receiver.received).toHaveLength(6);
    expect(printed).toContain('failed interrupted  1');
    expect(noted).toContain('Interrupted after 6 of 1000 requests. Requests without an answer can have been processed.');
  });

  test('stop while they wait for the rate', async () => {
    const interruption = new AbortController();

    const { code } = await run(toReceiver('--repeat', '10', '--rate', '1', '--concurrency', '1'), {
      signal: interruption.signal,
      sleep: async () => {
        interruption.abort();
        throw new Error('aborted');
      },
    });

    expect(code).toBe(130);
    expect(receiver.received).toHaveLength(1);
  });
});

describe('a connection that fails', () => {
  const file = () => fileWith('secret', 'whsec_1');
  beforeEach(() => {
    receiver.config = { name: 'stripe', scheme: 'stripe', secretArns: [] };
    receiver.secret = 'whsec_1';
  });

  test('is reported if nobody answers in time', async () => {
    receiver.behavior = () => undefined;

    const { code, printed } = await run(['stripe', '--url', receiver.urlOf('stripe'), '--secret-file', file(), '--timeout', '0.2']);

    expect(code).toBe(1);
    expect(printed).toMatch(/^failed {2}no answer in 0\.2 s {2}/);
  });

  test('is reported if the answer does not end in time', async () => {
    receiver.behavior = (_, response) => response.writeHead(200).write('{');

    const { code, printed } = await run(['stripe', '--url', receiver.urlOf('stripe'), '--secret-file', file(), '--timeout', '0.2', '--json']);

    expect(code).toBe(1);
    expect(jsonOf({ printed }).requests).toMatchObject([{ outcome: 'no answer in 0.2 s', failed: true }]);
  });

  test('is reported if it is refused', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));

    const { code, printed } = await run(['stripe', '--url', `http://127.0.0.1:${port}/`, '--secret-file', file()]);

    expect(code).toBe(1);
    expect(printed).toMatch(/^failed {2}connection refused {2}/);
  });

  test('is reported if it breaks', async () => {
    receiver.behavior = (_, response) => response.socket?.resetAndDestroy();

    expect(await run(['stripe', '--url', receiver.urlOf('stripe'), '--secret-file', file()])).toMatchObject({
      code: 1, printed: expect.stringMatching(/^failed {2}connection broken {2}/) as string,
    });
    expect(receiver.received).toHaveLength(1);
  });

  test('is reported if the receiver does not speak HTTP', async () => {
    const server = createServer((socket) => socket.resume().end('hello'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

    const { code, printed } = await run(['stripe', '--url', `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, '--secret-file', file()]);
    await new Promise((resolve) => server.close(resolve));

    expect(code).toBe(1);
    expect(printed).toMatch(/^failed {2}Parse Error/);
  });

  test('is reported if TLS fails', async () => {
    const { code, printed } = await run(['stripe', '--url', receiver.urlOf('stripe').replace('http:', 'https:'), '--secret-file', file()]);

    expect(code).toBe(1);
    expect(printed).toMatch(/^failed {2}\S+/);
  });

  test('is used again once if the receiver closed it meanwhile', async () => {
    receiver.behavior = (request, response, index) => index === 1 ? response.socket?.resetAndDestroy() : verifying(request, response);

    const { code } = await run(['stripe', '--url', receiver.urlOf('stripe'), '--secret-file', file(), '--repeat', '2', '--concurrency', '1']);

    expect(code).toBe(0);
    expect(receiver.received).toHaveLength(3);
    expect(receiver.received[2].body.equals(receiver.received[1].body)).toBe(true);
  });
});

describe('a list', () => {
  test('shows all providers', async () => {
    const { code, printed } = await run(['--list']);

    expect(code).toBe(0);
    expect(printed).toMatch(/^ {2}stripe {2,}captured, authorized, refunded, disputed, failed, canceled$/m);
    expect(printed).toMatch(/^ {2}paypal {2,}prints events only \(--print\)$/m);
    expect(JSON.parse((await run(['--list', '--json'])).printed)).toHaveLength(Object.keys(SIMULATORS).length);
  });

  test('shows the events of a scheme', async () => {
    const { printed } = await run(['shopify', '--list']);

    expect(printed).toMatch(/^ {2}order_transactions\.sale {2,}captured {4}without customer, reference$/m);
    expect(printed).toMatch(/^ {2}orders\.paid {2,}captured$/m);
    expect(JSON.parse((await run(['shopify', '--list', '--json'])).printed)).toContainEqual({ event: 'orders.paid', kind: 'captured', omits: [] });
  });

  test('shows the events of a provider of the system', async () => {
    deployScheme('hmac');

    expect((await run(inStack('hmac', '--list'))).printed).toMatch(/^ {2}order\.paid {2,}captured$/m);
  });
});

describe('the built tool', () => {
  const TOOL = join(__dirname, '..', '..', 'assets', 'cli', 'cdk-webhooks.js');
  const URL_OF_NOBODY = 'http://127.0.0.1:9/hooks';

  test('reads a secret from its standard input', () => {
    const printed = execFileSync('node', [TOOL, 'send', 'stripe', '--url', URL_OF_NOBODY, '--secret-file', '-', '--print'], { input: 'whsec_1\n' }).toString();

    expect(printed).toMatch(/^POST \/hooks HTTP\/1\.1\nHost: 127\.0\.0\.1:9\n/);
  });

  test('reads a body from its standard input, and prints one that is not text', () => {
    const args = [TOOL, 'send', 'stripe', '--url', URL_OF_NOBODY, '--body', '-', '--print'];
    const print = (...more: string[]) => execFileSync('node', [...args, ...more], { input: Buffer.from([0x7b, 0xff, 0x7d]), env: { ...process.env, CDK_WEBHOOKS_SECRET: 'whsec_1' } }).toString();

    expect(print()).toMatch(/\n\n\(base64\) e\/99\n$/);
    expect(JSON.parse(print('--json'))).toMatchObject({ method: 'POST', url: URL_OF_NOBODY, body_base64: 'e/99' });
  });

  test('shows no warnings of its runtime for many requests', async () => {
    receiver.config = { name: 'stripe', scheme: 'stripe', secretArns: [] };
    receiver.secret = 'whsec_1';
    const args = [TOOL, 'send', 'stripe', '--url', receiver.urlOf('stripe'), '--repeat', '60', '--rate', '500', '--concurrency', '30'];
    const tool = spawn('node', args, { env: { ...process.env, CDK_WEBHOOKS_SECRET: 'whsec_1' }, stdio: ['ignore', 'pipe', 'pipe'] });
    const outputs = [tool.stdout, tool.stderr].map(text);

    const [code] = await once(tool, 'close') as [number];

    const [printed, noted] = await Promise.all(outputs);
    expect(code).toBe(0);
    expect(printed).toContain('60 acknowledged');
    expect(noted).toBe('');
  });

  test('stops when Ctrl-C is pressed, and reports what it sent', async () => {
    receiver.config = { name: 'stripe', scheme: 'stripe', secretArns: [] };
    receiver.secret = 'whsec_1';
    const args = [TOOL, 'send', 'stripe', '--url', receiver.urlOf('stripe'), '--repeat', '100000', '--rate', '50'];
    const tool = spawn('node', args, { env: { ...process.env, CDK_WEBHOOKS_SECRET: 'whsec_1' }, stdio: ['ignore', 'pipe', 'pipe'] });
    const outputs = [tool.stdout, tool.stderr].map(text);
    receiver.behavior = (request, response, index) => {
      verifying(request, response);
      if (index === 9) {
        tool.kill('SIGINT');
      }
    };

    const [code] = await once(tool, 'close') as [number];

    const [printed, noted] = await Promise.all(outputs);
    expect(code).toBe(130);
    expect(printed).toMatch(/^Sent \d+ requests in /m);
    expect(noted).toMatch(/Interrupted after \d+ of 100000 requests/);
  });
});
