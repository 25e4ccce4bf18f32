import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { EventEntry } from './event-entry';
import { errorName } from '../../aws/telemetry';

/**
 * One attempt a call: the publisher repeats failed entries itself, and with
 * the SDK's repetitions below it a call could try nine times. A call that
 * times out may have published; its repetition publishes again, which the
 * bus allows (at least once).
 */
const client = new EventBridgeClient({
  maxAttempts: 1,
  requestHandler: { connectionTimeout: 1000, requestTimeout: 3000, throwOnRequestTimeout: true },
});

/**
 * Puts at most ten entries on the bus and tells for each why it failed, if it
 * did: PutEvents answers 200 with failed entries in it, and a call that fails
 * as a whole fails for each of them.
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
