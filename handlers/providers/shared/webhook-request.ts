import type { APIGatewayProxyEvent } from 'aws-lambda';

/** A webhook as it came over the wire: the bytes that are signed, and headers by their lower-case names. */
export interface WebhookRequest {
  /** The path segment; absent on `POST /webhook`. */
  readonly provider?: string;
  /** The address that sent it. Not signed: it can only be a reason to reject. */
  readonly sourceIp?: string;
  readonly body: Buffer;
  /** Every value of a header, since a repeated one must not be resolved by guessing. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
}

/**
 * Takes a webhook out of the proxy event. The API treats every media type as
 * binary, so that the body arrives as base64 of exactly what was sent.
 */
export function parseRequest(event: APIGatewayProxyEvent): WebhookRequest {
  return {
    provider: event.pathParameters?.provider,
    sourceIp: event.requestContext?.identity?.sourceIp,
    body: Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8'),
    headers: collectHeaders(event),
  };
}

/** The value of a header in any case. `repeated` if there are several, because none of them can be trusted. */
export function singleHeader(request: WebhookRequest, name: string): { readonly value?: string; readonly repeated: boolean } {
  const values = request.headers.get(name.toLowerCase()) ?? [];
  return { value: values[0], repeated: values.length > 1 };
}

/**
 * API Gateway gives all values in `multiValueHeaders` and the last one in
 * `headers`; emulators and test consoles may give only the latter. A name that
 * comes in two spellings counts as repeated.
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
