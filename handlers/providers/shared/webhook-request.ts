import type { APIGatewayProxyEvent } from 'aws-lambda';

/** A webhook as it was sent: the signed bytes, and headers by their lower-case names. */
export interface WebhookRequest {
  /** The path segment; absent on `POST /webhook`. */
  readonly provider?: string;
  /** The address of the sender. It is not signed and can only be a reason to reject. */
  readonly sourceIp?: string;
  readonly body: Buffer;
  /** The API passed the body on as text that is not certainly that of the sent bytes. */
  readonly mayBeAltered?: true;
  /** Every value of a header, because the correct value of a repeated header is unknown. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
}

/** The path of a provider, which API Gateway matched. The path for all other names has a parameter. */
const PROVIDER_PATH = /^\/webhook\/([^/{}]+)$/;

/**
 * Reads a webhook from the proxy event. A REST API treats every media type as
 * binary, so that the body is the base64 text of exactly the sent bytes. An HTTP
 * API passes media types of text on as text.
 */
export function parseRequest(event: APIGatewayProxyEvent): WebhookRequest {
  const body = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');
  const headers = collectHeaders(event);
  return {
    provider: event.pathParameters?.provider ?? PROVIDER_PATH.exec(event.resource)?.[1],
    sourceIp: event.requestContext?.identity?.sourceIp,
    body,
    headers,
    ...!event.isBase64Encoded && !isCertainlyExact(body, headers) && { mayBeAltered: true },
  };
}

const REPLACEMENT = Buffer.from('\u{FFFD}');
const OTHER_CHARSET = /;\s*charset\s*=(?!\s*"?utf-?8"?\s*(?:;|$))/i;

/**
 * Whether a body that was decoded to text and encoded again is certainly that of the sent bytes. A replacement
 * character can stand for invalid bytes, a decoder of another charset can have read other characters, and another length
 * shows a removed byte order mark.
 */
function isCertainlyExact(body: Buffer, headers: WebhookRequest['headers']): boolean {
  const valuesOf = (name: string) => headers.get(name) ?? [];
  return !body.includes(REPLACEMENT)
    && !valuesOf('content-type').some((type) => OTHER_CHARSET.test(type))
    && valuesOf('content-length').every((length) => Number(length) === body.length);
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
