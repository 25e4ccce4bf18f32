import type { DeadLetter, DeadLetterOrigin } from './dead-letter';

/** The messages with the same origin and error. */
export interface DeadLetterGroup {
  readonly origin: DeadLetterOrigin;
  readonly error: string;
  readonly letters: readonly DeadLetter[];
  readonly oldest: Date;
  /** What an operator does about them. */
  readonly advice: string;
}

/** Which messages a command works on. */
export interface DeadLetterFilter {
  readonly origin?: DeadLetterOrigin;
  /** A part of the error, in any case. */
  readonly error?: string;
  readonly id?: string;
  /** Sent before this time. */
  readonly before?: Date;
}

export function matchesFilter(letter: DeadLetter, { origin, error, id, before }: DeadLetterFilter): boolean {
  return (origin === undefined || letter.origin === origin)
    && (error === undefined || letter.error.toLowerCase().includes(error.toLowerCase()))
    && (id === undefined || letter.id === id)
    && (before === undefined || letter.sentAt < before);
}

/** Groups messages, the largest group first. */
export function groupDeadLetters(letters: readonly DeadLetter[]): DeadLetterGroup[] {
  const byCause = new Map<string, DeadLetter[]>();
  letters.forEach((letter) => {
    const cause = `${letter.origin} ${letter.error}`;
    byCause.set(cause, [...byCause.get(cause) ?? [], letter]);
  });
  return [...byCause.values()].map((group) => ({
    origin: group[0].origin,
    error: group[0].error,
    letters: group,
    oldest: new Date(Math.min(...group.map(({ sentAt }) => sentAt.getTime()))),
    advice: adviceFor(group[0]),
  })).sort((a, b) => b.letters.length - a.letters.length);
}

/** What to do about a message, as in the table of the runbook. */
export function adviceFor({ origin, error, event, state }: DeadLetter): string {
  switch (origin) {
    case 'transaction-workflow':
      return state === 'OnEvent' ? 'an incomplete event was published: find its publisher, then purge' : 'fix the cause; the sweep repeats the transaction, or redrive';
    case 'sweep':
      return sweepAdvice(error, event !== undefined);
    case 'event-relay':
      return 'read the item, and see the error';
    case 'stream-batch':
      return 'fix the cause, then redrive';
    case 'rule':
      return 'fix the target, then redrive: all rules get the event again';
    default:
      return 'read it with `dlq show`';
  }
}

function sweepAdvice(error: string, hasEvent: boolean): string {
  if (error.includes('verdict without an alert')) {
    return 'notify the people who act on alerts, then purge';
  }
  if (error.includes('not a transaction')) {
    return 'check in IAM who can write to the table, then purge';
  }
  return hasEvent ? 'fix the cause, then redrive' : 'the item was changed by hand: correct it, then redrive';
}
