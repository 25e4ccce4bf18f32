import { setTimeout as sleep } from 'node:timers/promises';
import type { Clients } from '../emulator/clients';
import type { Outputs } from '../emulator/deployment';
import { LocalFailure } from '../failure';
import type { Sender } from './sender';
import type { Observed } from '../observe/observations';

/** What a story may use. */
export interface Stage {
  readonly clients: Clients;
  readonly outputs: Outputs;
  readonly sender: Sender;
  readonly stripeSecret: string;
  readonly observe: () => Promise<Observed>;
}

/** Something that is done instead of a plain post; returns what stands in the report as its answer. */
export type Story = (stage: Stage) => Promise<string>;

const PATIENCE_MILLIS = 30_000;
const POLL_MILLIS = 300;

/** Waits until something can be observed. */
export async function until<T>(observe: () => Promise<Observed>, find: (observed: Observed) => T | undefined): Promise<T> {
  const deadline = Date.now() + PATIENCE_MILLIS;
  while (Date.now() < deadline) {
    const found = find(await observe());
    if (found !== undefined) {
      return found;
    }
    await sleep(POLL_MILLIS);
  }
  throw new LocalFailure(`what a story waits for did not come within ${PATIENCE_MILLIS / 1000} s`);
}
