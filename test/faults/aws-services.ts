import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { StreamedTable } from './streamed-table';
import { BODY_PREFIX } from '../../src/private/contract';
import type { Operation } from '../handlers/support/memory-table';
import { ServiceError } from '../handlers/support/service-error';

/** A call of a function, as it arrives. */
export interface ServiceRequest {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface ServiceAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface PublishedEvent {
  readonly Source: string;
  readonly DetailType: string;
  readonly Detail: string;
}

/** The path of the API of Lambda. */
const INVOKE = /^\/2015-03-31\/functions\/[^/]+\/invocations$/;

/** The state of AWS: the table, and what the functions have sent to the bus, the bucket and the queue. */
export class AwsServices {
  public readonly table = new StreamedTable();
  public readonly events: PublishedEvent[] = [];
  public readonly objects = new Map<string, Buffer>();
  public readonly deadLetters: string[] = [];

  /** `secrets`: values by ARN. */
  constructor(private readonly secrets: Readonly<Record<string, string>> = {}) {}

  /** The archived lines. */
  public get archivedLines(): any[] {
    const archived = [...this.objects].filter(([path]) => !path.includes(`/${BODY_PREFIX}`));
    return archived.flatMap(([, object]) => gunzipSync(object).toString().trim().split('\n').map((line) => JSON.parse(line)));
  }

  /** Performs a call. `failingPart`: whether a part with this index fails. */
  public async perform(request: ServiceRequest, failingPart: (index: number) => boolean = () => false): Promise<ServiceAnswer> {
    try {
      if (operationOf(request) === 'PutObject') {
        return this.putObject(request);
      }
      return json(200, await this.performJson(operationOf(request), JSON.parse(request.body.toString()), failingPart));
    } catch (error) {
      if (error instanceof ServiceError) {
        return errorAnswer(operationOf(request), 400, error.code, error.message, error.fields);
      }
      throw error;
    }
  }

  private async performJson(operation: string, body: any, failingPart: (index: number) => boolean): Promise<object> {
    switch (operation) {
      case 'GetSecretValue':
        return this.secret(body);
      case 'PutEvents':
        return this.putEvents(body.Entries, failingPart);
      case 'SendMessage':
        this.deadLetters.push(body.MessageBody);
        return { MessageId: String(this.deadLetters.length), MD5OfMessageBody: createHash('md5').update(body.MessageBody).digest('hex') };
      case 'Invoke':
        // The scoring function of a user.
        return { score: 10, reason: 'a new device' };
      case 'BatchGetItem':
        return this.batchGetItem(body.RequestItems, failingPart);
      default:
        return this.table.perform(operation as Operation, body);
    }
  }

  private secret({ SecretId: arn, VersionStage: stage }: { readonly SecretId: string; readonly VersionStage: string }): object {
    if (stage !== 'AWSCURRENT') {
      throw new ServiceError('ResourceNotFoundException');
    }
    return { SecretString: this.secrets[arn], CreatedDate: 0 };
  }

  /** As when the table is too busy, some keys are not read (https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html). */
  private async batchGetItem(
    requested: { readonly [table: string]: { readonly Keys: readonly object[] } }, failingPart: (index: number) => boolean,
  ): Promise<object> {
    const [[table, { Keys, ...settings }]] = Object.entries(requested);
    // From the last one, so that the transaction, which is the first, is read at times although others are not.
    const failing = [...Keys].reverse().filter((_, index) => failingPart(index));
    const read = Keys.filter((key) => !failing.includes(key));
    const answer = read.length === 0
      ? { Responses: {} }
      : await this.table.perform('BatchGetItem', { RequestItems: { [table]: { ...settings, Keys: read } } });
    return { ...answer, UnprocessedKeys: failing.length > 0 ? { [table]: { ...settings, Keys: failing } } : {} };
  }

  private putEvents(entries: readonly PublishedEvent[], failingPart: (index: number) => boolean): object {
    const results = entries.map((entry, index) => {
      if (failingPart(index)) {
        return { ErrorCode: 'ThrottlingException', ErrorMessage: 'made to fail' };
      }
      return { EventId: String(this.events.push(entry)) };
    });
    return { FailedEntryCount: results.filter(({ ErrorCode }) => ErrorCode).length, Entries: results };
  }

  private putObject({ path, headers, body }: ServiceRequest): ServiceAnswer {
    const key = path.split('?')[0];
    if (headers['if-none-match'] === '*' && this.objects.has(key)) {
      return errorAnswer('PutObject', 412, 'PreconditionFailed', 'the key exists');
    }
    this.objects.set(key, body);
    return { status: 200, headers: { etag: '"an-etag"' }, body: '' };
  }
}

/** The name of the operation. Only S3 and Lambda have no target header. */
export function operationOf({ path, headers }: Pick<ServiceRequest, 'path' | 'headers'>): string {
  return INVOKE.test(path) ? 'Invoke' : String(headers['x-amz-target'] ?? '.PutObject').split('.')[1];
}

/** An error in the format of the operation's service. */
export function errorAnswer(operation: string, status: number, code: string, message = 'made to fail', fields: object = {}): ServiceAnswer {
  return operation === 'PutObject'
    ? { status, headers: { 'content-type': 'application/xml' }, body: `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>` }
    : json(status, { __type: code, message, ...fields });
}

function json(status: number, body: object): ServiceAnswer {
  return { status, headers: { 'content-type': 'application/x-amz-json-1.0' }, body: JSON.stringify(body) };
}
