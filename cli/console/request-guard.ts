import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** The only address that the console binds. */
export const LOOPBACK = '127.0.0.1';

/** The names that a browser on this machine uses for it. */
const LOCAL_NAMES = [LOOPBACK, 'localhost'];
const TOKEN_BYTES = 32;
const BEARER = /^Bearer ([A-Za-z0-9_-]{1,128})$/;

/** The part of a request that the checks read. */
export interface GuardedRequest {
  readonly method?: string;
  readonly headers: { readonly [name: string]: string | readonly string[] | undefined };
}

export interface Refusal {
  readonly status: 400 | 401 | 403 | 405 | 413 | 415;
  readonly message: string;
}

/** A token of 256 bits. */
export function newToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url');
}

/**
 * Refuses requests that a page of another origin caused. A name that an attacker lets point to this machine has another `Host`
 * (DNS rebinding). A browser sends `Origin` with each write and with each request across origins.
 */
export function refuseForeign({ method, headers }: GuardedRequest, port: number): Refusal | undefined {
  const hosts = LOCAL_NAMES.map((name) => `${name}:${port}`);
  const { host, origin } = headers;
  if (typeof host !== 'string' || !hosts.includes(host)) {
    return { status: 403, message: 'the host is not this console' };
  }
  const isOwn = origin === `http://${host}`;
  if (origin === undefined ? method === 'POST' : !isOwn) {
    return { status: 403, message: 'the origin is not this console' };
  }
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') {
    return { status: 403, message: 'the request comes from another site' };
  }
  return undefined;
}

/** Refuses requests without the token. The comparison takes the same time for each wrong one. */
export function refuseStranger({ headers }: GuardedRequest, token: string): Refusal | undefined {
  const { authorization } = headers;
  const [, given = ''] = BEARER.exec(typeof authorization === 'string' ? authorization : '') ?? [];
  return timingSafeEqual(tokenHash(given), tokenHash(token)) ? undefined : { status: 401, message: 'the token is missing or wrong' };
}

/** Hashes have the same length, which `timingSafeEqual` requires. */
function tokenHash(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
