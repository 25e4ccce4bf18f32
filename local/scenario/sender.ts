import type { Request, ProviderName } from './request';
import { signDelivery } from './signing';
import type { Answer } from '../observe/describe';

/** The URL and the secrets that a provider would have. */
export interface Endpoint {
  readonly url: string;
  readonly secrets: Readonly<Record<ProviderName, string>>;
}

/** Posts webhooks with the signatures of their providers. */
export class Sender {
  constructor(private readonly endpoint: Endpoint) {}

  /** Sends one webhook and returns the whole answer. */
  public async send(request: Request, now: Date = new Date()): Promise<Answer> {
    const { headers, body } = prepare(request, this.endpoint.secrets, now);
    const response = await fetch(`${this.endpoint.url}/${request.path ?? request.provider}`, {
      method: 'POST', headers, body, signal: AbortSignal.timeout(40_000),
    });
    return { status: response.status, body: await response.text() };
  }
}

/** The headers and the bytes of a request. The signature is made before the body is changed. */
export function prepare(request: Request, secrets: Endpoint['secrets'], now: Date): { headers: Record<string, string>; body: string } {
  const signedAt = new Date(now.getTime() - (request.ageSeconds ?? 0) * 1000);
  const { headers, body } = request.unsigned
    ? { headers: {}, body: request.body }
    : signDelivery(request, secrets[request.provider], signedAt);
  return {
    headers: { 'content-type': 'application/json', ...headers, ...request.headers },
    body: request.forge ? request.forge(body) : body,
  };
}
