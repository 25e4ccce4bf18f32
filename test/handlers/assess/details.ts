import { contextOf, type LoadedContext, type PastEvent } from '../../../handlers/assess/rules/rule-context';
import type { StoredItem } from '../../../handlers/aws/stored-item';
import { toTransactionDetail } from '../../../handlers/publish/events/detail';
import type { TransactionDetail } from '../../../src/private/contract';
import { DETAIL_CONFIG, storedTransaction, TIERS } from '../support/items';

/** What a test of a rule must state itself. */
const WITHOUT_FACTS = {
  card_bin: undefined,
  card_fingerprint: undefined,
  email_domain: undefined,
  email_hash: undefined,
  risk_score: undefined,
  risk_level: undefined,
  three_d_secure: undefined,
};

/** A detail as the relay publishes it: 12,345.67 EUR captured at 05:06:00, customer cus_1 in DE, card from FR. */
export function detailWith(overrides: Partial<TransactionDetail> = {}): TransactionDetail {
  return { ...toTransactionDetail(storedTransaction() as StoredItem, DETAIL_CONFIG), ...WITHOUT_FACTS, ...overrides };
}

/** The rule context of that detail, for a customer without a history. */
export function factsWith({ detail, ...overrides }: Partial<Omit<LoadedContext, 'detail'>> & { readonly detail?: Partial<TransactionDetail> } = {}): LoadedContext {
  return contextOf(detailWith(detail), TIERS, overrides);
}

/** The time a number of seconds before the detail's time. */
export function timeAgo(seconds: number): string {
  return new Date(Date.parse(detailWith().event_time!) - seconds * 1000).toISOString();
}

/** An earlier captured payment of 100.00 EUR. Its transaction is named after its seconds before the detail's time. */
export function pastEvent(secondsAgo: number, overrides: Partial<PastEvent> = {}): PastEvent {
  return {
    transactionId: `stripe:past_${secondsAgo}`,
    occurredAt: timeAgo(secondsAgo),
    kind: 'captured',
    amountMinor: 10000n,
    exponent: 2,
    currency: 'EUR',
    customer: 'stripe:cus_1',
    declined: false,
    ...overrides,
  };
}

/** Such payments, each from another transaction. */
export function pastEvents(...secondsAgo: number[]): PastEvent[] {
  return secondsAgo.map((seconds) => pastEvent(seconds));
}

/** Such payments with the given amounts, with a minute between them. */
export function payments(...amountsMinor: bigint[]): PastEvent[] {
  return amountsMinor.map((amountMinor, index) => pastEvent(60 * (index + 1), { amountMinor }));
}
