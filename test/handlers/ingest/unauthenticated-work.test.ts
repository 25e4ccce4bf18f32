import type { WebhookOutcome } from '../../../handlers/ingest/ingest';
import type { SchemeName } from '../../../src/private/contract';
import { ALL_SAMPLES } from '../support/all-samples';
import { forgedRequests } from '../support/forged-requests';
import { rejectForged } from '../support/unauthenticated';

// Copies, because the functions of the modules cannot be replaced.
jest.mock('node:crypto', () => ({ ...jest.requireActual<object>('node:crypto') }));
jest.mock('lossless-json', () => ({ ...jest.requireActual<object>('lossless-json') }));
const crypto = jest.requireMock<typeof import('node:crypto')>('node:crypto');
const losslessJson = jest.requireMock<typeof import('lossless-json')>('lossless-json');

const KILOBYTE = 1024;
const REJECTED: readonly WebhookOutcome['result'][] = ['rejected', 'not-a-webhook', 'secret-not-set'];

/** The work of a call before it rejects a request, counted and not timed. */
interface Work {
  readonly parsedBytes: number;
  readonly signatures: number;
}

async function workOf(call: () => Promise<unknown>): Promise<Work> {
  const parses = [jest.spyOn(JSON, 'parse'), jest.spyOn(losslessJson, 'parse')];
  const signatures = [jest.spyOn(crypto, 'createHmac'), jest.spyOn(crypto, 'verify')];
  try {
    await call();
    return {
      parsedBytes: parses.flatMap(({ mock }) => mock.calls as [string][]).reduce((sum, [text]) => sum + text.length, 0),
      signatures: signatures.flatMap(({ mock }) => mock.calls as unknown[]).length,
    };
  } finally {
    jest.restoreAllMocks();
  }
}

describe.each(Object.keys(ALL_SAMPLES) as SchemeName[])('before it authenticates a request of %s', (scheme) => {
  test.each([16, 256])('the validator parses each of %i KB at most five times, and verifies a limited number of signatures', async (kilobytes) => {
    const samples = ALL_SAMPLES[scheme];
    for (const { shape, webhook } of await forgedRequests(samples, kilobytes * KILOBYTE)) {
      const outcomes: WebhookOutcome[] = [];

      const { parsedBytes, signatures } = await workOf(async () => outcomes.push(...await rejectForged(samples, webhook)));

      expect([shape, outcomes.length > 0 && outcomes.every(({ result }) => REJECTED.includes(result))]).toEqual([shape, true]);
      // A constant for the secret, which can be JSON.
      expect([shape, parsedBytes <= 5 * webhook.body.length + KILOBYTE]).toEqual([shape, true]);
      expect([shape, signatures <= 205]).toEqual([shape, true]);
    }
  });
});
