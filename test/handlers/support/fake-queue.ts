import { SendMessageCommand, SQSClient, type SendMessageCommandInput } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import type { DlqMessage } from '../../../handlers/aws/dlq-message';

/** The dead-letter queue. Records its messages. */
export class FakeQueue {
  public readonly client = mockClient(SQSClient);
  public messages: DlqMessage[] = [];

  public reset(): void {
    this.client.reset();
    this.messages = [];
    this.client.on(SendMessageCommand).callsFake(({ MessageBody }: SendMessageCommandInput) => {
      this.messages.push(JSON.parse(MessageBody!) as DlqMessage);
      return { MessageId: 'an-id' };
    });
  }

  /** Makes every later send fail. */
  public fail(): void {
    this.client.on(SendMessageCommand).rejects(Object.assign(new Error('out of reach'), { name: 'QueueDown' }));
  }
}
