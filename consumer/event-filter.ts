import type { TransactionDetailType, TransactionEvent } from './transaction-event';
import type { TransactionReceivedDetail } from '../events';

/** The events that a handler processes. An event must match every option that is set. Other events count as processed. */
export interface EventFilter<Type extends TransactionDetailType = TransactionDetailType> {
  /**
   * The detail types. Without it, an event of an unknown detail type is invalid.
   *
   * `transaction.assessed` contains all fields of `transaction.received`. A transaction with the verdict `block` has both, and
   * `transaction.blocked` too.
   *
   * @default - all
   */
  readonly detailTypes?: readonly Type[];
  /**
   * The kinds, such as `captured`.
   *
   * @default - all
   */
  readonly kinds?: ReadonlyArray<TransactionReceivedDetail['kind']>;
  /**
   * The names of providers, such as `stripe`.
   *
   * @default - all
   */
  readonly providers?: readonly string[];
  /**
   * The tiers. Events without an amount have none.
   *
   * @default - all, and events without a tier
   */
  readonly tiers?: ReadonlyArray<NonNullable<TransactionReceivedDetail['tier']>>;
  /**
   * Whether events must be money movements. Each provider marks exactly one event for each movement of money.
   *
   * @default - both
   */
  readonly moneyMovement?: boolean;
}

/** Whether a detail type is among those of a filter. A payload without a readable one must be validated. */
export function hasOtherDetailType(payload: unknown, { detailTypes }: EventFilter): boolean {
  const type = (payload as { readonly 'detail-type'?: unknown } | null | undefined)?.['detail-type'];
  return detailTypes !== undefined && typeof type === 'string' && !detailTypes.some((each) => each === type);
}

/** Whether an event matches the options about its detail. */
export function matchesDetail({ detail }: TransactionEvent, { kinds, providers, tiers, moneyMovement }: EventFilter): boolean {
  return (kinds?.includes(detail.kind) ?? true)
    && (providers?.includes(detail.provider) ?? true)
    && (tiers === undefined || (detail.tier !== undefined && tiers.includes(detail.tier)))
    && (moneyMovement ?? detail.money_movement) === detail.money_movement;
}
