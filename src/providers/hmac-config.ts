import { HmacAlgorithm, type HmacProviderProps, SignatureEncoding } from './webhook-provider-props';
import type { HmacConfig } from '../private/contract';
import { validateHeaderName, validateOneOf } from '../private/validation';

/** Checks the headers and renders the signature for the validator. */
export function renderHmac({
  signatureHeader, timestampHeader, algorithm = HmacAlgorithm.SHA256, encoding = SignatureEncoding.HEX, prefix,
}: HmacProviderProps): HmacConfig {
  validateHeaderName('signatureHeader', signatureHeader);
  if (timestampHeader !== undefined) {
    validateHeaderName('timestampHeader', timestampHeader);
  }
  validateOneOf('algorithm', algorithm, Object.values(HmacAlgorithm));
  validateOneOf('encoding', encoding, Object.values(SignatureEncoding));
  return {
    signatureHeader: signatureHeader.toLowerCase(),
    algorithm,
    encoding,
    prefix,
    timestampHeader: timestampHeader?.toLowerCase(),
  };
}
