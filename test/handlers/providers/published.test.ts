import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { Tally } from './tally';
import { schemeOfFile, vectorCase, type VectorCase } from './vector-cases';
import { braintreeForm } from '../../../handlers/providers/braintree/samples';
import { loadScheme } from '../../../handlers/providers/registry';
import type { SignedWebhook } from '../../../handlers/providers/shared/samples/provider-samples';
import { parseRequest } from '../../../handlers/providers/shared/webhook-request';
import { Metric, type SchemeName } from '../../../src/private/contract';
import { ALL_SAMPLES } from '../support/all-samples';
import type { WireItem } from '../support/aws-server';
import { BuiltValidator } from '../support/built-validator';
import { formatOutcomes, outcomeRow, parseOutcomes, payloadKey, type OutcomeRow } from '../support/outcomes';
import { Output } from '../support/output';
import { describePublished, payloadProviders, payloads, vectorProviders, vectors } from '../support/published';
import { proxyEvent } from '../support/webhooks';

const OUTCOMES = join(__dirname, 'published-outcomes.md');

/** Builds the webhook of a published payload. The payloads of Braintree are whole forms, signed by its library. */
async function sent(scheme: SchemeName, file: string, payload: Buffer): Promise<SignedWebhook> {
  if (scheme === 'braintree') {
    const { bt_signature, bt_payload } = JSON.parse(payload.toString()) as Record<string, string>;
    return braintreeForm({ bt_signature, bt_payload });
  }
  return ALL_SAMPLES[scheme].sign(payload, { name: file.replace(/\.json$/, '') });
}

/** Whether the scheme marks a stored event as a money movement, in live mode or not. */
async function moneyMovement(scheme: SchemeName, webhook: SignedWebhook, item: WireItem): Promise<boolean> {
  const request = { ...parseRequest(proxyEvent(webhook, scheme)), body: rawBody(item) };
  const { fields } = await loadScheme(scheme).normalize(request, ALL_SAMPLES[scheme].config);
  return fields.moneyMovement && !fields.movesNothing;
}

function byText(a: OutcomeRow, b: OutcomeRow): number {
  return a.join() < b.join() ? -1 : 1;
}

function rawBody(item: WireItem): Buffer {
  return gunzipSync(Buffer.from(item.body.B!, 'base64'));
}

describePublished('the published material', () => {
  const unknownFolders = payloadProviders().filter((folder) => schemeOfFile(folder) === undefined);
  const payloadCases = payloadProviders().flatMap((folder) => {
    const scheme = schemeOfFile(folder);
    return scheme === undefined ? [] : payloads(folder).map(([file, payload]) => ({ scheme, file, payload }));
  });
  const vectorRows = vectorProviders().flatMap((file) => {
    const scheme = schemeOfFile(file);
    return vectors(file).map((row, index) => ({ file, name: row.name, vector: scheme && vectorCase(scheme, row, index) }));
  });
  const vectorCases = vectorRows.filter((row): row is typeof row & { readonly vector: VectorCase } => row.vector !== undefined);

  const validator = new BuiltValidator([...Object.values(ALL_SAMPLES), ...vectorCases.map(({ vector }) => vector)]);
  const output = new Output();
  const committed = parseOutcomes(OUTCOMES);
  const outcomes = new Map<string, OutcomeRow[]>();
  const tally = new Tally();

  beforeAll(() => validator.start());

  beforeEach(() => {
    validator.aws.reset();
    output.capture();
  });

  afterAll(async () => {
    await validator.stop();
    if (process.env.UPDATE_OUTCOMES) {
      writeFileSync(OUTCOMES, formatOutcomes(outcomes));
    }
    process.stderr.write(tally.text());
  });

  test.each(payloadCases)('$scheme: the payload $file is stored with the listed outcome', async ({ scheme, file, payload }) => {
    const webhook = await sent(scheme, file, payload);

    const { statusCode } = await validator.post(webhook, scheme);

    const items = validator.aws.transactions;
    expect([statusCode, output.logged('WARN'), output.logged('ERROR')]).toEqual([200, [], []]);
    expect(items.length).toBeGreaterThan(0);
    expect([output.counted(Metric.STORED), output.counted(Metric.UNPARSED)]).toEqual([items.length, 0]);
    if (!loadScheme(scheme).batch) {
      expect(rawBody(items[0]).equals(webhook.body)).toBe(true);
    }
    const key = payloadKey(file, payload);
    // The items of a batch are stored in any order.
    const rows = (await Promise.all(items.map(async (item) => outcomeRow(key, item, await moneyMovement(scheme, webhook, item))))).sort(byText);
    const listed = committed.get(`${scheme}/${key}`);
    outcomes.set(scheme, [...outcomes.get(scheme) ?? [], ...rows]);
    tally.add(scheme, 'stored');
    if (listed === undefined) {
      tally.add(scheme, 'unlisted');
    } else if (!process.env.UPDATE_OUTCOMES) {
      expect(rows).toEqual(listed);
    }
  });

  test.each(vectorCases)('$file: the vector "$name" has the published result', async ({ file, vector }) => {
    const { config: { name }, webhook, challenge, isComputed, at, certificate, rejection, because } = vector;
    if (isComputed !== undefined) {
      expect(isComputed).toBe(true);
      tally.add(file, 'accepted');
      return;
    }
    if (certificate) {
      validator.publish(certificate.url, certificate.pem);
    }
    const event = proxyEvent(await webhook?.() ?? { body: Buffer.from(''), headers: {} }, name);

    const answer = await validator.send(challenge ? { ...event, httpMethod: 'GET', queryStringParameters: { ...challenge.query } } : event, at);

    if (challenge) {
      expect(answer.statusCode === 200 && answer.body === challenge.answer).toBe(!rejection);
    } else if (rejection) {
      expect(answer.statusCode).toBeGreaterThanOrEqual(400);
      expect(answer.statusCode).toBeLessThan(500);
      expect((JSON.parse(answer.body) as { error: string }).error).toMatch(rejection);
      expect(validator.aws.transactions).toEqual([]);
    } else {
      expect([answer.statusCode, output.logged('WARN')]).toEqual([200, []]);
      expect(validator.aws.transactions.length).toBeGreaterThan(0);
    }
    tally.add(file, !rejection ? 'accepted' : because ? 'stricter' : 'rejected');
  });

  vectorRows.filter(({ vector }) => vector === undefined).forEach(({ file, name }) => {
    tally.add(file, 'unknown');
    test.skip(`${file}: the vector "${name}" is of an unsupported kind`, () => undefined);
  });

  unknownFolders.forEach((folder) => test.skip(`${folder}: a provider without a scheme`, () => undefined));
});
