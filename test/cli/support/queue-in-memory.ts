import {
  ChangeMessageVisibilityBatchCommand, DeleteMessageCommand, GetQueueAttributesCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient,
} from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';

interface Entry {
  readonly id: string;
  readonly body: string;
  hidden: boolean;
}

/** One queue in memory. A received message is hidden until it is released. */
export class QueueInMemory {
  public entries: Entry[] = [];
  private readonly client = mockClient(SQSClient);
  private count = 0;

  /** Ends the time that received messages are hidden. */
  public showHidden(): void {
    this.entries.forEach((entry) => Object.assign(entry, { hidden: false }));
  }

  public failReleases(): void {
    this.client.on(ChangeMessageVisibilityBatchCommand).rejects(new Error('failed'));
  }

  public reset(): void {
    this.entries = [];
    this.client.reset();
    this.client.on(SendMessageCommand).callsFake(async ({ MessageBody }: { MessageBody: string }) => {
      this.entries.push({ id: `m${++this.count}`, body: MessageBody, hidden: false });
      return {};
    });
    this.client.on(ReceiveMessageCommand).callsFake(async ({ MaxNumberOfMessages }: { MaxNumberOfMessages: number }) => {
      const received = this.entries.filter(({ hidden }) => !hidden).slice(0, MaxNumberOfMessages);
      received.forEach((entry) => Object.assign(entry, { hidden: true }));
      return received.length > 0 ? { Messages: received.map(({ id, body }) => ({ MessageId: id, Body: body, ReceiptHandle: `receipt-${id}` })) } : {};
    });
    this.client.on(DeleteMessageCommand).callsFake(async ({ ReceiptHandle }: { ReceiptHandle: string }) => {
      this.entries = this.entries.filter(({ id }) => `receipt-${id}` !== ReceiptHandle);
      return {};
    });
    this.client.on(ChangeMessageVisibilityBatchCommand).callsFake(async ({ Entries }: { Entries: { ReceiptHandle: string }[] }) => {
      this.entries.filter(({ id }) => Entries.some(({ ReceiptHandle }) => ReceiptHandle === `receipt-${id}`)).forEach((entry) => Object.assign(entry, { hidden: false }));
      return {};
    });
    this.client.on(GetQueueAttributesCommand).callsFake(async () => ({
      Attributes: {
        ApproximateNumberOfMessages: String(this.entries.filter(({ hidden }) => !hidden).length),
        ApproximateNumberOfMessagesNotVisible: String(this.entries.filter(({ hidden }) => hidden).length),
      },
    }));
  }
}
