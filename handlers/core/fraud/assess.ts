import { evaluate } from './rules';
import type { PastEvent } from './subject';
import type { AssessmentResult, FraudConfig, TransactionDetail, Verdict } from '../../../src/private/contract';

/**
 * Judges a transaction: the scores of the rules that fire add up, the sum
 * gives the verdict. The same input gives the same result, whenever and
 * however often it is assessed.
 */
export function assess(detail: TransactionDetail, history: readonly PastEvent[], config: FraudConfig): AssessmentResult {
  const fired = config.rules.flatMap((rule) => {
    const reason = evaluate(rule, { detail, history });
    return reason === undefined ? [] : [{ score: rule.score, reason: `${reason} (+${rule.score})` }];
  });
  const score = fired.reduce((sum, { score: points }) => sum + points, 0);
  return { verdict: verdictFor(score, config), score, reasons: fired.map(({ reason }) => reason) };
}

/** How far back the rules look, in seconds; 0 where none reads the customer's history. */
export function historySeconds({ rules }: FraudConfig): number {
  return Math.max(0, ...rules.map((rule) => ('windowSeconds' in rule ? rule.windowSeconds : 0)));
}

function verdictFor(score: number, { review, block }: FraudConfig): Verdict {
  if (score >= block) {
    return 'block';
  }
  return score >= review ? 'review' : 'approve';
}
