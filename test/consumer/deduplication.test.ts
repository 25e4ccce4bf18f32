import { CreateTableCommand, DynamoDB, DynamoDBClient, GetItemCommand, PutItemCommand, ScanCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { busEvent, queueBatch } from './support/deliveries';
import { onTransaction, type Deduplication, type DynamoDbCalls } from '../../consumer/main';
import { LocalDynamoDb } from '../handlers/support/dynamodb';

const TableName = 'processed';
const KEY = 'transaction.received stripe:pi_1 2025-03-04T05:06:00.000Z#evt_1';
const IN_PROGRESS = 'another invocation processes this event: a later retry finds it processed, or processes it';
const DAY_SECONDS = 86_400;
const logger = { error: jest.fn(), warn: jest.fn() };

let local: LocalDynamoDb;
let client: DynamoDB;
let handled: string[];

beforeAll(async () => {
  local = await LocalDynamoDb.start();
  local.useForHandlers();
  client = new DynamoDB({ endpoint: process.env.AWS_ENDPOINT_URL, maxAttempts: 1 });
  await local.client.send(new CreateTableCommand({
    TableName,
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    BillingMode: 'PAY_PER_REQUEST',
  }));
});
beforeEach(async () => {
  handled = [];
  const { Items = [] } = await local.client.send(new ScanCommand({ TableName }));
  await Promise.all(Items.map(async ({ id }) => client.deleteItem({ TableName, Key: { id } })));
});
afterEach(() => {
  delete process.env.AWS_LAMBDA_FUNCTION_NAME;
  jest.restoreAllMocks();
});
afterAll(async () => {
  client.destroy();
  await local.stop();
});

const stored = async (id = KEY) => (await local.client.send(new GetItemCommand({ TableName, Key: { id: { S: id } } }))).Item;
const nowSeconds = () => Math.floor(Date.now() / 1_000);

/** A consumer that records what it processes, and then runs a step. */
function consumer(step: (key: string) => unknown = () => undefined, more: Partial<Deduplication> = {}) {
  return onTransaction(async (_, { key }) => {
    handled.push(key);
    await step(key);
  }, { logger, deduplicateBy: { tableName: TableName, client, ...more } });
}

type ReplacedCall = (real: () => Promise<unknown>, input: any) => Promise<unknown>;

/** The client with other calls, each of which gets the real one. */
function clientWith(calls: { readonly [name in keyof DynamoDbCalls]?: ReplacedCall }): DynamoDbCalls {
  const replaced = Object.entries(calls).map(([name, call]) => [
    name, async (input: object, options: object) => call(async () => (client as any)[name](input, options), input),
  ]);
  const { getItem, putItem, deleteItem } = client;
  const real = { getItem: getItem.bind(client), putItem: putItem.bind(client), deleteItem: deleteItem.bind(client) };
  return { ...real, ...Object.fromEntries(replaced) } as DynamoDbCalls;
}

/** Ends every lease, as time does. */
async function endLease(id = KEY): Promise<void> {
  await local.client.send(new UpdateItemCommand({
    TableName, Key: { id: { S: id } }, UpdateExpression: 'SET claimed_until = :past', ExpressionAttributeValues: { ':past': { N: '1' } },
  }));
}

describe('a repeated event', () => {
  test('is processed once, and keeps no claim', async () => {
    await consumer()(busEvent());
    await consumer()(busEvent({}, undefined, { id: 'another' }));

    expect(handled).toEqual([KEY]);
    expect(await stored()).toEqual({ id: { S: KEY }, expires_at: { N: expect.any(String) } });
    expect(Number((await stored())!.expires_at.N)).toBeCloseTo(nowSeconds() + 30 * DAY_SECONDS, -2);
  });

  test('of a queue is not reported', async () => {
    expect(await consumer()(queueBatch({ id: 'a', body: busEvent() }, { id: 'b', body: busEvent() }))).toEqual({ batchItemFailures: [] });
    expect(handled).toEqual([KEY]);
  });

  test('is processed again when its record has expired, even if DynamoDB has not deleted it', async () => {
    await local.client.send(new PutItemCommand({ TableName, Item: { id: { S: KEY }, expires_at: { N: String(nowSeconds() - 5) } } }));
    await consumer(undefined, { ttl: DAY_SECONDS })(busEvent());

    expect(handled).toEqual([KEY]);
    expect(Number((await stored())!.expires_at.N)).toBeCloseTo(nowSeconds() + DAY_SECONDS, -2);
  });

  test('is another one for another detail type, timestamp or consumer', async () => {
    process.env.AWS_LAMBDA_FUNCTION_NAME = 'shipping';
    await consumer()(busEvent());
    await consumer()(busEvent({}, 'transaction.assessed'));
    await consumer()(busEvent({ timestamp: '2025-03-04T05:06:00.000Z#evt_2' }));
    process.env.AWS_LAMBDA_FUNCTION_NAME = 'emails';
    await consumer()(busEvent());
    await consumer(undefined, { consumer: 'invoices' })(busEvent());
    await consumer(undefined, { consumer: 'invoices' })(busEvent());

    expect(handled).toHaveLength(5);
    expect(await stored(`shipping ${KEY}`)).toBeDefined();
    expect(await stored(`invoices ${KEY}`)).toBeDefined();
  });

  test('is recognized if its key is longer than DynamoDB allows', async () => {
    const long = busEvent({ transaction_id: `stripe:${'é'.repeat(1_024)}` });
    await consumer()(long);
    await consumer()(long);

    expect(handled).toHaveLength(1);
  });
});

describe('two deliveries at the same time', () => {
  test('are processed once: the other one fails and finds the event processed when it is retried', async () => {
    let finish!: () => void;
    const started = new Promise<void>((onStart) => {
      void consumer(async () => {
        onStart();
        await new Promise<void>((resolve) => {
          finish = resolve;
        });
      })(busEvent());
    });
    await started;

    await expect(consumer()(busEvent())).rejects.toThrow(IN_PROGRESS);
    expect(await consumer()(queueBatch({ id: 'a', body: busEvent() }))).toEqual({ batchItemFailures: [{ itemIdentifier: 'a' }] });
    finish();
    while ((await stored())?.claimed_until) {
      await new Promise(setImmediate);
    }
    await consumer()(busEvent());

    expect(handled).toEqual([KEY]);
  });

  test('fail if the first one gives up between the refusal and the read', async () => {
    await local.client.send(new PutItemCommand({ TableName, Item: { id: { S: KEY }, expires_at: { N: '9999999999' }, claimed_until: { N: '9999999999' } } }));
    const gone = clientWith({ getItem: async () => ({}) });

    await expect(consumer(undefined, { client: gone })(busEvent())).rejects.toThrow(IN_PROGRESS);
  });
});

describe('a crash between the claim and the record', () => {
  /** A process that dies in its handler: its promise never settles. */
  async function crash(remaining?: () => number): Promise<void> {
    await new Promise<void>((onStart) => {
      void consumer(async () => {
        onStart();
        await new Promise(() => undefined);
      })(busEvent(), { getRemainingTimeInMillis: remaining });
    });
  }

  test('delays the retry until the lease ends', async () => {
    await crash();
    await expect(consumer()(busEvent())).rejects.toThrow(IN_PROGRESS);
    await endLease();
    await consumer()(busEvent());
    await consumer()(busEvent());

    expect(handled).toEqual([KEY, KEY]);
  });

  test.each([
    ['ten seconds more than the function can run', () => 30_000, {}, 40],
    ['the longest time-out of Lambda and ten seconds, without a context', undefined, {}, 910],
  ])('delays it for %s', async (_, remaining, __, expected) => {
    jest.spyOn(Date, 'now').mockReturnValue(1_800_000_000_000);
    await crash(remaining);

    expect((await stored())!.claimed_until).toEqual({ N: String(1_800_000_000 + expected) });
  });

  test('delays it for the lease of the options', async () => {
    jest.spyOn(Date, 'now').mockReturnValue(1_800_000_000_000);
    let claimed;
    await consumer(async () => {
      claimed = (await stored())!.claimed_until;
    }, { lease: 5 })(busEvent());

    expect(claimed).toEqual({ N: '1800000005' });
  });
});

describe('a handler that fails', () => {
  test('releases the claim, so that the retry does not wait', async () => {
    const failing = consumer(() => {
      throw new Error('down');
    });
    await expect(failing(busEvent())).rejects.toThrow('down');

    expect(await stored()).toBeUndefined();
    await consumer()(busEvent());
    expect(handled).toEqual([KEY, KEY]);
  });

  test('fails with its own error if the release fails too', async () => {
    const stuck = clientWith({
      deleteItem: async () => {
        throw new Error('throttled');
      },
    });
    const failing = consumer(() => {
      throw new Error('down');
    }, { client: stuck });

    await expect(failing(busEvent())).rejects.toThrow('down');
    await expect(consumer()(busEvent())).rejects.toThrow(IN_PROGRESS);
  });

  test('after its lease does not release the claim of another invocation', async () => {
    const slow = consumer(async () => {
      await endLease();
      await local.client.send(new UpdateItemCommand({
        TableName,
        Key: { id: { S: KEY } },
        UpdateExpression: 'SET claimed_until = :later, claim_owner = :other',
        ExpressionAttributeValues: { ':later': { N: '9999999999' }, ':other': { S: 'other' } },
      }));
      throw new Error('down');
    });

    await expect(slow(busEvent())).rejects.toThrow('down');
    expect((await stored())!.claim_owner).toEqual({ S: 'other' });
  });
});

describe('a lost answer', () => {
  test('to the claim lets the next attempt find its own claim', async () => {
    const repeating = clientWith({
      putItem: async (real) => {
        await real();
        return real();
      },
    });
    await consumer(undefined, { client: repeating })(busEvent());

    expect(handled).toEqual([KEY]);
    expect((await stored())!.claimed_until).toBeUndefined();
  });

  test('to all attempts of the claim fails, and releases what was written', async () => {
    const lost = clientWith({
      putItem: async (real) => {
        await real();
        throw new Error('socket hang up');
      },
    });

    await expect(consumer(undefined, { client: lost })(busEvent())).rejects.toThrow('socket hang up');
    expect(await stored()).toBeUndefined();
    expect(handled).toEqual([]);
  });

  test('to all attempts of the claim and of its release fails with the first error', async () => {
    const broken = clientWith({
      putItem: async () => {
        throw new Error('socket hang up');
      },
      deleteItem: async () => {
        throw new Error('throttled');
      },
    });

    await expect(consumer(undefined, { client: broken })(busEvent())).rejects.toThrow('socket hang up');
  });

  test('to the record does not fail: a retry would process the event again', async () => {
    const unrecorded = clientWith({
      putItem: async (real, { ConditionExpression }) => {
        if (!ConditionExpression) {
          throw new Error('throttled');
        }
        return real();
      },
    });
    await consumer(undefined, { client: unrecorded })(busEvent());

    expect(handled).toEqual([KEY]);
    expect(logger.warn.mock.calls).toEqual([['failed to record processed event', { key: KEY, error: new Error('throttled') }]]);
  });

  test('that never comes ends the call', async () => {
    const timeOut = new DOMException('timed out', 'TimeoutError');
    jest.spyOn(AbortSignal, 'timeout').mockImplementation(() => {
      const controller = new AbortController();
      setImmediate(() => controller.abort(timeOut));
      return controller.signal;
    });
    const silent = clientWith({ putItem: async () => new Promise(() => undefined) });

    await expect(consumer(undefined, { client: silent })(busEvent())).rejects.toBe(timeOut);
  });
});

test('events that the filter leaves out are not recorded', async () => {
  await onTransaction(() => undefined, { kinds: ['refunded'], deduplicateBy: { tableName: TableName, client } })(busEvent());

  expect(await stored()).toBeUndefined();
});

describe('the options', () => {
  test.each<[Partial<Deduplication>, string]>([
    [{ tableName: undefined }, '`deduplicateBy.tableName` must be a name, got: undefined. Check the environment variables of the function.'],
    [{ tableName: '' }, '`deduplicateBy.tableName` must be a name, got: an empty text. Check the environment variables of the function.'],
    [{ ttl: 0 }, '`deduplicateBy.ttl` must be a positive number of seconds, got: 0'],
    [{ lease: NaN }, '`deduplicateBy.lease` must be a positive number of seconds, got: NaN'],
  ])('%j are rejected when the function starts', (options, message) => {
    expect(() => consumer(undefined, options)).toThrow(message);
  });
});

describe('without a client', () => {
  test('the SDK of the runtime is loaded once', async () => {
    await consumer(undefined, { client: undefined })(busEvent());
    await consumer(undefined, { client: undefined })(busEvent());

    expect(handled).toEqual([KEY]);
    expect(await stored()).toBeDefined();
  });

  test('the error names the package if the SDK is missing', async () => {
    jest.doMock('@aws-sdk/client-dynamodb', () => {
      throw new Error('not found');
    });
    await jest.isolateModulesAsync(async () => {
      // eslint-disable-next-line @typescript-eslint/no-require-imports
      const { defaultDynamoDb } = require('../../consumer/aws-sdk') as typeof import('../../consumer/aws-sdk');

      await expect(defaultDynamoDb()).rejects.toThrow('@aws-sdk/client-dynamodb is not available: install it, or pass a client of your own');
    });
  });
});

test('the clients of the SDK are accepted by their types', () => {
  // The compiler checks these.
  const clients: DynamoDbCalls[] = [client, new DynamoDB({})];

  expect(clients[1]).toBeInstanceOf(DynamoDBClient);
});
