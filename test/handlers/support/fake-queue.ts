import { SendMessageCommand, SQSClient, type SendMessageCommandInput } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import type { DlqMessage } from '../../../handlers/aws/dlq-message';

/** The dead-letter queue; keeps the letters it was sent. */
export class FakeQueue {
  public readonly client = mockClient(SQSClient);
  public letters: DlqMessage[] = [];

  public reset(): void {
    this.client.reset();
    this.letters = [];
    this.client.on(SendMessageCommand).callsFake(({ MessageBody }: SendMessageCommandInput) => {
      this.letters.push(JSON.parse(MessageBody!) as DlqMessage);
      return { MessageId: 'an-id' };
    });
  }

  /** Every letter is rejected from here on. */
  public fail(): void {
    this.client.on(SendMessageCommand).rejects(Object.assign(new Error('out of reach'), { name: 'QueueDown' }));
  }
}
