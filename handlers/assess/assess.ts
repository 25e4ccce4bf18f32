import { applyRules } from './apply-rules';
import { existingVerdict, storeRuleSet, writeVerdict } from './assessments';
import { fraudRules } from './fraud-rules';
import { loadRuleContext } from './load-rule-context';
import { needsOf } from './needs';
import { occurredAt } from './rules/rule-context';
import type { RuleName } from './rules/rules';
import { Metric, type AssessmentResult, type TransactionDetail, type Verdict } from '../../src/private/contract';
import { count, measure } from '../aws/telemetry';

/**
 * Returns the verdict on a transaction. If an earlier execution recorded one
 * and died before it alerted people, that verdict is returned before anything
 * is read that could fail.
 */
export async function assess(detail: TransactionDetail): Promise<AssessmentResult> {
  return await existingVerdict(detail) ?? assessAndRecord(detail);
}

/** Another execution may record a verdict at the same time: the first one counts, and is returned. */
async function assessAndRecord(detail: TransactionDetail): Promise<AssessmentResult> {
  const config = await fraudRules();
  const { result, fired, ruleSet } = applyRules(await loadRuleContext(detail, needsOf(config), config.tiers), config);
  // Before the verdict, so that each verdict can be explained.
  await storeRuleSet(ruleSet);
  const now = new Date();
  const written = await writeVerdict(detail, result, now.toISOString());
  if (written.isNew) {
    measureAssessment(detail, written.result.verdict, fired, now);
  }
  return written.result;
}

/** Counts a transaction at most once: a retry finds the verdict, and so does a retry by the SDK after a write whose answer was lost. */
function measureAssessment(detail: TransactionDetail, verdict: Verdict, fired: readonly RuleName[], now: Date): void {
  count(Metric.ASSESSED);
  count(Metric.VERDICT, verdict);
  fired.forEach((rule) => count(Metric.RULE_FIRED, rule));
  // A provider's clock can be ahead of this one.
  measure(Metric.VERDICT_LATENCY, Math.max(0, now.getTime() - Date.parse(occurredAt(detail))));
  if (detail.amount !== undefined) {
    measure(Metric.ASSESSED_AMOUNT, detail.amount, detail.currency);
  }
}
