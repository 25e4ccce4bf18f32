import { isUtf8 } from 'node:buffer';
import { gunzipSync } from 'node:zlib';
import type { StoredValue } from './stored-item';
import { MAX_BODY_BYTES } from '../../src/private/contract';

/** A webhook's body in JSON: text if its bytes are UTF-8, else base64. */
export type RawBody = { readonly body: string } | { readonly body_base64: string };

/** Unpacks the stored body of a transaction. Throws if it is not as the validator writes it. */
export function unpackBody({ B }: StoredValue): RawBody {
  if (B === undefined) {
    throw new TypeError('the stored body is not binary');
  }
  const bytes = unpackBytes(toBuffer(B));
  return isUtf8(bytes) ? { body: bytes.toString('utf8') } : { body_base64: bytes.toString('base64') };
}

/** The bytes of a compressed body. The validator accepts no larger body; anything that unpacks to more did not come from it. */
export function unpackBytes(packed: Uint8Array): Buffer {
  return gunzipSync(packed, { maxOutputLength: MAX_BODY_BYTES });
}

/** The bytes of a binary value. */
export function toBuffer(value: string | Uint8Array): Buffer {
  return typeof value === 'string' ? Buffer.from(value, 'base64') : Buffer.from(value);
}
