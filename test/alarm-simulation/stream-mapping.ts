import { MINUTE } from './metric-store';
import type { StreamRecord } from '../../handlers/aws/stream-change';
import type { BatchResponse } from '../../handlers/publish/publish';
import { matches, type Pattern } from '../support/event-pattern';

export interface StreamMappingProps {
  readonly stream: () => readonly StreamRecord[];
  /** From the time of a batch; throws like the function. */
  readonly invoke: (records: readonly StreamRecord[]) => Promise<BatchResponse | void>;
  readonly filters: readonly Pattern[];
  readonly batchSize: number;
  readonly batchingWindowMinutes: number;
  readonly maxRecordAgeMinutes: number;
  /** Called for each batch that is sent, with the age of its last record in milliseconds. */
  readonly reportAge: (age: number) => void;
  /** Writes records that are too old. */
  readonly discard: (records: readonly StreamRecord[]) => void;
}

/**
 * Lambda's mapping of the stream to a function, in steps of a minute. It reports
 * the iterator age for each batch that it sends. A disabled mapping, and a batch
 * without a record that passes the filters, report nothing.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-params.html
 */
export class StreamMapping {
  public isEnabled = true;
  private position = 0;
  /** The end of the batch that is retried. It gets no new records. */
  private retriedTo = 0;
  private readonly writtenAt: number[] = [];

  constructor(private readonly props: StreamMappingProps) {}

  /** Makes the records that are not processed older. */
  public age(milliseconds: number, now: number): void {
    this.noteTimes(now);
    for (let index = this.position; index < this.writtenAt.length; index++) {
      this.writtenAt[index] -= milliseconds;
    }
  }

  public async run(now: number): Promise<void> {
    this.noteTimes(now);
    this.dropOld(now);
    while (this.isEnabled && this.isDue(now)) {
      const end = this.retriedTo > this.position ? this.retriedTo : Math.min(this.position + this.props.batchSize, this.writtenAt.length);
      const records = this.props.stream().slice(this.position, end);
      const processed = await this.process(records, now);
      this.position += processed;
      if (processed < records.length) {
        this.retriedTo = end;
        // The next minute retries.
        return;
      }
    }
  }

  private noteTimes(now: number): void {
    while (this.writtenAt.length < this.props.stream().length) {
      this.writtenAt.push(now);
    }
  }

  private dropOld(now: number): void {
    const from = this.position;
    const isTooOld = (writtenAt: number) => now - writtenAt >= this.props.maxRecordAgeMinutes * MINUTE;
    while (this.isEnabled && this.position < this.writtenAt.length && isTooOld(this.writtenAt[this.position])) {
      this.position += 1;
    }
    if (this.position > from) {
      this.props.discard(this.props.stream().slice(from, this.position));
    }
  }

  private isDue(now: number): boolean {
    const { batchSize, batchingWindowMinutes } = this.props;
    const waiting = this.writtenAt.length - this.position;
    const isFull = waiting >= batchSize || this.retriedTo > this.position;
    return isFull || (waiting > 0 && now - this.writtenAt[this.position] >= batchingWindowMinutes * MINUTE);
  }

  /** The number of records that are finished. */
  private async process(records: readonly StreamRecord[], now: number): Promise<number> {
    const { filters, invoke, reportAge } = this.props;
    const passing = records.filter((record) => filters.length === 0 || filters.some((filter) => matches(filter, record)));
    if (passing.length === 0) {
      return records.length;
    }
    reportAge(now - this.writtenAt[this.position + records.indexOf(passing.at(-1)!)]);
    try {
      const failed = (await invoke(passing))?.batchItemFailures[0]?.itemIdentifier;
      return failed === undefined ? records.length : records.findIndex(({ dynamodb }) => dynamodb!.SequenceNumber === failed);
    } catch {
      return 0;
    }
  }
}
