import type { Message } from '@aws-sdk/client-sqs';
import type { StoredItem } from '../../handlers/aws/stored-item';
import { Attr, type TransactionDetail } from '../../src/private/contract';

/** Who sent a message to the dead-letter queue, and about what. */
export const DEAD_LETTER_ORIGINS = ['transaction-workflow', 'sweep', 'event-relay', 'stream-batch', 'rule', 'unknown'] as const;
export type DeadLetterOrigin = (typeof DEAD_LETTER_ORIGINS)[number];

/** An event of EventBridge that a rule or the bus could not deliver. */
export interface UndeliveredEvent {
  readonly source: string;
  readonly detailType: string;
  readonly detail: object;
  readonly time?: string;
}

/** The object with a batch of the stream that a function could not process. */
export interface BatchObject {
  readonly bucket: string;
  readonly key: string;
}

/** A message of the dead-letter queue. */
export interface DeadLetter {
  readonly id: string;
  readonly message: Message;
  readonly sentAt: Date;
  readonly receiveCount: number;
  readonly origin: DeadLetterOrigin;
  /** A short text that is equal for messages with the same cause. */
  readonly error: string;
  /** The cause in the words of a service. */
  readonly cause?: string;
  /** Of the workflow. */
  readonly state?: string;
  readonly execution?: string;
  readonly event?: Partial<TransactionDetail>;
  readonly undelivered?: UndeliveredEvent;
  readonly batch?: BatchObject;
  /** The key of the item. */
  readonly keys?: StoredItem;
}

type LetterFacts = Omit<DeadLetter, 'id' | 'message' | 'sentAt' | 'receiveCount'>;
interface ParsedObject { readonly [name: string]: unknown }

const S3_SOURCE = 'aws.s3';

/** Reads a message. One in no known form has the origin `unknown`. */
export function deadLetterOf(message: Message): DeadLetter {
  const { MessageId, Attributes: { SentTimestamp: sent = '0', ApproximateReceiveCount: received = '0' } = {} } = message;
  return { id: MessageId!, message, sentAt: new Date(Number(sent)), receiveCount: Number(received), ...letterFactsOf(message) };
}

function letterFactsOf(message: Message): LetterFacts {
  const body = jsonObject(message.Body!);
  switch (body.origin) {
    case 'transaction-workflow':
      return workflowFacts(body);
    case 'sweep':
    case 'event-relay':
      return {
        origin: body.origin,
        error: textIn(body.error) ?? 'no error',
        keys: keysOf(body.keys),
        event: isMessageObject(body.event) ? body.event : undefined,
      };
    default:
      return typeof body['detail-type'] === 'string' && typeof body.source === 'string' && isMessageObject(body.detail)
        ? eventFacts(body, body.source, body['detail-type'], body.detail, message)
        : { origin: 'unknown', error: 'the message has no known form' };
  }
}

function workflowFacts({ state, execution, error, event }: ParsedObject): LetterFacts {
  const { Error: name, Cause: cause } = isMessageObject(error) ? error : { Error: error, Cause: undefined };
  return {
    origin: 'transaction-workflow',
    error: `${textIn(state) ?? 'no state'}: ${textIn(name) ?? 'no error'}`,
    cause: textIn(cause),
    state: textIn(state),
    execution: textIn(execution),
    event: isMessageObject(event) ? event : undefined,
    keys: isMessageObject(event) ? eventKeys(event) : undefined,
  };
}

function eventFacts(body: ParsedObject, source: string, detailType: string, detail: ParsedObject, message: Message): LetterFacts {
  const { bucket, object } = detail;
  if (source === S3_SOURCE && isMessageObject(bucket) && isMessageObject(object) && typeof bucket.name === 'string' && typeof object.key === 'string') {
    return { origin: 'stream-batch', error: 'a batch of the stream was not processed for 23 hours', batch: { bucket: bucket.name, key: object.key } };
  }
  const { RULE_ARN: rule, ERROR_CODE: code, ERROR_MESSAGE: cause } = message.MessageAttributes ?? {};
  return {
    origin: 'rule',
    error: `${ruleName(rule?.StringValue)}: ${code?.StringValue ?? 'no error'}`,
    cause: cause?.StringValue,
    undelivered: { source, detailType, detail, time: textIn(body.time) },
    event: detail,
    keys: eventKeys(detail),
  };
}

/** `arn:aws:events:<region>:<account>:rule/[<bus>/]<name>`. The bus itself has no rule. */
function ruleName(arn: string | undefined): string {
  return arn === undefined ? 'the bus' : arn.slice(arn.lastIndexOf('/') + 1);
}

function eventKeys({ [Attr.TRANSACTION_ID]: id, [Attr.TIMESTAMP]: timestamp }: ParsedObject): StoredItem | undefined {
  return typeof id === 'string' && typeof timestamp === 'string' ? { [Attr.TRANSACTION_ID]: { S: id }, [Attr.TIMESTAMP]: { S: timestamp } } : undefined;
}

function keysOf(value: unknown): StoredItem | undefined {
  const { [Attr.TRANSACTION_ID]: id, [Attr.TIMESTAMP]: timestamp } = isMessageObject(value) ? value : {};
  return isMessageObject(id) && isMessageObject(timestamp) ? eventKeys({ [Attr.TRANSACTION_ID]: id.S, [Attr.TIMESTAMP]: timestamp.S }) : undefined;
}

function jsonObject(body: string): ParsedObject {
  try {
    const value: unknown = JSON.parse(body);
    return isMessageObject(value) ? value : {};
  } catch {
    return {};
  }
}

function isMessageObject(value: unknown): value is ParsedObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textIn(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
