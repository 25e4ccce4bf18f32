import { busEvent, notification, queueBatch } from './support/deliveries';
import { InvalidEventError, onTransaction, type OnTransactionOptions } from '../../consumer/main';
import type { TransactionEvent } from '../../consumer/transaction-event';

const FAILS = 'order-that-fails';
const logger = { error: jest.fn(), warn: jest.fn() };
const received: TransactionEvent[] = [];
const keys: string[] = [];
const order = (reference: string) => busEvent({ reference });
const references = () => received.map(({ detail }) => detail.reference);

/** A function whose handler fails for one order. */
function consumer(options: OnTransactionOptions = {}) {
  return onTransaction(async (event, { key }) => {
    received.push(event);
    keys.push(key);
    if (event.detail.reference === FAILS) {
      throw new Error('the shop is down');
    }
  }, { logger, ...options });
}

beforeEach(() => {
  received.length = keys.length = 0;
});

describe('as the target of a rule', () => {
  test('passes the event and a key that is the same for its repetition', async () => {
    expect(await consumer()(busEvent())).toBeUndefined();
    await consumer()(busEvent({}, undefined, { id: 'another', time: '2025-03-04T06:00:00Z' }));

    expect(received[0]).toEqual(busEvent());
    expect(keys).toEqual(Array(2).fill('transaction.received stripe:pi_1 2025-03-04T05:06:00.000Z#evt_1'));
  });

  test('fails if the handler fails, so that Lambda retries', async () => {
    await expect(consumer()(order(FAILS))).rejects.toThrow('the shop is down');
  });

  test('fails for an event that is not valid, so that it goes to the dead-letter queue', async () => {
    await expect(consumer()(busEvent({ kind: 'stolen' }))).rejects.toThrow(InvalidEventError);
    await expect(consumer()(undefined)).rejects.toThrow('event must be a JSON object');
    expect(received).toEqual([]);
  });

  test('waits for a handler that returns a promise, and accepts one that does not', async () => {
    const sync = onTransaction(({ detail }) => detail.kind);

    expect(await sync(busEvent())).toBeUndefined();
  });
});

describe('with a queue', () => {
  test('reports only the messages that failed', async () => {
    const batch = queueBatch({ id: 'a', body: order('1') }, { id: 'b', body: order(FAILS) }, { id: 'c', body: order('3') });

    expect(await consumer()(batch)).toEqual({ batchItemFailures: [{ itemIdentifier: 'b' }] });
    expect(references()).toEqual(['1', FAILS, '3']);
    expect(logger.error.mock.calls).toEqual([['failed to process event', { messageId: 'b', error: new Error('the shop is down') }]]);
  });

  test('reports messages that are not valid, and processes the others', async () => {
    const batch = queueBatch({ id: 'a', body: '{' }, { id: 'b', body: { hello: 1 } }, { id: 'c', body: order('3') }, { id: 'd', body: 'null' });

    expect(await consumer()(batch)).toEqual({ batchItemFailures: ['a', 'b', 'd'].map((itemIdentifier) => ({ itemIdentifier })) });
    expect(references()).toEqual(['3']);
  });

  test('reports nothing if all messages are processed, and for an empty batch', async () => {
    expect(await consumer()(queueBatch({ id: 'a', body: order('1') }))).toEqual({ batchItemFailures: [] });
    expect(await consumer()(queueBatch())).toEqual({ batchItemFailures: [] });
  });

  test('unwraps what SNS puts into a queue', async () => {
    expect(await consumer()(queueBatch({ id: 'a', body: notification(order('1')) }, { id: 'b', body: notification('x') })))
      .toEqual({ batchItemFailures: [{ itemIdentifier: 'b' }] });
    expect(references()).toEqual(['1']);
  });

  test('processes one message after another', async () => {
    const running: string[] = [];
    const slow = onTransaction(async ({ detail }) => {
      running.push(`start ${detail.reference}`);
      await new Promise(setImmediate);
      running.push(`end ${detail.reference}`);
    });
    await slow(queueBatch({ id: 'a', body: order('1') }, { id: 'b', body: order('2') }));

    expect(running).toEqual(['start 1', 'end 1', 'start 2', 'end 2']);
  });
});

describe('with a FIFO queue', () => {
  const batch = queueBatch(
    { id: 'a1', body: order('a1'), group: 'a' },
    { id: 'a2', body: order(FAILS), group: 'a' },
    { id: 'b1', body: order('b1'), group: 'b' },
    { id: 'a3', body: order('a3'), group: 'a' },
    { id: 'b2', body: '{', group: 'b' },
    { id: 'b3', body: order('b3'), group: 'b' },
  );

  test('processes nothing of a group after a failure in it', async () => {
    expect(await consumer()(batch)).toEqual({ batchItemFailures: ['a2', 'a3', 'b2', 'b3'].map((itemIdentifier) => ({ itemIdentifier })) });
    expect(references()).toEqual(['a1', FAILS, 'b1']);
  });

  test('ignores the groups of a standard queue, which has no order', async () => {
    const fair = queueBatch({ id: 'a', body: order(FAILS), fairGroup: 'shop' }, { id: 'b', body: order('2'), fairGroup: 'shop' });

    expect(await consumer()(fair)).toEqual({ batchItemFailures: [{ itemIdentifier: 'a' }] });
    expect(references()).toEqual([FAILS, '2']);
  });
});

describe('subscribed to a topic of SNS', () => {
  const topicEvent = (message: unknown) => ({
    Records: [{ EventSource: 'aws:sns', EventVersion: '1.0', Sns: { Type: 'Notification', Message: JSON.stringify(message) } }],
  });

  test('unwraps the event, and fails as a whole', async () => {
    expect(await consumer()(topicEvent(order('1')))).toBeUndefined();
    await expect(consumer()(topicEvent(order(FAILS)))).rejects.toThrow('the shop is down');
    await expect(consumer()({ Records: [{ EventSource: 'aws:sns' }] })).rejects.toThrow('event must be a JSON object');
    expect(references()).toEqual(['1', FAILS]);
  });
});

describe('a filter', () => {
  const event = busEvent();

  test.each<[string, OnTransactionOptions, number]>([
    ['the detail type', { detailTypes: ['transaction.received'] }, 1],
    ['another detail type', { detailTypes: ['transaction.assessed', 'transaction.blocked'] }, 0],
    ['the kind', { kinds: ['refunded', 'captured'] }, 1],
    ['another kind', { kinds: ['refunded'] }, 0],
    ['the provider', { providers: ['stripe'] }, 1],
    ['another provider', { providers: ['adyen'] }, 0],
    ['the tier', { tiers: ['high'] }, 1],
    ['another tier', { tiers: ['low', 'medium'] }, 0],
    ['movements of money', { moneyMovement: true }, 1],
    ['other events', { moneyMovement: false }, 0],
    ['the kind, but another provider', { kinds: ['captured'], providers: ['adyen'] }, 0],
    ['nothing', { kinds: [] }, 0],
  ])('on %s', async (_, options, count) => {
    expect(await consumer(options)(queueBatch({ id: 'a', body: event }))).toEqual({ batchItemFailures: [] });
    expect(received).toHaveLength(count);
  });

  test('on tiers skips an event without an amount', async () => {
    await consumer({ tiers: ['low'] })(busEvent({ tier: undefined }));

    expect(received).toEqual([]);
  });

  test('on detail types ignores later ones, which are invalid without it', async () => {
    const later = busEvent({}, 'transaction.closed' as never, { detail: { schema_version: '2' } });
    await consumer({ detailTypes: ['transaction.received'] })(later);

    expect(received).toEqual([]);
    await expect(consumer()(later)).rejects.toThrow('detail-type must be one of');
  });

  test('on detail types narrows the type of the event', async () => {
    const reasons: string[] = [];
    // The compiler checks this.
    await onTransaction(({ detail }) => reasons.push(...detail.reasons), { detailTypes: ['transaction.assessed', 'transaction.blocked'] })(busEvent({}, 'transaction.blocked'));

    expect(reasons).toHaveLength(1);
  });
});

describe('onInvalid', () => {
  test('lets an event count as processed', async () => {
    const onInvalid = jest.fn();
    const batch = queueBatch({ id: 'a', body: '{' }, { id: 'b', body: order('2') });

    expect(await consumer({ onInvalid })(batch)).toEqual({ batchItemFailures: [] });
    expect(onInvalid.mock.calls).toEqual([[new InvalidEventError('event', 'must be JSON'), '{']]);
    expect(references()).toEqual(['2']);
  });

  test('lets an event fail if it throws', async () => {
    const onInvalid = async () => {
      throw new Error('kept for later');
    };

    await expect(consumer({ onInvalid })({})).rejects.toThrow('kept for later');
  });

  test('gets no failures of the handler', async () => {
    const onInvalid = jest.fn();

    await expect(consumer({ onInvalid })(order(FAILS))).rejects.toThrow('the shop is down');
    expect(onInvalid).not.toHaveBeenCalled();
  });
});
