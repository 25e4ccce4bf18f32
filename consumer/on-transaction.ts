import { hasOtherDetailType, matchesDetail, type EventFilter } from './event-filter';
import { InvalidEventError } from './invalid-event';
import { readInput, type LambdaDelivery } from './lambda-input';
import { parseEvent } from './parse-event';
import { ProcessedEvents, type Deduplication } from './processed-events';
import type { TransactionDetailType, TransactionEvent } from './transaction-event';

/** What a handler gets in addition to the event. */
export interface TransactionDelivery {
  /** The same for each repetition of an event, and different for every other event: an idempotency key for your own calls. */
  readonly key: string;
  /** The message in the queue, if the event comes from SQS. */
  readonly messageId?: string;
}

/** The part of a Lambda context that is read. */
export interface InvocationContext {
  readonly getRemainingTimeInMillis?: () => number;
}

/** Writes log lines. `console` and the Logger of Powertools for AWS Lambda are ones. */
export interface ConsumerLogger {
  error(message: string, fields: object): void;
  warn(message: string, fields: object): void;
}

/** The answer to SQS: the messages that it must deliver again. */
export interface QueueResponse {
  readonly batchItemFailures: Array<{ readonly itemIdentifier: string }>;
}

/** Options of `onTransaction`. */
export interface OnTransactionOptions<Type extends TransactionDetailType = TransactionDetailType> extends EventFilter<Type> {
  /**
   * The table that makes repeated events harmless: the handler runs once for an event, unless it fails, or the function dies between
   * its effect and its record.
   *
   * @default - the handler runs for each repetition
   */
  readonly deduplicateBy?: Deduplication;
  /**
   * Called with an event that is not valid. If it returns, the event counts as processed and is gone. If it throws, the event is
   * retried and then sent to the dead-letter queue of your target or queue.
   *
   * @default - throws the error
   */
  readonly onInvalid?: (error: InvalidEventError, value: unknown) => unknown;
  /**
   * Gets a line for each message of a batch that fails, and for a completion that could not be recorded.
   *
   * @default console
   */
  readonly logger?: ConsumerLogger;
}

/** A handler for Lambda. */
export type TransactionFunction = (input: unknown, context?: InvocationContext) => Promise<QueueResponse | undefined>;

/**
 * Makes a Lambda handler from a function that processes one event. The handler works as the target of a rule, for a queue of SQS
 * that is the target of a rule, and for a topic of SNS that is the target of a rule, with or without a queue behind it.
 *
 * Each event is validated. Events that do not match the filter count as processed.
 *
 * For a queue, turn on `reportBatchItemFailures` of the event source: without it, Lambda deletes the messages that failed. The
 * messages of a batch are processed one after another. If a message of a FIFO queue fails, the later ones of its group in the batch
 * fail too, so that their order is kept.
 *
 * @param handler called with each event. If it throws or rejects, the event is retried
 * @param options filters, deduplication, and what happens with invalid events
 */
export function onTransaction<Type extends TransactionDetailType = TransactionDetailType>(
  handler: (event: TransactionEvent<Type>, delivery: TransactionDelivery) => unknown, options: OnTransactionOptions<Type> = {},
): TransactionFunction {
  const consumer = new TransactionConsumer(handler as (event: TransactionEvent, delivery: TransactionDelivery) => unknown, options);
  return async (input, context) => consumer.run(input, context);
}

class TransactionConsumer {
  private readonly processed?: ProcessedEvents;
  private readonly logger: ConsumerLogger;

  public constructor(
    private readonly handler: (event: TransactionEvent, delivery: TransactionDelivery) => unknown, private readonly options: OnTransactionOptions,
  ) {
    this.processed = options.deduplicateBy && new ProcessedEvents(options.deduplicateBy);
    this.logger = options.logger ?? console;
  }

  public async run(input: unknown, context?: InvocationContext): Promise<QueueResponse | undefined> {
    const { isBatch, deliveries } = readInput(input);
    if (isBatch) {
      return this.processBatch(deliveries, context);
    }
    for (const delivery of deliveries) {
      await this.process(delivery, context);
    }
    return undefined;
  }

  private async processBatch(deliveries: readonly LambdaDelivery[], context?: InvocationContext): Promise<QueueResponse> {
    const failed: LambdaDelivery[] = [];
    for (const delivery of deliveries) {
      const { messageId, group } = delivery;
      if (group !== undefined && failed.some((earlier) => earlier.group === group)) {
        failed.push(delivery);
        continue;
      }
      try {
        await this.process(delivery, context);
      } catch (error) {
        this.logger.error('failed to process event', { messageId, error });
        failed.push(delivery);
      }
    }
    return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: String(messageId) })) };
  }

  private async process({ payload, messageId }: LambdaDelivery, context?: InvocationContext): Promise<void> {
    const event = await this.validEvent(payload);
    if (event && matchesDetail(event, this.options)) {
      const { transaction_id: id, timestamp } = event.detail;
      await this.processOnce(event, { key: `${event['detail-type']} ${id} ${timestamp}`, messageId }, context);
    }
  }

  /** The event; undefined if it has another detail type, or if `onInvalid` accepts that it is not valid. */
  private async validEvent(payload: unknown): Promise<TransactionEvent | undefined> {
    const { onInvalid } = this.options;
    try {
      const value = typeof payload === 'string' ? parsedOrText(payload) : payload;
      return hasOtherDetailType(value, this.options) ? undefined : parseEvent(value);
    } catch (error) {
      if (!(error instanceof InvalidEventError) || !onInvalid) {
        throw error;
      }
      await onInvalid(error, payload);
      return undefined;
    }
  }

  private async processOnce(event: TransactionEvent, delivery: TransactionDelivery, context?: InvocationContext): Promise<void> {
    const claim = await this.processed?.claim(delivery.key, context?.getRemainingTimeInMillis?.());
    if (this.processed && !claim) {
      return;
    }
    try {
      await this.handler(event, delivery);
    } catch (error) {
      // If this fails too, the claim ends by itself.
      await claim?.release().catch(() => undefined);
      throw error;
    }
    try {
      await claim?.complete();
    } catch (error) {
      // The event is processed. A failure would let a retry process it again, but without one, only a repetition after the lease does.
      this.logger.warn('failed to record processed event', { key: delivery.key, error });
    }
  }
}

/** Text that is not JSON stays as it is, and is not valid. */
function parsedOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
