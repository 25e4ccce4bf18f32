import type {
  ConsoleBlockedValue, ConsoleBlocklist, ConsoleAlarm, ConsoleBody, ConsoleSystem, ConsoleDeadLetters, ConsoleRedriveResult, ConsoleLife,
} from './model/console-answers';
import type { ConsoleTransaction, ConsoleEventKey } from './model/console-transaction';

/** What the console reads. */
export interface ConsoleSource {
  readonly system: ConsoleSystem;
  /** Reports transactions that exist, and then changes, until the signal. It recovers from failures itself, and reports them. */
  watch(report: (transactions: readonly ConsoleTransaction[]) => void, note: (text: string) => void, signal: AbortSignal): Promise<readonly string[]>;
  life(key: ConsoleEventKey): Promise<ConsoleLife | undefined>;
  body(key: ConsoleEventKey): Promise<ConsoleBody | undefined>;
  deadLetters(): Promise<ConsoleDeadLetters>;
  blocklist(): Promise<ConsoleBlocklist>;
  alarms(): Promise<readonly ConsoleAlarm[]>;
}

/** What the console changes. A console that is read-only has no such object. */
export interface ConsoleActions {
  /** Publishes the event of a transaction again. */
  replay(key: ConsoleEventKey): Promise<void>;
  /** Repeats the work of messages, and deletes each one after that. */
  redrive(ids: readonly string[]): Promise<ConsoleRedriveResult>;
  block(entry: ConsoleBlockedValue): Promise<void>;
  unblock(entry: ConsoleBlockedValue): Promise<void>;
}
