import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { sendToDeadLetterQueue } from '../../../handlers/aws/dead-letter-sender';
import type { DlqMessage } from '../../../handlers/aws/dlq-message';
import { Metric } from '../../../src/private/contract';
import { Output } from '../support/output';

const LETTER: DlqMessage = {
  origin: 'event-relay', error: 'MalformedDetail', keys: { transaction_id: { S: 'stripe:pi_1' }, timestamp: { S: '-#evt_1' } }, sequence_number: '7',
};

describe('sendToDeadLetterQueue', () => {
  const client = mockClient(SQSClient);
  const output = new Output();

  beforeEach(() => {
    client.reset();
    output.capture();
    process.env.DEAD_LETTER_QUEUE_URL = 'https://sqs/dlq';
  });

  test('sends the message, counts and logs it', async () => {
    client.on(SendMessageCommand).resolves({});

    await sendToDeadLetterQueue(LETTER);

    expect(client.commandCalls(SendMessageCommand).map(({ args }) => args[0].input)).toEqual([
      { QueueUrl: 'https://sqs/dlq', MessageBody: JSON.stringify(LETTER) },
    ]);
    expect(output.counted(Metric.DEAD_LETTERED)).toBe(1);
    expect(output.logged('ERROR')).toEqual([expect.objectContaining({ provider: 'stripe', result: 'dead-lettered', origin: 'event-relay', error: 'MalformedDetail', sequenceNumber: '7' })]);
    expect(output.text()).not.toContain('pi_1');
  });

  test('throws if the queue fails, and counts nothing', async () => {
    client.on(SendMessageCommand).rejects(new Error('out of reach'));

    await expect(sendToDeadLetterQueue(LETTER)).rejects.toThrow('out of reach');
    expect(output.counted(Metric.DEAD_LETTERED)).toBe(0);
  });
});
