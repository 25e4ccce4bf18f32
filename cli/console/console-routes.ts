import type { ConsoleActions, ConsoleSource } from './console-ports';
import { UsageError } from '../terminal/usage-error';
import type { ConsoleBlockedValue } from './model/console-answers';
import type { ConsoleEventKey } from './model/console-transaction';

type Input = { readonly [name: string]: unknown };

/** An answer in JSON; undefined for what does not exist. */
type ReadRoute = (source: ConsoleSource, query: URLSearchParams) => Promise<unknown>;
type WriteRoute = (actions: ConsoleActions, input: Input) => Promise<unknown>;

const MAX_KEY = 2048;
const MAX_REDRIVEN = 100;
const MAX_REASON_TEXT = 1_000;

/** What `GET` answers, by the path. */
export const READ_ROUTES: ReadonlyMap<string, ReadRoute> = new Map<string, ReadRoute>([
  ['/api/life', async (source, query) => source.life(keyIn(Object.fromEntries(query)))],
  ['/api/body', async (source, query) => source.body(keyIn(Object.fromEntries(query)))],
  ['/api/dead-letters', async (source) => source.deadLetters()],
  ['/api/blocklist', async (source) => source.blocklist()],
  ['/api/alarms', async (source) => source.alarms()],
]);

/** What `POST` does, by the path. */
export const WRITE_ROUTES: ReadonlyMap<string, WriteRoute> = new Map<string, WriteRoute>([
  ['/api/replay', async (actions, input) => done(actions.replay(keyIn(input)))],
  ['/api/dead-letters/redrive', async (actions, { ids }) => actions.redrive(textsIn(ids))],
  ['/api/blocklist/add', async (actions, input) => done(actions.block(blockedValueIn(input)))],
  ['/api/blocklist/remove', async (actions, input) => done(actions.unblock(blockedValueIn(input)))],
]);

async function done(action: Promise<void>): Promise<{ readonly isDone: true }> {
  await action;
  return { isDone: true };
}

function keyIn({ transactionId, timestamp }: Input): ConsoleEventKey {
  if (!isKeyText(transactionId) || !isKeyText(timestamp)) {
    throw new UsageError('`transactionId` and `timestamp` must name an event');
  }
  return { transactionId, timestamp };
}

function textsIn(ids: unknown): string[] {
  if (!Array.isArray(ids) || ids.length === 0 || ids.length > MAX_REDRIVEN || !ids.every(isKeyText)) {
    throw new UsageError(`\`ids\` must be a list of 1 to ${MAX_REDRIVEN} messages`);
  }
  return ids;
}

/** Only its form. What can be blocked, the system decides. */
function blockedValueIn({ kind, value, reason = '' }: Input): ConsoleBlockedValue {
  if (!isKeyText(kind) || !isKeyText(value) || typeof reason !== 'string' || reason.length > MAX_REASON_TEXT) {
    throw new UsageError('`kind` and `value` must name an entry');
  }
  const words = reason.trim();
  return { kind: kind as ConsoleBlockedValue['kind'], value: value.trim(), ...words !== '' && { reason: words } };
}

function isKeyText(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= MAX_KEY;
}
