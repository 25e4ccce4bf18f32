import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { Attr } from '../../src/private/contract';

type StoredAttributes = Readonly<Record<string, AttributeValue>>;

/** The effect of a command on an entry, and the time when the entry expires. */
export interface EntryOutcome {
  readonly outcome: 'added' | 'changed' | 'unchanged';
  readonly expires?: Date;
}

/** The entry that an operator requests. */
export interface WantedEntry {
  readonly author: string;
  readonly now: Date;
  /** If it is not set, an existing entry keeps its own. */
  readonly reason?: string;
  /** If it is not set, an existing entry keeps its own. */
  readonly expires?: Date | 'never';
}

/** The attributes of an entry after a change, without its key. An expired entry that DynamoDB has not deleted yet is treated as deleted. */
export function changeEntry(
  stored: StoredAttributes | undefined, { author, now, ...wanted }: WantedEntry, recordType: string,
): EntryOutcome & { readonly item: Record<string, AttributeValue> } {
  const existing = stored !== undefined && !isExpired(stored, now) ? stored : undefined;
  const reason = wanted.reason ?? existing?.[Attr.REASON]?.S;
  const expires = expiryAfter(existing, wanted.expires);
  const isSame = existing?.[Attr.RECORD_TYPE]?.S === recordType && reason === existing[Attr.REASON]?.S
    && expires?.getTime() === expiryIn(existing)?.getTime();
  return {
    outcome: existing === undefined ? 'added' : isSame ? 'unchanged' : 'changed',
    expires,
    item: {
      [Attr.RECORD_TYPE]: { S: recordType },
      ...reason !== undefined && { [Attr.REASON]: { S: reason } },
      [Attr.AUTHOR]: { S: author },
      [Attr.CREATED_AT]: existing?.[Attr.CREATED_AT] ?? { S: now.toISOString() },
      ...expires !== undefined && { [Attr.EXPIRES_AT]: { N: String(expires.getTime() / 1_000) } },
    },
  };
}

function expiryAfter(existing: StoredAttributes | undefined, wanted: WantedEntry['expires']): Date | undefined {
  if (wanted === 'never') {
    return undefined;
  }
  // DynamoDB expires items at a whole second.
  return wanted === undefined ? existing && expiryIn(existing) : new Date(Math.ceil(wanted.getTime() / 1_000) * 1_000);
}

/** The time when an entry expires. Undefined if it does not expire. */
export function expiryIn({ [Attr.EXPIRES_AT]: seconds }: StoredAttributes): Date | undefined {
  const date = new Date(Number(seconds?.N) * 1_000);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

/** Whether an entry has expired, although DynamoDB has not deleted it yet. */
export function isExpired(item: StoredAttributes, now: Date): boolean {
  const expires = expiryIn(item);
  return expires !== undefined && expires.getTime() <= now.getTime();
}
