import { ApiRefusal, EventListUnreadable, type ApiAnswer, type ApiRequest } from '../providers/shared/event-list';
import { isJsonObject, parseJson } from '../providers/shared/json';

/** One attempt, until the last byte of its answer. */
export const ATTEMPT_MS = 15_000;
export const ATTEMPTS = 4;
/** The longest wait before another attempt. If the provider asks for more, the next run continues. */
export const MAX_WAIT_MS = 30_000;
/** The mean wait before the second attempt is half of it. It doubles with each further one. */
const FIRST_WAIT_MS = 1_000;
/** A page of 100 events has about 500 KB. */
const MAX_BYTES = 32 * 1024 * 1024;
const TOO_MANY_REQUESTS = 429;
const FIRST_SERVER_ERROR = 500;

/** What an API client needs from outside. */
export interface ApiClientPorts {
  readonly fetch: typeof fetch;
  readonly sleep: (millis: number) => Promise<unknown>;
  readonly random: () => number;
  readonly attemptMillis?: number;
}

/** The result of an attempt: an answer, or a failure that another attempt could avoid. */
type Attempt = { readonly answer: ApiAnswer } | { readonly failure: Error; readonly retryAfter?: string | null };

/**
 * Sends a request to the API of a provider. Requests only read, so that each can be repeated: after a time-out, a broken
 * connection, an answer that is cut off, 429 and 5xx. Throws `ApiRefusal` for other statuses. No error contains the
 * request, which has the key, or the answer.
 */
export async function sendToApi(request: ApiRequest, ports: ApiClientPorts): Promise<ApiAnswer> {
  for (let attempt = 1; ; attempt += 1) {
    const result = await attemptOnce(request, ports);
    if ('answer' in result) {
      return result.answer;
    }
    const wait = waitBefore(attempt, result.retryAfter, ports.random);
    if (attempt === ATTEMPTS || wait > MAX_WAIT_MS) {
      throw result.failure;
    }
    await ports.sleep(wait);
  }
}

async function attemptOnce({ url, method, headers, body }: ApiRequest, ports: ApiClientPorts): Promise<Attempt> {
  let response: Response;
  let bytes: Buffer;
  try {
    const signal = AbortSignal.timeout(ports.attemptMillis ?? ATTEMPT_MS);
    response = await ports.fetch(url, { method, headers: { ...headers, accept: 'application/json' }, body, redirect: 'error', signal });
    bytes = await boundedBytes(response);
  } catch (error) {
    return { failure: Object.assign(new Error('the provider cannot be reached', { cause: error }), { name: 'ApiUnreachable' }) };
  }
  if (!response.ok) {
    const failure = new ApiRefusal(response.status);
    if (response.status !== TOO_MANY_REQUESTS && response.status < FIRST_SERVER_ERROR) {
      throw failure;
    }
    return { failure, retryAfter: response.headers.get('retry-after') };
  }
  const json = parseJson(bytes);
  return isJsonObject(json) ? { answer: { body: bytes, json } } : { failure: new EventListUnreadable('the answer is not a JSON object') };
}

async function boundedBytes({ body }: Response): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of body ?? []) {
    length += part.length;
    if (length > MAX_BYTES) {
      throw new Error('the answer is too large');
    }
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** The time that the provider asks for, in seconds or as a date, else a random one that grows with the attempts. */
function waitBefore(attempt: number, retryAfter: string | null | undefined, random: () => number): number {
  const seconds = Number(retryAfter ?? NaN);
  const asked = Number.isNaN(seconds) ? Date.parse(retryAfter ?? '') - Date.now() : seconds * 1_000;
  return Number.isNaN(asked) ? random() * FIRST_WAIT_MS * 2 ** (attempt - 1) : Math.max(0, asked);
}
