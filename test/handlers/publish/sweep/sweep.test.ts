import { gzipSync } from 'node:zlib';
import { GetItemCommand, QueryCommand, UpdateItemCommand, type AttributeValue, type UpdateItemCommandInput } from '@aws-sdk/client-dynamodb';
import { GetTopicAttributesCommand, SNSClient } from '@aws-sdk/client-sns';
import { mockClient } from 'aws-sdk-client-mock';
import { putEvents } from '../../../../handlers/publish/events/put-events';
import { sweep, type SweepRun } from '../../../../handlers/publish/sweep/sweep';
import { Metric } from '../../../../src/private/contract';
import { FakeBus } from '../../support/fake-bus';
import { FakeQueue } from '../../support/fake-queue';
import { FakeTable } from '../../support/fake-table';
import { ASSESSMENT, RECEIVED_AT, DETAIL_CONFIG, storedTransaction } from '../../support/items';
import { Output } from '../../support/output';

const MINUTE = 60_000;
const RECEIVED = Date.parse(RECEIVED_AT);
const DEAD_CLAIM = { claim_owner: { S: 'arn:dead' }, claimed_at: { S: '2025-03-04T05:06:07.088Z' } };

function runAt(minutes: number, remainingMillis: () => number = () => 60_000): SweepRun {
  return {
    now: RECEIVED + minutes * MINUTE,
    remainingMillis,
    config: { eventBusName: 'payment-events', source: 'payments', ...DETAIL_CONFIG },
    publisher: { put: putEvents, sleep: async () => {}, random: () => 0 },
  };
}

/** An open transaction in the partition with its number's last digit. */
function openTransaction(number: number, overrides: Record<string, AttributeValue | undefined> = {}): Record<string, AttributeValue> {
  return storedTransaction({ transaction_id: { S: `stripe:pi_${number}` }, sweep_partition: { S: String(number % 10) }, ...overrides });
}

describe('sweep', () => {
  const table = new FakeTable();
  const transactionUpdates = () => table.client.commandCalls(UpdateItemCommand)
    .filter(({ args: [{ input }] }) => input.Key?.transaction_id.S?.startsWith('stripe:'));
  const bus = new FakeBus();
  const queue = new FakeQueue();
  const output = new Output();

  beforeEach(() => {
    table.reset();
    bus.reset();
    queue.reset();
    output.capture();
    process.env.TABLE_NAME = 'transactions';
    process.env.DEAD_LETTER_QUEUE_URL = 'https://sqs/dlq';
  });

  test('releases the claim of a dead execution and republishes the event', async () => {
    table.store(openTransaction(1, DEAD_CLAIM));

    await sweep(runAt(10));

    expect(bus.published).toEqual([expect.objectContaining({ DetailType: 'transaction.received', Source: 'payments', EventBusName: 'payment-events' })]);
    expect(bus.details).toEqual([expect.objectContaining({ transaction_id: 'stripe:pi_1', amount: 12345.67 })]);
    expect(table.find(openTransaction(1))).toEqual(openTransaction(1, { sweep_partition: { S: '8' }, sweeps: { N: '1' }, sweep_at: { S: '2025-03-04T05:36:07.089Z' } }));
    expect(output.counted(Metric.SWEPT)).toBe(1);
  });

  test('republishes the body, if that is configured', async () => {
    const run = runAt(10);
    table.store(openTransaction(1, { body: { B: gzipSync('{"id":"evt_1"}') } }));

    await sweep({ ...run, config: { ...run.config, includeBody: true } });

    expect(bus.details).toEqual([expect.objectContaining({ transaction_id: 'stripe:pi_1', body: '{"id":"evt_1"}' })]);
  });

  test('republishes a transaction that no execution has claimed', async () => {
    table.store(openTransaction(1));

    await sweep(runAt(10));

    expect(bus.ids).toEqual(['stripe:pi_1']);
  });

  test('does not change a fresh claim', async () => {
    const item = openTransaction(1, { claim_owner: { S: 'arn:alive' }, claimed_at: { S: '2025-03-04T05:15:00.000Z' } });
    table.store(item);

    await sweep(runAt(10));

    expect(bus.calls).toBe(0);
    expect(table.find(item)).toEqual(item);
    expect(transactionUpdates()).toEqual([]);
  });

  test('does not change a transaction that is claimed between read and write', async () => {
    table.store(openTransaction(1));
    const claimed = openTransaction(1, { claim_owner: { S: 'arn:alive' }, claimed_at: { S: '2025-03-04T05:16:07.000Z' } });
    table.client.on(GetItemCommand).callsFake(() => {
      table.store(claimed);
      return { Item: openTransaction(1) };
    });

    await sweep(runAt(10));

    expect(bus.calls).toBe(0);
    expect(table.find(claimed)).toEqual(claimed);
  });

  test('publishes in only one of two concurrent sweeps', async () => {
    table.store(openTransaction(1, DEAD_CLAIM));

    await Promise.all([sweep(runAt(10)), sweep(runAt(10))]);

    expect(bus.ids).toEqual(['stripe:pi_1']);
    expect(transactionUpdates()).toHaveLength(2);
  });

  test('reads all ten partitions, starting with another one each minute', async () => {
    for (let number = 0; number < 10; number++) {
      table.store(openTransaction(number));
    }

    await sweep(runAt(10));
    const first = bus.ids[0];
    bus.reset();
    await sweep(runAt(31));

    expect(new Set(bus.ids).size).toBe(10);
    expect(bus.ids[0]).not.toBe(first);
  });

  test('sweeps again after 20 minutes, then after 40', async () => {
    table.store(openTransaction(1));
    const published: number[] = [];

    for (let minute = 10; minute <= 80; minute++) {
      bus.reset();
      await sweep(runAt(minute));
      published.push(...bus.ids.map(() => minute));
    }

    expect(published).toEqual([10, 30, 70]);
  });

  test('removes a closed transaction that is still in the index', async () => {
    const closed = { ...ASSESSMENT, closed_at: { S: '2025-03-04T05:06:10.000Z' } };
    table.store(openTransaction(1, closed));

    await sweep(runAt(10));

    expect(bus.calls).toBe(0);
    expect(table.find(openTransaction(1))).toEqual(openTransaction(1, { ...closed, sweep_partition: undefined, sweep_at: undefined }));
  });

  test('republishes a transaction with a verdict that was never closed, because the alert might be missing', async () => {
    table.store(openTransaction(1, { ...ASSESSMENT, ...DEAD_CLAIM }));

    await sweep(runAt(10));

    expect(bus.published).toEqual([expect.objectContaining({ DetailType: 'transaction.received' })]);
    expect(table.find(openTransaction(1))).toEqual(openTransaction(1, {
      ...ASSESSMENT, sweep_partition: { S: '8' }, sweeps: { N: '1' }, sweep_at: { S: '2025-03-04T05:36:07.089Z' },
    }));
  });

  test('closes a transaction below the current thresholds', async () => {
    table.store(openTransaction(1, { amount_minor: { N: '1000000' } }));

    await sweep(runAt(10));

    expect(bus.calls).toBe(0);
    expect(table.find(openTransaction(1))).not.toHaveProperty('sweep_at');
  });

  test('skips a transaction that is no longer in the table', async () => {
    table.store(openTransaction(1));
    // The index still has it for a moment, as in DynamoDB.
    table.client.on(GetItemCommand).resolves({});

    await sweep(runAt(10));

    expect(bus.calls).toBe(0);
    expect(output.logged('ERROR')).toEqual([]);
  });

  describe('after the last attempt', () => {
    const TRIED = { sweeps: { N: '10' } };

    test('sends the event to the dead-letter queue, and marks the item without its claim', async () => {
      table.store(openTransaction(1, { ...TRIED, ...DEAD_CLAIM }));

      await sweep(runAt(1520));

      expect(bus.calls).toBe(0);
      expect(queue.messages).toEqual([expect.objectContaining({
        origin: 'sweep',
        error: 'not assessed and alerted after 10 attempts of the sweep',
        event: expect.objectContaining({ transaction_id: 'stripe:pi_1', amount: 12345.67 }),
      })]);
      expect(table.find(openTransaction(1))).toEqual(openTransaction(1, {
        ...TRIED, sweep_partition: { S: 'given-up' }, sweep_at: { S: '2025-03-05T06:26:07.089Z' }, given_up_at: { S: '2025-03-05T06:26:07.089Z' },
      }));
      expect([Metric.DEAD_LETTERED, Metric.GIVEN_UP, Metric.SWEEP_COMPLETED].map((metric) => output.counted(metric))).toEqual([1, 1, 1]);
      expect(output.logged('ERROR')).toHaveLength(1);
    });

    test('does not mark a transaction without its dead-letter message', async () => {
      table.store(openTransaction(1, TRIED));
      queue.fail();

      await sweep(runAt(1520));

      expect(output.counted(Metric.SWEEP_COMPLETED)).toBe(0);
      expect(table.find(openTransaction(1))).toEqual(openTransaction(1, TRIED));
    });

    test('does not mark a transaction that is claimed between read and write', async () => {
      table.store(openTransaction(1, TRIED));
      const claimed = openTransaction(1, { ...TRIED, claim_owner: { S: 'arn:alive' }, claimed_at: { S: '2025-03-05T06:26:07.000Z' } });
      table.client.on(GetItemCommand).callsFake(() => {
        table.store(claimed);
        return { Item: openTransaction(1, TRIED) };
      });

      await sweep(runAt(1520));

      expect(table.find(claimed)).toEqual(claimed);
      expect(output.counted(Metric.GIVEN_UP)).toBe(0);
    });

    test('does not read what it gave up again, until a redrive republishes it', async () => {
      table.store(openTransaction(1, TRIED));
      await sweep(runAt(1520));
      table.client.resetHistory();

      await sweep(runAt(1521));
      expect(table.client.commandCalls(GetItemCommand)).toEqual([]);
      await sweep({ ...runAt(1522), all: true });

      expect(bus.ids).toEqual(['stripe:pi_1']);
      expect(table.find(openTransaction(1))).toEqual(openTransaction(1, {
        sweep_partition: { S: '8' }, sweeps: { N: '1' }, sweep_at: { S: '2025-03-05T06:48:07.089Z' },
      }));
      expect(output.counted(Metric.SWEPT)).toBe(1);
    });

    test('republishes what was given up before all others in a redrive', async () => {
      table.store(openTransaction(1, { sweep_partition: { S: 'given-up' }, given_up_at: { S: RECEIVED_AT } }));
      table.store(openTransaction(2));

      await sweep({ ...runAt(1520), all: true });

      expect(bus.ids).toEqual(['stripe:pi_1', 'stripe:pi_2']);
    });
  });

  test('reads page after page while time is left', async () => {
    for (let number = 0; number < 120; number++) {
      table.store(openTransaction(number, { sweep_partition: { S: '3' } }));
    }

    await sweep(runAt(10));

    expect(new Set(bus.ids).size).toBe(120);
    expect(output.counted(Metric.SWEEP_COMPLETED)).toBe(1);
  });

  test('sends an unreadable transaction to the dead-letter queue once', async () => {
    table.store(openTransaction(1, { kind: { N: '1' } }));

    await sweep(runAt(10));
    await sweep(runAt(11));

    expect(queue.messages).toEqual([expect.objectContaining({ origin: 'sweep', error: expect.stringContaining('kind') })]);
  });

  test('sends a forged transaction to the dead-letter queue, removes it from the open ones, and keeps all other attributes', async () => {
    const forged = { transaction_id: { S: 'blocklist:country:DE' }, timestamp: { S: '-' } };
    table.store(openTransaction(1, forged));

    await sweep(runAt(10));
    await sweep(runAt(11));

    expect(bus.calls).toBe(0);
    expect(queue.messages).toEqual([{ origin: 'sweep', error: 'an open item is not a transaction', keys: forged }]);
    expect(table.find(forged)).toEqual(openTransaction(1, { ...forged, sweep_partition: undefined, sweep_at: undefined }));
  });

  test('does not complete if an event cannot be published, and publishes it in the next sweep', async () => {
    table.store(openTransaction(1, DEAD_CLAIM));
    bus.reset(() => 'InternalFailure');

    await sweep(runAt(10));
    expect(output.counted(Metric.SWEEP_COMPLETED)).toBe(0);
    bus.reset();
    await sweep(runAt(30));

    expect(bus.ids).toEqual(['stripe:pi_1']);
    expect(output.logged('ERROR')).toEqual([expect.objectContaining({ error: 'SweptNotPublished', provider: 'stripe', result: 'failed' })]);
    expect(output.counted(Metric.SWEPT)).toBe(1);
  });

  test('publishes nothing and does not complete if the answer to a release is lost, and repeats it in the next sweep', async () => {
    table.store(openTransaction(1));
    table.client.on(UpdateItemCommand, { Key: { transaction_id: { S: 'stripe:pi_1' } } }, false).callsFakeOnce((input: UpdateItemCommandInput) => {
      table.update(input);
      throw Object.assign(new Error('timed out'), { name: 'TimeoutError' });
    });

    await sweep(runAt(10));
    expect(output.counted(Metric.SWEEP_COMPLETED)).toBe(0);
    const afterFirst = bus.calls;
    await sweep(runAt(30));

    expect(afterFirst).toBe(0);
    expect(bus.ids).toEqual(['stripe:pi_1']);
  });

  test('continues after a failing item or partition', async () => {
    for (let number = 0; number < 10; number++) {
      table.store(openTransaction(number));
    }
    table.client.on(QueryCommand, { ExpressionAttributeValues: { ':partition': { S: '3' } } }, false).rejects(new Error('throttled'));
    table.client.on(GetItemCommand, { Key: { transaction_id: { S: 'stripe:pi_5' } } }, false).rejects(new Error('throttled'));

    await sweep(runAt(10));

    expect(output.counted(Metric.SWEEP_COMPLETED)).toBe(0);
    // The partition is read twice: for the age of the oldest transaction, and for the due ones.
    expect(output.logged('ERROR')).toHaveLength(3);
    expect([...bus.ids].sort()).toEqual([0, 1, 2, 4, 6, 7, 8, 9].map((number) => `stripe:pi_${number}`));
  });

  test('stops before the time runs out, without an error', async () => {
    for (let number = 0; number < 10; number++) {
      table.store(openTransaction(number));
    }
    let remaining = 23_000;

    await sweep(runAt(10, () => {
      remaining -= 1000;
      return remaining;
    }));

    expect(bus.ids).toHaveLength(3);
    expect(output.logged('WARN')).toHaveLength(1);
    expect(output.counted(Metric.SWEEP_COMPLETED)).toBe(0);
  });

  test('does not complete if an item fails before it stops early', async () => {
    table.store(openTransaction(1));
    table.store(openTransaction(1, { timestamp: { S: 'other' } }));
    table.client.on(GetItemCommand).rejects(new Error('throttled'));
    const remaining = [60_000, 0];

    await sweep(runAt(10, () => remaining.shift()!));

    expect(output.counted(Metric.SWEEP_COMPLETED)).toBe(0);
  });

  test('writes the heartbeat, and completes without a due transaction', async () => {
    await sweep(runAt(10));

    expect(table.find({ transaction_id: { S: 'heartbeat:sweep' }, timestamp: { S: '-' } })).toEqual({
      transaction_id: { S: 'heartbeat:sweep' }, timestamp: { S: '-' }, record_type: { S: 'heartbeat' }, beat_at: { S: '2025-03-04T05:16:07.089Z' },
    });
    expect(output.counted(Metric.SWEEP_COMPLETED)).toBe(1);
  });

  test('sweeps, but does not complete, if the heartbeat fails', async () => {
    table.store(openTransaction(1));
    table.client.on(UpdateItemCommand, { Key: { transaction_id: { S: 'heartbeat:sweep' } } }, false).rejects(new Error('throttled'));

    await sweep(runAt(10));

    expect(bus.ids).toEqual(['stripe:pi_1']);
    expect(output.counted(Metric.SWEEP_COMPLETED)).toBe(0);
  });

  describe('measures', () => {
    const ages = () => output.metrics(Metric.OLDEST_OPEN).map((line) => line[Metric.OLDEST_OPEN]);

    test('the age of the oldest open transaction, due or not, in seconds since its receipt', async () => {
      table.store(openTransaction(1, { received_at: { S: '2025-03-04T05:06:07.589Z' }, sweep_at: { S: '2025-03-04T09:00:00.000Z' } }));
      table.store(openTransaction(2, { received_at: { S: '2025-03-04T05:05:07.089Z' }, sweep_at: { S: '2025-03-04T08:00:00.000Z' } }));
      table.store(openTransaction(12, { sweep_at: { S: '2025-03-04T07:00:00.000Z' } }));

      await sweep(runAt(3));

      expect(bus.calls).toBe(0);
      expect(ages()).toEqual([240]);
      expect(output.metrics(Metric.AWAITING_REDRIVE)).toEqual([]);
    });

    test('0 if no transaction is open, or if one was received after the start of the sweep', async () => {
      await sweep(runAt(3));
      table.store(openTransaction(1));
      await sweep(runAt(-1));

      expect(ages()).toEqual([0, 0]);
    });

    test('what was given up by its number and not by its age', async () => {
      table.store(openTransaction(1, { sweep_partition: { S: 'given-up' }, given_up_at: { S: RECEIVED_AT } }));
      table.store(openTransaction(2, { sweep_partition: { S: 'given-up' }, given_up_at: { S: RECEIVED_AT } }));

      await sweep(runAt(1520));

      expect(ages()).toEqual([0]);
      expect(output.counted(Metric.AWAITING_REDRIVE)).toBe(2);
    });

    test('without the items that are not transactions', async () => {
      table.store(openTransaction(1, { transaction_id: { S: 'blocklist:country:DE' }, timestamp: { S: '-' }, received_at: undefined }));
      table.store(openTransaction(2, { sweep_partition: { S: '1' } }));
      table.store(openTransaction(3, { sweep_partition: { S: '1' }, received_at: { S: 'long ago' } }));

      await sweep(runAt(3));

      expect(ages()).toEqual([180]);
    });

    test('nothing if a partition cannot be read, because it could have the oldest transaction', async () => {
      table.store(openTransaction(1));
      table.client.on(QueryCommand, { ExpressionAttributeValues: { ':partition': { S: '3' } } }, false).rejects(new Error('throttled'));

      await sweep(runAt(10));

      expect(ages()).toEqual([]);
      expect(bus.ids).toEqual(['stripe:pi_1']);
      expect(output.counted(Metric.SWEEP_COMPLETED)).toBe(0);
    });

    test('before it processes the transactions, which can take all of its time', async () => {
      table.store(openTransaction(1));

      await sweep(runAt(10, () => 0));

      expect(bus.calls).toBe(0);
      expect(ages()).toEqual([600]);
    });
  });

  describe('the recipients of alerts', () => {
    const sns = mockClient(SNSClient);
    const topicHas = (pending: string, confirmed: string) => sns.on(GetTopicAttributesCommand)
      .resolves({ Attributes: { SubscriptionsPending: pending, SubscriptionsConfirmed: confirmed } });
    const unconfirmed = () => output.metrics(Metric.UNCONFIRMED_RECIPIENTS).map((line) => line[Metric.UNCONFIRMED_RECIPIENTS]);
    /** 06:00:07. */
    const FULL_HOUR = 54;

    beforeEach(() => {
      sns.reset();
      Object.assign(process.env, { ALERT_TOPIC_ARN: 'arn:topic', ALERT_RECIPIENTS: '2' });
    });
    afterEach(() => {
      delete process.env.ALERT_TOPIC_ARN;
      delete process.env.ALERT_RECIPIENTS;
    });

    test.each([
      ['all are confirmed', '0', '2', 0],
      ['the topic has other subscribers too', '0', '5', 0],
      ['one is pending', '1', '1', 1],
      ['one is pending, and the topic has other subscribers', '1', '5', 1],
      ['SNS deleted one after 48 hours, or it was unsubscribed', '0', '1', 1],
    ])('counts the unconfirmed ones if %s', async (_, pending, confirmed, expected) => {
      topicHas(pending, confirmed);

      await sweep(runAt(FULL_HOUR));

      expect(unconfirmed()).toEqual([expected]);
      expect(sns.commandCalls(GetTopicAttributesCommand).map(({ args: [{ input }] }) => input)).toEqual([{ TopicArn: 'arn:topic' }]);
    });

    test.each([['no attributes', {}], ['no counts', { Attributes: {} }]])('counts all of them if the answer has %s', async (_, answer) => {
      sns.on(GetTopicAttributesCommand).resolves(answer);

      await sweep(runAt(FULL_HOUR));

      expect(unconfirmed()).toEqual([2]);
    });

    test('counts all of them if the topic cannot be read, and sweeps', async () => {
      sns.on(GetTopicAttributesCommand).rejects(Object.assign(new Error('no right'), { name: 'AuthorizationErrorException' }));
      table.store(openTransaction(1));

      await sweep(runAt(FULL_HOUR));

      expect(unconfirmed()).toEqual([2]);
      expect(bus.ids).toEqual(['stripe:pi_1']);
      expect(output.logged('ERROR')).toEqual([expect.objectContaining({ error: 'AuthorizationErrorException' })]);
      expect(output.counted(Metric.SWEEP_COMPLETED)).toBe(0);
    });

    test('are checked once an hour', async () => {
      topicHas('0', '2');

      for (let minute = FULL_HOUR - 30; minute < FULL_HOUR + 90; minute++) {
        await sweep(runAt(minute));
      }

      expect(sns.calls()).toHaveLength(2);
    });

    test('are not checked in a system that does not configure it', async () => {
      delete process.env.ALERT_RECIPIENTS;

      await sweep(runAt(FULL_HOUR));

      expect(sns.calls()).toHaveLength(0);
      expect(unconfirmed()).toEqual([]);
    });
  });

  test('logs no payload', async () => {
    table.store(openTransaction(1));
    table.store(openTransaction(2, { kind: { N: '1' } }));
    bus.reset(() => 'InternalFailure');

    await sweep(runAt(1519));

    expect(output.text()).not.toMatch(/cus_1|pi_1|12345/);
  });
});
