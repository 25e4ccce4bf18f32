import { createHmac } from 'node:crypto';
import { JSON_CONTENT, type ProviderSimulator, type SimulatedSignature } from './provider-simulator';

/** How a provider sends the HMAC of the raw body in one header. */
export interface SimulatedBodyHmac {
  /** In the case in which the provider sends it. */
  readonly header: string;
  /** Default: sha256. */
  readonly algorithm?: 'sha256' | 'sha512';
  /** Default: hex. */
  readonly encoding?: 'hex' | 'base64';
  /** Before the signature. Default: none. */
  readonly prefix?: string;
  /** The other headers, which are not signed. Default: the content type. */
  readonly headers?: (signature: SimulatedSignature) => { readonly [name: string]: string };
}

/** Signs the raw body with the unchanged secret as the key. */
export function signBody({ header, algorithm = 'sha256', encoding = 'hex', prefix = '', headers = () => JSON_CONTENT }: SimulatedBodyHmac): ProviderSimulator['sign'] {
  return (body, signature) => ({
    body,
    headers: { ...headers(signature), [header]: prefix + createHmac(algorithm, signature.secret).update(body).digest(encoding) },
  });
}
