import type { Scheme } from './scheme';
import { decodeSignature, isSignedByAny, verification } from './signature';
import { singleHeader } from './webhook-request';
import type { HmacConfig } from '../../../src/private/contract';

/** Where and how the HMAC of a raw body is written. */
export interface BodyHmac extends Pick<HmacConfig, 'algorithm' | 'encoding'> {
  readonly header: string;
}

/** Verifies the HMAC of the raw body in one header, keyed by a secret taken verbatim: how most providers sign. */
export function verifyBodyHmac({ header, algorithm, encoding }: BodyHmac): Scheme['verify'] {
  return (request, secrets) => {
    const { value, repeated } = singleHeader(request, header);
    if (!value) {
      return 'signature_missing';
    }
    const signature = decodeSignature(value, encoding);
    if (repeated || signature === undefined) {
      return 'signature_malformed';
    }
    return verification(isSignedByAny(algorithm, secrets, [request.body], [signature]));
  };
}
