import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { DlqMessage } from './dlq-message';
import { required } from './environment-variables';
import { count, log } from './telemetry';
import { Env, Metric } from '../../src/private/contract';

/**
 * The SDK retries: a message that arrives twice costs a second look, a lost
 * message costs a transaction. Called at the client's endpoint and not at the
 * queue URL's host, as every other client is: an emulator's URL may name a
 * host of its own, in AWS the two are the same.
 */
const client = new SQSClient({
  useQueueUrlAsEndpoint: false,
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 1000, requestTimeout: 3000, throwOnRequestTimeout: true },
});

/** Sends a message. Throws if that fails: the record must then be processed again. */
export async function sendToDeadLetterQueue(message: DlqMessage): Promise<void> {
  await client.send(new SendMessageCommand({
    QueueUrl: required(Env.DEAD_LETTER_QUEUE_URL),
    MessageBody: JSON.stringify(message),
  }));
  count(Metric.DEAD_LETTERED);
  log('ERROR', 'sent record to the dead-letter queue', {
    origin: message.origin,
    error: message.error,
    sequenceNumber: message.sequence_number,
  });
}
