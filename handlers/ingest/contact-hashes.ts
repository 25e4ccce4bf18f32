import type { ContactHashSource } from './ingest';
import { CACHE_MS, fetchVersion, REREAD_MS, SECRETS_DEADLINE_MS } from './secrets';
import { Metric } from '../../src/private/contract';
import { count, errorName, log } from '../aws/telemetry';
import { contactHash } from '../domain/identifier';

/** Hashes email addresses and phone numbers, with a key that is read for the first webhook that has one. */
export class ContactHashes implements ContactHashSource {
  private key?: string;
  private nextReadAt = -Infinity;

  constructor(private readonly keyArn: string) {}

  async hashOf(contact: string, now: Date): Promise<string | undefined> {
    if (now.getTime() >= this.nextReadAt) {
      this.key = await this.readKey(now);
      this.nextReadAt = now.getTime() + (this.key === undefined ? REREAD_MS : CACHE_MS);
    }
    if (this.key === undefined) {
      count(Metric.GUEST_UNIDENTIFIED);
      return undefined;
    }
    return contactHash(this.key, contact);
  }

  /** Uses the rest of the time for reading secrets, so that the webhook is not late. */
  private async readKey(now: Date): Promise<string | undefined> {
    try {
      const { value } = await fetchVersion(this.keyArn, 'AWSCURRENT', now.getTime() + SECRETS_DEADLINE_MS);
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
