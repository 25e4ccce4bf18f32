import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** `truncated` breaks the connection within the answer, and `stopped` leaves it open. */
export type ScriptedAnswer = 'ok' | 'hang up' | 'silence' | 'truncated' | 'stopped'
  | { readonly status?: number; readonly body: object }
  | { readonly status: number; readonly text: string };

/** A service that answers requests in the order of a script. */
export class ScriptedServer {
  public requests: { readonly headers: IncomingHttpHeaders; readonly body: string }[] = [];
  public connections = 0;
  private answers: ScriptedAnswer[] = [];
  private readonly server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      this.requests.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
      answerWith(this.answers.shift() ?? 'hang up', response);
    });
  }).on('connection', () => { this.connections += 1; });

  public async start(): Promise<string> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  public async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** Forgets the requests, and sets the next answers. */
  public reset(...answers: ScriptedAnswer[]): void {
    this.requests = [];
    this.answers = answers;
  }
}

function answerWith(answer: ScriptedAnswer, response: ServerResponse): void {
  switch (answer) {
    case 'hang up':
      response.destroy();
      return;
    case 'silence':
      return;
    case 'truncated':
      response.writeHead(200, { 'content-length': '100' }).write('{"', () => response.destroy());
      return;
    case 'stopped':
      response.writeHead(200, { 'content-length': '100' }).write('{"');
      return;
    case 'ok':
      response.end('{}');
      return;
    default:
      response.writeHead(answer.status ?? 200).end('text' in answer ? answer.text : JSON.stringify(answer.body));
  }
}
