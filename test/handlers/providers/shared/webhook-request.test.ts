import type { APIGatewayProxyEvent } from 'aws-lambda';
import { parseRequest, singleHeader } from '../../../../handlers/providers/shared/webhook-request';
import { proxyEvent } from '../../support/webhooks';

const event = (overrides: Partial<APIGatewayProxyEvent>): APIGatewayProxyEvent => (
  { ...proxyEvent({ body: Buffer.from('x'), headers: {} }), ...overrides }
);

describe('parseRequest', () => {
  test('decodes the exact bytes of a base64 body', () => {
    const bytes = Buffer.from([0, 255, 254, 10, 13]);

    const { body } = parseRequest(event({ body: bytes.toString('base64'), isBase64Encoded: true }));

    expect(body.equals(bytes)).toBe(true);
  });

  test.each<[string | null, string]>([['ü', 'ü'], [null, '']])('keeps the text %p unchanged', (body, expected) => {
    const request = parseRequest(event({ body, isBase64Encoded: false }));

    expect(request.body.toString()).toBe(expected);
  });

  test.each<[string, unknown, string | undefined]>([
    ['the source address', { identity: { sourceIp: '192.0.2.1' } }, '192.0.2.1'],
    ['no address from a context without an identity', {}, undefined],
    ['no address without a context', undefined, undefined],
  ])('reads %s', (_, requestContext, expected) => {
    expect(parseRequest(event({ requestContext } as Partial<APIGatewayProxyEvent>)).sourceIp).toBe(expected);
  });

  test.each<[APIGatewayProxyEvent['pathParameters'], string | undefined]>([
    [{ provider: 'stripe' }, 'stripe'], [{}, undefined], [null, undefined],
  ])('reads the provider of %p', (pathParameters, provider) => {
    expect(parseRequest(event({ pathParameters })).provider).toBe(provider);
  });

  test.each([
    ['/webhook/stripe', 'stripe'], ['/webhook', undefined], ['/webhook/{provider}', undefined], ['/other/stripe', undefined],
  ])('reads the provider of the path %s, which has no parameter', (resource, provider) => {
    expect(parseRequest(event({ resource, pathParameters: null })).provider).toBe(provider);
  });
});

describe('singleHeader', () => {
  const absent = { value: undefined, repeated: false };

  test('finds a header in any case', () => {
    const request = parseRequest(event({ headers: { 'STRIPE-signature': 'a' }, multiValueHeaders: {} }));

    expect(singleHeader(request, 'Stripe-Signature')).toEqual({ value: 'a', repeated: false });
  });

  test.each<[string, Partial<APIGatewayProxyEvent>]>([
    ['in the multi-value headers', { headers: { 'x-a': '2' }, multiValueHeaders: { 'x-a': ['1', '2'] } }],
    ['in two spellings', { headers: {}, multiValueHeaders: { 'x-a': ['1'], 'X-A': ['2'] } }],
    ['in two spellings of single headers', { headers: { 'x-a': '1', 'X-A': '1' }, multiValueHeaders: {} }],
  ])('reports a header that is repeated %s', (_, overrides) => {
    expect(singleHeader(parseRequest(event(overrides)), 'x-a')).toEqual({ value: '1', repeated: true });
  });

  test.each<[string, Partial<APIGatewayProxyEvent>]>([
    ['no headers at all', { headers: null as never, multiValueHeaders: null as never }],
    ['an undefined header', { headers: { 'x-a': undefined }, multiValueHeaders: { 'x-a': undefined } }],
    ['a header without a value', { headers: {}, multiValueHeaders: { 'x-a': [] } }],
    ['a name of Object\'s prototype', { headers: { __proto__: 'x' } as never }],
  ])('finds nothing in %s', (_, overrides) => {
    const request = parseRequest(event(overrides));

    expect(singleHeader(request, 'x-a')).toEqual(absent);
    expect(singleHeader(request, 'constructor')).toEqual(absent);
  });
});
