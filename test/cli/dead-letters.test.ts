import { SQSClient } from '@aws-sdk/client-sqs';
import { QueueInMemory } from './support/queue-in-memory';
import { QueueReader } from '../../cli/aws/queue-reader';
import { eraseDeadLetters, messageMentions } from '../../cli/erase/dead-letters';
import type { ErasedCustomer } from '../../cli/erase/erased-customer';
import { ErasureTargets } from '../../cli/erase/erasure-targets';

const CUSTOMER: ErasedCustomer = { provider: 'stripe', storedIds: new Set(['cus_000001', '42']), ownIds: new Set(['cus_000001', '42']), contacts: new Set() };
const targets = new ErasureTargets();
targets.transactionIds.add('stripe:pi_1');
targets.transactionIds.add('own:order 7');
targets.addTombstone({ transactionId: 'stripe:pi_2', timestamp: '2026-01-31T12:00:00.000Z#evt_2', erasedAt: '2026-02-01T00:00:00.000Z' });

describe('a message is about a target', () => {
  test.each<[string, object | string, boolean]>([
    ['by the id of a transaction', { keys: { transaction_id: { S: 'stripe:pi_1' } } }, true],
    ['by the id of a transaction with a space', { keys: { transaction_id: { S: 'own:order 7' } } }, true],
    ['by the id of a transaction at the end of a sentence', 'Failed: stripe:pi_1.', true],
    ['by the id of a transaction in JSON in JSON', { error: JSON.stringify({ Cause: '{"id":"stripe:pi_1"}' }) }, true],
    ['not by a longer id', { keys: { transaction_id: { S: 'stripe:pi_10' } } }, false],
    ['by the id of the customer', { event: { customer_id: 'cus_000001' } }, true],
    ['by a short id of the customer of the provider', { event: { provider: 'stripe', customer_id: '42' } }, true],
    ['not by a short id of another provider', { event: { provider: 'adyen', customer_id: '42' } }, false],
    ['not by a number that equals a short id', { event: { amount: 42, list: [null] } }, false],
    ['by the key of a tombstone', { event: { transaction_id: 'stripe:pi_2', timestamp: '2026-01-31T12:00:00.000Z#evt_2' } }, true],
    ['not by another event of the transaction of a tombstone', { event: { transaction_id: 'stripe:pi_2', timestamp: '2026-01-31T12:00:00.000Z#evt_3' } }, false],
    ['not without JSON and ids', 'hello', false],
  ])('%s', (_, body, expected) => {
    expect(messageMentions(typeof body === 'string' ? body : JSON.stringify(body), CUSTOMER, targets)).toBe(expected);
  });

  test('not by any number of dots, which take no longer than other characters', () => {
    expect(messageMentions(`${'.'.repeat(250_000)}x`, CUSTOMER, new ErasureTargets())).toBe(false);
  });
});

describe('the queue', () => {
  const queue = new QueueInMemory();
  const erase = async (isDryRun: boolean) => eraseDeadLetters(new SQSClient({ region: 'us-east-1' }), 'the-queue', CUSTOMER, targets, isDryRun, new AbortController().signal);
  const add = (count: number, body: string) => {
    for (let index = 0; index < count; index++) {
      queue.entries.push({ id: `${body}-${index}`, body, hidden: false });
    }
  };

  beforeEach(() => queue.reset());

  test('is read to the end, and the other messages are visible again', async () => {
    add(25, 'other');
    add(3, 'stripe:pi_1');

    expect(await erase(false)).toEqual({ read: 28, matching: 3, unread: 0 });
    expect(queue.entries.map(({ body, hidden }) => `${body} ${hidden}`)).toEqual(Array(25).fill('other false'));
  });

  test('fails if a message cannot be deleted', async () => {
    add(1, 'stripe:pi_1');
    const deletion = jest.spyOn(QueueReader.prototype, 'delete').mockResolvedValue(new Set(['stripe:pi_1-0']));

    await expect(erase(false)).rejects.toThrow('SQS did not delete all messages. Run the command again.');
    deletion.mockRestore();
  });

  test('is not changed by a dry run', async () => {
    add(2, 'stripe:pi_1');

    expect(await erase(true)).toEqual({ read: 2, matching: 2, unread: 0 });
    expect(queue.entries.map(({ hidden }) => hidden)).toEqual([false, false]);
  });

  test('stays as it is if messages cannot be released: they appear again by themselves', async () => {
    add(1, 'other');
    queue.failReleases();

    expect(await erase(false)).toEqual({ read: 1, matching: 0, unread: 0 });
  });

  test('reports messages that another receiver has', async () => {
    add(2, 'other');
    queue.entries[0].hidden = true;

    expect(await erase(false)).toEqual({ read: 1, matching: 0, unread: 1 });
  });
});
