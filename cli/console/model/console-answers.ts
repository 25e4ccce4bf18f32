import type { ConsoleTransaction } from './console-transaction';
import type { ListKind } from '../../../src/private/contract';

/** What the page shows of the system. */
export interface ConsoleSystem {
  readonly name: string;
  /** The AWS Region, or that of the emulator. */
  readonly region: string;
  readonly isLocal: boolean;
  readonly providers: readonly string[];
}

/** The same, with what the server allows. */
export interface ConsoleInfo extends ConsoleSystem {
  readonly canWrite: boolean;
}

export interface ConsoleLink {
  readonly label: string;
  readonly url: string;
}

/** Everything that is known of one transaction. */
export interface ConsoleLife {
  readonly transaction: ConsoleTransaction;
  /** The other events of the payment, newest first. */
  readonly others: readonly ConsoleTransaction[];
  readonly links: readonly ConsoleLink[];
  /** What could not be read, such as the archive. */
  readonly gaps: readonly string[];
}

/** The raw body, which can contain personal data. Only a person's request reads it. */
export interface ConsoleBody {
  readonly text: string;
  readonly encoding: 'text' | 'base64';
  readonly isCut: boolean;
}

export interface ConsoleDeadLetter {
  readonly id: string;
  readonly sentAt?: string;
  readonly receives: number;
  /** What sent it, such as `sweep` or the name of a rule. */
  readonly origin: string;
  readonly error: string;
  readonly transactionId?: string;
  readonly text: string;
  readonly canRedrive: boolean;
  /** What to do with a message that cannot be redriven. */
  readonly remedy?: string;
}

export interface ConsoleDeadLetters {
  readonly letters: readonly ConsoleDeadLetter[];
  /** The approximate number of messages in the queue. */
  readonly total: number;
}

export interface ConsoleRedriveResult {
  readonly redriven: readonly string[];
  readonly failures: ReadonlyArray<{ readonly id: string; readonly error: string }>;
}

export interface ConsoleBlockedValue {
  readonly kind: ListKind;
  readonly value: string;
  readonly reason?: string;
  /** Why it blocks nothing. */
  readonly problem?: string;
}

export interface ConsoleBlocklist {
  readonly entries: readonly ConsoleBlockedValue[];
  readonly isComplete: boolean;
}

export interface ConsoleAlarm {
  readonly name: string;
  readonly state: 'ALARM' | 'INSUFFICIENT_DATA' | 'OK';
  readonly since?: string;
  readonly description: string;
  readonly reason: string;
  readonly runbook?: string;
}

/** The changes that the stream to the page carries. */
export interface FeedMessage {
  /** Whether the page must forget what it has. */
  readonly isSnapshot?: boolean;
  readonly transactions: readonly ConsoleTransaction[];
  readonly note?: string;
}
