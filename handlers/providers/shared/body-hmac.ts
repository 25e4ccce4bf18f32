import type { Scheme } from './scheme';
import { verificationBy } from './secret-text';
import { decodeSignature, isSignedByAny } from './signature';
import { singleHeader } from './webhook-request';
import type { HmacConfig } from '../../../src/private/contract';

/** The header, algorithm and encoding of the HMAC of a raw body. */
export interface BodyHmac extends Pick<HmacConfig, 'algorithm'> {
  readonly header: string;
  readonly encoding: 'hex' | 'base64';
}

/** Verifies the HMAC of the raw body in one header, with the unchanged secret as the key. Most providers sign this way. */
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
    return verificationBy(secrets, (usable) => isSignedByAny(algorithm, usable, [request.body], [signature]));
  };
}
