import { NONE, type Outcome } from './outcome';

const STORED = '200 stored';

/** Refused, or failed on our side: nothing may be left of it. */
export function refused(answer: string): Outcome {
  return { answer, item: NONE, events: NONE, rule: NONE, verdict: NONE, alert: NONE, audit: NONE };
}

/** Kept and published, but not an amount to act on. */
export function storedOnly(item: string, answer = STORED): Outcome {
  return { ...refused(answer), item, events: 'received', audit: '1' };
}

/** Below the lower threshold. */
export function low(item: string, answer = STORED): Outcome {
  return { ...storedOnly(item, answer), rule: 'low' };
}

/** Within the thresholds: people are told. */
export function medium(item: string, answer = STORED): Outcome {
  return { ...storedOnly(item, answer), rule: 'medium', alert: 'yes' };
}

/** Above: through the workflow. Its claim and its verdict are changes too. */
export function high(item: string, verdict: string, answer = STORED): Outcome {
  return { answer, item, events: 'received, assessed', rule: 'high', verdict, alert: 'yes', audit: '3' };
}
