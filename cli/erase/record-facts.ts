import { gunzipSync } from 'node:zlib';
import { bodyMentions } from './body-mentions';
import type { ErasedCustomer } from './erased-customer';
import { toBuffer } from '../../handlers/aws/raw-body';
import { isTransaction, type StoredItem } from '../../handlers/aws/stored-item';
import { Attr, MAX_BODY_BYTES } from '../../src/private/contract';

/** What decides whether a stored transaction, or its image in the archive, is about a customer. */
export interface RecordFacts {
  readonly provider?: string;
  readonly customerId?: string;
  readonly body?: Buffer;
  /** The key of the object with the body. */
  readonly bodyKey?: string;
}

/** Reads the object of a body. Undefined if it does not exist. */
export type BodyReader = (key: string) => Promise<Buffer | undefined>;

/** An image in the archive, as JSON. */
export type ArchivedImage = { readonly [attribute: string]: unknown };

/** The facts of an item of the table, or of the stream. Undefined if it is not a transaction. */
export function factsOfItem(item: StoredItem | undefined): RecordFacts | undefined {
  if (!isTransaction(item)) {
    return undefined;
  }
  const { [Attr.BODY]: body } = item;
  return {
    provider: item[Attr.PROVIDER].S,
    customerId: item[Attr.CUSTOMER_ID]?.S,
    body: body?.B === undefined ? undefined : unpacked(toBuffer(body.B)),
    bodyKey: item[Attr.BODY_KEY]?.S,
  };
}

/** The facts of an image in the archive. */
export function factsOfImage(image: ArchivedImage): RecordFacts {
  const texts = image as { readonly [name: string]: string | undefined };
  const { provider, customer_id: customerId, body, body_base64: base64, body_key: bodyKey } = texts;
  const encoded = base64 === undefined ? undefined : Buffer.from(base64, 'base64');
  return { provider, customerId, bodyKey, body: body === undefined ? encoded : Buffer.from(body) };
}

/** Whether a transaction is about a customer. Its body decides only if it has no customer id. */
export async function isAbout(facts: RecordFacts | undefined, customer: ErasedCustomer, readBody: BodyReader): Promise<boolean> {
  if (facts?.provider !== customer.provider) {
    return false;
  }
  if (facts.customerId !== undefined) {
    return customer.storedIds.has(facts.customerId);
  }
  const body = facts.body ?? (facts.bodyKey === undefined ? undefined : await readBody(facts.bodyKey));
  return body !== undefined && bodyMentions(body, customer);
}

/** The bytes of a packed body, or the bytes themselves if they are not packed. */
export function unpacked(bytes: Buffer): Buffer {
  try {
    return gunzipSync(bytes, { maxOutputLength: MAX_BODY_BYTES });
  } catch {
    return bytes;
  }
}
