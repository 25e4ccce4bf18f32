import { createHash } from 'node:crypto';
import { Attr, NO_EVENT, RecordType } from '../../src/private/contract';
import { identifier } from '../domain/identifier';
import type { Transmission } from '../providers/shared/normalized-event';

/** The item that records the body of a transmission. */
export interface TransmissionItem {
  readonly [Attr.TRANSACTION_ID]: string;
  readonly [Attr.TIMESTAMP]: string;
  readonly [Attr.RECORD_TYPE]: string;
  readonly [Attr.BODY_HASH]: string;
  readonly [Attr.EXPIRES_AT]: number;
}

const MAX_ID_BYTES = 256;

/** Creates the item for a transmission. A later transmission with the same id and another body is a forgery. */
export function transmissionItem(provider: string, { id, expiresAt }: Transmission, rawBody: Buffer): TransmissionItem {
  return {
    [Attr.TRANSACTION_ID]: `${RecordType.TRANSMISSION}:${provider}:${identifier(id, MAX_ID_BYTES)}`,
    [Attr.TIMESTAMP]: NO_EVENT,
    [Attr.RECORD_TYPE]: RecordType.TRANSMISSION,
    [Attr.BODY_HASH]: createHash('sha256').update(rawBody).digest('hex'),
    [Attr.EXPIRES_AT]: Math.ceil(expiresAt.getTime() / 1000),
  };
}
