import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { DeleteObjectCommand, GetObjectCommand, S3ServiceException } from '@aws-sdk/client-s3';
import { failedInvocationOf } from './failed-batch';
import type { EventEntry } from '../../handlers/publish/events/event-entry';
import type { AwsClients } from '../aws/aws-clients';

/** The outcome of one delivery; a reason if it failed. */
export type DeliveryFailure = string | undefined;

/** The functions that consume the stream, by what they answer to a batch that they processed. */
export interface StreamConsumers {
  readonly relay: string;
  readonly archival: string;
}

const GONE: ReadonlySet<string> = new Set(['NoSuchKey', 'NoSuchVersion', 'NotFound']);

/**
 * Puts entries on the bus. Returns the error of each one that failed: PutEvents answers 200 even if entries failed. The client
 * retries a call that failed as a whole, and if it keeps failing, no entry counts as published.
 */
export async function putEntries({ eventBridge }: Pick<AwsClients, 'eventBridge'>, entries: readonly EventEntry[]): Promise<readonly DeliveryFailure[]> {
  try {
    const { Entries: results = [] } = await eventBridge.send(new PutEventsCommand({ Entries: [...entries] }));
    return entries.map((_, index) => {
      const result = results[index];
      return result?.EventId ? undefined : result?.ErrorCode ?? 'EventBridge did not answer for this event';
    });
  } catch (error) {
    return entries.map(() => describeFailure(error));
  }
}

/** The batches of the stream in the bucket of those that failed. */
export class FailedBatchStore {
  constructor(
    private readonly clients: Pick<AwsClients, 's3' | 'lambda'>,
    private readonly bucket: string,
    private readonly consumers: StreamConsumers,
  ) {}

  /** Invokes the consumer with the records of an object. Only a consumer of this system is invoked, whatever the object names. */
  public async redeliver(objectKey: string): Promise<DeliveryFailure> {
    try {
      const { Body } = await this.clients.s3.send(new GetObjectCommand({ Bucket: this.bucket, Key: objectKey }));
      const batch = failedInvocationOf(Buffer.from(await Body!.transformToByteArray()));
      if (batch === undefined) {
        return 'its object is not the record of an invocation with a batch';
      }
      const { relay, archival } = this.consumers;
      const { functionName } = batch;
      if (functionName !== relay && functionName !== archival) {
        return `its object names the function ${functionName}, which does not consume the stream of this system`;
      }
      return await this.invoke(functionName, { Records: batch.records }, functionName === relay ? isWholeBatchPublished : isNull);
    } catch (error) {
      return error instanceof S3ServiceException && GONE.has(error.name)
        ? 'its object does not exist: it was redriven before, or deleted'
        : describeFailure(error);
    }
  }

  /** Deletes a delivered object. */
  public async remove(objectKey: string): Promise<void> {
    await this.clients.s3.send(new DeleteObjectCommand({ Bucket: this.bucket, Key: objectKey }));
  }

  private async invoke(FunctionName: string, event: object, isProcessed: (answer: unknown) => boolean): Promise<DeliveryFailure> {
    const { FunctionError, Payload } = await this.clients.lambda.send(new InvokeCommand({
      FunctionName, InvocationType: 'RequestResponse', Payload: Buffer.from(JSON.stringify(event)),
    }));
    const answer = Buffer.from(Payload ?? []).toString();
    if (FunctionError !== undefined) {
      return `${FunctionName} failed: ${errorIn(answer)}`;
    }
    return isProcessed(parsedAnswer(answer)) ? undefined : `${FunctionName} did not process the whole batch`;
  }
}

/** The name and the message of an error of a call. */
export function describeFailure(error: unknown): string {
  const { name, message } = error as Error;
  return name === 'Error' ? message : `${name}: ${message}`;
}

function isWholeBatchPublished(answer: unknown): boolean {
  const { batchItemFailures: failures } = (answer ?? {}) as { readonly batchItemFailures?: unknown };
  return Array.isArray(failures) && failures.length === 0;
}

function isNull(answer: unknown): boolean {
  return answer === null;
}

/** Lambda's answer for an error has its type and its message. */
function errorIn(answer: string): string {
  const { errorType, errorMessage } = (parsedAnswer(answer) ?? {}) as { readonly errorType?: unknown; readonly errorMessage?: unknown };
  return `${String(errorType ?? 'unknown error')}${errorMessage === undefined ? '' : `: ${String(errorMessage)}`}`;
}

function parsedAnswer(answer: string): unknown {
  try {
    return JSON.parse(answer);
  } catch {
    return undefined;
  }
}
