import { executionLink, transactionLink, type ConsoleContext } from './console-links';
import { NO_CURRENCY, type AssessmentResult, type TransactionDetail, type Verdict } from '../../src/private/contract';
import { withThousands, toDecimal } from '../domain/money';

/** SNS wants fewer than 100 characters (https://docs.aws.amazon.com/sns/latest/api/API_Publish.html). */
const MAX_SUBJECT_LENGTH = 99;
/** An identifier longer than this helps nobody on a phone. */
const MAX_PART_LENGTH = 256;
/** So many reasons are told, the others counted: all stand at the transaction. */
const MAX_REASONS = 8;

/** What a person is to do about a verdict, whatever kind of event it is about. */
const TO_DO: { readonly [verdict in Verdict]: string } = {
  approve: 'Nothing to do',
  review: 'To do: check it before goods or money leave',
  block: 'To do: stop goods and money from leaving, then look into it',
};

/** How people are told, for each way of telling. */
export type Alert = Pick<TransactionDetail, 'alert_subject' | 'alert_text' | 'alert_sms'>;

/** What an alert tells of a transaction: no body, no card, no address, nothing that needs protection on a phone. */
export type AlertTransaction = Pick<
  TransactionDetail,
  'provider' | 'kind' | 'transaction_id' | 'timestamp' | 'customer_id' | 'event_time' | 'received_at' | 'amount_minor' | 'exponent' | 'currency' | 'tier'
>;

/** Tells of a transaction: `High: captured 12,345.00 EUR (stripe)`. */
export function tierAlert(transaction: AlertTransaction): Alert {
  const parts: Parts = [headline(transaction.tier ? capital(transaction.tier) : 'Transaction', transaction), ...whichAndWhen(transaction)];
  return { alert_subject: subject(parts[0]), alert_text: lines(parts), alert_sms: smsSegment(parts) };
}

/**
 * Tells of a verdict, louder: `BLOCK: captured 60,000.00 USD (stripe)`, why,
 * what to do, and where to look. The text leaves the links out where the
 * execution is not known.
 */
export function verdictAlert(transaction: AlertTransaction, { verdict, score, reasons }: AssessmentResult, links?: ConsoleContext): Alert {
  const shown = reasons.slice(0, MAX_REASONS).map(discreet);
  const omitted = reasons.length > MAX_REASONS ? [`- ${reasons.length - MAX_REASONS} more`] : [];
  const shout = headline(verdict.toUpperCase(), transaction);
  const [id, ...others] = whichAndWhen(transaction);
  return {
    alert_subject: subject(shout),
    alert_text: lines([
      shout,
      TO_DO[verdict],
      ...transaction.tier ? [`${capital(transaction.tier)}-value`] : [],
      `Score ${score}${shown.length > 0 ? ', because' : ''}`,
      ...shown.map((reason) => `- ${reason}`),
      ...omitted,
      id,
      ...others,
      ...links ? [`Transaction ${transactionLink(transaction, links)}`, `Execution ${executionLink(links)}`] : [],
    ]),
    alert_sms: smsSegment([shout, id, ...shown, ...others]),
  };
}

/** The parts of a text, the first of which says what happened. */
type Parts = readonly [string, ...string[]];

function headline(label: string, transaction: AlertTransaction): string {
  return `${label}: ${movement(transaction)} (${safePart(transaction.provider)})`;
}

/** Printable ASCII, as SNS wants a subject. */
function subject(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, '?').slice(0, MAX_SUBJECT_LENGTH);
}

/** A part a line, to be read on a phone. */
function lines(parts: readonly string[]): string {
  return parts.join('\n');
}

/** The words by which a person finds the transaction, the most helpful one first. */
function whichAndWhen({ transaction_id: id, customer_id: customer, ...transaction }: AlertTransaction): Parts {
  const time = (transaction.event_time ?? transaction.received_at).slice(0, 'YYYY-MM-DDTHH:mm:ss'.length).replace('T', ' ');
  return [`ID ${safePart(id)}`, ...customer ? [`Customer ${safePart(customer)}`] : [], `Time ${time} UTC`];
}

function movement({ kind, amount_minor: minor, exponent, currency }: AlertTransaction): string {
  if (minor === undefined || exponent === undefined) {
    return `${kind}, no amount`;
  }
  return `${kind} ${withThousands(toDecimal(BigInt(minor), exponent))} ${currency === NO_CURRENCY ? '(unknown currency)' : safePart(currency)}`;
}

/**
 * A rule's reason without what is on a blocklist for the card's digits or the
 * email's domain, and without the operator's words, who may have written
 * anything: that it was found is for a phone, the rest stands at the transaction.
 */
function discreet(reason: string): string {
  return safePart(reason.replace(/ \((?!\+\d+\)$)[^()]*\)/g, '').replace(/\bcard \d+/g, 'card').replace(/\bemail domain [^\s,]+/g, 'email domain'));
}

/** A part that was made elsewhere, without quotes and backslashes, which JSON would escape. Some systems know their customers by email address: words with an @ are left out. */
function safePart(part: string): string {
  const words = part.split(/\s/).map((word) => word.includes('@') ? '(email)' : word).join(' ');
  // Cut before: a surrogate pair that the cut halves is then replaced like a control character.
  return words.slice(0, MAX_PART_LENGTH).replace(/\p{C}/gu, ' ').replaceAll('"', "'").replaceAll('\\', '/');
}

function capital(word: string): string {
  return word[0].toUpperCase() + word.slice(1);
}

/** What one segment holds of the GSM alphabet (3GPP TS 23.038, https://docs.aws.amazon.com/sns/latest/dg/sms_publish-to-phone.html). */
const SEGMENT = 160;
/**
 * SNS begins each message with the topic's display name, of which it takes ten characters, and `> `
 * (https://docs.aws.amazon.com/sns/latest/dg/sms_sending-overview.html).
 */
const PREFIX = 12;
const MAX_LENGTH = SEGMENT - PREFIX;
const CUT = '...';

/**
 * Characters that count twice, since they stand in the alphabet's extension,
 * and what is written for them.
 */
const LOOKALIKES: { readonly [character: string]: string } = {
  '[': '(', '{': '(', ']': ')', '}': ')', '|': '/', '\\': '/', '~': '-', '^': '-', '`': '\'',
};

/**
 * Puts as many parts as fit into one segment of an SMS, the first one always,
 * cut if it must be; the others whole or not at all. A second segment costs as
 * much as the first, and a single character outside the alphabet shortens all to 70.
 */
export function smsSegment([first, ...others]: readonly [string, ...string[]]): string {
  const head = gsm(first);
  return others.map(gsm).reduce(
    (text, part) => text.length + 2 + part.length <= MAX_LENGTH ? `${text}. ${part}` : text,
    head.length <= MAX_LENGTH ? head : head.slice(0, MAX_LENGTH - CUT.length) + CUT,
  );
}

/** The text in characters of ASCII that the alphabet has too: accents are left out, the rest becomes `?`. */
function gsm(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').replace(/[[\]{}|\\~^`]/g, (character) => LOOKALIKES[character]).replace(/[^\x20-\x7e]/gu, '?');
}
