import { gzipSync } from 'node:zlib';
import type { StoredItem, StoredValue } from '../../handlers/aws/stored-item';
import { Attr } from '../../src/private/contract';

/** An image in the archive: plain JSON, with the body as text or base64. */
export type JsonImage = { readonly [attribute: string]: unknown };

/** A change in the archive. */
export interface ArchivedChange {
  readonly transaction_id: string;
  readonly timestamp: string;
  readonly changed_at?: string;
  readonly new_image?: JsonImage;
  readonly old_image?: JsonImage;
  /** A change that the archival could not render: its images are in DynamoDB's own JSON. */
  readonly unrendered?: { readonly new_image?: StoredItem; readonly old_image?: StoredItem };
}

/** The body of an image has one of these names. */
const BODY_BASE64 = 'body_base64';

/** The item after a change, as the table had it. Undefined for a deletion. */
export function itemOfChange({ new_image: image, unrendered }: ArchivedChange): StoredItem | undefined {
  return unrendered?.new_image ?? (image && itemOfImage(image));
}

/** The item that an image was made of. */
export function itemOfImage({ [Attr.BODY]: body, [BODY_BASE64]: base64, ...attributes }: JsonImage): StoredItem {
  const bytes = typeof body === 'string' ? Buffer.from(body) : typeof base64 === 'string' ? Buffer.from(base64, 'base64') : undefined;
  return {
    ...Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, storedValueOf(name, value)])),
    ...bytes && { [Attr.BODY]: { B: gzipSync(bytes) } },
  };
}

/** The archive has amounts as text, and everything else in the type of JSON. */
function storedValueOf(name: string, value: unknown): StoredValue {
  switch (typeof value) {
    case 'string':
      return name === Attr.AMOUNT_MINOR ? { N: value } : { S: value };
    case 'number':
      return { N: String(value) };
    case 'boolean':
      return { BOOL: value };
    default:
      return value === null ? { NULL: true } : storedCompositeOf(value as object);
  }
}

function storedCompositeOf(value: object): StoredValue {
  return Array.isArray(value)
    ? { L: value.map((each) => storedValueOf('', each)) }
    : { M: Object.fromEntries(Object.entries(value).map(([name, each]) => [name, storedValueOf(name, each)])) };
}
