import type { GuestIdSource } from './ingest';
import { CACHE_MS, fetchVersion, REREAD_MS, SECRETS_DEADLINE_MS } from './secrets';
import { Metric } from '../../src/private/contract';
import { count, errorName, log } from '../aws/telemetry';
import { guestId } from '../domain/identifier';

/** Derives the customer ids of guests, with a key that is read when the first guest pays. */
export class GuestIds implements GuestIdSource {
  private key?: string;
  private nextReadAt = -Infinity;

  constructor(private readonly keyArn: string) {}

  async idOf(contact: string, now: Date): Promise<string | undefined> {
    if (now.getTime() >= this.nextReadAt) {
      this.key = await this.readKey(now);
      this.nextReadAt = now.getTime() + (this.key === undefined ? REREAD_MS : CACHE_MS);
    }
    if (this.key === undefined) {
      count(Metric.GUEST_UNIDENTIFIED);
      return undefined;
    }
    return guestId(this.key, contact);
  }

  /** Uses the time that the reads of the providers' secrets left, so that the webhook is not late. */
  private async readKey(now: Date): Promise<string | undefined> {
    const left = Math.max(0, now.getTime() + SECRETS_DEADLINE_MS - Date.now());
    try {
      const { value } = await fetchVersion(this.keyArn, 'AWSCURRENT', AbortSignal.timeout(left));
      if (value === undefined) {
        log('ERROR', 'key for guests is not set');
      }
      return value;
    } catch (error) {
      log('ERROR', 'failed to read key for guests', { error: errorName(error) });
      return undefined;
    }
  }
}
