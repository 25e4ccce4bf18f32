import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ConsoleActions, ConsoleSource } from './console-ports';
import { READ_ROUTES, WRITE_ROUTES } from './console-routes';
import { streamFeed } from './feed-stream';
import type { ConsoleInfo } from './model/console-answers';
import type { PageFile } from './page-files';
import { LOOPBACK, refuseForeign, refuseStranger, type Refusal } from './request-guard';
import { SECURITY_HEADERS } from './security-headers';
import type { TransactionFeed } from './transaction-feed';
import { UsageError } from '../terminal/usage-error';

/** The largest body of a write, in bytes. */
const MAX_REQUEST_BYTES = 64 * 1024;
/** Pages that are open at the same time. */
const MAX_STREAMS = 20;
const REQUEST_MS = 10_000;

export interface ConsoleServerOptions {
  readonly token: string;
  readonly source: ConsoleSource;
  /** Absent: the console is read-only. */
  readonly actions?: ConsoleActions;
  readonly feed: TransactionFeed;
  readonly files: ReadonlyMap<string, PageFile>;
  /** Gets the failures whose reason the page does not get. */
  readonly onFailure?: (error: Error) => void;
}

/** Serves the page and its data, on this machine only. */
export class ConsoleServer {
  private readonly server: Server;
  private streams = 0;

  constructor(private readonly options: ConsoleServerOptions) {
    this.server = createServer({ requestTimeout: REQUEST_MS, headersTimeout: REQUEST_MS, maxHeaderSize: 16 * 1024 }, (request, response) => {
      void this.answer(request, response);
    });
  }

  /** Starts, and returns the port. Port 0 is any free one. */
  public async listen(port: number): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, LOOPBACK, resolve);
    });
    return this.port;
  }

  public async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    this.server.closeAllConnections();
    await closed;
  }

  private get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    Object.entries(SECURITY_HEADERS).forEach(([name, value]) => response.setHeader(name, value));
    try {
      await this.route(request, response);
    } catch (error) {
      if (error instanceof UsageError) {
        sendJson(response, 400, { error: error.message });
      } else {
        this.options.onFailure?.(error as Error);
        const { name, message } = error as Error;
        sendJson(response, 502, { error: name === 'Error' ? message : `${name}: ${message}` });
      }
    }
  }

  private async route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { token, feed, files, source } = this.options;
    const { pathname, searchParams } = new URL(request.url!, `http://${LOOPBACK}`);
    const foreign = refuseForeign(request, this.port) ?? refuseMethod(request, pathname);
    if (foreign) {
      return refuse(response, foreign);
    }
    const file = files.get(pathname);
    if (file) {
      response.writeHead(200, { 'Content-Type': file.type }).end(file.content);
      return;
    }
    const stranger = refuseStranger(request, token);
    if (stranger) {
      return refuse(response, stranger);
    }
    if (request.method === 'POST') {
      return this.write(request, response, pathname);
    }
    if (pathname === '/api/stream') {
      return this.stream(request, response, feed);
    }
    if (pathname === '/api/system') {
      const info: ConsoleInfo = { ...source.system, canWrite: this.options.actions !== undefined };
      return sendJson(response, 200, info);
    }
    const read = READ_ROUTES.get(pathname);
    const content = await read?.(source, searchParams);
    return content === undefined ? sendJson(response, 404, { error: 'not found' }) : sendJson(response, 200, content);
  }

  private stream(request: IncomingMessage, response: ServerResponse, feed: TransactionFeed): void {
    if (this.streams >= MAX_STREAMS) {
      return sendJson(response, 503, { error: 'too many pages are open' });
    }
    this.streams++;
    response.on('close', () => this.streams--);
    response.writeHead(200, { 'Content-Type': 'text/event-stream; charset=utf-8' });
    streamFeed(response, feed, request.headers['last-event-id'] as string | undefined);
  }

  private async write(request: IncomingMessage, response: ServerResponse, pathname: string): Promise<void> {
    const { actions } = this.options;
    if (!actions) {
      return refuse(response, { status: 403, message: 'the console is read-only. Start it with --write to change something.' });
    }
    if (request.headers['content-type']?.split(';')[0].trim() !== 'application/json') {
      return refuse(response, { status: 415, message: 'the content type must be application/json' });
    }
    const text = await requestText(request);
    if (text === undefined) {
      return refuse(response, { status: 413, message: `a request has at most ${MAX_REQUEST_BYTES} bytes` });
    }
    sendJson(response, 200, await WRITE_ROUTES.get(pathname)!(actions, parsedObject(text)));
  }
}

/** Only known paths can be written. */
function refuseMethod({ method }: IncomingMessage, pathname: string): Refusal | undefined {
  const isAllowed = method === 'GET' ? !WRITE_ROUTES.has(pathname) : method === 'POST' && WRITE_ROUTES.has(pathname);
  return isAllowed ? undefined : { status: 405, message: 'the method is not allowed' };
}

function refuse(response: ServerResponse, { status, message }: Refusal): void {
  // What the client still sends is not read.
  response.setHeader('Connection', 'close');
  sendJson(response, status, { error: message });
}

function sendJson(response: ServerResponse, status: number, content: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8' }).end(JSON.stringify(content));
}

/** The text of a request; undefined if it is too large. The rest of such a request is not read. */
async function requestText(request: IncomingMessage): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('error', reject);
    request.on('end', () => resolve(Buffer.concat(chunks).toString()));
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > MAX_REQUEST_BYTES) {
        request.pause();
        resolve(undefined);
      } else {
        chunks.push(chunk);
      }
    });
  });
}

function parsedObject(text: string): { readonly [name: string]: unknown } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = undefined;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new UsageError('the body must be a JSON object');
  }
  return value as { readonly [name: string]: unknown };
}
