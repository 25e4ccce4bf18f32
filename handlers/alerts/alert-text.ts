import { maskCardNumbers } from './card-numbers';
import { executionLink, transactionLink, type ConsoleContext } from './console-links';
import { safeText } from './safe-text';
import { NO_CURRENCY, type AssessmentResult, type TransactionDetail, type Verdict } from '../../src/private/contract';
import { withThousands, toDecimal } from '../domain/money';

/** SNS requires fewer than 100 characters (https://docs.aws.amazon.com/sns/latest/api/API_Publish.html). */
const MAX_SUBJECT_LENGTH = 99;
/** The maximum length of a text that the merchant chooses, a reference or a value of metadata, in characters. */
const MAX_OWN_TEXT_LENGTH = 64;
/** The maximum number of reasons in an alert. The others are counted; the transaction has all of them. */
const MAX_REASONS = 8;

/** The recommended action for a verdict, for every kind of event. */
const TO_DO: { readonly [verdict in Verdict]: string } = {
  approve: 'Nothing to do',
  review: 'To do: check it before you release goods or money',
  block: 'To do: hold goods and money, then investigate',
};

/** The texts of an alert, for each kind of subscriber. */
export type Alert = Pick<TransactionDetail, 'alert_subject' | 'alert_text' | 'alert_sms'>;

/** The fields that an alert can show: nothing that needs protection on a phone, such as a body, card or address. */
export type AlertTransaction = Pick<
  TransactionDetail,
  'provider' | 'payment_url' | 'kind' | 'live' | 'transaction_id' | 'timestamp' | 'reference' | 'metadata' | 'customer_id' | 'event_time' | 'received_at' | 'amount_minor' | 'exponent' | 'currency' | 'tier' | 'suspicious'
>;

/** The system that sends an alert. */
export interface AlertOrigin {
  /** The environment suffix, or the name of a system without one. */
  readonly system: string;
  readonly account?: string;
  readonly region?: string;
}

/** The origin of the alerts of a system, from the ARN of one of its resources. Without an ARN, alerts are sent without the account. */
export function alertOrigin(system: string, arn = ''): AlertOrigin {
  const [, , , region, account] = arn.split(':');
  return { system, account, region };
}

/** The alert of a tier: `High: captured 12,345.00 EUR (stripe, prod)`. Every text of a test begins with `TEST`. */
export function tierAlert(transaction: AlertTransaction, origin: AlertOrigin): Alert {
  const shout = headline(transaction.tier ? capital(transaction.tier) : 'Transaction', transaction, origin);
  const facts = whichAndWhen(transaction, origin);
  return {
    alert_subject: subject(shout),
    alert_text: lines([shout, ...facts, ...paymentLink(transaction)]),
    alert_sms: smsSegment([shout, ...facts]),
  };
}

/**
 * The alert of a verdict, more prominent: `BLOCK: captured 60,000.00 USD (stripe, prod)`,
 * what to do, the tier and why it was assessed below the high tier, the reasons, and links. Without an execution, the text has no links into the console.
 */
export function verdictAlert(
  transaction: AlertTransaction, { verdict, score, reasons }: AssessmentResult, origin: AlertOrigin, links?: ConsoleContext,
): Alert {
  const shown = reasons.slice(0, MAX_REASONS).map(discreet);
  const omitted = reasons.length > MAX_REASONS ? [`- ${reasons.length - MAX_REASONS} more`] : [];
  const shout = headline(verdict.toUpperCase(), transaction, origin);
  const [id, account, ...others] = whichAndWhen(transaction, origin);
  return {
    alert_subject: subject(shout),
    alert_text: lines([
      shout,
      TO_DO[verdict],
      ...transaction.tier ? [[`${capital(transaction.tier)}-value`, ...whyAssessed(transaction)].join(', ')] : [],
      `Score ${score}${shown.length > 0 ? ', because' : ''}`,
      ...shown.map((reason) => `- ${reason}`),
      ...omitted,
      id,
      account,
      ...others,
      ...paymentLink(transaction),
      ...links ? consoleLinks(transaction, links) : [],
    ]),
    alert_sms: smsSegment([shout, id, account, ...whyAssessed(transaction).map(capital), ...shown, ...others]),
  };
}

/** Why a transaction below the high tier was assessed. The amount is the reason for the others. */
function whyAssessed({ suspicious }: AlertTransaction): string[] {
  return suspicious ? ['after declined payments'] : [];
}

function headline(label: string, transaction: AlertTransaction, { system }: AlertOrigin): string {
  return `${transaction.live ? '' : 'TEST '}${label}: ${movement(transaction)} (${safeText(transaction.provider)}, ${system})`;
}

/** Printable ASCII, as SNS requires for a subject. */
function subject(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, '?').slice(0, MAX_SUBJECT_LENGTH);
}

/** One line for each part. */
function lines(parts: readonly string[]): string {
  return parts.join('\n');
}

/** The identifiers of the transaction, the most helpful first. */
function whichAndWhen(transaction: AlertTransaction, { account, region }: AlertOrigin): readonly [string, string, ...string[]] {
  const { reference, metadata = {}, customer_id: customer } = transaction;
  const time = (transaction.event_time ?? transaction.received_at).slice(0, 'YYYY-MM-DDTHH:mm:ss'.length).replace('T', ' ');
  return [
    `ID ${safeId(transaction)}`,
    ['AWS', account, region].filter(Boolean).join(' '),
    ...reference ? [`Reference ${ownText(reference)}`] : [],
    ...customer ? [`Customer ${safeText(customer)}`] : [],
    `Time ${time} UTC`,
    ...Object.entries(metadata).map(([key, value]) => `Metadata ${safeText(key)}: ${ownText(value)}`),
  ];
}

/** The id with the name of the provider, whose colon is no part of an address. */
function safeId({ provider, transaction_id: id }: AlertTransaction): string {
  return id.startsWith(`${provider}:`) ? `${safeText(provider)}:${safeText(id.slice(provider.length + 1))}` : safeText(id);
}

/** The beginning of a text that the merchant chose. */
function ownText(text: string): string {
  return safeText(text, MAX_OWN_TEXT_LENGTH);
}

function paymentLink({ payment_url: url }: AlertTransaction): string[] {
  return url === undefined ? [] : [`Payment ${url}`];
}

/** The link to the item contains the key of the transaction, so it is omitted if that contains a card number. */
function consoleLinks(transaction: AlertTransaction, links: ConsoleContext): string[] {
  const { transaction_id: id, timestamp } = transaction;
  const isSafe = [id, timestamp].every((part) => maskCardNumbers(part) === part);
  return [...isSafe ? [`Transaction ${transactionLink(transaction, links)}`] : [], `Execution ${executionLink(links)}`];
}

function movement({ kind, amount_minor: minor, exponent, currency }: AlertTransaction): string {
  if (minor === undefined || exponent === undefined) {
    return `${kind}, no amount`;
  }
  return `${kind} ${withThousands(toDecimal(BigInt(minor), exponent))} ${currency === NO_CURRENCY ? '(unknown currency)' : safeText(currency)}`;
}

/**
 * A rule's reason without a card's digits, an email domain or an operator's words,
 * which can be anything. The transaction has the full reason.
 */
function discreet(reason: string): string {
  return safeText(reason.replace(/ \((?!\+\d+\)$)[^()]*\)/g, '').replace(/\bcard \d+/g, 'card').replace(/\bemail domain [^\s,]+/g, 'email domain'));
}

function capital(word: string): string {
  return word[0].toUpperCase() + word.slice(1);
}

/** The length of one segment in the GSM alphabet (3GPP TS 23.038, https://docs.aws.amazon.com/sns/latest/dg/sms_publish-to-phone.html). */
const SEGMENT = 160;
/**
 * SNS begins each message with up to ten characters of the topic's display name and `> `
 * (https://docs.aws.amazon.com/sns/latest/dg/sms_sending-overview.html).
 */
const PREFIX = 12;
const MAX_LENGTH = SEGMENT - PREFIX;
const CUT = '...';

/**
 * Characters that count twice, because they are in the alphabet's extension, and
 * their replacements.
 */
const LOOKALIKES: { readonly [character: string]: string } = {
  '[': '(', '{': '(', ']': ')', '}': ')', '|': '/', '\\': '/', '~': '-', '^': '-', '`': '\'',
};

/**
 * Joins the parts that fit into one segment of an SMS. The first part is
 * truncated if necessary. The others are added completely or not at all. A
 * second segment costs as much as the first. A single character outside of the
 * alphabet reduces the segment to 70 characters.
 */
export function smsSegment([first, ...others]: readonly [string, ...string[]]): string {
  const head = gsm(first);
  return others.map(gsm).reduce(
    (text, part) => text.length + 2 + part.length <= MAX_LENGTH ? `${text}. ${part}` : text,
    head.length <= MAX_LENGTH ? head : head.slice(0, MAX_LENGTH - CUT.length) + CUT,
  );
}

/** The text in ASCII characters that are also in the alphabet. Accents are removed, and other characters become `?`. */
function gsm(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').replace(/[[\]{}|\\~^`]/g, (character) => LOOKALIKES[character]).replace(/[^\x20-\x7e]/gu, '?');
}
