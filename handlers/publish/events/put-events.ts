import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { EventEntry } from './event-entry';
import { attemptTimeOuts } from '../../aws/attempt-time-outs';
import { errorName } from '../../aws/telemetry';

/**
 * One attempt for each call: the publisher retries failed entries, and with the
 * retries of the SDK a call could try nine times. A call that times out can have
 * published. Its retry then publishes again, because the bus delivers at least
 * once.
 */
const client = new EventBridgeClient({
  maxAttempts: 1,
  requestHandler: attemptTimeOuts(3_000),
});

/**
 * Puts at most ten entries on the bus. Returns the error of each entry that
 * failed: PutEvents answers 200 even if entries failed, and a failed call fails
 * for each entry.
 */
export async function putEvents(entries: readonly EventEntry[]): Promise<readonly (string | undefined)[]> {
  try {
    const { Entries: results = [] } = await client.send(new PutEventsCommand({ Entries: [...entries] }));
    return entries.map((_, index) => {
      const result = results[index];
      return result?.EventId ? undefined : result?.ErrorCode ?? 'NoAnswer';
    });
  } catch (error) {
    return entries.map(() => errorName(error));
  }
}
