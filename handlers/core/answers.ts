import type { APIGatewayProxyResult } from 'aws-lambda';
import type { Outcome } from './reception';

/** When a provider that heeds it may try again after a failure of ours. */
const RETRY_AFTER_SECONDS = 30;

/** The HTTP answer to what became of a webhook: a 5xx alone asks the provider to send it again. */
export function answerTo(outcome: Outcome): APIGatewayProxyResult {
  switch (outcome.result) {
    case 'stored':
    case 'duplicate':
      return answer(200, { result: outcome.result, transaction_id: outcome.transactionId });
    case 'refused':
      return answer(401, { error: outcome.reason });
    case 'invalid':
      return answer(400, { error: 'invalid_body', ...outcome.violation });
    case 'not-a-webhook':
      return answer(400, { error: 'not_a_webhook' });
    case 'unknown-provider':
      return answer(404, { error: 'unknown_provider' });
    case 'too-large':
      return answer(413, { error: 'body_too_large' });
    case 'secret-not-set':
      return unavailable('secret_not_set');
  }
}

/** The answer where something of ours failed. */
export function unavailable(error = 'unavailable'): APIGatewayProxyResult {
  return answer(503, { error }, { 'retry-after': String(RETRY_AFTER_SECONDS) });
}

function answer(statusCode: number, body: object, headers: { readonly [name: string]: string } = {}): APIGatewayProxyResult {
  return { statusCode, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) };
}
