import { DAY, HOUR } from './support/stub-events';
import type { EventList, ListWindow } from '../../../handlers/providers/shared/event-list';
import { OVERLAP_MS, reconcile, SETTLE_MS, WINDOW_MS, type CheckpointPorts, type ReconcileRun } from '../../../handlers/reconcile/reconcile';

const NOW = Date.parse('2026-03-01T12:00:00.000Z');

/** A run without events, and the windows that it lists. */
function runWith(checkpoint: CheckpointPorts, more: Partial<ReconcileRun> = {}) {
  const windows: ListWindow[] = [];
  const gaps: ListWindow[] = [];
  const list: EventList = {
    keptDays: 30,
    keyRule: 'a key',
    pages: async function* (window) {
      windows.push(window);
      yield [];
    },
  };
  const run: ReconcileRun = {
    now: NOW,
    provider: { name: 'stripe', scheme: 'stripe', secretArns: [], reconciliation: { apiKeyArn: 'arn' } },
    list,
    access: { key: 'key', sandbox: false, send: async () => Promise.reject(new Error('unused')) },
    checkpoint,
    remainingMillis: () => 900_000,
    isStored: async () => false,
    store: { tiers: { medium: 1, high: 2 }, store: async () => 'stored' },
    onMissing: () => {},
    onGap: (gap) => gaps.push(gap),
    ...more,
  };
  return { run, windows, gaps };
}

/** A checkpoint in memory that another run moves at a move of this one. */
function checkpointAt(at: number | undefined, disturbedAtMove = Infinity): CheckpointPorts & { moves: number[] } {
  let current = at;
  const moves: number[] = [];
  return {
    moves,
    read: async () => current,
    move: async ({ from, to }) => {
      if (moves.length + 1 === disturbedAtMove || from !== current) {
        return false;
      }
      current = to;
      moves.push(to);
      return true;
    },
  };
}

test('goes over all time since the checkpoint, the oldest window first, without a gap', async () => {
  const { run, windows } = runWith(checkpointAt(NOW - 3.5 * HOUR));

  expect(await reconcile(run)).toBe('completed');
  expect(windows[0]).toEqual({ from: NOW - 3.5 * HOUR - OVERLAP_MS, to: NOW - 3.5 * HOUR + WINDOW_MS });
  windows.slice(1).forEach(({ from }, index) => expect(from).toBe(windows[index].to));
  expect(windows[windows.length - 1].to).toBe(NOW - SETTLE_MS);
});

test('moves the checkpoint after each window', async () => {
  const checkpoint = checkpointAt(NOW - 3 * HOUR);
  const { run, windows } = runWith(checkpoint);

  await reconcile(run);

  expect(checkpoint.moves).toEqual(windows.map(({ to }) => to));
});

test('has nothing to do if another run was just here', async () => {
  const { run, windows } = runWith(checkpointAt(NOW - SETTLE_MS));

  expect(await reconcile(run)).toBe('completed');
  expect(windows).toEqual([]);
});

test('ends if another run moved the checkpoint', async () => {
  const { run, windows } = runWith(checkpointAt(NOW - 5 * HOUR, 2));

  expect(await reconcile(run)).toBe('superseded');
  expect(windows.length).toBe(2);
});

test('ends if another run was the first one', async () => {
  const { run, windows } = runWith(checkpointAt(undefined, 1));

  expect(await reconcile(run)).toBe('superseded');
  expect(windows).toEqual([]);
});

test('begins exactly where an operator says, and continues from there', async () => {
  const checkpoint = checkpointAt(NOW - HOUR);
  const { run, windows } = runWith(checkpoint, { since: NOW - 2 * DAY });

  await reconcile(run);

  expect(windows[0].from).toBe(NOW - 2 * DAY);
  expect(checkpoint.moves[0]).toBe(NOW - 2 * DAY);
});

test('skips nothing if an operator says a time after the checkpoint', async () => {
  const checkpoint = checkpointAt(NOW - 5 * HOUR);
  const { run, windows } = runWith(checkpoint, { since: NOW - HOUR });

  expect(await reconcile(run)).toBe('completed');
  expect(windows[0].from).toBe(NOW - 5 * HOUR - OVERLAP_MS);
  expect(checkpoint.moves[0]).toBe(NOW - 4 * HOUR);
});

test('lists nothing from before what the provider lists, and reports the gap', async () => {
  const { run, windows, gaps } = runWith(checkpointAt(NOW - 31 * DAY));

  await reconcile(run);

  expect(windows[0].from).toBe(NOW - 30 * DAY + HOUR);
  expect(gaps).toEqual([{ from: NOW - 31 * DAY, to: NOW - 30 * DAY + HOUR }]);
});

test('ends within a window if time is short', async () => {
  const times = [900_000, 100_000];
  const checkpoint = checkpointAt(NOW - 5 * HOUR);
  const { run } = runWith(checkpoint, { remainingMillis: () => times.shift() ?? 0 });

  expect(await reconcile(run)).toBe('stopped');
  expect(checkpoint.moves).toEqual([]);
});
