import { renderSignature } from './signature-config';
import { HmacAlgorithm, KeyEncoding, SignatureEncoding, type HmacProviderProps } from './signature-props';
import type { HmacConfig } from '../private/contract';
import { validateOneOf } from '../private/validation';

/** Checks the signature and renders it for the validator. */
export function renderHmac(props: HmacProviderProps): HmacConfig {
  const { algorithm = HmacAlgorithm.SHA256, keyEncoding = KeyEncoding.TEXT } = props;
  validateOneOf('algorithm', algorithm, Object.values(HmacAlgorithm));
  validateOneOf('keyEncoding', keyEncoding, Object.values(KeyEncoding));
  return {
    ...renderSignature(props, SignatureEncoding.HEX),
    algorithm,
    keyEncoding: keyEncoding === KeyEncoding.TEXT ? undefined : keyEncoding,
  };
}
