import type { SQSClient } from '@aws-sdk/client-sqs';
import type { DeadLetter } from './dead-letter';
import type { DeadLetterListing } from './dead-letter-listing';
import type { DeliveryFailure, FailedBatchStore } from './redrive-ports';
import type { RedriveTargets, RedriveWay } from './redrive-way';
import type { DetailConfig } from '../../handlers/publish/events/detail';
import type { EventEntry } from '../../handlers/publish/events/event-entry';
import type { PaceClock } from '../aws/pace';
import type { SweepQueue } from '../open/sweep-return';

/** A message with the way back that it has. */
export interface PlannedLetter {
  readonly letter: DeadLetter;
  readonly way: Exclude<RedriveWay, { way: 'none' }>;
}

/** A message that stays in the queue. */
export interface LeftLetter {
  readonly letter: DeadLetter;
  readonly reason: string;
}

export interface RedrivePlan {
  readonly listing: DeadLetterListing;
  readonly planned: readonly PlannedLetter[];
  readonly left: readonly LeftLetter[];
}

export interface RedriveParts {
  readonly sqs: SQSClient;
  readonly queueUrl: string;
  readonly targets: RedriveTargets;
  readonly putEntries: (entries: readonly EventEntry[]) => Promise<readonly DeliveryFailure[]>;
  readonly batches: FailedBatchStore;
  readonly sweepQueue: SweepQueue;
  readonly config: DetailConfig;
  readonly clock: PaceClock;
  /** Messages per second. */
  readonly rate: number;
  /** Ends the run after the groups that are being delivered. */
  readonly signal: AbortSignal;
  readonly onProgress: (handled: number, planned: number) => void;
}

export interface RedriveResult {
  readonly delivered: number;
  /** Deleted without a delivery, because nothing was left to do for the transaction. */
  readonly settled: number;
  readonly left: readonly LeftLetter[];
  /** The ids of the messages that were delivered and deleted. */
  readonly deleted: ReadonlySet<string>;
  /** Delivered, but still in the queue: the next run delivers them again. */
  readonly undeleted: number;
  /** Planned messages that the queue did not return, or that the run did not reach. */
  readonly notReached: number;
  /** Keys of delivered batches that could not be deleted from the bucket. */
  readonly objectsLeft: readonly string[];
  /** The call that ended the run early. */
  readonly failure?: string;
  readonly isInterrupted: boolean;
}
