import type { SQSClient } from '@aws-sdk/client-sqs';
import type { ErasedCustomer } from './erased-customer';
import type { ErasureTargets } from './erasure-targets';
import { QueueReader } from '../aws/queue-reader';

/** Seconds that received messages are hidden from others. If the run dies, they appear again after it. */
const HIDDEN_SECONDS = 600;
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
  const reader = new QueueReader({ client, queueUrl, hiddenSeconds: HIDDEN_SECONDS, signal });
  let matching = 0;
  try {
    for await (const messages of reader.read()) {
      const matches = messages.filter(({ Body }) => messageMentions(Body!, customer, targets));
      matching += matches.length;
      if (!isDryRun && (await reader.delete(matches)).size > 0) {
        throw new Error('SQS did not delete all messages. Run the command again.');
      }
    }
    const { visible, hidden } = await reader.unread();
    return { read: reader.count, matching, unread: visible + hidden };
  } finally {
    await reader.release();
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
