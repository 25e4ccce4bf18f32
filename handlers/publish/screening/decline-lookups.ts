import {
  Attr, DECLINED_PREFIX, DetailType, Index, type AssessmentScopeConfig, type SuspiciousScope, type TransactionDetail,
} from '../../../src/private/contract';
import { customerKey } from '../../domain/identifier';
import { PAYMENT_KINDS } from '../../domain/payment-kinds';
import { windowOf, type TimeWindow } from '../../domain/time-window';
import type { ChangeEvent } from '../events/change-events';

/** A partition of an index that has the declined payments of a customer or with a card. */
export interface DeclineLookup extends TimeWindow {
  readonly index: typeof Index.CUSTOMER | typeof Index.CARD;
  readonly key: typeof Attr.CUSTOMER_KEY | typeof Attr.CARD_FINGERPRINT;
  readonly partition: string;
  /** Two providers can use the same name for different cards. */
  readonly provider: string;
}

/** A payment whose earlier declines decide whether it is assessed: at least `declines` in one of the lookups. */
export interface Screening {
  readonly lookups: readonly DeclineLookup[];
  readonly declines: number;
}

/**
 * The screening of an event; undefined if it is not screened. Only payments below
 * the high tier are screened. The high tier is always assessed, and a refund or
 * payout cannot be a test of a stolen card. A payment without a customer and a
 * card cannot be screened.
 */
export function screeningOf({ type, detail }: ChangeEvent, scope: AssessmentScopeConfig | undefined): Screening | undefined {
  if (type !== DetailType.RECEIVED || scope?.below !== 'suspicious' || !isSmallPayment(detail)) {
    return undefined;
  }
  const lookups = lookupsOf(detail, scope);
  return lookups.length > 0 ? { lookups, declines: scope.declines } : undefined;
}

function isSmallPayment({ money_movement: moneyMovement, tier, kind }: TransactionDetail): boolean {
  return moneyMovement && tier !== undefined && tier !== 'high' && PAYMENT_KINDS.has(kind);
}

function lookupsOf(detail: TransactionDetail, { windowSeconds }: SuspiciousScope): DeclineLookup[] {
  const { provider, customer_id: customer, card_fingerprint: card } = detail;
  const common = { provider, ...windowOf(detail, windowSeconds) };
  return [
    ...customer === undefined ? [] : [
      { ...common, index: Index.CUSTOMER, key: Attr.CUSTOMER_KEY, partition: DECLINED_PREFIX + customerKey(provider, customer) } as const,
    ],
    ...card === undefined ? [] : [{ ...common, index: Index.CARD, key: Attr.CARD_FINGERPRINT, partition: card } as const],
  ];
}
