/** The least that a server can do with a webhook: it writes its bytes to the table over `node:http`, unchanged. */
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { handler as replay } from '../handler/candidates/replay';

const HEADERS = { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'DynamoDB_20120810.PutItem' };

export async function handler({ body }: Pick<APIGatewayProxyEvent, 'body'>): Promise<void> {
  const bytes = Buffer.from(body!);
  await replay({ calls: [{ operation: 'PutItem', method: 'POST', path: '/', headers: { ...HEADERS, 'content-length': String(bytes.length) }, body: bytes }] });
}
