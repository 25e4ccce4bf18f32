import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An event that a provider lists, with the time that it lists it by. */
export interface StubEvent {
  readonly at: number;
  readonly event: { readonly [member: string]: unknown };
}

/** Answers a request in another way than the provider. */
export type Fault = (response: ServerResponse, text: string) => void;

export const FAULTS = {
  throttled: (response) => response.writeHead(429, { 'retry-after': '0' }).end('{}'),
  failing: (response) => response.writeHead(500).end('{}'),
  reset: (response) => response.destroy(),
  /** The headers and a part of the body arrive, and then nothing. */
  hanging: (response, text) => void response.writeHead(200, { 'content-length': String(Buffer.byteLength(text)) }).write(text.slice(0, 10)),
  truncated: (response, text) => response.writeHead(200).end(text.slice(0, -5)),
  unauthorized: (response) => response.writeHead(401).end('{"error":"no"}'),
  forbidden: (response) => response.writeHead(403).end('{"error":"no"}'),
} as const satisfies { readonly [name: string]: Fault };

export interface StubRequest {
  /** The URL that the client called, before it was led to the stub. */
  readonly url: URL;
  readonly method: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export const KEYS = { stripe: 'rk_live_0123456789', square: 'a-personal-access-token', paypal: '{"client_id":"an-id-1","client_secret":"a-secret-1"}' };

/** Tests replace the global function. */
const NETWORK = globalThis.fetch;

/** The APIs of Stripe, PayPal and Square on the loopback interface, as their references describe the lists of events. */
export class StubApi {
  public events: StubEvent[] = [];
  public maxPageSize = Infinity;
  public readonly requests: StubRequest[] = [];
  /** The faults of the next requests, in order; undefined for a usual answer. */
  public faults: (Fault | undefined)[] = [];
  private server?: Server;
  private tokens = 0;
  private validToken = '';
  private port = 0;

  /** Changes the usual answers. */
  public alter: (answer: any, request: StubRequest) => unknown = (answer) => answer;

  /** Leads the requests for the hosts of providers to the stub. */
  public get fetch(): typeof fetch {
    return async (url, init) => {
      const { href, pathname, search } = new URL(String(url));
      return NETWORK(`http://127.0.0.1:${this.port}${pathname}${search}`, { ...init, headers: { ...init?.headers as object, 'x-called': href } });
    };
  }

  public async start(): Promise<void> {
    this.server = createServer((request, response) => void this.serve(request, response));
    await new Promise<void>((resolve) => this.server!.listen(0, '127.0.0.1', resolve));
    this.port = (this.server.address() as AddressInfo).port;
  }

  public async stop(): Promise<void> {
    this.server!.closeAllConnections();
    await new Promise((resolve) => this.server!.close(resolve));
  }

  public reset(): void {
    this.events = [];
    this.faults = [];
    this.requests.length = 0;
    this.maxPageSize = Infinity;
    this.alter = (answer) => answer;
  }

  /** Makes the next request with PayPal's current token fail. */
  public expireToken(): void {
    this.validToken = '';
  }

  /** The requests for pages of events. */
  public get pages(): readonly StubRequest[] {
    return this.requests.filter(({ url }) => !url.pathname.endsWith('/token'));
  }

  private async serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of message) {
      parts.push(part as Buffer);
    }
    const request = {
      url: new URL(String(message.headers['x-called'])), method: message.method!, headers: message.headers, body: Buffer.concat(parts).toString(),
    };
    this.requests.push(request);
    const { status, answer } = this.answer(request);
    const text = JSON.stringify(this.alter(answer, request), null, 2);
    const fault = this.faults.shift();
    if (fault) {
      fault(response, text);
    } else {
      response.writeHead(status, { 'content-type': 'application/json' }).end(text);
    }
  }

  /** The usual answer to a request. */
  public answer(request: StubRequest): { status: number; answer: unknown } {
    const { url: { hostname, pathname }, headers: { authorization }, method } = request;
    const isSquare = hostname.includes('squareup');
    if (pathname === '/v1/oauth2/token') {
      const { client_id: id, client_secret: secret } = JSON.parse(KEYS.paypal) as { client_id: string; client_secret: string };
      const isKnown = authorization === `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` && request.body === 'grant_type=client_credentials';
      this.validToken = `token-${this.tokens += 1}`;
      return isKnown ? ok({ access_token: this.validToken, token_type: 'Bearer', expires_in: 32_400 }) : { status: 401, answer: {} };
    }
    const key = hostname === 'api.stripe.com' ? KEYS.stripe : isSquare ? KEYS.square : this.validToken;
    if (authorization !== `Bearer ${key}`) {
      return { status: 401, answer: {} };
    }
    switch (`${method} ${pathname}`) {
      case 'GET /v1/events': return ok(this.stripePage(request));
      case 'POST /v2/events': return ok(this.squarePage(request));
      case 'GET /v1/notifications/webhooks-events': return ok(this.payPalPage(request));
      default: return { status: 404, answer: {} };
    }
  }

  /** Newest first. */
  private stripePage({ url: { searchParams: query } }: StubRequest): object {
    const [from, to] = ['created[gte]', 'created[lt]'].map((name) => Number(query.get(name)) * 1_000);
    const all = this.events.filter(({ at }) => at >= from && at < to).sort((a, b) => b.at - a.at).map(({ event }) => event);
    const after = query.get('starting_after');
    const rest = after === null ? all : all.slice(all.findIndex(({ id }) => id === after) + 1);
    const data = rest.slice(0, this.sizeOf(query.get('limit')));
    return { object: 'list', url: '/v1/events', has_more: rest.length > data.length, data };
  }

  /** Both bounds are part of the window. */
  private squarePage({ body }: StubRequest): object {
    const { limit, cursor = '0', query: { filter: { created_at: { start_at: start, end_at: end } } } } = JSON.parse(body);
    const all = this.within(start, end);
    const next = Number(cursor) + this.sizeOf(limit);
    const events = all.slice(Number(cursor), next);
    return events.length === 0 ? {} : { events, metadata: [], cursor: next < all.length ? String(next) : undefined };
  }

  private payPalPage({ url: { searchParams: query } }: StubRequest): object {
    const all = this.within(query.get('start_time')!, query.get('end_time')!);
    const offset = Number(query.get('offset') ?? 0);
    const next = offset + this.sizeOf(query.get('page_size'));
    const following = new URLSearchParams({ ...Object.fromEntries(query), offset: String(next), move_to: 'next' });
    return {
      events: all.slice(offset, next),
      count: Math.min(next, all.length) - offset,
      links: [
        { href: 'https://api.paypal.com/v1/notifications/webhooks-events', rel: 'self', method: 'GET' },
        ...next < all.length ? [{ href: `https://api.paypal.com/v1/notifications/webhooks-events?${following}`, rel: 'next', method: 'GET' }] : [],
      ],
    };
  }

  private within(start: string, end: string): StubEvent['event'][] {
    return this.events.filter(({ at }) => at >= Date.parse(start) && at <= Date.parse(end)).map(({ event }) => event);
  }

  private sizeOf(limit: unknown): number {
    return Math.min(Number(limit), this.maxPageSize);
  }
}

function ok(answer: unknown): { status: number; answer: unknown } {
  return { status: 200, answer };
}
