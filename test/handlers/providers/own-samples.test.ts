import { gunzipSync } from 'node:zlib';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { toDecimal } from '../../../handlers/domain/money';
import { payloadBytes, type EventSample, type ExpectedEvent, type SignedWebhook, type Signing } from '../../../handlers/providers/shared/samples/provider-samples';
import { Metric, NO_CURRENCY, type SchemeName } from '../../../src/private/contract';
import { ALL_SAMPLES } from '../support/all-samples';
import type { WireItem } from '../support/aws-server';
import { BuiltValidator } from '../support/built-validator';
import { Output } from '../support/output';
import { proxyEvent } from '../support/webhooks';

const SCHEMES = Object.keys(ALL_SAMPLES) as SchemeName[];
/** The others are verified by public keys. */
const WITH_SECRET = SCHEMES.filter((scheme) => ALL_SAMPLES[scheme].config.secretArns.length > 0);
const HOUR = 3_600_000;

const rejectionOf = (scheme: SchemeName) => [scheme === 'gocardless' ? 498 : 401, { error: 'signature_mismatch' }];

/** Each provider, and those with a secret two more times: with two secrets, and with a rotated secret. */
const validator = new BuiltValidator([...SCHEMES.map((scheme) => ALL_SAMPLES[scheme]), ...WITH_SECRET.flatMap((scheme) => {
  const { config, secret } = ALL_SAMPLES[scheme];
  return [
    { config: { ...config, name: `${scheme}-two`, secretArns: [`arn:${scheme}-first`, `arn:${scheme}-second`] }, secret },
    { config: { ...config, name: `${scheme}-rotated`, secretArns: [`arn:${scheme}-rotated`] }, secret },
  ];
})]);
const output = new Output();

beforeAll(() => validator.start());

beforeEach(() => {
  validator.aws.reset();
  output.capture();
});

afterAll(() => validator.stop());

async function signed(scheme: SchemeName, { payload, name }: EventSample, signing: Signing = {}): Promise<SignedWebhook> {
  return ALL_SAMPLES[scheme].sign(payloadBytes(payload), { name, ...signing });
}

/** Coinbase Commerce signs the number of the delivery attempt. */
function nextAttempt(sample: EventSample): EventSample {
  const { payload } = sample;
  return typeof payload === 'object' && 'attempt_number' in payload
    ? { ...sample, payload: { ...payload, id: 'attempt-2', attempt_number: 2, scheduled_for: '2026-01-31T13:00:00Z' } }
    : sample;
}

function otherSecrets(scheme: SchemeName): [string, string] {
  const { otherSecret } = ALL_SAMPLES[scheme];
  return [otherSecret({ position: 7, difference: 2, character: 'x' }), otherSecret({ position: 9, difference: 2, character: 'y' })];
}

/** Replays of a webhook with changes to all unsigned parts, which must not create a second event. */
function replays(scheme: SchemeName, webhook: SignedWebhook): APIGatewayProxyEvent[] {
  const { body, headers } = webhook;
  const withNames = (nameOf: (name: string) => string): SignedWebhook => (
    { body, headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [nameOf(name), value])) }
  );
  const otherHeaders = { 'User-Agent': 'other', 'X-Forwarded-For': '203.0.113.9', 'Content-Type': 'text/plain', 'Idempotency-Key': 'other' };
  return [
    {
      ...proxyEvent({ body, headers: { ...headers, ...otherHeaders } }, scheme),
      httpMethod: 'PUT',
      path: '/other',
      queryStringParameters: { id: 'other' },
      multiValueQueryStringParameters: { id: ['other'] },
      stageVariables: { any: 'other' },
      requestContext: { requestId: 'other', requestTimeEpoch: 1 } as APIGatewayProxyEvent['requestContext'],
    },
    ...[withNames((name) => name.toLowerCase()), withNames((name) => name.toUpperCase()), ...ALL_SAMPLES[scheme].unsignedChanges?.(webhook) ?? []]
      .map((each) => proxyEvent(each, scheme)),
  ];
}

/** The stored event, in the form of the samples. */
function eventOf(item: WireItem): ExpectedEvent {
  const transaction = item.transaction_id.S!.slice(`${item.provider.S}:`.length);
  return {
    event: item.provider_event.S!,
    kind: item.kind.S as ExpectedEvent['kind'],
    moneyMovement: item.money_movement.BOOL!,
    ...item.amount_minor && { amount: `${toDecimal(BigInt(item.amount_minor.N!), Number(item.exponent.N))} ${item.currency.S}` },
    transaction: transaction === item.event_id.S ? 'by its event' : transaction,
  };
}

function answerOf({ statusCode, body }: APIGatewayProxyResult): unknown {
  return [statusCode, body === '[accepted]' ? body : JSON.parse(body) as unknown];
}

const SAMPLE_CASES = SCHEMES.flatMap((scheme) => ALL_SAMPLES[scheme].events.map((sample) => (
  { scheme, sample, names: sample.events.map(({ event }) => event).join(' and ') }
)));

describe.each(SAMPLE_CASES)('$scheme: $names', ({ scheme, sample }) => {
  test('is stored with the expected event, and acknowledged', async () => {
    const webhook = await signed(scheme, sample);

    const answer = await validator.post(webhook, scheme);

    const items = validator.aws.transactions.sort((a, b) => a.provider_event.S! < b.provider_event.S! ? -1 : 1);
    const results = items.map(({ transaction_id: id }) => ({ result: 'stored', transaction_id: id.S }));
    expect(items.map(eventOf)).toEqual(sample.events.map(({ carried: _, ...event }) => event));
    expect(answerOf(answer)).toEqual([200, scheme === 'adyen' ? '[accepted]' : results.length > 1 ? { results: expect.arrayContaining(results) as unknown } : results[0]]);
    expect(items.every(({ live, currency, amount_minor: amount }) => live.BOOL && (currency.S === NO_CURRENCY) === !amount)).toBe(true);
    expect([output.counted(Metric.STORED), output.counted(Metric.UNPARSED)]).toEqual([items.length, 0]);
    if (items.length === 1 && !['adyen', 'gocardless'].includes(scheme)) {
      expect(gunzipSync(Buffer.from(items[0].body.B!, 'base64')).equals(webhook.body)).toBe(true);
    }
  });

  test('is a duplicate in its next delivery attempt', async () => {
    const now = Date.now();

    const answers = [
      await validator.post(await signed(scheme, sample, { at: new Date(now - 200_000) }), scheme),
      await validator.post(await signed(scheme, nextAttempt(sample), { at: new Date(now) }), scheme),
    ];

    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200]);
    expect([validator.aws.transactions.length, output.counted(Metric.DUPLICATE)]).toEqual([sample.events.length, sample.events.length]);
  });

  test('is a duplicate with changes to all unsigned parts', async () => {
    const webhook = await signed(scheme, sample);
    const stored = await validator.post(webhook, scheme);

    const answers = await Promise.all(replays(scheme, webhook).map(async (event) => validator.send(event)));

    expect([stored, ...answers].map(({ statusCode }) => statusCode)).toEqual([200, ...answers.map(() => 200)]);
    expect(validator.aws.transactions).toHaveLength(sample.events.length);
    expect(output.counted(Metric.DUPLICATE)).toBe(answers.length * sample.events.length);
  });

  test('is stored once if it arrives five times at once', async () => {
    const webhook = await signed(scheme, sample);

    const answers = await Promise.all([1, 2, 3, 4, 5].map(async () => validator.post(webhook, scheme)));

    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 200, 200]);
    expect(validator.aws.transactions).toHaveLength(sample.events.length);
    expect([output.counted(Metric.STORED), output.counted(Metric.DUPLICATE)]).toEqual([sample.events.length, 4 * sample.events.length]);
  });
});

test.each(SCHEMES)('rejects a webhook of %s that is signed with another secret', async (scheme) => {
  const [sample] = ALL_SAMPLES[scheme].events;
  const [other] = otherSecrets(scheme);

  const answer = await validator.post(await signed(scheme, sample, { secret: other }), scheme);

  expect(answerOf(answer)).toEqual(rejectionOf(scheme));
  expect(validator.aws.transactions).toEqual([]);
  expect(output.counted(Metric.REJECTED)).toBe(sample.events.length);
});

describe.each(WITH_SECRET)('a secret of %s', (scheme) => {
  const [sample] = ALL_SAMPLES[scheme].events;
  const { secret } = ALL_SAMPLES[scheme];
  const [other, third] = otherSecrets(scheme);
  const [rejectedStatus] = rejectionOf(scheme);

  test('is accepted as one of several secrets', async () => {
    validator.aws.secrets.set(`arn:${scheme}-first`, { current: other });

    const answers = await Promise.all([secret, other, third].map(async (by) => (
      validator.post(await signed(scheme, sample, { secret: by }), `${scheme}-two`)
    )));

    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, rejectedStatus]);
  });

  test('stays valid for a day after its rotation', async () => {
    const rotatedAt = new Date();
    validator.aws.secrets.set(`arn:${scheme}-rotated`, { current: other, previous: secret, rotatedAt });
    const post = async (by: string, at: Date) => validator.post(await signed(scheme, sample, { secret: by, at }), `${scheme}-rotated`, at);
    const [soon, later] = [23, 25].map((hours) => new Date(rotatedAt.getTime() + hours * HOUR));

    const answers = [await post(secret, soon), await post(other, soon), await post(secret, later), await post(other, later)];

    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, rejectedStatus, 200]);
  });
});
