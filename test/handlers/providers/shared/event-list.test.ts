import { payPalEvents } from '../../../../handlers/providers/paypal/paypal-event-list';
import { pagesBy, secondsText, usableKey, type ApiRequest, type EventList, type ListedEvent } from '../../../../handlers/providers/shared/event-list';
import { squareEvents } from '../../../../handlers/providers/square/square-event-list';
import { stripeEvents } from '../../../../handlers/providers/stripe/stripe-event-list';

const WINDOW = { from: Date.parse('2026-03-01T12:00:00.700Z'), to: Date.parse('2026-03-01T13:00:00.200Z') };
const PAYPAL_KEY = '{"client_id":"an-id","client_secret":"a-secret"}';

/** The events of a list whose answers are given, and the requests that were made. */
async function listed(list: EventList, answers: readonly unknown[], { key = 'a-long-key', sandbox = false } = {}): Promise<{ events: ListedEvent[]; requests: ApiRequest[] }> {
  const requests: ApiRequest[] = [];
  const events: ListedEvent[] = [];
  const send = async (request: ApiRequest) => {
    const text = JSON.stringify(answers[requests.push(request) - 1]);
    return { body: Buffer.from(text), json: JSON.parse(text) as Record<string, unknown> };
  };
  for await (const page of list.pages(WINDOW, { key, sandbox, send })) {
    events.push(...page);
  }
  return { events, requests };
}

test('Stripe is asked for whole seconds that contain the window', async () => {
  const { requests: [{ url, headers }] } = await listed(stripeEvents, [{ data: [], has_more: false }]);

  expect(decodeURIComponent(url)).toBe('https://api.stripe.com/v1/events?limit=100&created[gte]=1772366400&created[lt]=1772370001');
  expect(headers).toEqual({ authorization: 'Bearer a-long-key' });
});

test.each([
  ['no list', [{}], 'the answer has no list under data'],
  ['an event without an id', [{ data: [{ type: 'charge.succeeded' }] }], 'an event in the list has no id or no name'],
  ['an event without a name', [{ data: [{ id: 'evt_1' }] }], 'an event in the list has no id or no name'],
  ['an event that is no object', [{ data: [1] }], 'an event in the list has no id or no name'],
  ['more after an empty page', [{ data: [], has_more: true }], 'a page without events has more'],
  ['the same page again', Array(3).fill({ data: [{ id: 'evt_1', type: 'a' }], has_more: true }), 'the pages of the list repeat'],
])('an answer of Stripe with %s is rejected', async (_, answers: unknown[], message) => {
  await expect(listed(stripeEvents, answers)).rejects.toThrow(message);
});

test('Square is asked by a search, and an empty answer has no events', async () => {
  const { events, requests: [{ url, method, body }] } = await listed(squareEvents, [{}]);

  expect([method, url]).toEqual(['POST', 'https://connect.squareup.com/v2/events']);
  expect(JSON.parse(body!)).toEqual({
    limit: 100, query: { filter: { created_at: { start_at: '2026-03-01T12:00:00Z', end_at: '2026-03-01T13:00:00Z' } } },
  });
  expect(events).toEqual([]);
});

test('errors in an answer of Square are not a list without events', async () => {
  await expect(listed(squareEvents, [{ errors: [{ code: 'A' }] }])).rejects.toThrow('the answer has errors');
});

test('PayPal is asked with a token for the credentials of the app', async () => {
  const { requests: [token, page] } = await listed(payPalEvents, [{ access_token: 'a-token' }, { events: [] }], { key: PAYPAL_KEY, sandbox: true });

  expect([token.method, token.url, token.body]).toEqual(['POST', 'https://api-m.sandbox.paypal.com/v1/oauth2/token', 'grant_type=client_credentials']);
  expect(token.headers.authorization).toBe(`Basic ${Buffer.from('an-id:a-secret').toString('base64')}`);
  expect(decodeURIComponent(page.url)).toBe(
    'https://api-m.sandbox.paypal.com/v1/notifications/webhooks-events?page_size=100&start_time=2026-03-01T12:00:00Z&end_time=2026-03-01T13:00:00Z',
  );
  expect(page.headers).toEqual({ authorization: 'Bearer a-token' });
});

test('the token of PayPal goes to no host that a link names', async () => {
  const links = [{ rel: 'self', href: 'https://a.example/?x=0' }, { rel: 'next', href: 'https://a.example/elsewhere?x=1' }];
  const { requests } = await listed(payPalEvents, [{ access_token: 'a-token' }, { links }, { links: [] }], { key: PAYPAL_KEY });

  expect(requests[2].url).toBe('https://api-m.paypal.com/v1/notifications/webhooks-events?x=1');
});

test.each([undefined, 'https://api-m.paypal.com/v1/notifications/webhooks-events'])('a link of PayPal to %s leads to no page', async (href) => {
  const { requests } = await listed(payPalEvents, [{ access_token: 'a-token' }, { links: [{ rel: 'next', href }] }], { key: PAYPAL_KEY });

  expect(requests.length).toBe(2);
});

test('an answer of PayPal without a token is rejected', async () => {
  await expect(listed(payPalEvents, [{}], { key: PAYPAL_KEY })).rejects.toThrow('the answer has no access token');
});

test.each(['short', 'a key with spaces', 'a-key-with-\u00e4', 'x'.repeat(501)])('the text %j is no key', (key) => {
  expect(() => usableKey(key)).toThrow('the API key is not a text of printable characters');
});

test('pages are followed until there is no next one', async () => {
  const positions: (number | undefined)[] = [];
  const pages = pagesBy<number>(async (position = 0) => {
    positions.push(position);
    return { events: [], next: position < 2 ? position + 1 : undefined };
  });
  for await (const page of pages) {
    expect(page).toEqual([]);
  }

  expect(positions).toEqual([0, 1, 2]);
});

test('times have whole seconds', () => {
  expect(secondsText(WINDOW.from)).toBe('2026-03-01T12:00:00Z');
});
