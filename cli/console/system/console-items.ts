import { optionalText, optionalTime, UnreadableItem, isTransaction, type StoredItem } from '../../../handlers/aws/stored-item';
import { toDecimal, withThousands } from '../../../handlers/domain/money';
import { toAssessedDetail, toTransactionDetail, type DetailConfig } from '../../../handlers/publish/events/detail';
import { Attr, LABELS, type AssessedDetail, type TransactionDetail } from '../../../src/private/contract';
import type { ConsoleTransaction } from '../model/console-transaction';

/** The attributes that the page shows: all but the body. */
export const SHOWN_ATTRIBUTES: readonly string[] = Object.values(Attr).filter((name) => name !== Attr.BODY);

/** The detail of an event as the page shows it. */
export function detailTransaction(detail: TransactionDetail & Partial<AssessedDetail>): ConsoleTransaction {
  const { amount_minor: minor, exponent } = detail;
  return {
    transactionId: detail.transaction_id,
    timestamp: detail.timestamp,
    eventId: detail.event_id,
    provider: detail.provider,
    providerEvent: detail.provider_event,
    kind: detail.kind,
    status: detail.status,
    live: detail.live,
    moneyMovement: detail.money_movement,
    amount: minor === undefined || exponent === undefined ? undefined : withThousands(toDecimal(BigInt(minor), exponent)),
    currency: detail.currency,
    account: detail.account,
    reference: detail.reference,
    customerId: detail.customer_id,
    paymentMethod: detail.payment_method,
    country: detail.country,
    cardCountry: detail.card_country,
    cardFingerprint: detail.card_fingerprint,
    riskScore: detail.risk_score,
    riskLevel: detail.risk_level,
    threeDSecure: detail.three_d_secure,
    paymentUrl: detail.payment_url,
    eventTime: detail.event_time,
    receivedAt: detail.received_at,
    fetched: detail.fetched,
    tier: detail.tier,
    verdict: detail.verdict,
    score: detail.score,
    reasons: detail.reasons,
    ruleSet: detail.rule_set,
    assessedAt: detail.assessed_at,
  };
}

/** A stored item as the page shows it. Undefined for items that are no transactions, or that nobody can read. */
export function itemTransaction(item: StoredItem | undefined, config: DetailConfig): ConsoleTransaction | undefined {
  if (!isTransaction(item)) {
    return undefined;
  }
  try {
    const sweeps = Number(item[Attr.SWEEPS]?.N);
    return {
      ...detailTransaction(hasAssessment(item) ? toAssessedDetail(item, config) : toTransactionDetail(item, config)),
      verdict: optionalText(item, Attr.VERDICT) as ConsoleTransaction['verdict'],
      claimedAt: optionalTime(item, Attr.CLAIMED_AT),
      closedAt: optionalTime(item, Attr.CLOSED_AT),
      givenUpAt: optionalTime(item, Attr.GIVEN_UP_AT),
      erasedAt: optionalTime(item, Attr.ERASED_AT),
      sweeps: sweeps > 0 ? sweeps : undefined,
      label: LABELS.find((label) => label === item[Attr.LABEL]?.S),
      labeledBy: item[Attr.LABELED_BY]?.S,
      labeledAt: item[Attr.LABELED_AT]?.S,
    };
  } catch (error) {
    if (error instanceof UnreadableItem) {
      return undefined;
    }
    throw error;
  }
}

/** An erasure keeps the verdict, and removes its reasons. */
function hasAssessment(item: StoredItem): boolean {
  return item[Attr.VERDICT] !== undefined && item[Attr.REASONS] !== undefined;
}
