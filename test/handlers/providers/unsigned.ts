import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { SchemeName } from '../../../src/private/contract';

type Headers = Readonly<Record<string, string>>;

/** The same webhook as somebody sends it who wants it to be counted once more: nothing is altered that is signed. */
export function unsignedAltered(scheme: SchemeName, event: APIGatewayProxyEvent): APIGatewayProxyEvent[] {
  const headers = event.headers as Headers;
  return [
    {
      ...withHeaders(event, { ...headers, 'User-Agent': 'other', 'X-Forwarded-For': '203.0.113.9', 'Content-Type': 'text/plain', 'Idempotency-Key': 'other' }),
      httpMethod: 'PUT',
      path: '/other',
      queryStringParameters: { id: 'other' },
      multiValueQueryStringParameters: { id: ['other'] },
      stageVariables: { any: 'other' },
      requestContext: { requestId: 'other', requestTimeEpoch: 1 } as APIGatewayProxyEvent['requestContext'],
    },
    withHeaders(event, mapped(headers, (name, value) => [name.toLowerCase(), value])),
    withHeaders(event, mapped(headers, (name, value) => [name.toUpperCase(), value])),
    ...(OF_SCHEME[scheme] ?? (() => []))(event, headers),
  ];
}

/** What of a provider's own words is not signed. */
const OF_SCHEME: Partial<Record<SchemeName, (event: APIGatewayProxyEvent, headers: Headers) => APIGatewayProxyEvent[]>> = {
  adyen: (event) => [withBody(event, adyenAltered)],
  braintree: (event) => [
    withBody(event, (form) => `${form}&other=1`),
    withBody(event, (form) => form.split('&').reverse().join('&')),
    withBody(event, (form) => form.replace(/[a-z](?=[A-Za-z0-9%]*$)/, (letter) => `%${letter.charCodeAt(0).toString(16)}`)),
    withBody(event, (form) => form.replace('bt_signature=', 'bt_signature=another_key%7C00%26')),
  ],
  razorpay: (event, headers) => [withHeaders(event, { ...headers, 'x-razorpay-event-id': 'other' })],
  shopify: (event, headers) => [
    withHeaders(event, mapped(headers, (name, value) => [name, name.startsWith('X-Shopify-') && name !== 'X-Shopify-Hmac-Sha256' ? 'other' : value])),
  ],
  square: (event, headers) => [withHeaders(event, { ...headers, 'x-square-signature': 'other' })],
};

/** Adyen's notifications are signed in some of their fields; its other webhooks as a whole. */
function adyenAltered(text: string): string {
  const json = JSON.parse(text) as { notificationItems?: { NotificationRequestItem: { additionalData: object } }[] };
  if (!json.notificationItems) {
    return text;
  }
  const notificationItems = json.notificationItems.map(({ NotificationRequestItem: { additionalData, ...item } }) => ({
    other: true,
    NotificationRequestItem: {
      note: 'other',
      ...item,
      additionalData: { ...additionalData, cardSummary: '9999' },
      eventDate: '2030-01-01T00:00:00+00:00',
      reason: 'other',
      paymentMethod: 'other',
      operations: ['REFUND'],
    },
  }));
  return JSON.stringify({ live: 'false', other: 1, notificationItems }, undefined, 2);
}

function mapped(headers: Headers, map: (name: string, value: string) => [string, string]): Headers {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => map(name, value)));
}

function withHeaders(event: APIGatewayProxyEvent, headers: Headers): APIGatewayProxyEvent {
  const multiValueHeaders = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]));
  return { ...event, headers: { ...headers }, multiValueHeaders };
}

function withBody(event: APIGatewayProxyEvent, alter: (text: string) => string): APIGatewayProxyEvent {
  return { ...event, body: Buffer.from(alter(Buffer.from(event.body!, 'base64').toString())).toString('base64') };
}
