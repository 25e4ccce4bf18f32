import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What went through a proxy. */
export interface Traffic {
  /** How many requests there were of each operation. */
  readonly requests: Readonly<Record<string, number>>;
  /** How many items were read for them, by DynamoDB's own count. */
  readonly itemsRead: number;
}

/** Stands between the handlers and DynamoDB, and counts what is asked for. */
export class CountingProxy {
  /** Starts a proxy on a free port of this machine. */
  public static async inFrontOf(target: string): Promise<CountingProxy> {
    const proxy = new CountingProxy(target);
    await new Promise<void>((resolve) => proxy.server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  private readonly server: Server;
  private requests: Record<string, number> = {};
  private itemsRead = 0;

  private constructor(private readonly target: string) {
    this.server = createServer((request, response) => {
      void this.forward(request).then(
        ({ status, body }) => response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(body),
        (error: unknown) => response.writeHead(502).end(String(error)),
      );
    });
  }

  public get endpoint(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** What has gone through since the last call. */
  public take(): Traffic {
    const traffic = { requests: this.requests, itemsRead: this.itemsRead };
    this.requests = {};
    this.itemsRead = 0;
    return traffic;
  }

  public async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async forward(request: IncomingMessage): Promise<{ status: number; body: string }> {
    const operation = String(request.headers['x-amz-target']).split('.').at(-1)!;
    const sent = Buffer.concat(await request.toArray()).toString();
    const { host, connection, 'content-length': length, ...headers } = request.headers;
    const answer = await fetch(this.target, { method: 'POST', headers: headers as Record<string, string>, body: sent });
    const body = await answer.text();
    this.requests[operation] = (this.requests[operation] ?? 0) + 1;
    this.itemsRead += itemsReadBy(operation, JSON.parse(sent), JSON.parse(body));
    return { status: answer.status, body };
  }
}

/** A query pays for what it looked at, a lookup by keys for each key, whether or not there is an item. */
function itemsReadBy(operation: string, sent: any, answered: any): number {
  switch (operation) {
    case 'Query': return answered.ScannedCount;
    case 'BatchGetItem': return Object.values<any>(sent.RequestItems).reduce((sum, { Keys }) => sum + Keys.length, 0);
    default: return 0;
  }
}
