import type { APIGatewayProxyEvent } from 'aws-lambda';
import fc from 'fast-check';
import { payloadBytes, type Change, type ProviderSamples } from '../../../handlers/providers/shared/samples/provider-samples';

/** One change at any position. */
export const changes: fc.Arbitrary<Change> = fc.record({
  position: fc.nat(),
  difference: fc.integer({ min: 1, max: 255 }),
  character: fc.integer({ min: 0x21, max: 0x7d }).map((code) => String.fromCharCode(code)),
});

const nested = (open: string, close: string) => fc.integer({ min: 1, max: 12_000 }).map((depth) => `${open.repeat(depth)}1${close.repeat(depth)}`);

/** JSON texts that are difficult for a parser, or for code that trusts its result. */
const values = fc.oneof(
  { weight: 3, arbitrary: fc.json({ maxDepth: 3 }) },
  { weight: 1, arbitrary: nested('[', ']') },
  { weight: 1, arbitrary: nested('{"data":', '}') },
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      'null', 'true', '0', '-0', '-1', '1e400', '-1e400', '1e-400', '12.5', '1e21', '9007199254740993', '9'.repeat(400), '""', '" "', '"12.345"', '"1,5"', '"-1.00"',
      `"${'9'.repeat(29)}"`, `"${'9'.repeat(31)}"`, '"0x10"', '"NaN"', '"\\ud800"', '"\\udc00\\ud800"', '"\\u0000"', `"${'x'.repeat(5000)}"`, '"EUR"', '"eur"', '"XXX"',
      '"2026-02-30T00:00:00Z"', '[]', '{}', '[null]', '[[]]', '{"id": {}}', '{"__proto__": {"id": "x"}}', '{"constructor": 1, "toString": 2, "hasOwnProperty": 3}',
      '{"id": "a", "id": "b"}', '{"value": "1e5", "currency_code": "EUR"}', '{"amount": 1e300, "currency": "JPY"}',
    ),
  },
);

const MARK = '@@here@@';

/** All places in a JSON value. */
function placesIn(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  const below = typeof value === 'object' && value !== null ? Object.entries(value).flatMap(([key, member]) => placesIn(member, [...path, key])) : [];
  return [path, ...below];
}

function withMark(value: unknown, [key, ...rest]: readonly string[]): unknown {
  if (key === undefined) {
    return MARK;
  }
  const copy = structuredClone(value) as Record<string, unknown>;
  copy[key] = withMark(copy[key], rest);
  return copy;
}

/** A payload of the provider with another value in one place. In XML, the value replaces a text. */
function alteredSamples({ events }: ProviderSamples): fc.Arbitrary<string> {
  const payload = fc.constantFrom(...events.map((sample) => sample.payload));
  return fc.record({ payload, place: fc.nat(), value: values, times: fc.constantFrom(1, 1, 1, 2) })
    .map(({ payload: original, place, value, times }) => {
      if (typeof original === 'string') {
        const texts = [...original.matchAll(/>[^<>\s][^<>]*</g)];
        const { index, 0: found } = texts[place % texts.length];
        return `${original.slice(0, index)}>${value.replaceAll('"', '')}<${original.slice(index + found.length)}`;
      }
      const places = placesIn(original);
      const text = JSON.stringify(withMark(original, places[place % places.length])).replace(`"${MARK}"`, () => value);
      // A second member of the same name.
      return times === 2 ? text.replace(/^\{("[^"]+"):/, `{$1:${value.replaceAll('$', '$$$$')},$1:`) : text;
    });
}

const XML = fc.constantFrom(
  '<', '<a>', '<a/>', '<a></b>', '<?xml version="1.0"?>', '<notification/>', '<notification><kind/></notification>', '<notification><kind>__proto__</kind></notification>',
  '<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;&b;&b;">]><notification><kind>&d;</kind></notification>',
  '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><notification><kind>&b;</kind></notification>',
  '<notification><kind>check</kind><kind>check</kind></notification>', '<notification><__proto__><a/></__proto__><kind>check</kind></notification>',
  `${'<a>'.repeat(5000)}${'</a>'.repeat(5000)}`, `<notification><kind>${'x'.repeat(5000)}</kind></notification>`,
);

/** Payloads that a provider could sign, and payloads that it never would. */
export function hostilePayloads(samples: ProviderSamples): fc.Arbitrary<Buffer> {
  const texts = fc.oneof({ weight: 2, arbitrary: values }, { weight: 4, arbitrary: alteredSamples(samples) }, ...sendsXml(samples) ? [XML] : []);
  return fc.oneof(
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)) },
    { weight: 6, arbitrary: texts.map((text) => Buffer.from(text)) },
  );
}

/** Whether the provider sends XML, and not JSON. */
function sendsXml({ events }: ProviderSamples): boolean {
  return events.some(({ payload }) => typeof payload === 'string');
}

/** Payloads with one event each, and other payloads in the same format. */
export function payloads(samples: ProviderSamples): fc.Arbitrary<Buffer> {
  const single = samples.events.filter(({ events }) => events.length === 1).map(({ payload }) => payloadBytes(payload));
  const others = sendsXml(samples)
    ? fc.stringMatching(/^[a-z]{1,90}$/).map((id) => `<notification><kind>check</kind><subject><id>${id}</id></subject></notification>`)
    : fc.jsonValue().map((value) => JSON.stringify(value));
  return fc.oneof(fc.constantFrom(...single), others.map((text) => Buffer.from(text)));
}

const HEADERS = [
  'stripe-signature', 'Stripe-Signature', 'webhook-id', 'webhook-timestamp', 'webhook-signature', 'svix-signature', 'X-Shop-Signature', 'x-shop-time',
  'HmacSignature', 'paypal-transmission-id', 'PAYPAL-TRANSMISSION-TIME', 'paypal-transmission-sig', 'paypal-cert-url', 'paypal-auth-algo',
  'x-square-hmacsha256-signature', 'x-razorpay-signature', 'x-paystack-signature', 'cko-signature', 'x-shopify-hmac-sha256', 'x-mollie-signature',
  'x-cc-webhook-signature', 'webhook-signature', 'content-type', '__proto__',
];
const VALUES = [
  't=1769860800,v1=00', 't=,v1=', 'v1,AAAA', 'v1,', 'v1a,AAAA', '1769860800', 'sha256=00', 'sha256=', '00', 'AAAA', '2026-01-31T12:00:00Z', 'SHA256withRSA', 'an-id',
  'https://api.paypal.com/v1/notifications/certs/CERT-1', 'https://api.paypal.com.example.com/v1/notifications/certs/CERT-1', 'application/json', 'a'.repeat(64),
];
const FORMS = ['bt_signature=a|b&bt_payload=AAAA', 'bt_signature=&bt_payload=', 'bt_signature=a|b&bt_signature=a|b&bt_payload=%', 'bt_signature[]=a|b&bt_payload[]=a'];

const headerName = fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...HEADERS) }, { weight: 1, arbitrary: fc.string() });
const headerValue = fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...VALUES) }, { weight: 1, arbitrary: fc.string() });

/** Any event that the API can pass to the endpoint of a provider, or to one that does not exist. */
export function anyEvents(providers: readonly string[]): fc.Arbitrary<APIGatewayProxyEvent> {
  return fc.record({
    httpMethod: fc.constantFrom('POST', 'POST', 'POST', 'PUT', 'GET'),
    body: fc.oneof(fc.constant(null), fc.string(), fc.json(), fc.base64String(), fc.constantFrom(...FORMS)),
    isBase64Encoded: fc.boolean(),
    headers: fc.oneof(fc.constant(null), fc.dictionary(headerName, headerValue)),
    multiValueHeaders: fc.oneof(fc.constant(null), fc.dictionary(headerName, fc.array(headerValue))),
    pathParameters: fc.oneof(
      { weight: 1, arbitrary: fc.constant(null) },
      { weight: 8, arbitrary: fc.record({ provider: fc.constantFrom(...providers) }) },
      { weight: 1, arbitrary: fc.record({ provider: fc.string() }) },
    ),
    queryStringParameters: fc.oneof(fc.constant(null), fc.dictionary(fc.constantFrom('bt_challenge', 'id'), fc.string())),
  }).map((event) => event as unknown as APIGatewayProxyEvent);
}
