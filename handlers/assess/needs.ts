import type { Need } from './rules/rule-context';
import { needsOfRule } from './rules/rules';
import type { FraudConfig } from '../../src/private/contract';

/**
 * The data to load for a set of rules. Each part is one request for at most
 * `HISTORY_LIMIT` events, for any age of the customer. Without a customer, only
 * the blocklist is read.
 */
export interface Needs {
  /** The period of the history. 0: no history is read. */
  readonly historySeconds: number;
  /** Whether the time of the customer's oldest event is read. */
  readonly firstSeen: boolean;
  /** The period of the declined payments. 0: no declines are read. */
  readonly declinesSeconds: number;
  /** Whether `blocklistKeys` are looked up. */
  readonly blocklist: boolean;
}

export function needsOf({ rules }: FraudConfig): Needs {
  const needing = (need: Need) => rules.filter((config) => needsOfRule(config).includes(need));
  const widest = (need: Need) => Math.max(0, ...needing(need).filter((config) => 'windowSeconds' in config).map(({ windowSeconds }) => windowSeconds));
  return {
    historySeconds: widest('history'),
    firstSeen: needing('firstSeenAt').length > 0,
    declinesSeconds: widest('declines'),
    blocklist: needing('blocked').length > 0,
  };
}
