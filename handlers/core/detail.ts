import { alertSubject, alertText } from './alert-text';
import { eventAmount } from './money';
import { flag, optionalInteger, optionalText, optionalTime, text, texts, time, unreadable, type StoredItem } from './stored-item';
import { tierOf } from './tier';
import {
  Attr, KINDS, NO_CURRENCY, type AssessedDetail, type TierConfig, type TransactionDetail, type Verdict,
} from '../../src/private/contract';

const VERDICTS: readonly Verdict[] = ['approve', 'review', 'block'];

/**
 * Makes the detail of `transaction.received` from a stored transaction. Throws
 * UnreadableItem where the item isn't as the validator writes it: a guess
 * could route a transaction by a wrong amount.
 */
export function toTransactionDetail(item: StoredItem, tiers: TierConfig): TransactionDetail {
  const money = moneyOf(item);
  const amount = money && eventAmount(money.minor, money.exponent);
  const currency = optionalText(item, Attr.CURRENCY) ?? NO_CURRENCY;
  const eventTime = optionalTime(item, Attr.EVENT_TIME);
  const receivedAt = time(item, Attr.RECEIVED_AT);
  const facts = {
    provider: text(item, Attr.PROVIDER),
    kind: oneOf(KINDS, item, Attr.KIND),
    transactionId: text(item, Attr.TRANSACTION_ID),
    customerId: optionalText(item, Attr.CUSTOMER_ID),
    time: eventTime ?? receivedAt,
    money,
    currency,
    tier: amount === undefined ? undefined : tierOf(amount, currency, tiers),
  };
  return {
    transaction_id: facts.transactionId,
    timestamp: text(item, Attr.TIMESTAMP),
    event_id: text(item, Attr.EVENT_ID),
    provider: facts.provider,
    provider_event: text(item, Attr.PROVIDER_EVENT),
    kind: facts.kind,
    status: optionalText(item, Attr.STATUS),
    live: flag(item, Attr.LIVE),
    routed: flag(item, Attr.ROUTED),
    amount,
    amount_minor: money?.minor.toString(),
    exponent: money?.exponent,
    currency,
    customer_id: facts.customerId,
    payment_method: optionalText(item, Attr.PAYMENT_METHOD),
    country: optionalText(item, Attr.COUNTRY),
    card_country: optionalText(item, Attr.CARD_COUNTRY),
    event_time: eventTime,
    received_at: receivedAt,
    alert_subject: alertSubject(facts),
    alert_text: alertText(facts),
  };
}

/** Makes the detail of `transaction.assessed` from a stored transaction that has a verdict. */
export function toAssessedDetail(item: StoredItem, tiers: TierConfig): AssessedDetail {
  return {
    ...toTransactionDetail(item, tiers),
    verdict: verdictOf(item),
    score: scoreOf(item),
    reasons: texts(item, Attr.REASONS),
    assessed_at: time(item, Attr.ASSESSED_AT),
  };
}

export function verdictOf(item: StoredItem): Verdict {
  return oneOf(VERDICTS, item, Attr.VERDICT);
}

export function scoreOf(item: StoredItem): number {
  const score = Number(item[Attr.SCORE]?.N);
  return Number.isFinite(score) ? score : unreadable(Attr.SCORE);
}

function oneOf<T extends string>(known: readonly T[], item: StoredItem, name: string): T {
  const value = text(item, name);
  return known.find((candidate) => candidate === value) ?? unreadable(name);
}

function moneyOf(item: StoredItem): { minor: bigint; exponent: number } | undefined {
  const minor = optionalInteger(item, Attr.AMOUNT_MINOR);
  if (minor === undefined) {
    return undefined;
  }
  const exponent = Number(optionalInteger(item, Attr.EXPONENT) ?? -1n);
  // ISO 4217 has none over 4; far beyond it an item's exponent could only be there to exhaust memory.
  return exponent >= 0 && exponent <= 38 ? { minor, exponent } : unreadable(Attr.EXPONENT);
}
