import { SecretField } from '../../../src/private/contract';
import { ApiKeyUnusable, ApiRefusal, eventsIn, pagesBy, secondsText, EventListUnreadable, type ApiAccess, type EventList } from '../shared/event-list';
import { parseText, valueAt } from '../shared/json';
import { secretObject } from '../shared/secret-object';

const LIVE = 'https://api-m.paypal.com';
const SANDBOX = 'https://api-m.sandbox.paypal.com';
const EVENTS = '/v1/notifications/webhooks-events';
const PAGE_SIZE = '100';
const UNAUTHORIZED = 401;

/**
 * PayPal's list of the events of an app
 * (https://developer.paypal.com/api/webhooks/v1/#webhooks-events_list). It reaches back 30 days
 * (https://developer.paypal.com/api/rest/webhooks/events-dashboard/).
 */
export const payPalEvents: EventList = {
  keptDays: 30,
  keyRule: 'JSON {"client_id": "…", "client_secret": "…"} of the PayPal app that the webhook belongs to, live or sandbox as the provider\'s testMode says',

  pages({ from, to }, access) {
    const host = access.sandbox ? SANDBOX : LIVE;
    const first = new URLSearchParams({ page_size: PAGE_SIZE, start_time: secondsText(from), end_time: secondsText(to) });
    const session = new PayPalSession(host, access);
    return pagesBy<string>(async (query = `?${first}`) => {
      const answer = await session.get(`${host}${EVENTS}${query}`);
      return { events: eventsIn(answer, 'events', { id: 'id', name: 'event_type' }, { required: false }), next: nextQuery(answer.json.links) };
    });
  },
};

/** The query of the link to the next page. Its host can be another one of PayPal's, and the token must go nowhere else. */
function nextQuery(links: unknown): string | undefined {
  const next: unknown = Array.isArray(links) ? links.find((link: unknown) => valueAt(link, 'rel') === 'next') : undefined;
  const href = parseText(valueAt(next, 'href'));
  const position = href?.indexOf('?') ?? -1;
  return position < 0 ? undefined : href?.slice(position);
}

/** Requests with an access token, which is fetched again if it expired (https://developer.paypal.com/api/rest/authentication/). */
class PayPalSession {
  private token?: string;

  constructor(private readonly host: string, private readonly access: ApiAccess) {}

  public async get(url: string): ReturnType<ApiAccess['send']> {
    const isFresh = this.token === undefined;
    try {
      return await this.getOnce(url);
    } catch (error) {
      if (isFresh || !(error instanceof ApiRefusal) || error.status !== UNAUTHORIZED) {
        throw error;
      }
      this.token = undefined;
      return this.getOnce(url);
    }
  }

  private async getOnce(url: string): ReturnType<ApiAccess['send']> {
    this.token ??= await this.fetchToken();
    return this.access.send({ url, method: 'GET', headers: { authorization: `Bearer ${this.token}` } });
  }

  private async fetchToken(): Promise<string> {
    const credentials = secretObject(this.access.key, [SecretField.CLIENT_ID, SecretField.CLIENT_SECRET]);
    if (!credentials) {
      throw new ApiKeyUnusable('the API key is not JSON with a client_id and a client_secret');
    }
    const { client_id: id, client_secret: secret } = credentials;
    const { json } = await this.access.send({
      url: `${this.host}/v1/oauth2/token`,
      method: 'POST',
      headers: {
        'authorization': `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`, 'content-type': 'application/x-www-form-urlencoded',
      },
      body: 'grant_type=client_credentials',
    });
    const token = parseText(json.access_token);
    if (token === undefined) {
      throw new EventListUnreadable('the answer has no access token');
    }
    return token;
  }
}
