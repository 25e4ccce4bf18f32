import type { OperatorList } from './operator-list';
import { blocklistKey } from '../../handlers/assess/rules/blocklist';
import { emailContact } from '../../handlers/domain/contact';
import { asciiDomainOf } from '../../handlers/domain/email-domain';
import { contactHash, customerKey } from '../../handlers/domain/identifier';
import { BLOCKLIST_PREFIX, CARD_BIN_DIGITS, DECLINED_PREFIX, LIST_KINDS, type ListKind } from '../../src/private/contract';
import { UsageError } from '../terminal/usage-error';

const GUEST_PREFIX = 'contact:';
const GUEST_ID = /^contact:[0-9a-f]{32}$/;
/** The system's own hashes have 32 digits. Those of a sender of canonical transactions can have another form. */
const EMAIL_HASH = /^[\w+/=:-]{16,200}$/;
/** Kinds whose values must not be shown: a value can be a complete card number or an address. */
const NEVER_SHOWN: ReadonlySet<ListKind> = new Set(['card', 'email']);

/** Checks the kind of an entry. */
export function listKindOf(kind: string): ListKind {
  const found = LIST_KINDS.find((each) => each === kind);
  if (found === undefined) {
    throw new UsageError(`the kind must be one of ${LIST_KINDS.join(', ')}, got: '${kind}'`);
  }
  return found;
}

/**
 * The partition key of the entry of a value, as the fraud detector looks it up. Throws if no transaction can match it. If no
 * providers are given, their names are not checked.
 */
export function listedKey(list: OperatorList, kind: ListKind, value: string, providers: readonly string[]): string {
  const reason = value === '' || value !== value.trim()
    ? 'it must not be empty, and must not begin or end with a space'
    : CHECKS[kind](value, providers);
  if (reason !== undefined) {
    const shown = NEVER_SHOWN.has(kind) ? '' : ` '${value}'`;
    throw new UsageError(`the ${kind}${shown} can never match a transaction: ${reason}`);
  }
  const separator = value.indexOf(':');
  const comparable = kind === 'customer' ? customerKey(value.slice(0, separator), value.slice(separator + 1)) : value;
  // Entries have the same form in both lists.
  return list.prefix + blocklistKey({ kind, value: comparable }).slice(BLOCKLIST_PREFIX.length);
}

/** The keys that an entry of a value can have: the detector's key, and the key with the unchanged text, which somebody wrote by hand. */
export function possibleKeys(list: OperatorList, kind: ListKind, value: string): string[] {
  const asWritten = `${list.prefix}${kind}:${value}`;
  try {
    return [...new Set([listedKey(list, kind, value, []), asWritten])];
  } catch {
    return [asWritten];
  }
}

/** Whether a value is an address, which is never stored and must be hashed first. */
export function isAddress(kind: ListKind, value: string): boolean {
  return kind === 'email' && value.includes('@');
}

/** The hash of an address, in the form that transactions have. */
export function hashedAddress(guestKey: string, address: string): string {
  const contact = emailContact(address);
  if (contact === undefined) {
    throw new UsageError('the email can never match a transaction: it is not an address, such as jane@example.com');
  }
  return contactHash(guestKey, contact);
}

const CHECKS: { readonly [kind in ListKind]: (value: string, providers: readonly string[]) => string | undefined } = {
  'customer': customerProblem,
  'country': (value) => /^[A-Za-z]{2}$/.test(value) ? undefined : 'a country is two letters, such as KP (ISO 3166-1 alpha-2)',
  'card': (value) => new RegExp(`^\\d{${CARD_BIN_DIGITS.least},${CARD_BIN_DIGITS.most}}$`).test(value)
    ? undefined
    : `it must be the first ${CARD_BIN_DIGITS.least} to ${CARD_BIN_DIGITS.most} digits of the card's number, without spaces`,
  'card-fingerprint': (value, providers) => providerProblem(value, providers, 'card_1234', 'fingerprint'),
  'email': (value) => EMAIL_HASH.test(value) ? undefined : 'it must be the `email_hash` of a transaction, such as 32 digits from 0 to f. The commands also accept an address',
  'email-domain': domainProblem,
};

function customerProblem(value: string, providers: readonly string[]): string | undefined {
  if (value.startsWith(DECLINED_PREFIX)) {
    return `leave out ${DECLINED_PREFIX}, which is the prefix of declined payments`;
  }
  const id = value.slice(value.indexOf(':') + 1);
  return providerProblem(value, providers, 'cus_123', 'id')
    ?? (id.startsWith(GUEST_PREFIX) && !GUEST_ID.test(id) ? 'the id of a guest is contact: and 32 digits from 0 to f, as in `customer_id`' : undefined);
}

/** The reason that a value is not a provider's name and one of its ids. Undefined if it is. */
function providerProblem(value: string, providers: readonly string[], example: string, what: string): string | undefined {
  const separator = value.indexOf(':');
  const [provider, id] = [value.slice(0, Math.max(0, separator)), value.slice(separator + 1)];
  if (provider === '' || id === '' || value.startsWith(GUEST_PREFIX)) {
    return `write the provider's name before the ${what}, such as ${providers[0] ?? 'stripe'}:${example}`;
  }
  return providers.length > 0 && !providers.includes(provider)
    ? `the system has no provider '${provider}'. Its providers are ${providers.join(', ')}`
    : undefined;
}

function domainProblem(value: string): string | undefined {
  if (value.includes('@')) {
    return 'write the domain only, the part after the @';
  }
  return asciiDomainOf(value) === undefined ? 'it is not a domain, such as example.com' : undefined;
}
