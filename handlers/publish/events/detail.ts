import {
  Attr, CARRIED_FIELDS, NO_CURRENCY, SCHEMA_VERSION, type AssessedDetail, type AssessmentScopeConfig, type TierConfig, type TransactionDetail,
} from '../../../src/private/contract';
import { tierAlert, verdictAlert, type AlertOrigin } from '../../alerts/alert-text';
import { paymentUrl, type SchemesByProvider } from '../../alerts/payment-pages';
import { isFetched, requiredFlag, kindOf, moneyOf, optionalSmallInteger, optionalText, optionalTexts, optionalTime, scoreOf, requiredText, requiredTexts, requiredTime, verdictOf, type StoredItem } from '../../aws/stored-item';
import { eventAmount, tierOf } from '../../domain/money';

/** The settings for creating the details of events. */
export interface DetailConfig {
  readonly tiers: TierConfig;
  readonly origin: AlertOrigin;
  readonly schemes: SchemesByProvider;
  /**
   * The money movements below the high tier that are assessed.
   *
   * @default - none
   */
  readonly scope?: AssessmentScopeConfig;
}

/**
 * Creates the detail of `transaction.received` from a stored transaction. Throws
 * UnreadableItem if the item does not have the validator's format, because a
 * guess could route a transaction with a wrong amount.
 */
export function toTransactionDetail(item: StoredItem, { tiers, origin, schemes }: DetailConfig): TransactionDetail {
  const money = moneyOf(item);
  const amount = money && eventAmount(money.minor, money.exponent);
  const currency = optionalText(item, Attr.CURRENCY) ?? NO_CURRENCY;
  const transaction = {
    schema_version: SCHEMA_VERSION,
    transaction_id: requiredText(item, Attr.TRANSACTION_ID),
    timestamp: requiredText(item, Attr.TIMESTAMP),
    event_id: requiredText(item, Attr.EVENT_ID),
    provider: requiredText(item, Attr.PROVIDER),
    provider_event: requiredText(item, Attr.PROVIDER_EVENT),
    kind: kindOf(item),
    live: requiredFlag(item, Attr.LIVE),
    money_movement: requiredFlag(item, Attr.MONEY_MOVEMENT),
    amount,
    amount_minor: money?.minor.toString(),
    exponent: money?.exponent,
    currency,
    ...carriedValues(item),
    metadata: optionalTexts(item, Attr.METADATA),
    event_time: optionalTime(item, Attr.EVENT_TIME),
    received_at: requiredTime(item, Attr.RECEIVED_AT),
    fetched: isFetched(item) ? true : undefined,
    tier: amount === undefined ? undefined : tierOf(amount, currency, tiers),
  };
  const linked = { ...transaction, payment_url: paymentUrl(transaction, schemes) };
  return { ...linked, ...tierAlert(linked, origin) };
}

type CarriedValues = Pick<TransactionDetail, (typeof CARRIED_FIELDS)[number]['attribute']>;

function carriedValues(item: StoredItem): CarriedValues {
  return Object.fromEntries(CARRIED_FIELDS.map(({ attribute, type }) => [
    attribute, type === 'risk-score' ? optionalSmallInteger(item, attribute) : optionalText(item, attribute),
  ]));
}

/**
 * Makes the detail of `transaction.assessed` from a stored transaction that
 * has a verdict. Its alert texts are about the verdict, for targets that forward them.
 */
export function toAssessedDetail(item: StoredItem, config: DetailConfig): AssessedDetail {
  const transaction = inWorkflow(toTransactionDetail(item, config), config);
  const result = {
    verdict: verdictOf(item),
    score: scoreOf(item),
    reasons: requiredTexts(item, Attr.REASONS),
    rule_set: requiredText(item, Attr.RULE_SET),
  };
  return { ...transaction, ...verdictAlert(transaction, result, config.origin), ...result, assessed_at: requiredTime(item, Attr.ASSESSED_AT) };
}

/**
 * The detail of a transaction that the workflow assesses. Below the high tier, no
 * rule of the bus would send it there without the mark. With the scope `all`, the
 * rule needs none.
 */
export function inWorkflow(detail: TransactionDetail, { scope }: Pick<DetailConfig, 'scope'>): TransactionDetail {
  return scope?.below === 'suspicious' && detail.tier !== 'high' ? { ...detail, suspicious: true } : detail;
}
