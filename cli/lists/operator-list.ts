import { ALLOWLIST_PREFIX, BLOCKLIST_PREFIX, RecordType } from '../../src/private/contract';

/** A list that operators keep in the table. */
export interface OperatorList {
  readonly name: 'blocklist' | 'allowlist';
  /** The prefix of the partition key of its entries. */
  readonly prefix: string;
  readonly recordType: string;
  /** The rule that reads it, with the code that adds the rule. */
  readonly rule: 'blocked' | 'allowed';
  readonly remedy: string;
  /** The commands. */
  readonly add: 'block' | 'allow';
  readonly remove: 'unblock' | 'unallow';
}

export const BLOCKLIST: OperatorList = {
  name: 'blocklist',
  prefix: BLOCKLIST_PREFIX,
  recordType: RecordType.BLOCKLIST_ENTRY,
  rule: 'blocked',
  remedy: 'FraudRule.blocked({ score: 100 })',
  add: 'block',
  remove: 'unblock',
};

export const ALLOWLIST: OperatorList = {
  name: 'allowlist',
  prefix: ALLOWLIST_PREFIX,
  recordType: RecordType.ALLOWLIST_ENTRY,
  rule: 'allowed',
  remedy: 'FraudRule.allowed()',
  add: 'allow',
  remove: 'unallow',
};
