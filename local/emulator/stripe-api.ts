import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The key that the stub accepts. */
export const STRIPE_API_KEY = 'rk_test_local_0123456789';

/** Stripe's list of events on loopback, as https://docs.stripe.com/api/events/list describes it. */
export class StripeApi {
  public static async start(): Promise<StripeApi> {
    const api = new StripeApi();
    await new Promise<void>((resolve) => api.server.listen(0, '127.0.0.1', resolve));
    // Ends with this command.
    api.server.unref();
    return api;
  }

  /** The bodies of the events, the newest first. */
  public events: readonly string[] = [];
  private readonly server: Server;

  private constructor() {
    this.server = createServer(({ url = '', headers }, response) => {
      const { pathname, searchParams } = new URL(url, 'http://stripe.invalid');
      const isAllowed = headers.authorization === `Bearer ${STRIPE_API_KEY}` && pathname === '/v1/events';
      response.writeHead(isAllowed ? 200 : 401, { 'content-type': 'application/json' });
      response.end(isAllowed ? this.page(searchParams) : '{}');
    });
  }

  public get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** One event on each page, so that all of them are followed. */
  private page(query: URLSearchParams): string {
    const [from, to] = ['created[gte]', 'created[lt]'].map((name) => Number(query.get(name)));
    const found = this.events.filter((body) => {
      const { created } = JSON.parse(body) as { readonly created: number };
      return created >= from && created < to;
    });
    const after = query.get('starting_after');
    const start = after === null ? 0 : found.findIndex((body) => (JSON.parse(body) as { readonly id: string }).id === after) + 1;
    return `{"object":"list","url":"/v1/events","has_more":${found.length > start + 1},"data":[${found.slice(start, start + 1).join()}]}`;
  }
}
