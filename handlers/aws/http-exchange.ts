import { Agent as PlainAgent, request as plainRequest, type RequestOptions } from 'node:http';
import { Agent, request as tlsRequest } from 'node:https';

/** As many as the SDK opens (https://docs.aws.amazon.com/sdk-for-javascript/v3/developer-guide/node-configuring-maxsockets.html). */
const CONNECTIONS = { keepAlive: true, maxSockets: 50 } as const;
const PROTOCOLS = {
  'https:': { send: tlsRequest, agent: new Agent(CONNECTIONS) },
  'http:': { send: plainRequest, agent: new PlainAgent(CONNECTIONS) },
};

export interface HttpPost {
  readonly endpoint: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface HttpAnswer {
  readonly statusCode: number;
  readonly text: string;
}

/** Posts a text and reads the complete answer, on a connection that is kept. Throws a `TimeoutError` after the milliseconds. */
export async function exchange({ endpoint, headers, body }: HttpPost, millis: number): Promise<HttpAnswer> {
  const { send, agent } = PROTOCOLS[endpoint.protocol as keyof typeof PROTOCOLS];
  const { hostname: host, port } = endpoint;
  const options: RequestOptions = { method: 'POST', host, port, path: '/', headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) }, agent };
  return new Promise((resolve, reject) => {
    const request = send(options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => settle(() => resolve({ statusCode: response.statusCode!, text: Buffer.concat(chunks).toString() })));
      // The connection ended within the answer.
      response.on('error', (error) => settle(() => reject(error)));
    });
    // A timer costs 1 µs. An `AbortSignal` with a time-out costs 40 µs.
    const timer = setTimeout(() => request.destroy(timeoutError()), millis);
    const settle = (end: () => void): void => {
      clearTimeout(timer);
      end();
    };
    request.on('error', (error) => settle(() => reject(error)));
    request.end(body);
  });
}

function timeoutError(): Error {
  return Object.assign(new Error('no answer in time'), { name: 'TimeoutError' });
}
