/**
 * Serves a handler over HTTP in its own process, as API Gateway passes webhooks to
 * it. `webhook-server-process.ts` starts it with the path of a module that exports a handler.
 */
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';

type Handler = (event: Pick<APIGatewayProxyEvent, 'headers' | 'body'>, context: object) => Promise<APIGatewayProxyResult | void>;

/** The part of an event that is the same for each webhook. */
const EVENT = { httpMethod: 'POST', path: '/webhook/stripe', resource: '/webhook/{provider}', pathParameters: { provider: 'stripe' }, isBase64Encoded: true };
const { handler } = createRequire(__filename)(process.argv[2]) as { readonly handler: Handler };

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const event = { ...EVENT, headers: request.headers as Record<string, string>, body: Buffer.concat(chunks).toString('base64') };
    handler(event, {}).then(
      (answer) => response.writeHead(answer ? answer.statusCode : 200).end(answer?.body),
      () => response.writeHead(500).end(),
    );
  });
});
server.listen(0, '127.0.0.1', () => process.send!(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
process.on('disconnect', () => process.exit());
