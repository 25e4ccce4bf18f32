import { tierAlert, verdictAlert } from './alert-text';
import { eventAmount } from './money';
import { flag, optionalInteger, optionalText, optionalTime, text, texts, time, unreadable, type StoredItem } from './stored-item';
import { tierOf } from './tier';
import {
  Attr, KINDS, NO_CURRENCY, type AssessedDetail, type Kind, type TierConfig, type TransactionDetail, type Verdict,
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
  const transaction = {
    transaction_id: text(item, Attr.TRANSACTION_ID),
    timestamp: text(item, Attr.TIMESTAMP),
    event_id: text(item, Attr.EVENT_ID),
    provider: text(item, Attr.PROVIDER),
    provider_event: text(item, Attr.PROVIDER_EVENT),
    kind: kindOf(item),
    status: optionalText(item, Attr.STATUS),
    live: flag(item, Attr.LIVE),
    routed: flag(item, Attr.ROUTED),
    amount,
    amount_minor: money?.minor.toString(),
    exponent: money?.exponent,
    currency,
    customer_id: optionalText(item, Attr.CUSTOMER_ID),
    payment_method: optionalText(item, Attr.PAYMENT_METHOD),
    country: optionalText(item, Attr.COUNTRY),
    card_country: optionalText(item, Attr.CARD_COUNTRY),
    card_bin: optionalText(item, Attr.CARD_BIN),
    email_domain: optionalText(item, Attr.EMAIL_DOMAIN),
    event_time: optionalTime(item, Attr.EVENT_TIME),
    received_at: time(item, Attr.RECEIVED_AT),
    tier: amount === undefined ? undefined : tierOf(amount, currency, tiers),
  };
  return { ...transaction, ...tierAlert(transaction) };
}

/**
 * Makes the detail of `transaction.assessed` from a stored transaction that
 * has a verdict. Its alert tells of the verdict, for targets that pass it on.
 */
export function toAssessedDetail(item: StoredItem, tiers: TierConfig): AssessedDetail {
  const transaction = toTransactionDetail(item, tiers);
  const result = {
    verdict: verdictOf(item),
    score: scoreOf(item),
    reasons: texts(item, Attr.REASONS),
    rule_set: text(item, Attr.RULE_SET),
  };
  return { ...transaction, ...verdictAlert(transaction, result), ...result, assessed_at: time(item, Attr.ASSESSED_AT) };
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
  const value = text(item, name);
  return known.find((candidate) => candidate === value) ?? unreadable(name);
}

/** The amount of a stored transaction, or of what an index shows of it. */
export function moneyOf(item: StoredItem): { minor: bigint; exponent: number } | undefined {
  const minor = optionalInteger(item, Attr.AMOUNT_MINOR);
  if (minor === undefined) {
    return undefined;
  }
  const exponent = Number(optionalInteger(item, Attr.EXPONENT) ?? -1n);
  // ISO 4217 has none over 4; far beyond it an item's exponent could only be there to exhaust memory.
  return exponent >= 0 && exponent <= 38 ? { minor, exponent } : unreadable(Attr.EXPONENT);
}
