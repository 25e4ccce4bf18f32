import {
  ChangeMessageVisibilityBatchCommand, DeleteMessageBatchCommand, GetQueueAttributesCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient,
  type ChangeMessageVisibilityBatchRequestEntry, type DeleteMessageBatchRequestEntry, type Message, type MessageAttributeValue,
} from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';

interface Entry {
  readonly id: string;
  readonly body: string;
  readonly sentAt?: number;
  readonly attributes?: { readonly [name: string]: MessageAttributeValue };
  hidden: boolean;
  received?: number;
}

/** One queue in memory. A received message is hidden until it is released. Each receipt has a handle of its own. */
export class QueueInMemory {
  public entries: Entry[] = [];
  /** The ids of the messages whose deletion or change SQS refuses. */
  public readonly refused = new Set<string>();
  /** Seconds of each change of visibility. */
  public readonly visibilities: number[] = [];
  private readonly client = mockClient(SQSClient);
  private count = 0;

  /** Ends the time that received messages are hidden. */
  public showHidden(): void {
    this.entries.forEach((entry) => Object.assign(entry, { hidden: false }));
  }

  public failReleases(): void {
    this.client.on(ChangeMessageVisibilityBatchCommand).rejects(new Error('failed'));
  }

  /** Adds a message, and returns its id. */
  public add(body: object | string, { sentAt = Date.now(), attributes = {} as { readonly [name: string]: string } } = {}): string {
    const id = `m${++this.count}`;
    this.entries.push({
      id,
      body: typeof body === 'string' ? body : JSON.stringify(body),
      sentAt,
      attributes: Object.fromEntries(Object.entries(attributes).map(([name, StringValue]) => [name, { DataType: 'String', StringValue }])),
      hidden: false,
    });
    return id;
  }

  public get bodies(): string[] {
    return this.entries.map(({ body }) => body);
  }

  public reset(): void {
    this.count = 0;
    this.entries = [];
    this.refused.clear();
    this.visibilities.length = 0;
    this.client.reset();
    this.client.on(SendMessageCommand).callsFake(async ({ MessageBody }: { MessageBody: string }) => {
      this.add(MessageBody);
      return {};
    });
    this.client.on(ReceiveMessageCommand).callsFake(async ({ MaxNumberOfMessages }: { MaxNumberOfMessages: number }) => {
      const received = this.entries.filter(({ hidden }) => !hidden).slice(0, MaxNumberOfMessages);
      received.forEach((entry) => Object.assign(entry, { hidden: true, received: (entry.received ?? 0) + 1 }));
      return received.length > 0 ? { Messages: received.map(messageOf) } : {};
    });
    this.client.on(DeleteMessageBatchCommand).callsFake(async ({ Entries }: { Entries: DeleteMessageBatchRequestEntry[] }) => {
      const isDeleted = (entry: Entry) => Entries.some(({ ReceiptHandle }) => isReceiptOf(ReceiptHandle, entry));
      this.entries = this.entries.filter((entry) => this.refused.has(entry.id) || !isDeleted(entry));
      return this.answerOf(Entries);
    });
    this.client.on(ChangeMessageVisibilityBatchCommand).callsFake(async ({ Entries }: { Entries: ChangeMessageVisibilityBatchRequestEntry[] }) => {
      for (const { ReceiptHandle, VisibilityTimeout } of Entries) {
        this.visibilities.push(VisibilityTimeout!);
        const hidden = VisibilityTimeout! > 0;
        this.entries.filter((entry) => isReceiptOf(ReceiptHandle, entry)).forEach((entry) => Object.assign(entry, { hidden }));
      }
      return this.answerOf(Entries);
    });
    this.client.on(GetQueueAttributesCommand).callsFake(async () => ({
      Attributes: {
        ApproximateNumberOfMessages: String(this.entries.filter(({ hidden }) => !hidden).length),
        ApproximateNumberOfMessagesNotVisible: String(this.entries.filter(({ hidden }) => hidden).length),
      },
    }));
  }

  private answerOf(entries: readonly { readonly Id?: string; readonly ReceiptHandle?: string }[]) {
    const failed = entries.filter(({ ReceiptHandle }) => this.refused.has(ReceiptHandle!.split(' ')[1]));
    return failed.length > 0 ? { Failed: failed.map(({ Id }) => ({ Id })) } : {};
  }
}

function isReceiptOf(handle: string | undefined, { id }: Entry): boolean {
  return handle?.split(' ')[1] === id;
}

function messageOf({ id, body, sentAt, attributes, received }: Entry): Message {
  return {
    MessageId: id,
    Body: body,
    ReceiptHandle: `receipt ${id} ${received}`,
    MessageAttributes: attributes && Object.keys(attributes).length > 0 ? attributes : undefined,
    ...sentAt !== undefined && { Attributes: { SentTimestamp: String(sentAt), ApproximateReceiveCount: String(received) } },
  };
}
