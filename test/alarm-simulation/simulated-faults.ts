import type { Operation } from '../handlers/support/memory-table';

/** The functions that run at the same time in the account. */
export const CONCURRENCY = 40;

/** What is broken. A scenario changes it. */
export interface Faults {
  /** The code of the error of the next calls of an operation on the table, for each call. */
  readonly table: Map<Operation, string[]>;
  /** The code of the error of each entry. */
  bus?: string;
  /** A variable that the event relay needs is missing. */
  relayMisconfigured: boolean;
  sweepRuleDisabled: boolean;
  sweepQueriesFail: boolean;
  bucketFails: boolean;
  failedRecordsBucketFails: boolean;
  workflow: 'succeeds' | 'fails' | 'times-out' | 'not-started';
  alertsRefused: boolean;
  /** What the functions of the account use and reserve. */
  claimedConcurrency: number;
  /** The only recipient of alerts has not confirmed, or has unsubscribed. */
  recipientUnconfirmed: boolean;
}

export function noFaults(): Faults {
  return {
    table: new Map(),
    relayMisconfigured: false,
    sweepRuleDisabled: false,
    sweepQueriesFail: false,
    bucketFails: false,
    failedRecordsBucketFails: false,
    workflow: 'succeeds',
    alertsRefused: false,
    claimedConcurrency: CONCURRENCY,
    recipientUnconfirmed: false,
  };
}
