import { maskCardNumbers } from '../../handlers/alerts/card-numbers';
import { blocklistKey } from '../../handlers/assess/rules/blocklist';
import { asciiDomainOf } from '../../handlers/domain/email-domain';
import { customerKey } from '../../handlers/domain/identifier';
import { LIST_KINDS, CARD_BIN_DIGITS, DECLINED_PREFIX, type ListKind } from '../../src/private/contract';
import { UsageError } from '../terminal/usage-error';

/** What the fraud detector's reason for a verdict shows of an operator's words. */
const MAX_REASON = 100;
const GUEST = /^contact:/;
const GUEST_ID = /^contact:[0-9a-f]{32}$/;

/** Checks the kind of an entry. */
export function blocklistKindOf(kind: string): ListKind {
  const found = LIST_KINDS.find((each) => each === kind);
  if (found === undefined) {
    throw new UsageError(`the kind must be one of ${LIST_KINDS.join(', ')}, got: '${kind}'`);
  }
  return found;
}

/**
 * The partition key of the entry that blocks a value, as the fraud detector looks it up. Throws if no transaction can match it.
 * Without providers, their names are not checked.
 */
export function blockingKey(kind: ListKind, value: string, providers: readonly string[]): string {
  const reason = value === '' || value !== value.trim()
    ? 'it must not be empty, and have no spaces at its ends'
    : CHECKS[kind](value, providers);
  if (reason !== undefined) {
    // A complete card number must not be in a terminal or its log.
    const shown = kind === 'card' ? '' : ` '${value}'`;
    throw new UsageError(`the ${kind}${shown} can never match a transaction: ${reason}`);
  }
  if (kind !== 'customer') {
    return blocklistKey({ kind, value });
  }
  const separator = value.indexOf(':');
  return blocklistKey({ kind, value: customerKey(value.slice(0, separator), value.slice(separator + 1)) });
}

/** The keys that an entry of a value can have: that of the detector, and that of the text itself, which somebody wrote by hand. */
export function possibleKeys(kind: ListKind, value: string): string[] {
  const asWritten = `blocklist:${kind}:${value}`;
  try {
    return [...new Set([blockingKey(kind, value, []), asWritten])];
  } catch {
    return [asWritten];
  }
}

/** Checks the words of an operator. They are in verdicts and in the archive. */
export function checkBlockReason(reason: string): void {
  if (reason.length > MAX_REASON) {
    throw new UsageError(`--reason must have at most ${MAX_REASON} characters, got ${reason.length}: a verdict shows no more`);
  }
  if (maskCardNumbers(reason) !== reason) {
    throw new UsageError('--reason must not contain a card number: verdicts and the archive keep it');
  }
}

const CHECKS: { readonly [kind in ListKind]: (value: string, providers: readonly string[]) => string | undefined } = {
  'customer': customerProblem,
  'country': (value) => /^[A-Za-z]{2}$/.test(value) ? undefined : 'a country is two letters, such as KP (ISO 3166-1 alpha-2)',
  'card': (value) => new RegExp(`^\\d{${CARD_BIN_DIGITS.least},${CARD_BIN_DIGITS.most}}$`).test(value)
    ? undefined
    : `it must be the first ${CARD_BIN_DIGITS.least} to ${CARD_BIN_DIGITS.most} digits of the card's number, without spaces`,
  'card-fingerprint': customerProblem,
  'email': (value) => GUEST_ID.test(`contact:${value}`) ? undefined : 'it is the `email_hash` of a transaction: 32 digits from 0 to f',
  'email-domain': domainProblem,
};

function customerProblem(value: string, providers: readonly string[]): string | undefined {
  if (value.startsWith(DECLINED_PREFIX)) {
    return `leave out ${DECLINED_PREFIX}, which begins the key of declined payments only`;
  }
  const separator = value.indexOf(':');
  const [provider, id] = [value.slice(0, Math.max(0, separator)), value.slice(separator + 1)];
  const example = `such as ${providers[0] ?? 'stripe'}:cus_123`;
  if (provider === '' || id === '' || GUEST.test(value)) {
    return `write the provider's name before the id, ${example}`;
  }
  if (providers.length > 0 && !providers.includes(provider)) {
    return `the system has no provider '${provider}'. Its providers are ${providers.join(', ')}`;
  }
  return GUEST.test(id) && !GUEST_ID.test(id) ? 'the id of a guest is contact: and 32 digits from 0 to f, as in `customer_id`' : undefined;
}

function domainProblem(value: string): string | undefined {
  if (value.includes('@')) {
    return 'write the domain only, the part after the @';
  }
  return asciiDomainOf(value) === undefined ? 'it is not a domain, such as example.com' : undefined;
}
