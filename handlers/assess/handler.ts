import type { Context } from 'aws-lambda';
import { assess } from './assess';
import { Env, type Assessment, type AssessmentRequest } from '../../src/private/contract';
import { alertOrigin, verdictAlert } from '../alerts/alert-text';
import { required } from '../aws/environment-variables';
import { log, systemName, withInvocation, withLogFields } from '../aws/telemetry';
import { idForLog } from '../domain/identifier';

/**
 * Returns the verdict on a transaction, with the alert about it. It publishes
 * nothing: the relay does when it sees the verdict in the table. All errors
 * are thrown, because the workflow retries.
 */
export async function handler(request: AssessmentRequest, context?: Pick<Context, 'awsRequestId'>): Promise<Assessment> {
  const { detail: { provider }, execution } = request;
  return withInvocation(context, async () => withLogFields({ execution, provider }, async () => respond(request)));
}

async function respond({ detail, execution, started_at: startedAt }: AssessmentRequest): Promise<Assessment> {
  const result = await assess(detail);
  log('INFO', 'assessed transaction', {
    result: 'assessed',
    transactionId: idForLog(detail.transaction_id),
    eventId: idForLog(detail.event_id),
    verdict: result.verdict,
    score: result.score,
    rule_set: result.rule_set,
  });
  const origin = alertOrigin(systemName(), execution);
  return { ...result, ...verdictAlert(detail, result, origin, { tableName: required(Env.TABLE_NAME), execution, startedAt }) };
}
