import type { FraudConfig, FraudRuleConfig } from '../../src/private/contract';

/**
 * What has to be read for a set of rules. Each part is one request of at most
 * `HISTORY_LIMIT` events, whatever the customer's age; without a customer the
 * blocklist alone is read.
 */
export interface Needs {
  /** How far back the history goes. 0: none is read. */
  readonly historySeconds: number;
  /** Whether the time of the customer's oldest event is read. */
  readonly firstSeen: boolean;
  /** How far back the declined payments go. 0: none are read. */
  readonly declinesSeconds: number;
  /** Whether `blocklistKeys` are looked up. */
  readonly blocklist: boolean;
}

export function needsOf({ rules }: FraudConfig): Needs {
  return {
    historySeconds: widest(rules.filter(({ rule }) => rule !== 'repeated-declines')),
    firstSeen: rules.some(({ rule }) => rule === 'new-customer-above'),
    declinesSeconds: widest(rules.filter(({ rule }) => rule === 'repeated-declines')),
    blocklist: rules.some(({ rule }) => rule === 'blocked'),
  };
}

function widest(rules: readonly FraudRuleConfig[]): number {
  return Math.max(0, ...rules.map((rule) => 'windowSeconds' in rule ? rule.windowSeconds : 0));
}
