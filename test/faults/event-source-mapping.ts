import { setTimeout as sleep } from 'node:timers/promises';
import type { StreamRecord } from '../../handlers/aws/stream-change';
import type { BatchResponse } from '../../handlers/publish/publish';
import { matches, type Pattern } from '../support/event-pattern';

/** In place of the age of a record, after which Lambda gives up. */
const MAX_ATTEMPTS = 60;
const PAUSE_MS = 5;

export interface EventSourceMappingProps {
  readonly stream: readonly StreamRecord[];
  readonly invoke: (event: { readonly Records: readonly StreamRecord[] }) => Promise<BatchResponse | void>;
  readonly batchSize: number;
  readonly reportBatchItemFailures: boolean;
  /** Empty: every record. */
  readonly filters: readonly Pattern[];
}

/**
 * Imitates Lambda's event source mapping of a stream with one shard: batches in
 * order, filters, the split of a batch after an error, and partial batch failures
 * (https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html).
 */
export class EventSourceMapping {
  /** The records in all invocations, and those that the function finished. */
  public delivered = 0;
  public finished = 0;
  /** The records that Lambda would give up after their maximum age. */
  public readonly abandoned: StreamRecord[] = [];
  private position = 0;

  constructor(private readonly props: EventSourceMappingProps) {}

  public get isBehind(): boolean {
    return this.position < this.props.stream.length;
  }

  /** Processes all records up to the present end of the stream. */
  public async drain(): Promise<void> {
    const { stream, batchSize, filters } = this.props;
    while (this.isBehind) {
      const records = stream.slice(this.position, this.position + batchSize);
      this.position += records.length;
      await this.process(records.filter((record) => filters.length === 0 || filters.some((filter) => matches(filter, record))));
    }
  }

  private async process(records: readonly StreamRecord[]): Promise<void> {
    let rest = records;
    for (let attempt = 0; rest.length > 0; attempt++) {
      if (attempt === MAX_ATTEMPTS) {
        this.abandoned.push(...rest);
        return;
      }
      const failedFrom = await this.firstFailure(rest);
      if (failedFrom === undefined) {
        this.finished += rest.length;
        return;
      }
      await sleep(PAUSE_MS);
      if (failedFrom === 'all' && rest.length > 1) {
        const half = Math.ceil(rest.length / 2);
        await this.process(rest.slice(0, half));
        await this.process(rest.slice(half));
        return;
      }
      if (failedFrom !== 'all') {
        this.finished += failedFrom;
        attempt = failedFrom > 0 ? 0 : attempt;
        rest = rest.slice(failedFrom);
      }
    }
  }

  /** The index of the first record to retry; undefined if there is none. */
  private async firstFailure(records: readonly StreamRecord[]): Promise<number | 'all' | undefined> {
    this.delivered += records.length;
    try {
      const response = await this.props.invoke({ Records: records });
      const failures = this.props.reportBatchItemFailures ? response?.batchItemFailures ?? [] : [];
      if (failures.length === 0) {
        return undefined;
      }
      const indexes = failures.map(({ itemIdentifier }) => records.findIndex(({ dynamodb }) => dynamodb!.SequenceNumber === itemIdentifier));
      // An identifier that is not in the batch makes Lambda retry all of it.
      return indexes.includes(-1) ? 'all' : Math.min(...indexes);
    } catch {
      return 'all';
    }
  }
}
