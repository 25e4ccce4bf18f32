/** One event in the input of a Lambda function. */
export interface LambdaDelivery {
  /** The event, or its JSON text. */
  readonly payload: unknown;
  readonly messageId?: string;
  /** The message group in a FIFO queue, whose messages must be processed in order. */
  readonly group?: string;
}

/** The input of a function: a batch of SQS, or events of another trigger, of which none can be reported alone. */
export interface LambdaInput {
  readonly isBatch: boolean;
  readonly deliveries: readonly LambdaDelivery[];
}

/** A record of SQS or of SNS. */
interface InputRecord {
  readonly eventSource?: string;
  readonly eventSourceARN?: string;
  readonly messageId?: string;
  readonly body?: string;
  readonly attributes?: { readonly MessageGroupId?: string };
  readonly EventSource?: string;
  readonly Sns?: { readonly Message?: string };
}

/** Reads the input of a function: an event of EventBridge, or one in messages of SQS or SNS. */
export function readInput(input: unknown): LambdaInput {
  const records = (input as { readonly Records?: unknown } | null | undefined)?.Records;
  if (!Array.isArray(records)) {
    return { isBatch: false, deliveries: [{ payload: input }] };
  }
  return (records as readonly InputRecord[])[0]?.EventSource === 'aws:sns'
    ? { isBatch: false, deliveries: records.map(({ Sns }: InputRecord) => ({ payload: Sns?.Message })) }
    : { isBatch: true, deliveries: records.map(messageOf) };
}

function messageOf({ messageId, body, eventSourceARN, attributes }: InputRecord): LambdaDelivery {
  // Since 2025, messages of standard queues can have a group too, for fairness. They have no order.
  const group = eventSourceARN?.endsWith('.fifo') ? attributes?.MessageGroupId : undefined;
  return { payload: unwrapped(body), messageId, group };
}

/** Unwraps the message of SNS if the queue is subscribed to a topic without raw message delivery. */
function unwrapped(body: string | undefined): unknown {
  try {
    const { Type, Message } = JSON.parse(String(body)) as { readonly Type?: unknown; readonly Message?: unknown };
    return Type === 'Notification' && typeof Message === 'string' ? Message : body;
  } catch {
    return body;
  }
}
