import { EventBridgeClient, PutEventsCommand, type PutEventsCommandInput, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { mockClient } from 'aws-sdk-client-mock';

/** Returns the error code for an entry, by its detail; undefined publishes it. */
type Judge = (detail: { transaction_id: string }, call: number) => string | undefined;

/** A bus that records the published entries and rejects the entries that a test selects. */
export class FakeBus {
  public readonly client = mockClient(EventBridgeClient);
  public published: PutEventsRequestEntry[] = [];
  public calls = 0;

  public reset(judge: Judge = () => undefined): void {
    this.client.reset();
    this.published = [];
    this.calls = 0;
    this.client.on(PutEventsCommand).callsFake(({ Entries = [] }: PutEventsCommandInput) => {
      const call = this.calls;
      this.calls += 1;
      const results = Entries.map((entry) => {
        const error = judge(JSON.parse(entry.Detail!) as { transaction_id: string }, call);
        this.published.push(...(error ? [] : [entry]));
        return error ? { ErrorCode: error, ErrorMessage: 'made to fail' } : { EventId: 'an-id' };
      });
      return { FailedEntryCount: results.filter(({ ErrorCode }) => ErrorCode).length, Entries: results };
    });
  }

  /** The ids of the published transactions, in the order of their arrival. */
  public get ids(): string[] {
    return this.details.map(({ transaction_id: id }) => id);
  }

  public get details(): { transaction_id: string }[] {
    return this.published.map(({ Detail }) => JSON.parse(Detail!) as { transaction_id: string });
  }
}
