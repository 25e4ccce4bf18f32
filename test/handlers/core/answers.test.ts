import { answerTo, unavailable } from '../../../handlers/core/answers';
import type { Outcome } from '../../../handlers/core/reception';

test.each<[Outcome, number, object]>([
  [{ result: 'stored', transactionId: 'stripe:pi_1', understood: true }, 200, { result: 'stored', transaction_id: 'stripe:pi_1' }],
  [{ result: 'duplicate', transactionId: 'stripe:pi_1', understood: false }, 200, { result: 'duplicate', transaction_id: 'stripe:pi_1' }],
  [{ result: 'refused', reason: 'signature_mismatch' }, 401, { error: 'signature_mismatch' }],
  [{ result: 'invalid', violation: { field: 'kind', message: 'is required' } }, 400, { error: 'invalid_body', field: 'kind', message: 'is required' }],
  [{ result: 'not-a-webhook' }, 400, { error: 'not_a_webhook' }],
  [{ result: 'unknown-provider' }, 404, { error: 'unknown_provider' }],
  [{ result: 'too-large' }, 413, { error: 'body_too_large' }],
])('%j is answered by %d', (outcome, statusCode, body) => {
  const answer = answerTo(outcome);

  expect(answer).toEqual({ statusCode, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
});

test.each([[answerTo({ result: 'secret-not-set' }), 'secret_not_set'], [unavailable(), 'unavailable']])('a failure of ours asks to try again', (answer, error) => {
  expect(answer).toEqual({
    statusCode: 503, headers: { 'content-type': 'application/json', 'retry-after': '30' }, body: JSON.stringify({ error }),
  });
});
