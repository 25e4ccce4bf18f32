import type { Post, ProviderName } from './post';
import { SIGN } from './signing';

/** What a provider would know: where to post, and what to sign with. */
export interface Endpoint {
  readonly url: string;
  readonly secrets: Readonly<Record<ProviderName, string>>;
}

/** An answer as it came over HTTP. */
export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** Posts webhooks as the providers do, signed as they sign. */
export class Sender {
  constructor(private readonly endpoint: Endpoint) {}

  /** Sends one webhook and reads the whole answer. */
  public async send(post: Post, now: Date = new Date()): Promise<Answer> {
    const { headers, body } = prepare(post, this.endpoint.secrets, now);
    const response = await fetch(`${this.endpoint.url}/${post.path ?? post.provider}`, {
      method: 'POST', headers, body, signal: AbortSignal.timeout(40_000),
    });
    return { status: response.status, body: await response.text() };
  }
}

/** The headers and the bytes of a post: the signature is made before the body is tampered with. */
export function prepare(post: Post, secrets: Endpoint['secrets'], now: Date): { headers: Record<string, string>; body: string } {
  const signedAt = new Date(now.getTime() - (post.ageSeconds ?? 0) * 1000);
  const { headers, body } = post.unsigned ? { headers: {}, body: post.body } : SIGN[post.provider](post, secrets[post.provider], signedAt);
  return {
    headers: { 'content-type': 'application/json', ...headers, ...post.headers },
    body: post.forge ? post.forge(body) : body,
  };
}
