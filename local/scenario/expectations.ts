import { NONE, type Outcome } from '../observe/outcome';

const STORED = '200 stored';

/** Rejected by the system, or failed in it: leaves no data. */
export function rejected(answer: string): Outcome {
  return { answer, item: NONE, events: NONE, rule: NONE, verdict: NONE, reasons: NONE, alert: NONE, audit: NONE };
}

/** Stored and published, without an amount to act on. */
export function storedOnly(item: string, answer = STORED): Outcome {
  return { ...rejected(answer), item, events: 'received', audit: '1' };
}

/** Below the lower threshold. */
export function low(item: string, answer = STORED): Outcome {
  return { ...storedOnly(item, answer), rule: 'low' };
}

/** Between the thresholds: people are alerted. */
export function medium(item: string, answer = STORED): Outcome {
  return { ...storedOnly(item, answer), rule: 'medium', alert: 'Medium' };
}

/** Above the upper threshold: processed by the workflow. Its claim, verdict and close are changes too. */
export function high(item: string, reasons: readonly string[] = [], verdict = `approve (${sumOfPoints(reasons)})`): Outcome {
  return {
    answer: STORED, item, events: 'received, assessed', rule: 'high', verdict, reasons: reasons.join('; ') || NONE, alert: 'High', audit: '4',
  };
}

/** People get a second alert. */
export function reviewed(item: string, reasons: readonly string[]): Outcome {
  return { ...high(item, reasons, `review (${sumOfPoints(reasons)})`), alert: 'High, REVIEW' };
}

/** A separate event notifies the user's targets too. */
export function blockedPayment(item: string, reasons: readonly string[]): Outcome {
  return { ...high(item, reasons, `block (${sumOfPoints(reasons)})`), events: 'received, assessed, blocked', alert: 'High, BLOCK' };
}

/** Below the lower threshold, and assessed because of declines before it. People get the alert of the verdict only. */
export function blockedSuspicious(item: string, reasons: readonly string[]): Outcome {
  return { ...blockedPayment(item, reasons), rule: 'low, suspicious', alert: 'BLOCK' };
}

/** The sum of the points that the reasons end with. */
function sumOfPoints(reasons: readonly string[]): number {
  return reasons.reduce((sum, reason) => sum + Number(/\(\+(\d+)\)$/.exec(reason)![1]), 0);
}
