import { EventEmitter, once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

interface ScoringCall {
  readonly path: string;
  readonly payload: unknown;
}

/** The endpoint of Lambda, with functions of the user that answer as a test chooses. */
export class ScoringEndpoint {
  public calls: ScoringCall[] = [];
  private readonly sockets = new Set<Socket>();
  private readonly arrivals = new EventEmitter();
  private port = 0;
  private answer?: (response: ServerResponse) => unknown;
  private readonly server: Server;

  constructor() {
    this.server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => {
        this.calls.push({ path: request.url!, payload: JSON.parse(Buffer.concat(chunks).toString()) });
        this.answer?.(response);
        this.arrivals.emit('call');
      });
    }).on('connection', (socket) => {
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
    });
  }

  /** Starts the server and returns its URL. */
  public async start(): Promise<string> {
    await this.restart();
    this.port = (this.server.address() as AddressInfo).port;
    return `http://127.0.0.1:${this.port}`;
  }

  /** Starts the server again, at the same address. */
  public async restart(): Promise<void> {
    this.server.listen(this.port, '127.0.0.1');
    await once(this.server, 'listening');
  }

  public async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** Forgets the calls, and ends those without an answer. */
  public reset(): void {
    this.server.closeAllConnections();
    this.calls = [];
  }

  public answerWith(answer: (response: ServerResponse) => unknown): void {
    this.answer = answer;
  }

  /** Waits for the next call. Its function has begun to answer, if it does. */
  public async nextCall(): Promise<void> {
    await once(this.arrivals, 'call');
  }

  /** Waits until the client has ended each of its connections. */
  public async allClosed(): Promise<void> {
    await Promise.all([...this.sockets].map(async (socket) => once(socket, 'close')));
  }
}
