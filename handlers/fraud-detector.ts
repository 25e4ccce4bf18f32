import { standingVerdict, storeRuleSet, writeVerdict } from './adapters/assessments';
import { required } from './adapters/environment';
import { readFacts } from './adapters/facts';
import { fraudRules } from './adapters/fraud-rules';
import { count, countBy, log, measure, measureBy } from './adapters/telemetry';
import { verdictAlert } from './core/alert-text';
import { assess } from './core/fraud/assess';
import { needsOf } from './core/fraud/needs';
import type { RuleName } from './core/fraud/rules';
import { occurredAt } from './core/fraud/subject';
import {
  Env, Metric, MetricBy, type Assessment, type AssessmentRequest, type AssessmentResult, type TransactionDetail, type Verdict,
} from '../src/private/contract';

/**
 * Assesses a transaction and writes the verdict to the table; it publishes
 * nothing, the relay does when it sees the verdict. Whatever fails is thrown:
 * the workflow repeats it.
 */
export async function handler({ detail, execution, started_at: startedAt }: AssessmentRequest): Promise<Assessment> {
  // An earlier execution may have died before it told of the verdict: nothing that fails below may keep it back.
  const result = await standingVerdict(detail) ?? await giveVerdict(detail);
  log('INFO', 'a transaction was assessed', { verdict: result.verdict, score: result.score, rule_set: result.rule_set });
  return { ...result, ...verdictAlert(detail, result, { tableName: required(Env.TABLE_NAME), execution, startedAt }) };
}

/** Returns the verdict that stands in the end, which another execution may have given at the same moment. */
async function giveVerdict(detail: TransactionDetail): Promise<AssessmentResult> {
  const config = await fraudRules();
  const { result, fired, ruleSet } = assess(await readFacts(detail, needsOf(config)), config);
  // Before the verdict: one that stands can always be explained.
  await storeRuleSet(ruleSet);
  const now = new Date();
  const written = await writeVerdict(detail, result, now.toISOString());
  if (written.isNew) {
    record(detail, written.result.verdict, fired, now);
  }
  return written.result;
}

/**
 * Counted at most once a transaction: a repetition finds the verdict standing,
 * even the SDK's own after a write that was not heard to succeed.
 */
function record(detail: TransactionDetail, verdict: Verdict, fired: readonly RuleName[], now: Date): void {
  count(Metric.ASSESSED);
  countBy(Metric.VERDICT, MetricBy.VERDICT, verdict);
  fired.forEach((rule) => countBy(Metric.RULE_FIRED, MetricBy.RULE, rule));
  // A provider's clock may be ahead of this one.
  measure(Metric.VERDICT_LATENCY, Math.max(0, now.getTime() - Date.parse(occurredAt(detail))), 'Milliseconds');
  if (detail.amount !== undefined) {
    measureBy(Metric.ASSESSED_AMOUNT, detail.amount, MetricBy.CURRENCY, detail.currency);
  }
}
