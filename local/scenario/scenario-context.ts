import { setTimeout as sleep } from 'node:timers/promises';
import type { Sender } from './sender';
import { LocalFailure } from '../../cli/local/emulator/failure';
import type { Clients } from '../emulator/clients';
import type { Outputs } from '../emulator/deployment';
import type { StripeApi } from '../emulator/stripe-api';
import type { Observed } from '../observe/observations';

/** The context that a step can use. */
export interface ScenarioContext {
  readonly clients: Clients;
  readonly outputs: Outputs;
  readonly sender: Sender;
  readonly stripeSecret: string;
  readonly stripeApi: StripeApi;
  readonly observe: () => Promise<Observed>;
  /** Leaves the dead letters to some work that reads them. */
  readonly leavingDeadLetters: <T>(work: () => Promise<T>) => Promise<T>;
  /** Runs the built command-line tool with arguments, and returns its output. */
  readonly runTool: (args: readonly string[]) => Promise<string>;
}

/** An action that replaces plain requests. Returns the text for the report's answer column. */
export type Step = (context: ScenarioContext) => Promise<string>;

const PATIENCE_MILLIS = 30_000;
const POLL_MILLIS = 150;

/** Waits until something can be observed. */
export async function until<T, O = Observed>(observe: () => Promise<O>, find: (observed: O) => T | undefined): Promise<T> {
  const deadline = Date.now() + PATIENCE_MILLIS;
  while (Date.now() < deadline) {
    const found = find(await observe());
    if (found !== undefined) {
      return found;
    }
    await sleep(POLL_MILLIS);
  }
  throw new LocalFailure(`a step timed out after waiting for ${PATIENCE_MILLIS / 1000} s`);
}
