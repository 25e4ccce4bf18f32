import type { ConsoleTransaction } from './console-transaction';

/** The steps of a transaction, in their order. */
export const TRAVEL_STEPS = ['received', 'stored', 'published', 'tier', 'verdict', 'alerted', 'archived'] as const;
export type TravelStep = (typeof TRAVEL_STEPS)[number];

/** `skipped`: the transaction does not have this step. `unseen`: nothing records it, or the console did not see it. */
export type TravelStepState = 'done' | 'waiting' | 'failed' | 'skipped' | 'unseen';

export interface TravelPart {
  readonly step: TravelStep;
  readonly state: TravelStepState;
  readonly at?: string;
  readonly note: string;
}

/** Where a transaction is, as a whole. */
export const TRAVEL_STATES = ['in progress', 'late', 'given up', 'finished', 'stored only', 'erased'] as const;
export type TravelState = (typeof TRAVEL_STATES)[number];

/** An execution takes under four minutes. After ten, the sweep republishes the transaction. */
const LATE_MS = 10 * 60_000;

/** The steps of a transaction, as far as they are known. */
export function travelOf(transaction: ConsoleTransaction): readonly TravelPart[] {
  const { receivedAt, fetched, publishedAt, tier, archivedAt, archiveKey } = transaction;
  const wasPublished = publishedAt ?? transaction.claimedAt ?? transaction.assessedAt ?? transaction.closedAt;
  return [
    { step: 'received', state: 'done', at: receivedAt, note: fetched ? 'Fetched from the API of the provider' : 'The signature is valid' },
    { step: 'stored', state: 'done', at: receivedAt, note: transaction.moneyMovement ? 'Money movement' : 'No money movement: it is not assessed and not alerted' },
    wasPublished === undefined
      ? { step: 'published', state: 'unseen', note: 'It was read from the table, which does not record this' }
      : { step: 'published', state: 'done', at: publishedAt, note: 'On the bus' },
    tier === undefined
      ? { step: 'tier', state: 'skipped', note: 'No amount' }
      : { step: 'tier', state: 'done', note: `${tier[0].toUpperCase()}${tier.slice(1)} value` },
    verdictPart(transaction),
    alertPart(transaction),
    archivedAt === undefined && archiveKey === undefined
      ? { step: 'archived', state: 'unseen', note: 'The archive is written within five minutes' }
      : { step: 'archived', state: 'done', at: archivedAt, note: 'In the archive' },
  ];
}

function verdictPart(transaction: ConsoleTransaction): TravelPart {
  const { verdict, score, assessedAt, givenUpAt, sweeps } = transaction;
  if (verdict !== undefined) {
    return { step: 'verdict', state: 'done', at: assessedAt, note: `${capitalized(verdict)}${score === undefined ? '' : `, score ${score}`}` };
  }
  if (!isAssessed(transaction)) {
    return { step: 'verdict', state: 'skipped', note: 'Below the high tier, only suspicious payments are assessed' };
  }
  if (givenUpAt !== undefined) {
    return { step: 'verdict', state: 'failed', at: givenUpAt, note: `Given up after ${sweeps ?? 'all'} attempts` };
  }
  return { step: 'verdict', state: 'waiting', note: sweeps ? `Republished ${sweeps} times` : 'Waits for the workflow' };
}

function alertPart(transaction: ConsoleTransaction): TravelPart {
  const { tier, moneyMovement, verdict, alertedAt, closedAt, givenUpAt } = transaction;
  const isAlarming = verdict !== undefined && verdict !== 'approve';
  if (closedAt !== undefined && (tier === 'high' || isAlarming)) {
    return { step: 'alerted', state: 'done', at: closedAt, note: 'By the workflow' };
  }
  if (!moneyMovement || tier === undefined || (tier === 'low' && !isOpenBelowHigh(transaction))) {
    return { step: 'alerted', state: 'skipped', note: 'No alert for this tier' };
  }
  if (alertedAt !== undefined) {
    return { step: 'alerted', state: 'done', at: alertedAt, note: 'Seen on the topic' };
  }
  if (tier === 'medium' && !isOpenBelowHigh(transaction)) {
    return { step: 'alerted', state: 'unseen', note: 'By the rule of the tier, which does not record it' };
  }
  return givenUpAt === undefined
    ? { step: 'alerted', state: 'waiting', note: 'Waits for the workflow' }
    : { step: 'alerted', state: 'failed', at: givenUpAt, note: 'The workflow did not finish' };
}

/** Whether the workflow must give a verdict. Below the high tier, nothing records this before the workflow starts. */
function isAssessed({ moneyMovement, tier, claimedAt, sweeps, givenUpAt }: ConsoleTransaction): boolean {
  return moneyMovement && (tier === 'high' || (claimedAt ?? sweeps ?? givenUpAt) !== undefined);
}

/** Whether the workflow has not finished with a transaction below the high tier. */
function isOpenBelowHigh(transaction: ConsoleTransaction): boolean {
  return transaction.tier !== 'high' && transaction.closedAt === undefined && isAssessed(transaction);
}

/** The state as a whole, at a time in milliseconds. */
export function travelStateOf(transaction: ConsoleTransaction, now: number): TravelState {
  if (transaction.erasedAt !== undefined) {
    return 'erased';
  }
  if (!transaction.moneyMovement) {
    return 'stored only';
  }
  if (!isAssessed(transaction) || transaction.closedAt !== undefined) {
    return 'finished';
  }
  if (transaction.givenUpAt !== undefined) {
    return 'given up';
  }
  return now - Date.parse(transaction.receivedAt) > LATE_MS ? 'late' : 'in progress';
}

function capitalized(word: string): string {
  return word[0].toUpperCase() + word.slice(1);
}
