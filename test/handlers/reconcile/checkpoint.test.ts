import './support/reconciler-environment';
import { isTransaction } from '../../../handlers/aws/stored-item';
import { moveCheckpoint, readCheckpoint } from '../../../handlers/reconcile/checkpoint';
import { FakeTable } from '../support/fake-table';

const table = new FakeTable();
const AT = Date.parse('2026-03-01T12:00:00.000Z');

beforeEach(() => table.reset());

test('no checkpoint exists before the first run', async () => {
  expect(await readCheckpoint('stripe')).toBeUndefined();
});

test('a checkpoint is read as it was written', async () => {
  expect(await moveCheckpoint('stripe', { from: undefined, to: AT })).toBe(true);
  expect(await moveCheckpoint('stripe', { from: AT, to: AT + 1 })).toBe(true);
  expect(await readCheckpoint('stripe')).toBe(AT + 1);
});

test('each provider has its own checkpoint', async () => {
  await moveCheckpoint('stripe', { from: undefined, to: AT });

  expect(await readCheckpoint('stripe-eu')).toBeUndefined();
});

test.each([undefined, AT - 1])('a checkpoint that another run moved is not moved from %s', async (from) => {
  await moveCheckpoint('stripe', { from: undefined, to: AT });

  expect(await moveCheckpoint('stripe', { from, to: AT + 1 })).toBe(false);
  expect(await readCheckpoint('stripe')).toBe(AT);
});

test('a move whose answer was lost can be repeated', async () => {
  await moveCheckpoint('stripe', { from: undefined, to: AT });

  expect(await moveCheckpoint('stripe', { from: undefined, to: AT })).toBe(true);
});

test('a checkpoint is no transaction', async () => {
  await moveCheckpoint('stripe', { from: undefined, to: AT });

  expect(table.itemsOf('reconciliation').map(isTransaction)).toEqual([false]);
});
