import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { APIGatewayProxyResult, DynamoDBStreamEvent } from 'aws-lambda';
import './handlers/support/validator-environment';
import { FakeBus } from './handlers/support/fake-bus';
import { FakeSecrets } from './handlers/support/fake-secrets';
import { FakeTable } from './handlers/support/fake-table';
import { TIERS, insertion } from './handlers/support/items';
import { Output } from './handlers/support/output';
import { proxyEvent, stripeWebhook } from './handlers/support/webhooks';
import { executedFunctions } from './support/executed-functions';
import { handler as validate } from '../handlers/ingest/handler';
import { handler as relay } from '../handlers/publish/handler';

const ROOT = join(__dirname, '..');

const page = readFileSync(join(ROOT, 'docs/architecture.md'), 'utf8');

/** The table below a sentence that states its number of files. */
function walkthrough(sentence: string) {
  const section = page.slice(page.indexOf(sentence));
  const [, files] = /^.+: (\d+) files/.exec(section)!;
  const [table] = /^\| step(?:.+\n)+/m.exec(section)!;
  const rows = [...table.matchAll(/^\| (\d+) \| `([^`]+)` \| ([^|]+) \|/gm)].map(([, step, file, functions]) => ({
    step: Number(step), file: `handlers/${file}`, functions: [...functions.matchAll(/`([^`]+)`/g)].map(([, name]) => name),
  }));
  return { files: Number(files), rows };
}

/** A charge with every field that Stripe sends about a customer and a card. */
const CHARGE = JSON.stringify({
  id: 'evt_1',
  type: 'charge.succeeded',
  livemode: true,
  created: 1769860800,
  data: {
    object: {
      id: 'ch_1',
      amount: 1250000,
      currency: 'usd',
      customer: 'cus_1',
      billing_details: { email: 'a@example.com', address: { country: 'US' } },
      payment_method_details: { type: 'card', card: { country: 'US', iin: '42424242' } },
    },
  },
});

beforeEach(() => {
  new Output().capture();
});

/** Expects the table to name exactly the files that were executed, with functions that were executed. */
function expectWalkthrough(sentence: string, executed: ReadonlyMap<string, readonly string[]>): void {
  const { files, rows } = walkthrough(sentence);

  expect(rows.map(({ step }) => step)).toEqual(rows.map((_, index) => index + 1));
  expect([...new Set(rows.map(({ file }) => file))].sort()).toEqual([...executed.keys()].sort());
  expect(rows.filter(({ file, functions }) => functions.length === 0 || !functions.every((name) => executed.get(file)!.includes(name)))).toEqual([]);
  expect(files).toBe(executed.size);
}

describe('the walkthrough of one Stripe webhook', () => {
  test('names each file that is executed from the event to the answer', async () => {
    new FakeTable().reset();
    new FakeSecrets().reset();
    const event = proxyEvent(stripeWebhook(CHARGE), 'stripe');
    let answer: APIGatewayProxyResult | undefined;

    const executed = await executedFunctions(ROOT, 'handlers', async () => {
      answer = await validate(event);
    });

    expect(answer).toMatchObject({ statusCode: 200 });
    expectWalkthrough("From the API's event to the answer 200", executed);
  });

  test('names each file that is executed from the stream to the bus', async () => {
    const bus = new FakeBus();
    bus.reset();
    Object.assign(process.env, { EVENT_BUS_NAME: 'the-bus', EVENT_SOURCE: 'payments', SYSTEM_NAME: 'test', TIERS: JSON.stringify(TIERS) });

    const executed = await executedFunctions(ROOT, 'handlers', async () => (
      relay({ Records: [insertion(1)] } as unknown as DynamoDBStreamEvent, {
        getRemainingTimeInMillis: () => 60_000, awsRequestId: 'request-1', invokedFunctionArn: 'arn:aws:lambda:eu-central-1:123456789012:function:event-relay-test',
      })
    ));

    expect(bus.calls).toBe(1);
    expectWalkthrough("From the table's stream to `PutEvents`", executed);
  });
});
