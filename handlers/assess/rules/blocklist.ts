import { ALLOWLIST_PREFIX, BLOCKLIST_PREFIX, CARD_BIN_DIGITS, type ListKind, type TransactionDetail } from '../../../src/private/contract';
import { asciiDomainOf } from '../../domain/email-domain';
import { customerKey } from '../../domain/identifier';

/** A value on the blocklist or the allowlist. */
export interface BlocklistEntry {
  readonly kind: ListKind;
  /**
   * - `customer`: `<provider>:<customer id>`
   * - `country`: ISO 3166 alpha-2, of the customer or the card
   * - `card`: the first 6 to 8 digits of the card's number
   * - `card-fingerprint`: `<provider>:<fingerprint>`
   * - `email`: the keyed hash of the address
   * - `email-domain`: the complete text after the @
   */
  readonly value: string;
}

/** An operator's entry that matches a transaction. */
export interface BlocklistHit extends BlocklistEntry {
  /** The operator's reason. */
  readonly reason?: string;
}

/**
 * The partition key of an entry of the blocklist: `blocklist:card:411111`.
 * Countries are in capital letters and domains in ASCII, for any spelling.
 */
export function blocklistKey(entry: BlocklistEntry): string {
  return BLOCKLIST_PREFIX + entryName(entry);
}

/** The partition key of an entry of the allowlist: `allowlist:card:411111`. */
export function allowlistKey(entry: BlocklistEntry): string {
  return ALLOWLIST_PREFIX + entryName(entry);
}

function entryName({ kind, value }: BlocklistEntry): string {
  return `${kind}:${comparable(kind, value)}`;
}

function comparable(kind: ListKind, value: string): string {
  switch (kind) {
    case 'country':
      return value.toUpperCase();
    case 'email-domain':
      return asciiDomainOf(value) ?? value.toLowerCase();
    default:
      return value;
  }
}

/**
 * The partition keys of entries of the blocklist that can match a transaction: at
 * most nine. Each possible prefix of the card's first digits is looked up. An
 * entry with more digits than the transaction has is not, because it could be
 * another card.
 */
export function blocklistKeys(detail: TransactionDetail): ReadonlyMap<string, BlocklistEntry> {
  return new Map(listedValues(detail).map((entry) => [blocklistKey(entry), entry]));
}

/** The same for the allowlist. */
export function allowlistKeys(detail: TransactionDetail): ReadonlyMap<string, BlocklistEntry> {
  return new Map(listedValues(detail).map((entry) => [allowlistKey(entry), entry]));
}

function listedValues({
  provider, customer_id: customerId, country, card_country: cardCountry, card_bin: cardBin = '', card_fingerprint: fingerprint,
  email_hash: emailHash, email_domain: emailDomain,
}: TransactionDetail): BlocklistEntry[] {
  return [
    ...entryIf('customer', customerId === undefined ? undefined : customerKey(provider, customerId)),
    ...entryIf('country', country),
    ...entryIf('country', cardCountry),
    ...[...Array(CARD_BIN_DIGITS.most + 1).keys()].slice(CARD_BIN_DIGITS.least)
      .flatMap((digits) => entryIf('card', digits <= cardBin.length ? cardBin.slice(0, digits) : undefined)),
    ...entryIf('card-fingerprint', fingerprint === undefined ? undefined : `${provider}:${fingerprint}`),
    ...entryIf('email', emailHash),
    ...entryIf('email-domain', emailDomain),
  ];
}

function entryIf(kind: ListKind, value: string | undefined): BlocklistEntry[] {
  return value === undefined ? [] : [{ kind, value }];
}
