import { thresholdsOf } from '../../domain/money';
import { isPayment, majorOf } from '../rules/rule-amounts';
import { presentEvent, windowOf, type DeclineEvent, type LoadedContext, type PastEvent, type TimeWindow } from '../rules/rule-context';

/** The periods of facts in seconds, from the longest on. Each contains the ones after it. */
const PERIODS = [['quarter', 7_776_000], ['month', 2_592_000], ['week', 604_800], ['day', 86_400], ['hour', 3_600]] as const;

type Period = (typeof PERIODS)[number][0];

/** Events by the periods that they are in. */
export type Periods<E> = { readonly [P in Period]: readonly E[] };

/** What the facts about one payment share, computed once: a replay of the archive computes the facts of many payments. */
export interface FactScope {
  readonly context: LoadedContext;
  readonly present: PastEvent;
  /** In major units. */
  readonly amount?: number;
  /** The high threshold of the currency. */
  readonly high: number;
  /** The events without the present one. Undefined if the customer is unknown, and the same for the card and the email address. */
  readonly customer?: Periods<PastEvent>;
  readonly customerDeclines: Periods<DeclineEvent>;
  readonly card?: Periods<PastEvent>;
  readonly email?: Periods<PastEvent>;
}

/** Sorts the events of a context by periods. */
export function factScopeOf(context: LoadedContext): FactScope {
  const { detail, tiers, history, declines, cardEvents, emailEvents } = context;
  const windows = PERIODS.map(([period, seconds]) => [period, windowOf(detail, seconds)] as const);
  const present = presentEvent(detail);
  return {
    context,
    present,
    amount: majorOf(present),
    high: thresholdsOf(detail.currency, tiers).high,
    customer: detail.customer_id === undefined ? undefined : byPeriod(history, windows),
    customerDeclines: byPeriod(declines, windows),
    card: detail.card_fingerprint === undefined ? undefined : byPeriod(cardEvents, windows),
    email: detail.email_hash === undefined ? undefined : byPeriod(emailEvents, windows),
  };
}

type Windows = ReadonlyArray<readonly [Period, TimeWindow]>;

function byPeriod<E extends { readonly occurredAt: string }>(events: readonly E[], windows: Windows): Periods<E> {
  const periods: { readonly [P in Period]: E[] } = { quarter: [], month: [], week: [], day: [], hour: [] };
  for (const event of events) {
    for (const [period, { from, to }] of windows) {
      if (event.occurredAt < from || event.occurredAt > to) {
        break;
      }
      periods[period].push(event);
    }
  }
  return periods;
}

/** The payments among events. Declined ones moved no money. */
export function paymentsOf(events: readonly PastEvent[]): readonly PastEvent[] {
  return events.filter((event) => !event.declined && isPayment(event));
}

/** The events of other transactions than the present one. */
export function earlierOf(events: readonly PastEvent[], { present }: FactScope): readonly PastEvent[] {
  return events.filter(({ transactionId }) => transactionId !== present.transactionId);
}

/** The number of distinct transactions. */
export function countTransactions(events: readonly PastEvent[]): number {
  return new Set(events.map(({ transactionId }) => transactionId)).size;
}
