import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { IndexSettings } from '../../cli/cost/priced-deployment';

/** An item as DynamoDB stores it. */
export type Item = Readonly<Record<string, AttributeValue>>;

const KB = 1024;
/** The bytes that DynamoDB adds to each stored item for billing, in the table and in each index. */
const STORAGE_OVERHEAD = 100;
const LIST_OVERHEAD = 3;
const READ_UNIT = 4 * KB;

/** The bytes of an item (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html). */
export function sizeOf(item: Item): number {
  return Object.entries(item).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + sizeOfValue(value), 0);
}

function sizeOfValue({ S, N, B, BOOL, L }: AttributeValue): number {
  if (S !== undefined) {
    return Buffer.byteLength(S);
  }
  if (N !== undefined) {
    return Math.ceil(N.replace(/\D/g, '').replace(/^0+|0+$/g, '').length / 2) + 1;
  }
  if (B !== undefined) {
    return B.byteLength;
  }
  if (L !== undefined) {
    return L.reduce((sum, element) => sum + 1 + sizeOfValue(element), LIST_OVERHEAD);
  }
  if (BOOL !== undefined) {
    return 1;
  }
  throw new Error('an attribute is of a type whose size this model does not include');
}

export function storedBytes(item: Item): number {
  return sizeOf(item) + STORAGE_OVERHEAD;
}

/** Write request units for replacing one item with another. An update is billed for the larger one. */
export function writeUnits(before: Item | undefined, after: Item): number {
  return Math.ceil(Math.max(before ? sizeOf(before) : 0, sizeOf(after)) / KB);
}

export function readUnits(bytes: number, isConsistent: boolean): number {
  return Math.max(1, Math.ceil(bytes / READ_UNIT)) * (isConsistent ? 1 : 0.5);
}

/** The part of an item in an index; undefined if the item does not have all of the index's keys. */
export function projected(item: Item | undefined, tableKeys: readonly string[], { keys, attributes }: IndexSettings): Item | undefined {
  return item && keys.every((key) => item[key])
    ? Object.fromEntries(Object.entries(item).filter(([name]) => [...tableKeys, ...keys, ...attributes].includes(name)))
    : undefined;
}

/**
 * Write request units in one index when an item changes
 * (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.html#GSI.ThroughputConsiderations.Writes).
 */
export function indexWriteUnits(before: Item | undefined, after: Item | undefined, keys: readonly string[]): number {
  const [old, now] = [before, after].map((item) => item && { content: JSON.stringify(item), key: JSON.stringify(keys.map((key) => item[key])) });
  if (old?.content === now?.content) {
    return 0;
  }
  const units = (item: Item | undefined) => item ? Math.ceil(sizeOf(item) / KB) : 0;
  return old?.key === now?.key ? Math.max(units(before), units(after)) : units(before) + units(after);
}
