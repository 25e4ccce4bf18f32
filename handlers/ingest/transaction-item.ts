import { gzipSync } from 'node:zlib';
import {
  Attr, CARRIED_FIELDS, DECLINED_PREFIX, MAX_ITEM_BYTES, NEVER_A_MOVEMENT, NO_CURRENCY, RecordType, SWEEP_AFTER_MINUTES,
  type CarriedFields, type CarriedType, type ProviderConfig, type TierConfig,
} from '../../src/private/contract';
import { bodyIdentifier, customerKey, identifier, sweepPartition } from '../domain/identifier';
import { eventAmount, tierOf } from '../domain/money';
import type { NormalizedEvent, EventFields } from '../providers/shared/normalized-event';

/** An item of the transactions table, before it is marshaled. */
export type TransactionItem = { readonly [attribute: string]: string | number | bigint | boolean | Uint8Array | { readonly [key: string]: string } };

/**
 * The bytes that an item gets after it is stored: the claim, the verdicts with their reasons, and the label. An item without
 * room for them could never be assessed.
 */
export const LATER_BYTES = 32 * 1024;
/** DynamoDB's limit for a partition key. */
const MAX_KEY_BYTES = 2048;
/** The stored length of a text, in characters. The raw body has all of it. */
const MAX_TEXT = 256;
/** The name of an event without a readable name, because consumers rely on the attribute. */
const UNNAMED_EVENT = 'unknown';
/** The size of a number is at most 21 bytes. A map has 3 bytes, and one for each member. */
const MAX_SCALAR_BYTES = 21;
const MAP_BYTES = 3;
const MEMBER_BYTES = 1;
/** Replaces the time in the sort key if no valid time is signed. */
const NO_TIME = '-';

/** The input for an item. */
export interface TransactionParts {
  readonly provider: ProviderConfig;
  readonly normalized: NormalizedEvent;
  readonly rawBody: Buffer;
  readonly receivedAt: Date;
  readonly tiers: TierConfig;
  /** Seconds from the receipt until DynamoDB can delete the item. Without a value, it is kept. */
  readonly retentionSeconds?: number;
  /** Whether the event comes from the provider's API instead of with a signature. */
  readonly fetched?: true;
}

/**
 * Makes the stored item. Its key contains only signed bytes, and nothing that
 * differs between delivery attempts, such as the local clock. One condition on the key
 * is therefore enough to deduplicate.
 */
export function transactionItem(
  { provider, normalized: { fields }, rawBody, receivedAt, tiers, retentionSeconds, fetched }: TransactionParts,
): TransactionItem {
  const eventId = fields.eventId === undefined ? bodyIdentifier(rawBody) : storedEventId(fields.eventId);
  const idPrefix = `${provider.name}:`;
  const ownId = fields.transactionId === undefined ? eventId : identifier(fields.transactionId, MAX_KEY_BYTES - Buffer.byteLength(idPrefix));
  const transactionId = idPrefix + ownId;
  const eventTime = fields.eventTime?.toISOString();
  const currency = fields.currency ?? NO_CURRENCY;
  const moneyMovement = isMoneyMovement(fields, provider);
  const carried = carriedAttributes(fields);
  const customerId = carried[Attr.CUSTOMER_ID];
  const cardOrEmail = carried[Attr.CARD_FINGERPRINT] ?? carried[Attr.EMAIL_HASH];
  const historyPrefix = historyPrefixOf(fields, provider, moneyMovement);

  return withoutAbsent({
    [Attr.TRANSACTION_ID]: transactionId,
    [Attr.TIMESTAMP]: `${eventTime ?? NO_TIME}#${eventId}`,
    [Attr.RECORD_TYPE]: RecordType.TRANSACTION,
    [Attr.EVENT_ID]: eventId,
    [Attr.PROVIDER]: provider.name,
    [Attr.PROVIDER_EVENT]: truncated(fields.eventName) ?? UNNAMED_EVENT,
    [Attr.KIND]: fields.kind,
    [Attr.LIVE]: isLive(fields, provider),
    [Attr.MONEY_MOVEMENT]: moneyMovement,
    [Attr.AMOUNT_MINOR]: fields.money?.minor,
    [Attr.EXPONENT]: fields.money?.exponent,
    [Attr.CURRENCY]: currency,
    ...carried,
    [Attr.METADATA]: fields.metadata,
    [Attr.EVENT_TIME]: eventTime,
    [Attr.RECEIVED_AT]: receivedAt.toISOString(),
    [Attr.FETCHED]: fetched,
    [Attr.BODY]: gzipSync(rawBody),
    [Attr.EXPIRES_AT]: retentionSeconds && Math.ceil(receivedAt.getTime() / 1_000) + retentionSeconds,
    ...historyPrefix !== undefined && typeof customerId === 'string' && {
      [Attr.CUSTOMER_KEY]: historyPrefix + customerKey(provider.name, customerId),
    },
    ...historyPrefix !== undefined && (customerId ?? cardOrEmail) !== undefined && {
      [Attr.OCCURRED_AT]: eventTime ?? receivedAt.toISOString(),
    },
    ...moneyMovement && tierOf(eventAmount(fields.money.minor, fields.money.exponent), currency, tiers) === 'high' && {
      [Attr.SWEEP_PARTITION]: sweepPartition(transactionId),
      [Attr.SWEEP_AT]: new Date(receivedAt.getTime() + SWEEP_AFTER_MINUTES * 60_000).toISOString(),
    },
  });
}

/** The stored form of a provider's id of an event. */
export function storedEventId(id: string): string {
  return identifier(id, MAX_TEXT);
}

/** The stored form of the texts whose sender chooses the length. Every other value is stored completely. */
const STORED_TEXT: { readonly [type in CarriedType]?: (value: string) => string | undefined } = {
  'text': truncated,
  'identifier': (value) => identifier(value, MAX_TEXT),
  'email-hash': (value) => identifier(value, MAX_TEXT),
};

function carriedAttributes(fields: CarriedFields): Record<string, string | number | undefined> {
  return Object.fromEntries(CARRIED_FIELDS.map(({ attribute, key, type }) => {
    const value = fields[key];
    return [attribute, typeof value === 'number' ? value : value ? STORED_TEXT[type]?.(value) ?? value : undefined];
  }));
}

/**
 * Whether DynamoDB accepts the item and what is added to it later. Counts names and values as DynamoDB does, and
 * numbers and maps with more than they can have
 * (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html).
 */
export function fitsTable(item: TransactionItem): boolean {
  return sizeOf(item) <= MAX_ITEM_BYTES - LATER_BYTES;
}

function sizeOf(value: TransactionItem[string] | TransactionItem): number {
  if (typeof value === 'string') {
    return Buffer.byteLength(value);
  }
  if (value instanceof Uint8Array) {
    return value.length;
  }
  if (typeof value !== 'object') {
    return MAX_SCALAR_BYTES;
  }
  const members = Object.entries(value) as [string, TransactionItem[string]][];
  return members.reduce((sum, [name, member]) => sum + Buffer.byteLength(name) + MEMBER_BYTES + sizeOf(member), MAP_BYTES);
}

type MoneyMovementFields = EventFields & { readonly money: NonNullable<EventFields['money']> };

/**
 * Whether the event is tiered, alerted and counted: it is about real money, and it
 * is the one event of its movement. An event that failed or was canceled, or has an
 * amount of zero, moved no money. Some providers report success, failure and cancellation under the same
 * name, which the user can have listed.
 */
function isMoneyMovement(fields: EventFields, provider: ProviderConfig): fields is MoneyMovementFields {
  const chosen = provider.moneyMovementEvents?.includes(fields.eventName ?? UNNAMED_EVENT) ?? fields.moneyMovement;
  const hasAmount = fields.money !== undefined && fields.money.minor !== 0n;
  const canMove = hasAmount && !fields.movesNothing && !NEVER_A_MOVEMENT.includes(fields.kind);
  return chosen && canMove && isProcessed(fields, provider);
}

/**
 * The prefix of the customer key, for events in the customer index. Declined
 * payments are in a partition of their own, because many of them would displace
 * the other events on the page that a rule reads. They can lack an amount.
 */
function historyPrefixOf(fields: EventFields, provider: ProviderConfig, moneyMovement: boolean): string | undefined {
  const declined = fields.declined && isProcessed(fields, provider);
  return moneyMovement ? '' : declined ? DECLINED_PREFIX : undefined;
}

function isLive({ live }: EventFields, { testMode = false }: ProviderConfig): boolean {
  return live && !testMode;
}

/** Whether the event can be tiered, alerted and assessed. */
function isProcessed(fields: EventFields, provider: ProviderConfig): boolean {
  const isOfOtherAccount = provider.processConnectedAccounts === false && fields.account !== undefined;
  return !isOfOtherAccount && (provider.processTestEvents === true || isLive(fields, provider));
}

/** A descriptive text as it is stored: shortened, with half characters replaced, which DynamoDB would reject. */
function truncated(value: string | undefined): string | undefined {
  return value ? Buffer.from(value.slice(0, MAX_TEXT)).toString() : undefined;
}

function withoutAbsent(item: { readonly [attribute: string]: TransactionItem[string] | undefined }): TransactionItem {
  return Object.fromEntries(Object.entries(item).filter((entry): entry is [string, TransactionItem[string]] => entry[1] !== undefined));
}
