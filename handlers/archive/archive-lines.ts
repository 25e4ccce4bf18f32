import { ARCHIVE_PREFIX, Attr, RecordType } from '../../src/private/contract';
import { toBuffer, unpackBody } from '../aws/raw-body';
import { isErased, isTransaction, type StoredItem, type StoredValue } from '../aws/stored-item';
import type { StreamChange } from '../aws/stream-change';

type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

/**
 * The archived records: the transactions, and the data behind their verdicts, so
 * that the archive is enough to explain each verdict.
 */
const ARCHIVED: ReadonlySet<string | undefined> = new Set([
  RecordType.TRANSACTION, RecordType.RULE_SET, RecordType.BLOCKLIST_ENTRY, RecordType.ALLOWLIST_ENTRY,
]);

/** Amounts are always text, so that a column of a table has one type. */
const ALWAYS_TEXT: ReadonlySet<string> = new Set([Attr.AMOUNT_MINOR]);

/** Writes the values of each type as JSON. */
const RENDERERS: { readonly [type in keyof Required<StoredValue>]: (value: Required<StoredValue>[type]) => Json } = {
  S: (value) => value,
  N: numberOrDigits,
  B: base64,
  BOOL: (value) => value,
  NULL: () => null,
  L: (values) => values.map(renderValue),
  M: (values) => plainItem(values),
  SS: (values) => values,
  NS: (values) => values.map(numberOrDigits),
  BS: (values) => values.map(base64),
};

/** Whether the record type of a change is archived. */
export function isArchived({ newImage, oldImage }: StreamChange): boolean {
  return [newImage, oldImage].some((image) => ARCHIVED.has(image?.[Attr.RECORD_TYPE]?.S));
}

/**
 * The archived line of a change. `event_id` is that of the stream. After Lambda
 * splits a batch, batches can overlap, and readers deduplicate by it.
 *
 * A transaction's body is written with its insertion only. The workflow and
 * the sweep change the item several times, but never its body.
 *
 * The line of an erasure has no old image. Otherwise the erasure would write the data into the archive again.
 */
export function archiveLine(change: StreamChange): string {
  const { eventName, newImage, keys } = change;
  const oldImage = archivedOldImage(change);
  const imageOf = (record: StoredItem): Json => plainRecord(record, eventName === 'INSERT');
  return JSON.stringify({
    ...describeChange(change),
    transaction_id: renderValue(keys[Attr.TRANSACTION_ID]),
    timestamp: renderValue(keys[Attr.TIMESTAMP]),
    new_image: newImage && imageOf(newImage),
    old_image: oldImage && imageOf(oldImage),
  });
}

/** The line of a change that cannot be rendered: keys and images as they are in the stream, in DynamoDB's own JSON with binary values as base64. */
export function unrenderedLine(change: StreamChange, error: string): string {
  const { keys, newImage } = change;
  const oldImage = archivedOldImage(change);
  return JSON.stringify({
    ...describeChange(change),
    transaction_id: keys[Attr.TRANSACTION_ID]?.S,
    timestamp: keys[Attr.TIMESTAMP]?.S,
    unrendered: { error, keys, new_image: newImage, old_image: oldImage },
  });
}

/**
 * The key of a batch's object. It depends only on the batch, so that a retry of
 * the same batch by Lambda finds the object instead of adding one.
 *
 * The same key means the same changes: a batch is every record of a shard from
 * the first number to the last, filtered or not, and records never change.
 * Only the record itself decides whether it is left out.
 */
export function archiveKey(changes: readonly StreamChange[]): string {
  const first = changes[0];
  if (!first.changedAt) {
    throw new Error(`the stream record ${first.sequenceNumber} has no time`);
  }
  const [year, month, day] = first.changedAt.toISOString().slice(0, 10).split('-');
  return `${ARCHIVE_PREFIX}${year}/month=${month}/day=${day}/${first.sequenceNumber}-${changes.at(-1)!.sequenceNumber}.jsonl.gz`;
}

function describeChange({ eventId, eventName, sequenceNumber, changedAt }: StreamChange): { readonly [name: string]: string | undefined } {
  return { event_id: eventId, event_name: eventName, sequence_number: sequenceNumber, changed_at: changedAt?.toISOString() };
}

function archivedOldImage({ newImage, oldImage }: StreamChange): StoredItem | undefined {
  return isErased(newImage) ? undefined : oldImage;
}

/** Only the validator's bodies are packed. An attribute of that name from an operator is not changed. */
function plainRecord(record: StoredItem, withBody: boolean): Json {
  return isTransaction(record) ? plainTransaction(record, withBody) : plainItem(record);
}

function plainTransaction({ [Attr.BODY]: body, ...attributes }: StoredItem, withBody: boolean): Json {
  return { ...plainItem(attributes), ...(withBody && body && unpackBody(body)) };
}

function plainItem(item: StoredItem): { readonly [name: string]: Json } {
  return Object.fromEntries(Object.entries(item).map(([name, value]) => [
    name,
    ALWAYS_TEXT.has(name) && value.N !== undefined ? value.N : renderValue(value),
  ]));
}

function renderValue(value: StoredValue): Json {
  const [type, content] = Object.entries(value)[0];
  return (RENDERERS as { readonly [type: string]: (value: unknown) => Json })[type](content);
}

/** A number only if it has the same digits when it is read back as a double. */
function numberOrDigits(digits: string): Json {
  const value = Number(digits);
  return String(value) === digits && (!Number.isInteger(value) || Number.isSafeInteger(value)) ? value : digits;
}

function base64(value: string | Uint8Array): string {
  return toBuffer(value).toString('base64');
}
