import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { loadScheme } from '../../../handlers/providers/registry';
import type { ProviderConfig } from '../../../src/private/contract';

/** A request as it arrived. */
export interface ReceivedRequest {
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
  /** What the scheme says about the signature. */
  readonly verification: string;
}

type Behavior = (request: ReceivedRequest, response: ServerResponse, index: number) => void;

/** Answers as the system does. */
export function verifying({ verification }: ReceivedRequest, response: ServerResponse): void {
  const authentic = verification === 'authentic';
  response.writeHead(authentic ? 200 : 401, { 'content-type': 'application/json' });
  response.end(JSON.stringify(authentic ? { result: 'stored' } : { error: verification }));
}

/** A server on this machine that verifies webhooks as their schemes do. Each test chooses its answers. */
export class WebhookReceiver {
  public readonly received: ReceivedRequest[] = [];
  public behavior: Behavior = verifying;
  public config: ProviderConfig = { name: 'stripe', scheme: 'stripe', secretArns: [] };
  public secret = '';
  /** The most requests that had no answer at the same time. */
  public mostAtOnce = 0;
  private atOnce = 0;
  private readonly server: Server = createServer((request, response) => void this.receive(request, response));

  public async start(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  public async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  public reset(): void {
    this.received.length = 0;
    this.mostAtOnce = 0;
    this.behavior = verifying;
  }

  public urlOf(name: string): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/prod/webhook/${name}`;
  }

  private async receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.atOnce += 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.atOnce);
    response.on('close', () => {
      this.atOnce -= 1;
    });
    const chunks: Buffer[] = [];
    for await (const chunk of request) {
      chunks.push(chunk as Buffer);
    }
    const body = Buffer.concat(chunks);
    const { url = '', headers, rawHeaders } = request;
    const received = { url, headers, rawHeaders, body, verification: await this.verify(body, headers) };
    this.received.push(received);
    this.behavior(received, response, this.received.length - 1);
  }

  private async verify(body: Buffer, headers: IncomingMessage['headers']): Promise<string> {
    const { verify, batch } = loadScheme(this.config.scheme);
    const request = { body, headers: new Map(Object.entries(headers).map(([name, value]) => [name, [String(value)]])) };
    const [first] = batch?.signed === 'each' ? batch.split(request)! : [request];
    return verify(first, this.config.secretArns.length > 0 || this.secret !== '' ? [this.secret] : [], {
      config: this.config, now: new Date(), certificates: async () => undefined,
    });
  }
}
