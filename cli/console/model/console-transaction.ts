import type { Label, TransactionDetail, Verdict } from '../../../src/private/contract';

/** The key of an event of a transaction in the table. */
export interface ConsoleEventKey {
  readonly transactionId: string;
  readonly timestamp: string;
}

/** What the page shows of one event. It has no raw body, and no card digits. */
export interface ConsoleTransaction extends ConsoleEventKey {
  readonly eventId: string;
  readonly provider: string;
  readonly providerEvent: string;
  readonly kind: TransactionDetail['kind'];
  readonly status?: string;
  readonly live: boolean;
  readonly moneyMovement: boolean;
  /** In major units with thousands separators, such as `60,000.00`. */
  readonly amount?: string;
  readonly currency: string;
  readonly account?: string;
  readonly reference?: string;
  readonly customerId?: string;
  readonly paymentMethod?: string;
  readonly country?: string;
  readonly cardCountry?: string;
  readonly cardFingerprint?: string;
  /** The provider's own estimate of the risk of fraud. */
  readonly riskScore?: number;
  readonly riskLevel?: TransactionDetail['risk_level'];
  readonly threeDSecure?: TransactionDetail['three_d_secure'];
  readonly paymentUrl?: string;
  readonly eventTime?: string;
  readonly receivedAt: string;
  readonly fetched?: boolean;
  readonly tier?: TransactionDetail['tier'];
  /** When its event was seen on the bus. An event that was read from the table has no such time. */
  readonly publishedAt?: string;
  readonly claimedAt?: string;
  readonly verdict?: Verdict;
  readonly score?: number;
  readonly reasons?: readonly string[];
  readonly ruleSet?: string;
  readonly assessedAt?: string;
  /** When an alert was seen on the topic. */
  readonly alertedAt?: string;
  readonly closedAt?: string;
  readonly givenUpAt?: string;
  readonly sweeps?: number;
  readonly label?: Label;
  readonly labeledBy?: string;
  readonly labeledAt?: string;
  readonly erasedAt?: string;
  /** When the object of the archive was written. */
  readonly archivedAt?: string;
  readonly archiveKey?: string;
}

/** Identifies an event in maps and in the page. */
export function eventKeyOf({ transactionId, timestamp }: ConsoleEventKey): string {
  return JSON.stringify([transactionId, timestamp]);
}

/** What a redrive, the workflow and a person also remove from an item. */
const REMOVABLE: readonly string[] = ['claimedAt', 'givenUpAt', 'sweeps', 'label', 'labeledBy', 'labeledAt'];

/**
 * Joins what two sources know of one event. A later source can know less, such as an event from the bus after the item, so
 * an absent value replaces nothing. Only a source that reads the item names the attributes that can be removed.
 */
export function merged(known: ConsoleTransaction | undefined, news: ConsoleTransaction): ConsoleTransaction {
  if (known === undefined) {
    return news;
  }
  const present = Object.entries(news).filter(([name, value]) => value !== undefined || REMOVABLE.includes(name));
  // The first sight on the bus is when it was published. A replay does not change it.
  return { ...known, ...Object.fromEntries(present) as Partial<ConsoleTransaction>, ...known.publishedAt && { publishedAt: known.publishedAt } };
}
