import type { HmacConfig } from './contract';
import { validateHeaderName } from './validation';
import { HmacAlgorithm, type HmacProviderProps, SignatureEncoding } from '../webhook-provider-props';

/** Checks the headers and renders the signature for the validator. */
export function renderHmac({ signatureHeader, timestampHeader, algorithm, encoding, prefix }: HmacProviderProps): HmacConfig {
  for (const [prop, header] of Object.entries({ signatureHeader, timestampHeader })) {
    if (header !== undefined) {
      validateHeaderName(prop, header);
    }
  }
  return {
    signatureHeader: signatureHeader.toLowerCase(),
    algorithm: algorithm ?? HmacAlgorithm.SHA256,
    encoding: encoding ?? SignatureEncoding.HEX,
    prefix,
    timestampHeader: timestampHeader?.toLowerCase(),
  };
}
