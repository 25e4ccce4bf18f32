import {
  ChangeMessageVisibilityBatchCommand, DeleteMessageCommand, GetQueueAttributesCommand, ReceiveMessageCommand, type Message, type SQSClient,
} from '@aws-sdk/client-sqs';
import type { ErasedCustomer } from './erased-customer';
import type { ErasureTargets } from './erasure-targets';

/** The maximum of SQS for one call. */
const BATCH = 10;
/** Seconds that received messages are hidden from others. If the run dies, they appear again after it. */
const HIDDEN_SECONDS = 600;
/** Seconds that a call waits for messages. */
const WAIT_SECONDS = 2;
/** Answers without a new message before the queue counts as read: with few messages, SQS asks only some of its servers. */
const EMPTY_ANSWERS = 3;
/** More messages than this are left to the next run. */
const MAX_MESSAGES = 20_000;
const MIN_DISTINCT = 6;
const DIGITS = /^\d+$/;
/** What is not a part of a transaction's id. */
const SEPARATORS = /[^\w.:#|=+/-]+/;

/** Begins only where a run of marks begins: at each of them, a long run would be read again. */
const END_MARKS = /(?<![.:])[.:]+$/;

export interface DeadLetterFigures {
  readonly read: number;
  readonly matching: number;
  /** Messages that another receiver has, or that the run did not reach. */
  readonly unread: number;
}

/** Reads every message of the dead-letter queue, and deletes those about the targets. The others become visible again. */
export async function eraseDeadLetters(
  client: SQSClient, queueUrl: string, customer: ErasedCustomer, targets: ErasureTargets, isDryRun: boolean, signal: AbortSignal,
): Promise<DeadLetterFigures> {
  const held = new Map<string, Message>();
  const deleted = new Set<string>();
  let matching = 0;
  try {
    for (let empty = 0; empty < EMPTY_ANSWERS && held.size + deleted.size < MAX_MESSAGES;) {
      const { Messages = [] } = await client.send(new ReceiveMessageCommand({
        QueueUrl: queueUrl, MaxNumberOfMessages: BATCH, VisibilityTimeout: HIDDEN_SECONDS, WaitTimeSeconds: WAIT_SECONDS,
      }), { abortSignal: signal });
      const fresh = Messages.filter(({ MessageId: id }) => !held.has(id!) && !deleted.has(id!));
      empty = fresh.length > 0 ? 0 : empty + 1;
      for (const message of Messages) {
        const { MessageId, Body, ReceiptHandle } = message;
        const isMatch = messageMentions(Body!, customer, targets);
        matching += isMatch && fresh.includes(message) ? 1 : 0;
        if (isMatch && !isDryRun) {
          await client.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle }), { abortSignal: signal });
          deleted.add(MessageId!);
        } else {
          held.set(MessageId!, message);
        }
      }
    }
    const { Attributes } = await client.send(new GetQueueAttributesCommand({
      QueueUrl: queueUrl, AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
    }), { abortSignal: signal });
    const elsewhere = Math.max(0, Number(Attributes!.ApproximateNumberOfMessagesNotVisible) - held.size);
    return { read: held.size + deleted.size, matching, unread: elsewhere + Number(Attributes!.ApproximateNumberOfMessages) };
  } finally {
    await release(client, queueUrl, [...held.values()]);
  }
}

/** Makes messages visible again. It is not aborted, and its failure only delays others: the messages appear again by themselves. */
async function release(client: SQSClient, queueUrl: string, messages: readonly Message[]): Promise<void> {
  for (let first = 0; first < messages.length; first += BATCH) {
    await client.send(new ChangeMessageVisibilityBatchCommand({
      QueueUrl: queueUrl,
      Entries: messages.slice(first, first + BATCH).map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle, VisibilityTimeout: 0 })),
    })).catch(() => undefined);
  }
}

/**
 * Whether a message is about a target: by the id of a transaction or of the customer anywhere in it, also in JSON within
 * JSON. An id that could be any number counts only as `customer_id` of the provider.
 */
export function messageMentions(
  body: string, { provider, storedIds, ownIds }: ErasedCustomer, { transactionIds, tombstones }: ErasureTargets,
): boolean {
  const words = new Set(body.split(SEPARATORS).flatMap((word) => [word, word.replace(END_MARKS, '')]));
  const has = (id: string) => SEPARATORS.test(id) ? body.includes(id) : words.has(id);
  return some(transactionIds, has)
    || [...storedIds, ...ownIds].some((id) => id.length >= MIN_DISTINCT && !DIGITS.test(id) && has(id))
    || customersIn(parsedBody(body)).some((each) => each.provider === provider && storedIds.has(each.customerId))
    || some(tombstones.values(), ({ transactionId, timestamp }) => has(transactionId) && has(timestamp));
}

function some<T>(values: Iterable<T>, isMatch: (value: T) => boolean): boolean {
  for (const value of values) {
    if (isMatch(value)) {
      return true;
    }
  }
  return false;
}

function customersIn(value: unknown): { readonly provider: unknown; readonly customerId: string }[] {
  const found: { readonly provider: unknown; readonly customerId: string }[] = [];
  const nodes = [value];
  for (let node = nodes.pop(); node !== undefined; node = nodes.pop()) {
    if (typeof node === 'object' && node !== null) {
      const { provider, customer_id: customerId } = node as { readonly provider?: unknown; readonly customer_id?: unknown };
      found.push(...typeof customerId === 'string' ? [{ provider, customerId }] : []);
      nodes.push(...Object.values(node));
    }
  }
  return found;
}

function parsedBody(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
