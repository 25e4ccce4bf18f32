import type { APIGatewayProxyResult } from 'aws-lambda';
import type { WebhookOutcome, IngestResult } from './ingest';
import { SECURITY_HEADERS } from '../../src/private/contract';
import type { RejectionReason } from '../providers/shared/scheme';

/** The delay before a retry after an internal failure. Not all providers use it. */
const RETRY_AFTER_SECONDS = 30;
const UNAUTHORIZED = 401;
const FORBIDDEN = 403;
const CONTENT_TOO_LARGE = 413;
/** The status of rejections that have nothing to do with a signature. */
const STATUS_OF_REASON: { readonly [reason in RejectionReason]?: number } = {
  source_not_allowed: FORBIDDEN,
  too_many_webhooks: CONTENT_TOO_LARGE,
};

type Accepted = Extract<WebhookOutcome, { readonly result: 'stored' | 'duplicate' }>;

/** The HTTP response for the outcome of a request. A status other than 2xx makes the provider retry. */
export function answerTo({ outcomes, acknowledgement = {} }: IngestResult): APIGatewayProxyResult {
  const failure = outcomes.find((outcome) => !isAccepted(outcome));
  if (failure) {
    return answerToFailure(failure, acknowledgement.rejectedStatus);
  }
  if (acknowledgement.accepted !== undefined) {
    return textAnswer(acknowledgement.accepted);
  }
  const results = outcomes.filter(isAccepted).map(({ result, transactionId }) => ({ result, transaction_id: transactionId }));
  return answer(200, results.length === 1 ? results[0] : { results });
}

/** The answer to a provider's check of the endpoint. */
export function answerToChallenge(response: string | undefined): APIGatewayProxyResult {
  return response === undefined ? answer(400, { error: 'not_a_challenge' }) : textAnswer(response);
}

/** The response to an internal failure. */
export function answerUnavailable(error = 'unavailable'): APIGatewayProxyResult {
  return answer(503, { error }, { 'retry-after': String(RETRY_AFTER_SECONDS) });
}

function isAccepted(outcome: WebhookOutcome): outcome is Accepted {
  return outcome.result === 'stored' || outcome.result === 'duplicate';
}

function answerToFailure(outcome: Exclude<WebhookOutcome, Accepted>, rejectedStatus = UNAUTHORIZED): APIGatewayProxyResult {
  switch (outcome.result) {
    case 'rejected':
      return answer(STATUS_OF_REASON[outcome.reason] ?? rejectedStatus, { error: outcome.reason });
    case 'invalid':
      return answer(400, { error: 'invalid_body', ...outcome.violation });
    case 'not-a-webhook':
      return answer(400, { error: 'not_a_webhook' });
    case 'unknown-provider':
      return answer(404, { error: 'unknown_provider' });
    case 'too-large':
      return answer(CONTENT_TOO_LARGE, { error: 'body_too_large' });
    case 'secret-not-set':
      return answerUnavailable('secret_not_set');
    case 'unavailable':
      return answerUnavailable();
  }
}

function answer(statusCode: number, body: object, headers: { readonly [name: string]: string } = {}): APIGatewayProxyResult {
  return { statusCode, headers: { ...SECURITY_HEADERS, 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) };
}

function textAnswer(body: string): APIGatewayProxyResult {
  return { statusCode: 200, headers: { ...SECURITY_HEADERS, 'content-type': 'text/plain' }, body };
}
