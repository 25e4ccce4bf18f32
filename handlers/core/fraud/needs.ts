import type { FraudConfig } from '../../../src/private/contract';

/**
 * In how many events a provider tells of one decline, at most: Stripe of the
 * charge, the intent, the checkout and the invoice.
 */
const EVENTS_A_DECLINE = 4;

/**
 * What has to be read for a set of rules. Each part is one request of bounded
 * size, whatever the customer's age; without a customer the blocklist alone is read.
 */
export interface Needs {
  /** How far back the history goes, at most `HISTORY_LIMIT` events of it. 0: none is read. */
  readonly historySeconds: number;
  /** Whether the time of the customer's oldest event is read. */
  readonly firstSeen: boolean;
  /** How far back the declined payments go, and how many of the newest; absent where none are read. */
  readonly declines?: { readonly seconds: number; readonly limit: number };
  /** Whether `blocklistKeys` are looked up. */
  readonly blocklist: boolean;
}

export function needsOf({ rules }: FraudConfig): Needs {
  const declines = rules.filter((rule) => rule.rule === 'repeated-declines');
  return {
    historySeconds: Math.max(0, ...rules.map((rule) => ('windowSeconds' in rule && rule.rule !== 'repeated-declines' ? rule.windowSeconds : 0))),
    firstSeen: rules.some(({ rule }) => rule === 'new-customer-above'),
    declines: declines.length > 0 ? {
      seconds: Math.max(...declines.map(({ windowSeconds }) => windowSeconds)),
      limit: Math.max(...declines.map(({ count }) => count)) * EVENTS_A_DECLINE,
    } : undefined,
    blocklist: rules.some(({ rule }) => rule === 'blocked'),
  };
}
