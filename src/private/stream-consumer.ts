import { Duration } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { BucketDestination } from './bucket-destination';

/** The stream keeps records for 24 hours. One hour before, records that could not be processed are written to a bucket. */
const MAX_RECORD_AGE = Duration.hours(23);

export interface StreamConsumerOptions {
  /** For the records that could not be processed. */
  readonly failedRecords: IBucket;
  readonly batchSize: number;
  readonly maxBatchingWindow?: Duration;
  readonly reportBatchItemFailures?: boolean;
  /** Patterns of the changes that invoke the function. */
  readonly filters?: readonly object[];
}

/** Invokes a function with the table's stream, from its beginning. Retries by age and not by count, so that an outage causes no dead letters. */
export function consumeStream(consumer: LambdaFunction, table: ITable, options: StreamConsumerOptions): void {
  // On deletion, the function is removed before the bucket is emptied. Later objects would prevent the deletion of the bucket.
  consumer.node.addDependency(options.failedRecords);
  consumer.addEventSource(new DynamoEventSource(table, {
    startingPosition: StartingPosition.TRIM_HORIZON,
    batchSize: options.batchSize,
    maxBatchingWindow: options.maxBatchingWindow,
    reportBatchItemFailures: options.reportBatchItemFailures,
    filters: options.filters?.map((filter) => ({ pattern: JSON.stringify(filter) })),
    bisectBatchOnError: true,
    maxRecordAge: MAX_RECORD_AGE,
    onFailure: new BucketDestination(options.failedRecords),
  }));
}
