import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { MemoryBucket } from './memory-bucket';
import { MemoryTable, type Operation } from './memory-table';
import { ServiceError } from './service-error';
import type { WireItem } from './wire-item';

export type { WireItem } from './wire-item';

export interface StoredSecret {
  readonly current?: string;
  readonly previous?: string;
  /** The time of the last rotation. */
  readonly rotatedAt?: Date;
}

interface Put { readonly Item: WireItem }

/**
 * DynamoDB, S3 and Secrets Manager for the validator, in memory and over HTTP. The
 * SDK in a bundle cannot be mocked, but its endpoint can be configured.
 */
export class AwsServer {
  public readonly secrets = new Map<string, StoredSecret>();
  private readonly table = new MemoryTable();
  private bucket = new MemoryBucket();
  private server?: Server;
  private failure: (item: WireItem) => string | undefined = () => undefined;

  /** Starts the server and returns its URL. */
  public async start(): Promise<string> {
    const server = createServer((request, response) => {
      void this.answer(request).then(({ status, body }) => {
        response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(typeof body === 'string' ? body : JSON.stringify(body));
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

  /** Empties the table and the bucket, and removes the failure. */
  public reset(): void {
    this.table.clear();
    this.bucket = new MemoryBucket();
    this.failWith(() => undefined);
  }

  /** Makes the writes of an item fail with the returned error code, if there is one. */
  public failWith(codeFor: (item: WireItem) => string | undefined): void {
    this.failure = codeFor;
  }

  /** The objects by `/<bucket>/<key>`. */
  public get objects(): ReadonlyMap<string, Buffer> {
    return this.bucket.objects;
  }

  /** The transactions, in the order of their arrival. */
  public get transactions(): WireItem[] {
    return this.table.items.filter(({ record_type: type }) => type.S === 'transaction');
  }

  /** Performs a request in wire format. */
  public async perform(operation: string, request: object): Promise<object> {
    if (operation === 'GetSecretValue') {
      return this.secret(request as { readonly SecretId: string; readonly VersionStage: string });
    }
    const { TransactItems } = request as { readonly TransactItems?: readonly { readonly Put: Put }[] };
    for (const { Item: item } of TransactItems?.map(({ Put: put }) => put) ?? [request as Put]) {
      const code = this.failure(item);
      if (code) {
        // Error messages of services quote the request.
        throw new ServiceError(code, `made to fail for ${JSON.stringify(item)}`);
      }
    }
    return this.table.perform(operation as Operation, request);
  }

  private async answer(request: IncomingMessage): Promise<{ readonly status: number; readonly body: object | string }> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) {
      chunks.push(chunk as Buffer);
    }
    if (request.method === 'PUT') {
      return this.bucket.put(request.url!, request.headers, Buffer.concat(chunks));
    }
    try {
      const operation = String(request.headers['x-amz-target']).split('.')[1];
      return { status: 200, body: await this.perform(operation, JSON.parse(Buffer.concat(chunks).toString())) };
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
}
