import type { Judgment } from './apply-rules';
import { readAssessmentBatch } from './assessment-batch';
import { storeRuleSet, writeVerdict } from './assessments';
import { countAmount } from './count-amount';
import { fraudRules } from './fraud-rules';
import { judgmentsOf } from './judgments';
import { occurredAt } from './rules/rule-context';
import type { RuleName } from './rules/rules';
import type { StoredLists } from './stored-lists';
import { Metric, NO_SHADOW_VERDICT, type AssessmentResult, type TransactionDetail, type Verdict } from '../../src/private/contract';
import { count, measureAll } from '../aws/telemetry';

/**
 * Returns the verdict on a transaction. An earlier execution can have recorded
 * one and died before its alert. That verdict is returned before any other read,
 * because a read can fail.
 */
export async function assess(detail: TransactionDetail): Promise<AssessmentResult> {
  const batch = await readAssessmentBatch(detail);
  return batch.verdict ?? assessAndRecord(detail, batch.lists);
}

/** Another execution may record a verdict at the same time: the first one counts, and is returned. */
async function assessAndRecord(detail: TransactionDetail, lists: StoredLists): Promise<AssessmentResult> {
  const config = await fraudRules();
  const { live: { result, fired, ruleSet }, shadow } = await judgmentsOf(detail, config, lists);
  // Before the verdict, so that each verdict can be explained.
  await storeRuleSet(ruleSet);
  const now = new Date();
  const written = await writeVerdict(detail, result, now.toISOString(), shadow?.result);
  if (written.isNew) {
    measureAssessment(detail, written.result.verdict, fired, now);
    if (config.shadow) {
      measureShadow(shadow);
    }
    await countAmount(detail);
  }
  return written.result;
}

/** Counts a transaction at most once: a retry finds the verdict, and so does a retry by the SDK after a write whose answer was lost. */
function measureAssessment(detail: TransactionDetail, verdict: Verdict, fired: readonly RuleName[], now: Date): void {
  measureAll([
    { metric: Metric.ASSESSED, value: 1 },
    { metric: Metric.VERDICT, value: 1, of: verdict },
    // A provider's clock can be ahead of this one.
    { metric: Metric.VERDICT_LATENCY, value: Math.max(0, now.getTime() - Date.parse(occurredAt(detail))) },
    ...detail.amount === undefined ? [] : [{ metric: Metric.ASSESSED_AMOUNT, value: detail.amount, of: detail.currency }],
  ]);
  fired.forEach((rule) => count(Metric.RULE_FIRED, rule));
}

function measureShadow(shadow: Judgment | undefined): void {
  count(Metric.SHADOW_VERDICT, shadow?.result.verdict ?? NO_SHADOW_VERDICT);
  shadow?.fired.forEach((rule) => count(Metric.SHADOW_RULE_FIRED, rule));
}
