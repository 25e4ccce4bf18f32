import { customerHistory, writeVerdict } from './adapters/assessments';
import { requiredJson } from './adapters/environment';
import { log } from './adapters/telemetry';
import { Env, type AssessmentResult, type FraudConfig, type TransactionDetail } from '../src/private/contract';
import { assess, historySeconds } from './core/fraud/assess';

/**
 * Assesses a transaction and writes the verdict to the table; it publishes
 * nothing, the relay does when it sees the verdict. Whatever fails is thrown:
 * the workflow repeats it, and a second assessment returns the first verdict.
 */
export async function handler(detail: TransactionDetail): Promise<AssessmentResult> {
  const config = requiredJson<FraudConfig>(Env.FRAUD_RULES);
  const seconds = historySeconds(config);
  const { customer_id: customerId } = detail;
  const history = seconds > 0 && customerId !== undefined
    ? await customerHistory({ ...detail, customer_id: customerId }, seconds)
    : [];
  const result = await writeVerdict(detail, assess(detail, history, config), new Date().toISOString());
  log('INFO', 'a transaction was assessed', { verdict: result.verdict, score: result.score });
  return result;
}
