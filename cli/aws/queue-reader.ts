import {
  ChangeMessageVisibilityBatchCommand, DeleteMessageBatchCommand, GetQueueAttributesCommand, ReceiveMessageCommand, type Message, type SQSClient,
} from '@aws-sdk/client-sqs';

/** The maximum of SQS for one call. */
export const QUEUE_BATCH = 10;
/** Seconds that a call waits for messages. */
const WAIT_SECONDS = 2;
/** Answers without a new message before the queue counts as read: with few messages, SQS asks only some of its servers. */
const EMPTY_ANSWERS = 3;
/** The calls at the same time while the queue has more messages than one answer. */
const PARALLEL = 8;
/** More messages than this are left to the next run. SQS hides at most 120,000 messages of a queue at a time. */
const MAX_MESSAGES = 20_000;

export interface QueueReading {
  readonly client: SQSClient;
  readonly queueUrl: string;
  /** Seconds that received messages are hidden from others. If the process ends, they appear again after it. */
  readonly hiddenSeconds: number;
  /** Aborts a call that receives messages. */
  readonly signal?: AbortSignal;
}

/** Messages of a queue that are not in a reader's hands. */
export interface UnreadMessages {
  readonly visible: number;
  /** Another receiver has them, or a run that ended early. */
  readonly hidden: number;
}

/**
 * Reads a queue without removing messages. SQS answers with a sample, in any order, and can deliver a message twice. The reader
 * hands out each message once, and remembers the newest receipt of those that it still has.
 */
export class QueueReader {
  private readonly held = new Map<string, Message>();
  private readonly receivedAt = new Map<string, number>();
  private readonly deleted = new Set<string>();

  constructor(private readonly reading: QueueReading, private readonly now: () => number = Date.now) {}

  /** The number of different messages that were received. */
  public get count(): number {
    return this.held.size + this.deleted.size;
  }

  /** The messages of the queue, in groups, until no new one arrives. */
  public async* read(): AsyncGenerator<readonly Message[]> {
    let parallel = 1;
    for (let empty = 0; empty < EMPTY_ANSWERS && this.count < MAX_MESSAGES;) {
      const answers = await Promise.all(Array.from({ length: parallel }, async () => this.receive()));
      const fresh = await this.take(answers.flat());
      empty = fresh.length > 0 ? 0 : empty + 1;
      parallel = answers.some(({ length }) => length === QUEUE_BATCH) ? PARALLEL : 1;
      if (fresh.length > 0) {
        yield fresh;
      }
    }
  }

  /** Deletes messages. Returns the ids of those that SQS did not delete. */
  public async delete(messages: readonly Message[]): Promise<ReadonlySet<string>> {
    const failed = new Set<string>();
    for (const group of slicesOf(messages, QUEUE_BATCH)) {
      const { Failed = [] } = await this.reading.client.send(new DeleteMessageBatchCommand({
        QueueUrl: this.reading.queueUrl,
        Entries: group.map(({ MessageId: id }, index) => ({ Id: String(index), ReceiptHandle: this.held.get(id!)!.ReceiptHandle })),
      }));
      const refused = new Set(Failed.map(({ Id }) => group[Number(Id)].MessageId!));
      for (const { MessageId: id } of group) {
        if (refused.has(id!)) {
          failed.add(id!);
        } else {
          this.deleted.add(id!);
          this.held.delete(id!);
        }
      }
    }
    return failed;
  }

  /**
   * Hides messages for longer, if a part of their time is over. Returns those that are still the reader's: if the time was
   * over, another receiver can have a message.
   */
  public async keep(messages: readonly Message[], seconds = this.reading.hiddenSeconds): Promise<readonly Message[]> {
    const halfTime = this.now() - this.reading.hiddenSeconds * 500;
    const isDue = seconds > this.reading.hiddenSeconds || messages.some(({ MessageId: id }) => this.receivedAt.get(id!)! < halfTime);
    const lost: ReadonlySet<string> = isDue ? await this.setVisibility(messages, seconds) : new Set();
    if (isDue) {
      messages.forEach(({ MessageId: id }) => this.receivedAt.set(id!, this.now()));
    }
    // If one of them is received again, it is new.
    lost.forEach((id) => this.held.delete(id));
    return messages.filter(({ MessageId: id }) => !lost.has(id!));
  }

  /** Makes the remaining messages visible again. A failure only delays others: the messages appear again by themselves. */
  public async release(messages: readonly Message[] = [...this.held.values()]): Promise<void> {
    const groups = [...slicesOf(messages, QUEUE_BATCH * PARALLEL)];
    for (const group of groups) {
      await Promise.all([...slicesOf(group, QUEUE_BATCH)].map(async (each) => this.setVisibility(each, 0).catch(() => undefined)));
    }
  }

  public async unread(): Promise<UnreadMessages> {
    const { client, queueUrl, signal } = this.reading;
    const { Attributes } = await client.send(new GetQueueAttributesCommand({
      QueueUrl: queueUrl, AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
    }), { abortSignal: signal });
    return {
      visible: Number(Attributes!.ApproximateNumberOfMessages),
      hidden: Math.max(0, Number(Attributes!.ApproximateNumberOfMessagesNotVisible) - this.held.size),
    };
  }

  private async receive(): Promise<readonly Message[]> {
    const { client, queueUrl, hiddenSeconds, signal } = this.reading;
    const { Messages = [] } = await client.send(new ReceiveMessageCommand({
      QueueUrl: queueUrl,
      MaxNumberOfMessages: QUEUE_BATCH,
      VisibilityTimeout: hiddenSeconds,
      WaitTimeSeconds: WAIT_SECONDS,
      MessageAttributeNames: ['All'],
      MessageSystemAttributeNames: ['SentTimestamp', 'ApproximateReceiveCount'],
    }), { abortSignal: signal });
    return Messages;
  }

  /** Returns the new messages. One that was deleted can come back from a server that did not answer then: it is deleted again. */
  private async take(messages: readonly Message[]): Promise<readonly Message[]> {
    const fresh = new Map<string, Message>();
    for (const message of messages) {
      const id = message.MessageId!;
      if (!this.held.has(id) && !this.deleted.has(id)) {
        fresh.set(id, message);
      }
      this.held.set(id, message);
      this.receivedAt.set(id, this.now());
    }
    const again = messages.filter(({ MessageId: id }) => this.deleted.has(id!));
    await this.delete(again);
    return [...fresh.values()];
  }

  private async setVisibility(messages: readonly Message[], seconds: number): Promise<ReadonlySet<string>> {
    const failed = new Set<string>();
    for (const group of slicesOf(messages, QUEUE_BATCH)) {
      const { Failed = [] } = await this.reading.client.send(new ChangeMessageVisibilityBatchCommand({
        QueueUrl: this.reading.queueUrl,
        Entries: group.map(({ MessageId: id }, index) => ({
          Id: String(index), ReceiptHandle: this.held.get(id!)!.ReceiptHandle, VisibilityTimeout: seconds,
        })),
      }));
      Failed.forEach(({ Id }) => failed.add(group[Number(Id)].MessageId!));
    }
    return failed;
  }
}

/** The values in groups of at most a size. */
export function* slicesOf<T>(values: readonly T[], size: number): Generator<readonly T[]> {
  for (let first = 0; first < values.length; first += size) {
    yield values.slice(first, first + size);
  }
}
