import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { attemptTimeOuts } from './attempt-time-outs';
import type { DlqMessage } from './dlq-message';
import { required } from './environment-variables';
import { providerOf } from './stored-item';
import { count, log } from './telemetry';
import { Env, Metric } from '../../src/private/contract';

/**
 * The SDK retries, because a duplicate message is better than a lost
 * transaction. Like every other client, it calls the client's endpoint and not
 * the queue URL's host. In AWS the two are the same, but an emulator's URL can
 * have another host.
 */
const client = new SQSClient({
  useQueueUrlAsEndpoint: false,
  maxAttempts: 3,
  requestHandler: attemptTimeOuts(3_000),
});

/** Sends a message. Throws if that fails: the record must then be processed again. */
export async function sendToDeadLetterQueue(message: DlqMessage): Promise<void> {
  await client.send(new SendMessageCommand({
    QueueUrl: required(Env.DEAD_LETTER_QUEUE_URL),
    MessageBody: JSON.stringify(message),
  }));
  count(Metric.DEAD_LETTERED);
  log('ERROR', 'sent record to the dead-letter queue', {
    provider: providerOf(message.keys),
    result: 'dead-lettered',
    origin: message.origin,
    error: message.error,
    sequenceNumber: message.sequence_number,
  });
}
