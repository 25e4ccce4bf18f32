import { Agent as HttpAgent, request as httpRequest, type ClientRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { SimulatedWebhook } from '../../handlers/providers/shared/simulators/provider-simulator';

/** The answer to a request, or the reason why there is none. */
export interface PostResult {
  readonly status?: number;
  /** The body of the answer, shortened. */
  readonly answer?: string;
  /** In words, if there is no answer. */
  readonly failure?: string;
  readonly millis: number;
}

/** The connections of a run, which are used again. */
export class WebhookPoster {
  private readonly agents;
  private readonly running = new Set<AbortController>();

  /** If the signal is aborted, the requests that run end without an answer. */
  constructor(private readonly url: URL, private readonly timeoutMs: number, maxSockets: number, private readonly signal: AbortSignal) {
    this.agents = { http: new HttpAgent({ keepAlive: true, maxSockets }), https: new HttpsAgent({ keepAlive: true, maxSockets }) };
    signal.addEventListener('abort', () => this.running.forEach((request) => request.abort()), { once: true });
  }

  /**
   * Posts a webhook. Does not reject, and follows no redirect. If a connection that was used before is broken, the request
   * is sent once more: the server can have closed it meanwhile, and an event is stored once.
   */
  public async post(webhook: SimulatedWebhook): Promise<PostResult> {
    const startedAt = performance.now();
    const first = await this.attempt(webhook);
    const { isStale, ...result } = first.isStale ? await this.attempt(webhook) : first;
    return { ...result, millis: Math.round(performance.now() - startedAt) };
  }

  /** Ends the connections. */
  public close(): void {
    this.agents.http.destroy();
    this.agents.https.destroy();
  }

  private async attempt({ body, headers }: SimulatedWebhook): Promise<Omit<PostResult, 'millis'> & { readonly isStale?: boolean }> {
    const controller = new AbortController();
    this.running.add(controller);
    const timer = setTimeout(() => controller.abort(), this.timeoutMs);
    const options = {
      method: 'POST', headers: { ...headers, 'Content-Length': body.length, 'User-Agent': 'cdk-webhooks' }, signal: controller.signal,
    };
    const request = this.url.protocol === 'https:'
      ? httpsRequest(this.url, { ...options, agent: this.agents.https })
      : httpRequest(this.url, { ...options, agent: this.agents.http });
    try {
      return await readAnswer(request, body);
    } catch (error) {
      const { code, message } = error as Error & { readonly code: string };
      if (controller.signal.aborted) {
        return { failure: this.signal.aborted ? 'interrupted' : `no answer in ${this.timeoutMs / 1000} s` };
      }
      return { failure: FAILURES[code] ?? message, isStale: request.reusedSocket && code === 'ECONNRESET' };
    } finally {
      clearTimeout(timer);
      this.running.delete(controller);
    }
  }
}

/** Failures of connections in words. */
const FAILURES: { readonly [code: string]: string } = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection broken',
  ENOTFOUND: 'host not found',
};

/** Enough for every answer of the system. */
const MAX_ANSWER_BYTES = 64 * 1024;

async function readAnswer(request: ClientRequest, body: Buffer): Promise<Pick<PostResult, 'status' | 'answer'>> {
  return new Promise((resolve, reject) => {
    request.on('error', reject);
    request.on('response', (response: IncomingMessage) => {
      const chunks: Buffer[] = [];
      let length = 0;
      response.on('data', (chunk: Buffer) => {
        if (length < MAX_ANSWER_BYTES) {
          chunks.push(chunk);
        }
        length += chunk.length;
      });
      response.on('error', reject);
      response.on('end', () => resolve({ status: response.statusCode, answer: Buffer.concat(chunks).toString().slice(0, MAX_ANSWER_BYTES) }));
    });
    request.end(body);
  });
}
