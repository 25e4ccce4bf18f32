import { Attr, HEARTBEAT_ID, KINDS, PROVIDER_NAME, RecordType, RESERVED_PREFIXES, type Kind, type Verdict } from '../../src/private/contract';

const VERDICTS: readonly Verdict[] = ['approve', 'review', 'block'];

/** `<provider>:<id>`. */
const TRANSACTION_ID = /^([^:]+):./s;

/**
 * An attribute in DynamoDB's format, from the stream's events or the SDK's
 * answers. Binary values are base64 text in the first and bytes in the second.
 */
export interface StoredValue {
  readonly S?: string;
  readonly N?: string;
  readonly B?: string | Uint8Array;
  readonly BOOL?: boolean;
  readonly NULL?: boolean;
  readonly L?: readonly StoredValue[];
  readonly M?: { readonly [name: string]: StoredValue };
  readonly SS?: readonly string[];
  readonly NS?: readonly string[];
  readonly BS?: readonly (string | Uint8Array)[];
}

export interface StoredItem { readonly [name: string]: StoredValue }

/** An item of a known record type that is not as the validator writes it. Names the attribute, never its value. */
export class UnreadableItem extends Error {
  public readonly name = 'UnreadableItem';

  constructor(attribute: string) {
    super(`the attribute ${attribute} is missing or not as expected`);
  }
}

/**
 * Whether an item is a transaction. The table has other records, which operators
 * write. An item's attributes must therefore agree with its key, which operators
 * cannot choose.
 */
export function isTransaction(item: StoredItem | undefined): item is StoredItem {
  if (item?.[Attr.RECORD_TYPE]?.S !== RecordType.TRANSACTION) {
    return false;
  }
  const provider = providerOf(item);
  return provider !== undefined && provider === item[Attr.PROVIDER]?.S;
}

/** Whether an item is a transaction whose customer was erased. An operator's own item is not one, whatever attributes it has. */
export function isErased(item: StoredItem | undefined): boolean {
  return isTransaction(item) && item[Attr.ERASED_AT] !== undefined;
}

/** Whether an item is the heartbeat. The key decides too, because operators write other records. */
export function isHeartbeat(item: StoredItem | undefined): boolean {
  return item?.[Attr.RECORD_TYPE]?.S === RecordType.HEARTBEAT && item[Attr.TRANSACTION_ID]?.S === HEARTBEAT_ID;
}

/** The provider in a transaction's key; undefined for the key of any other item. Indexes carry the key too. */
export function providerOf({ [Attr.TRANSACTION_ID]: id, [Attr.TIMESTAMP]: timestamp }: StoredItem): string | undefined {
  const [, provider] = TRANSACTION_ID.exec(id?.S ?? '') ?? [];
  const isOfProvider = provider !== undefined && PROVIDER_NAME.test(provider) && !RESERVED_PREFIXES.includes(provider);
  return isOfProvider && timestamp?.S?.includes('#') ? provider : undefined;
}

export function optionalText(item: StoredItem, name: string): string | undefined {
  const value = item[name];
  if (value !== undefined && typeof value.S !== 'string') {
    throw new UnreadableItem(name);
  }
  return value?.S;
}

/** Reads a map of texts. */
export function optionalTexts(item: StoredItem, name: string): { readonly [key: string]: string } | undefined {
  const value = item[name];
  if (value === undefined) {
    return undefined;
  }
  return Object.fromEntries(Object.entries(value.M ?? unreadable(name)).map(([key, { S }]) => [key, S ?? unreadable(name)]));
}

export function requiredText(item: StoredItem, name: string): string {
  return optionalText(item, name) ?? unreadable(name);
}

export function requiredFlag(item: StoredItem, name: string): boolean {
  return item[name]?.BOOL ?? unreadable(name);
}

/** Whether the event was fetched from the provider's API. */
export function isFetched(item: StoredItem): boolean {
  return item[Attr.FETCHED]?.BOOL === true;
}

/** Reads an integer of any size that DynamoDB keeps exactly (38 digits). */
export function optionalInteger(item: StoredItem, name: string): bigint | undefined {
  const value = item[name];
  if (value === undefined) {
    return undefined;
  }
  const digits = value.N ?? '';
  return /^-?\d{1,38}$/.test(digits) ? BigInt(digits) : unreadable(name);
}

/** Reads a small integer. */
export function optionalSmallInteger(item: StoredItem, name: string): number | undefined {
  const integer = optionalInteger(item, name);
  return integer === undefined ? undefined : Number(integer);
}

/** Reads a time in the only stored format. Times are compared as text. */
export function optionalTime(item: StoredItem, name: string): string | undefined {
  const value = optionalText(item, name);
  if (value === undefined) {
    return undefined;
  }
  const millis = Date.parse(value);
  return !Number.isNaN(millis) && new Date(millis).toISOString() === value ? value : unreadable(name);
}

export function requiredTime(item: StoredItem, name: string): string {
  return optionalTime(item, name) ?? unreadable(name);
}

export function requiredTexts(item: StoredItem, name: string): string[] {
  return item[name]?.L?.map(({ S }) => S ?? unreadable(name)) ?? unreadable(name);
}

/** Throws for an unreadable attribute without a separate reader. */
export function unreadable(name: string): never {
  throw new UnreadableItem(name);
}

export function kindOf(item: StoredItem): Kind {
  return oneOf(KINDS, item, Attr.KIND);
}

export function verdictOf(item: StoredItem): Verdict {
  return oneOf(VERDICTS, item, Attr.VERDICT);
}

export function scoreOf(item: StoredItem): number {
  const score = Number(item[Attr.SCORE]?.N);
  return Number.isFinite(score) ? score : unreadable(Attr.SCORE);
}

function oneOf<T extends string>(known: readonly T[], item: StoredItem, name: string): T {
  const value = requiredText(item, name);
  return known.find((candidate) => candidate === value) ?? unreadable(name);
}

/** The amount of a stored transaction, or of its copy in an index. */
export function moneyOf(item: StoredItem): { minor: bigint; exponent: number } | undefined {
  const minor = optionalInteger(item, Attr.AMOUNT_MINOR);
  if (minor === undefined) {
    return undefined;
  }
  const exponent = Number(optionalInteger(item, Attr.EXPONENT) ?? -1n);
  // ISO 4217 has exponents up to 4. A far larger one could only be an attempt to exhaust memory.
  return exponent >= 0 && exponent <= 38 ? { minor, exponent } : unreadable(Attr.EXPONENT);
}
