import { Webhook } from 'standardwebhooks';
import Stripe from 'stripe';
import type { Delivery, Post } from './post';

/** What a provider would know: where to post, and what to sign with. */
export interface Endpoint {
  readonly url: string;
  readonly secrets: Readonly<Record<Delivery['provider'], string>>;
}

/** An answer as it came over HTTP. */
export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** Posts webhooks as the providers do, signed by the providers' own libraries. */
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
  return {
    headers: {
      'content-type': 'application/json',
      ...(post.unsigned ? {} : sign(post, secrets[post.provider], signedAt)),
      ...post.headers,
    },
    body: post.forge ? post.forge(post.body) : post.body,
  };
}

function sign({ provider, id, body }: Delivery, secret: string, signedAt: Date): Record<string, string> {
  const seconds = Math.floor(signedAt.getTime() / 1000);
  if (provider === 'stripe') {
    return { 'stripe-signature': Stripe.webhooks.generateTestHeaderString({ payload: body, secret, timestamp: seconds }) };
  }
  return {
    'webhook-id': id,
    'webhook-timestamp': String(seconds),
    'webhook-signature': new Webhook(secret).sign(id, signedAt, body),
  };
}
