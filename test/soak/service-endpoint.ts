import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AwsServices } from '../faults/aws-services';

/** An endpoint of AWS that keeps its connections, so that a function that leaks connections is noticed. */
export class ServiceEndpoint {
  private readonly server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      this.services.perform({ path: incoming.url!, headers: incoming.headers, body: Buffer.concat(chunks) }).then(
        ({ status, headers, body }) => response.writeHead(status, headers).end(body),
        (error: unknown) => {
          this.defects.push(String(error));
          response.destroy();
        },
      );
    });
  });
  public readonly defects: string[] = [];
  private connections = 0;

  constructor(private readonly services: AwsServices) {
    this.server.keepAliveTimeout = 0;
    this.server.on('connection', () => { this.connections += 1; });
  }

  public get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** The connections that were opened. */
  public get opened(): number {
    return this.connections;
  }

  public async start(): Promise<void> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
  }

  public async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
