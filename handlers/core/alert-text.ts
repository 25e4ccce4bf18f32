import { toDecimal } from './money';
import { NO_CURRENCY, type Kind, type Tier } from '../../src/private/contract';

/** SNS wants fewer than 100 characters (https://docs.aws.amazon.com/sns/latest/api/API_Publish.html). */
const MAX_SUBJECT_LENGTH = 99;
/** An identifier longer than this helps nobody on a phone. */
const MAX_PART_LENGTH = 256;

/** What an alert tells of a transaction: no body, no payment method, nothing that needs protection on a phone. */
export interface AlertFacts {
  readonly provider: string;
  readonly kind: Kind;
  readonly transactionId: string;
  readonly customerId?: string;
  readonly time: string;
  readonly money?: { readonly minor: bigint; readonly exponent: number };
  readonly currency: string;
  /** Absent without an amount. */
  readonly tier?: Tier;
}

/** `High: captured 12,345.00 EUR (stripe)`, in printable ASCII as SNS wants a subject. */
export function alertSubject(facts: AlertFacts): string {
  const { provider, tier } = facts;
  return `${tier ? capital(tier) : 'Transaction'}: ${movement(facts)} (${provider})`
    .replace(/[^\x20-\x7e]/g, '?')
    .slice(0, MAX_SUBJECT_LENGTH);
}

/**
 * The alert's text, all in one line without quotes and backslashes: a rule's
 * input path passes it on as a JSON string, in which those would arrive escaped.
 */
export function alertText(facts: AlertFacts): string {
  const { provider, transactionId, customerId, time, tier } = facts;
  return [
    `${tier ? `${capital(tier)}-value transaction` : 'Transaction'}: ${movement(facts)} at ${plain(provider)}`,
    ...(customerId ? [`Customer ${plain(customerId)}`] : []),
    `ID ${plain(transactionId)}`,
    `Time ${time}`,
  ].join(' | ');
}

function movement({ kind, money, currency }: AlertFacts): string {
  if (!money) {
    return `${kind}, no amount`;
  }
  const [whole, decimals] = toDecimal(money.minor, money.exponent).split('.');
  const amount = [whole.replace(/\B(?=(?:\d{3})+$)/g, ','), ...(decimals ? [decimals] : [])].join('.');
  return `${kind} ${amount} ${currency === NO_CURRENCY ? '(unknown currency)' : plain(currency)}`;
}

function plain(part: string): string {
  // Cut first: a surrogate pair that the cut halves is then replaced like a control character.
  return part.slice(0, MAX_PART_LENGTH).replace(/\p{C}/gu, ' ').replaceAll('"', "'").replaceAll('\\', '/');
}

function capital(word: string): string {
  return word[0].toUpperCase() + word.slice(1);
}
