import { Duration } from 'aws-cdk-lib';
import { Tracing } from 'aws-cdk-lib/aws-lambda';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { HandlerFunction } from './handler-function';
import type { HandlerCode } from '../../props/handler-code';
import { ARCHIVE_PREFIX, Env } from '../contract';
import { allowKeyThrough } from '../key-grants';
import type { SystemSettings } from '../settings/system-settings';
import { consumeStream } from '../stream-consumer';
import type { TransactionStore } from './transaction-store';

/** The maximum time that Lambda waits for a batch, because each object costs a request. */
const BATCHING_WINDOW = Duration.seconds(300);

export interface TransactionArchivalProps extends SystemSettings {
  readonly code: HandlerCode;
  readonly store: TransactionStore;
  readonly bucket: IBucket;
  readonly failedRecords: IBucket;
}

/** Writes the changes of the table to the archive, in batches. An object for each change would cost more than everything else. */
export class TransactionArchival extends Construct {
  public readonly handler: HandlerFunction;

  constructor(scope: Construct, id: string, props: TransactionArchivalProps) {
    super(scope, id);
    const { store, bucket, failedRecords } = props;

    this.handler = new HandlerFunction(this, 'Handler', {
      ...props,
      handler: 'transaction-archival',
      description: 'Archives every change of every transaction',
      memorySize: 512,
      timeout: Duration.seconds(300),
      // Like the relay: a stream has no trace header. A trace of its own would show one PUT, and cost as much as the PUT.
      tracing: Tracing.DISABLED,
      keyServices: ['dynamodb', 's3'],
      environment: {
        [Env.ARCHIVE_BUCKET_NAME]: bucket.bucketName,
      },
    });
    this.handler.allow(['s3:PutObject'], [bucket.arnForObjects(`${ARCHIVE_PREFIX}*`)]);
    if (bucket.encryptionKey && bucket.encryptionKey !== props.encryptionKey) {
      allowKeyThrough(bucket.encryptionKey, this.handler, this, ['s3']);
    }

    // On deletion, the archival is removed before the bucket is emptied. Later objects would prevent the deletion of the bucket.
    this.handler.lambda.node.addDependency(bucket);
    consumeStream(this.handler.lambda, store.table, { failedRecords, batchSize: 1_000, maxBatchingWindow: BATCHING_WINDOW });
  }
}
