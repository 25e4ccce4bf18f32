import type { DynamoDBStreamEvent } from 'aws-lambda';
import { handler } from '../../../handlers/publish/handler';
import { REDRIVE_INPUT, SWEEP_INPUT } from '../../../src/private/contract';
import { FakeBus } from '../support/fake-bus';
import { FakeQueue } from '../support/fake-queue';
import { FakeTable } from '../support/fake-table';
import { RECEIVED_AT, TIERS, insertion, packed, sequenceNumber, storedTransaction } from '../support/items';
import { Output } from '../support/output';

const CONTEXT = {
  getRemainingTimeInMillis: () => 60_000, awsRequestId: 'request-1', invokedFunctionArn: 'arn:aws:lambda:eu-central-1:123456789012:function:event-relay-test',
};

function batch(...positions: number[]): DynamoDBStreamEvent {
  return { Records: positions.map((position) => insertion(position)) } as unknown as DynamoDBStreamEvent;
}

describe('event-relay', () => {
  const table = new FakeTable();
  const bus = new FakeBus();
  const queue = new FakeQueue();
  const output = new Output();

  beforeEach(() => {
    table.reset();
    bus.reset();
    queue.reset();
    output.capture();
    Object.assign(process.env, {
      TABLE_NAME: 'transactions',
      EVENT_BUS_NAME: 'payment-events',
      EVENT_SOURCE: 'payments',
      SYSTEM_NAME: 'prod',
      SCHEMES: JSON.stringify({ stripe: 'stripe' }),
      TIERS: JSON.stringify(TIERS),
      DEAD_LETTER_QUEUE_URL: 'https://sqs/dlq',
    });
    jest.spyOn(Math, 'random').mockReturnValue(0);
  });

  afterEach(() => {
    jest.useRealTimers();
  });

  test('publishes changes of the stream with the configured source on the configured bus', async () => {
    const response = await handler(batch(1, 2), CONTEXT);

    expect(response).toEqual({ batchItemFailures: [] });
    expect(bus.published).toEqual([1, 2].map(() => expect.objectContaining({ EventBusName: 'payment-events', Source: 'payments' })));
    expect(bus.ids).toEqual(['stripe:pi_1', 'stripe:pi_2']);
  });

  test('publishes without links to the provider if an older stack does not set SCHEMES', async () => {
    delete process.env.SCHEMES;

    await handler(batch(1), CONTEXT);

    expect(bus.details.map((detail) => (detail as { payment_url?: string }).payment_url)).toEqual([undefined]);
  });

  test('marks payments of the scope in ASSESSMENT_SCOPE', async () => {
    process.env.ASSESSMENT_SCOPE = JSON.stringify({ below: 'suspicious', declines: 1, windowSeconds: 3_600 });
    table.store(storedTransaction({
      kind: { S: 'failed' }, customer_key: { S: 'declined#stripe:cus_1' }, occurred_at: { S: '2025-03-04T05:00:00.000Z' },
    }));

    await handler({ Records: [insertion(1, { amount_minor: { N: '500' } })] } as never, CONTEXT);
    delete process.env.ASSESSMENT_SCOPE;

    expect(bus.details).toEqual([expect.objectContaining({ tier: 'low', suspicious: true })]);
  });

  test.each([['true', '{}'], [undefined, undefined]])('publishes the body if INCLUDE_BODY is %s', async (value, body) => {
    Object.assign(process.env, value && { INCLUDE_BODY: value });

    await handler({ Records: [insertion(1, { body: packed('{}') as never })] } as never, CONTEXT);
    delete process.env.INCLUDE_BODY;

    expect(bus.details.map((detail) => (detail as { body?: string }).body)).toEqual([body]);
  });

  test.each([
    [JSON.stringify({ stripe: 'stripe' }), 'AWS 123456789012 eu-central-1', 'https://dashboard.stripe.com/acct_1/payments/pi_1'],
    [undefined, 'AWS 123456789012 eu-central-1', undefined],
  ])('names its system in alerts and links the payment, with SCHEMES %s', async (schemes, account, url) => {
    delete process.env.SCHEMES;
    Object.assign(process.env, schemes && { SCHEMES: schemes });

    await handler(batch(1), CONTEXT);

    expect(bus.details).toEqual([expect.objectContaining({ alert_subject: 'High: captured 12,345.67 EUR (stripe, prod)' })]);
    expect(bus.details).toEqual([expect.objectContaining({ alert_text: expect.stringContaining(`\n${account}\n`) })]);
    expect((bus.details[0] as { payment_url?: string }).payment_url).toBe(url);
  });

  test('reports the first failure in the stream to Lambda', async () => {
    bus.reset(({ transaction_id: id }) => (id === 'stripe:pi_2' ? 'InternalFailure' : undefined));

    expect(await handler(batch(1, 2, 3), CONTEXT)).toEqual({ batchItemFailures: [{ itemIdentifier: sequenceNumber(2) }] });
    expect(bus.calls).toBe(3);
  });

  test('sweeps due transactions on its schedule', async () => {
    jest.useFakeTimers({ now: Date.parse(RECEIVED_AT) + 10 * 60_000, doNotFake: ['setTimeout', 'nextTick', 'setImmediate'] });
    table.store(storedTransaction());
    table.store(storedTransaction({ transaction_id: { S: 'stripe:later' }, sweep_at: { S: '2025-03-04T05:16:07.090Z' } }));

    const response = await handler(SWEEP_INPUT, CONTEXT);

    expect(response).toBeUndefined();
    expect(bus.ids).toEqual(['stripe:pi_1']);
  });

  test('republishes what the sweep gave up if an operator asks for it', async () => {
    table.store(storedTransaction({ sweep_partition: { S: 'given-up' }, given_up_at: { S: RECEIVED_AT } }));

    await handler(SWEEP_INPUT, CONTEXT);
    expect(bus.calls).toBe(0);
    await handler(REDRIVE_INPUT, CONTEXT);

    expect(REDRIVE_INPUT).toEqual({ task: 'sweep', all: true });
    expect(bus.ids).toEqual(['stripe:pi_1']);
  });

  test('stops the sweep before the Lambda time-out', async () => {
    table.store(storedTransaction());

    await handler(SWEEP_INPUT, { ...CONTEXT, getRemainingTimeInMillis: () => 1000 });

    expect(bus.calls).toBe(0);
  });

  test('fails without its configuration', async () => {
    delete process.env.EVENT_BUS_NAME;

    await expect(handler(batch(1), CONTEXT)).rejects.toThrow('EVENT_BUS_NAME');
  });
});
