import type { APIGatewayProxyEvent } from 'aws-lambda';

/** A webhook as it was sent: the signed bytes, and headers by their lower-case names. */
export interface WebhookRequest {
  /** The path segment; absent on `POST /webhook`. */
  readonly provider?: string;
  /** The address of the sender. It is not signed and can only be a reason to reject. */
  readonly sourceIp?: string;
  readonly body: Buffer;
  /** Every value of a header, because the correct value of a repeated header is unknown. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
}

/** The path of a provider, which API Gateway matched. The path for all other names has a parameter. */
const PROVIDER_PATH = /^\/webhook\/([^/{}]+)$/;

/**
 * Reads a webhook from the proxy event. The API treats every media type as
 * binary, so that the body is the base64 text of exactly the sent bytes.
 */
export function parseRequest(event: APIGatewayProxyEvent): WebhookRequest {
  return {
    provider: event.pathParameters?.provider ?? PROVIDER_PATH.exec(event.resource)?.[1],
    sourceIp: event.requestContext?.identity?.sourceIp,
    body: Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8'),
    headers: collectHeaders(event),
  };
}

/** The value of a header in any case. `repeated` if there are several, because no single one can be trusted. */
export function singleHeader(request: WebhookRequest, name: string): { readonly value?: string; readonly repeated: boolean } {
  const values = request.headers.get(name.toLowerCase()) ?? [];
  return { value: values[0], repeated: values.length > 1 };
}

/**
 * API Gateway sends all values in `multiValueHeaders` and the last one in
 * `headers`. Emulators and test consoles can send only the latter. A name in two
 * spellings counts as repeated.
 */
function collectHeaders({ multiValueHeaders, headers }: APIGatewayProxyEvent): Map<string, readonly string[]> {
  const collected = new Map<string, readonly string[]>();
  for (const [name, values] of Object.entries({ ...headers, ...multiValueHeaders })) {
    const key = name.toLowerCase();
    const present = [values].flat().filter((value) => value !== undefined);
    collected.set(key, [...collected.get(key) ?? [], ...present]);
  }
  return collected;
}
