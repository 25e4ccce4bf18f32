import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { MemoryBucket, type BucketAnswer } from './memory-bucket';

/** How a request is answered: `put` writes the object and returns S3's answer. */
export type Answer = (put: () => BucketAnswer, response: ServerResponse) => void;

/** S3 over HTTP, for the real client. A test can replace the answers of the next requests. */
export class BucketServer {
  public readonly requests: { readonly method: string; readonly headers: IncomingHttpHeaders }[] = [];
  private bucket = new MemoryBucket();
  private answers: readonly Answer[] = [];
  private readonly server = createServer((request, response) => {
    void this.answer(request, response);
  });

  public get objects(): ReadonlyMap<string, Buffer> {
    return this.bucket.objects;
  }

  /** Starts the server and returns its URL. Call in `beforeAll`. */
  public async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Call in `afterAll`. */
  public async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  public reset(): void {
    this.requests.length = 0;
    this.bucket = new MemoryBucket();
    this.answers = [];
  }

  public answerNext(...answers: readonly Answer[]): void {
    this.answers = answers;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', headers, url = '' } = request;
    const body = await buffer(request);
    this.requests.push({ method, headers });
    const [answer = ordinary, ...others] = this.answers;
    this.answers = others;
    answer(() => this.bucket.put(url, headers, body), response);
  }
}

const ordinary: Answer = (put, response) => {
  const { status, body } = put();
  response.writeHead(status).end(body);
};
