import { createHash, randomUUID } from 'node:crypto';
import type { DynamoDbCalls } from './aws-calls';
import { defaultDynamoDb } from './aws-sdk';
import { withDeadline } from './deadline';
import { requireName, requireSeconds } from './option-rules';

/** The table of the processed events. */
export interface Deduplication {
  /**
   * A table of yours with the partition key `id` (string), no sort key, and the time to live attribute `expires_at`. The function
   * needs the rights of `table.grantReadWriteData`.
   */
  readonly tableName: string;
  /**
   * How long a processed event is recognized, in seconds. Longer than events repeat: by themselves for up to 25 hours, and later if
   * you redrive them.
   *
   * @default 2592000, which is 30 days
   */
  readonly ttl?: number;
  /**
   * Begins the keys of this consumer in the table, so that two consumers that share a table both process an event.
   *
   * @default - the name of the Lambda function
   */
  readonly consumer?: string;
  /**
   * How long a claim is valid if it is not released, in seconds. After a crash, a retry processes the event again after this time.
   * It must be longer than the handler runs.
   *
   * @default - ten seconds more than the function's remaining time, or 910 seconds without a Lambda context
   */
  readonly lease?: number;
  /**
   * A `DynamoDB` of `@aws-sdk/client-dynamodb`.
   *
   * @default - a client from the SDK of Lambda's runtime, which is loaded when the first event is claimed
   */
  readonly client?: DynamoDbCalls;
}

const DEFAULT_TTL_SECONDS = 30 * 86_400;
/** Lambda's longest time-out. */
const LONGEST_RUN_MS = 900_000;
/** For the clocks of two machines, and for the end of a process. */
const LEASE_MARGIN_MS = 10_000;
/** For all attempts of a call. */
const CALL_MS = 6_000;
/** DynamoDB's limit for a partition key. */
const MAX_KEY_BYTES = 2_048;

/** The right to process an event. */
export interface EventClaim {
  /** Records that the event is processed. */
  readonly complete: () => Promise<void>;
  /** Lets a retry process the event at once. */
  readonly release: () => Promise<void>;
}

/** The records of processed events in a table. */
export class ProcessedEvents {
  public constructor(private readonly settings: Deduplication) {
    requireName('deduplicateBy.tableName', settings.tableName);
    requireSeconds('deduplicateBy.ttl', settings.ttl);
    requireSeconds('deduplicateBy.lease', settings.lease);
  }

  /** Claims an event. Returns undefined if it was processed before. Throws if another invocation processes it. */
  public async claim(key: string, remainingMs = LONGEST_RUN_MS): Promise<EventClaim | undefined> {
    const { tableName: TableName, consumer = process.env.AWS_LAMBDA_FUNCTION_NAME ?? '', lease, ttl = DEFAULT_TTL_SECONDS } = this.settings;
    const client = this.settings.client ?? await defaultDynamoDb();
    const Key = { id: { S: fitting(`${consumer} ${key}`.trimStart()) } };
    const owner = { S: randomUUID() };
    const now = Date.now();
    const until = now + (lease === undefined ? remainingMs + LEASE_MARGIN_MS : lease * 1_000);
    const Item = { ...Key, expires_at: seconds(now + ttl * 1_000) };

    const release = async () => {
      await withDeadline(CALL_MS, async (abortSignal) => client.deleteItem({
        TableName, Key, ConditionExpression: 'claim_owner = :owner', ExpressionAttributeValues: { ':owner': owner },
      }, { abortSignal }));
    };
    try {
      await withDeadline(CALL_MS, async (abortSignal) => client.putItem({
        TableName,
        Item: { ...Item, claimed_until: seconds(until), claim_owner: owner },
        // An attempt whose answer was lost has written the claim: the next one finds its own. DynamoDB deletes expired items late.
        ConditionExpression: 'attribute_not_exists(id) OR claim_owner = :owner OR claimed_until < :now OR expires_at < :now',
        ExpressionAttributeValues: { ':owner': owner, ':now': seconds(now) },
      }, { abortSignal }));
    } catch (error) {
      if (isRefused(error)) {
        return this.refused(client, TableName, Key);
      }
      // The claim can be written although no answer arrived. Without this, the retry would wait for its end.
      await release().catch(() => undefined);
      throw error;
    }
    return {
      complete: async () => {
        await withDeadline(CALL_MS, async (abortSignal) => client.putItem({ TableName, Item }, { abortSignal }));
      },
      release,
    };
  }

  private async refused(client: DynamoDbCalls, TableName: string, Key: object): Promise<undefined> {
    const { Item } = await withDeadline(CALL_MS, async (abortSignal) => client.getItem({ TableName, Key, ConsistentRead: true }, { abortSignal }));
    // Without an item, the other invocation has failed in the meantime.
    if (!Item || Item.claimed_until) {
      throw new Error('another invocation processes this event: a later retry finds it processed, or processes it');
    }
    return undefined;
  }
}

function isRefused(error: unknown): boolean {
  return (error as { readonly name?: unknown } | undefined)?.name === 'ConditionalCheckFailedException';
}

function seconds(millis: number): { readonly N: string } {
  return { N: String(Math.ceil(millis / 1_000)) };
}

function fitting(key: string): string {
  return Buffer.byteLength(key) <= MAX_KEY_BYTES ? key : `sha256:${createHash('sha256').update(key).digest('hex')}`;
}
