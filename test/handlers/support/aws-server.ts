import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

type Attribute = { readonly S?: string; readonly N?: string; readonly B?: string; readonly BOOL?: boolean };
/** An item as it goes over the wire: bytes are base64. */
export type WireItem = Readonly<Record<string, Attribute>>;

export interface StoredSecret {
  readonly current?: string;
  readonly previous?: string;
  /** When `current` became that. */
  readonly rotatedAt?: Date;
}

interface Put {
  readonly Item: WireItem;
  readonly ConditionExpression?: string;
  readonly ExpressionAttributeValues?: WireItem;
}

const CONDITIONS: Readonly<Record<string, (present: WireItem | undefined, put: Put) => boolean>> = {
  'attribute_not_exists(transaction_id)': (present) => !present,
  'attribute_not_exists(transaction_id) OR body_hash = :hash': (present, { ExpressionAttributeValues }) => (
    !present || present.body_hash?.S === ExpressionAttributeValues?.[':hash'].S
  ),
};

/** DynamoDB's limits that a hostile webhook could reach for. */
const MAX_PARTITION_KEY_BYTES = 2048;
const MAX_SORT_KEY_BYTES = 1024;
const MAX_ITEM_BYTES = 400 * 1024;
const MAX_NUMBER_DIGITS = 38;

/** An error of a service, by the name that the SDK knows it by. */
export class ServiceError extends Error {
  constructor(readonly code: string, message = 'no reason', readonly fields: object = {}) {
    super(message);
  }
}

/**
 * DynamoDB's and Secrets Manager's part in the validator's work, in memory and
 * over HTTP: a bundle's own SDK cannot be mocked, but it can be told where to
 * find AWS. It knows the operations and the conditions that the validator
 * uses, and rejects any other.
 */
export class AwsServer {
  public readonly secrets = new Map<string, StoredSecret>();
  private readonly stored = new Map<string, WireItem>();
  private server?: Server;
  private failure: (item: WireItem) => string | undefined = () => undefined;

  /** Starts to listen; gives the URL. */
  public async start(): Promise<string> {
    const server = createServer((request, response) => {
      void this.answer(request).then(({ status, body }) => {
        response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(body));
      });
    });
    this.server = server;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  public async stop(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise((resolve) => this.server?.close(resolve));
  }

  /** Empties the table, and lets it work again. */
  public reset(): void {
    this.stored.clear();
    this.failWith(() => undefined);
  }

  /** From here on the store fails for an item with the code of an error, where one is given. */
  public failWith(codeFor: (item: WireItem) => string | undefined): void {
    this.failure = codeFor;
  }

  /** The transactions, in the order of their arrival. */
  public get transactions(): WireItem[] {
    return [...this.stored.values()].filter(({ record_type: type }) => type.S === 'transaction');
  }

  /** Does what a request asks for; its fields are those of the wire. */
  public perform(operation: string, input: unknown): object {
    switch (operation) {
      case 'GetSecretValue':
        return this.secret(input as { readonly SecretId: string; readonly VersionStage: string });
      case 'PutItem':
        return this.putAll([input as Put], 'ConditionalCheckFailedException');
      case 'TransactWriteItems':
        return this.putAll((input as { readonly TransactItems: readonly { readonly Put: Put }[] }).TransactItems.map(({ Put: put }) => put));
      default:
        throw new ServiceError('UnknownOperationException', `not in this server: ${operation}`);
    }
  }

  private async answer(request: IncomingMessage): Promise<{ readonly status: number; readonly body: object }> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) {
      chunks.push(chunk as Buffer);
    }
    try {
      const operation = String(request.headers['x-amz-target']).split('.')[1];
      return { status: 200, body: this.perform(operation, JSON.parse(Buffer.concat(chunks).toString())) };
    } catch (error) {
      const { code, message, fields } = error instanceof ServiceError ? error : new ServiceError('InternalServerError', String(error));
      return { status: 400, body: { __type: code, message, ...fields } };
    }
  }

  private secret({ SecretId: id, VersionStage: stage }: { readonly SecretId: string; readonly VersionStage: string }): object {
    const { current, previous, rotatedAt = new Date(0) } = this.secrets.get(id) ?? {};
    const value = stage === 'AWSCURRENT' ? current : previous;
    if (value === undefined) {
      throw new ServiceError('ResourceNotFoundException');
    }
    return { SecretString: value, CreatedDate: rotatedAt.getTime() / 1000 };
  }

  /** All or none, in one turn of the event loop: atomic. */
  private putAll(puts: readonly Put[], failedAlone?: string): object {
    puts.forEach(({ Item: item }) => {
      const code = limitBrokenBy(item) ? 'ValidationException' : this.failure(item);
      if (code) {
        // Services quote what they were given.
        throw new ServiceError(code, limitBrokenBy(item) ?? `made to fail for ${JSON.stringify(item)}`);
      }
    });
    const reasons = puts.map((put) => ({ Code: this.holds(put) ? 'None' : 'ConditionalCheckFailed' }));
    if (reasons.some(({ Code: code }) => code !== 'None')) {
      throw new ServiceError(failedAlone ?? 'TransactionCanceledException', 'a condition did not hold', { CancellationReasons: reasons });
    }
    puts.forEach(({ Item: item }) => this.stored.set(keyOf(item), item));
    return {};
  }

  private holds(put: Put): boolean {
    const condition = CONDITIONS[put.ConditionExpression ?? ''];
    if (!condition) {
      throw new ServiceError('ValidationException', `not in this server: ${put.ConditionExpression}`);
    }
    return condition(this.stored.get(keyOf(put.Item)), put);
  }
}

function keyOf({ transaction_id: id, timestamp }: WireItem): string {
  return JSON.stringify([id.S, timestamp.S]);
}

function limitBrokenBy(item: WireItem): string | undefined {
  const { transaction_id: { S: id = '' }, timestamp: { S: timestamp = '' } } = item;
  const isKeyWithin = Buffer.byteLength(id) <= MAX_PARTITION_KEY_BYTES && Buffer.byteLength(timestamp) <= MAX_SORT_KEY_BYTES;
  if (!isKeyWithin || id === '' || timestamp === '') {
    return 'a key is empty or too long';
  }
  const numbers = Object.values(item).flatMap(({ N: number }) => number ?? []);
  if (numbers.some((number) => !/^-?\d+$/.test(number) || number.length > MAX_NUMBER_DIGITS)) {
    return 'a number has too many digits';
  }
  return JSON.stringify(item).length > MAX_ITEM_BYTES ? 'the item is too large' : undefined;
}
