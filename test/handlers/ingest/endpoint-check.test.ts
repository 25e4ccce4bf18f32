import type { APIGatewayProxyEvent } from 'aws-lambda';
import '../support/validator-environment';
import { handler } from '../../../handlers/ingest/handler';
import { SECURITY_HEADERS } from '../../../src/private/contract';
import { FakeSecrets } from '../support/fake-secrets';
import { proxyEvent } from '../support/webhooks';

new FakeSecrets().reset();

test('an endpoint check without a query string is not a challenge', async () => {
  const answer = await handler({
    ...proxyEvent({ body: Buffer.alloc(0), headers: {} }, 'checked'),
    httpMethod: 'GET',
    queryStringParameters: null,
    requestContext: { identity: { sourceIp: '203.0.113.7' } } as APIGatewayProxyEvent['requestContext'],
  });

  expect(answer).toEqual({ statusCode: 400, headers: { ...SECURITY_HEADERS, 'content-type': 'application/json' }, body: '{"error":"not_a_challenge"}' });
});
